// Quiebre · LaborModel
// The parallel loop over pieces of provinces.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Synchronization

/// Runs all districts of a simulation.
struct SimulationPass {
  private let simulation: Simulation
  private let options: ProjectionOptions
  /// Districts of each province.
  private let provinces: [[Int]]

  struct Result {
    var national: AreaSums
    /// Holds the sums of the departments.
    let ledger: SumLedger
    /// [province][plan], [district][plan]; empty when only sums are wanted.
    var provinces: [[AreaPath]]
    var districts: [[DistrictOutcome]]
    var counts: Projection.Counts
  }

  private struct PieceResult: Sendable {
    let districts: [[DistrictOutcome]]
    let province: [AreaPath]?
    let counts: Projection.Counts
  }

  init(_ simulation: Simulation, options: ProjectionOptions) {
    self.simulation = simulation
    self.options = options
    var provinces = [[Int]](repeating: [], count: simulation.population.provinceCount)
    for (district, province) in simulation.population.provinceOf.enumerated() {
      provinces[province].append(district)
    }
    self.provinces = provinces
  }

  func run() throws -> Result {
    let pieces = WorkPiece.pieces(
      of: simulation.population, blockSize: max(1, options.blockSize))
    let ledger = SumLedger(
      departments: simulation.population.departmentCodes.count, plans: simulation.plans.count,
      years: simulation.years, draws: simulation.draws)
    let done = Atomic(0)
    let results = try concurrentMap(
      count: pieces.count, workers: max(1, options.workers),
      scratch: { DistrictWorker(simulation) }, cancellation: options.cancellation
    ) { worker, index in
      let result = work(pieces[index], with: worker, ledger: ledger)
      let finished = done.add(1, ordering: .relaxed).newValue
      options.progress?(finished, pieces.count)
      return result
    }
    return gather(results, pieces: pieces, ledger: ledger)
  }

  private func work(
    _ piece: WorkPiece, with worker: DistrictWorker, ledger: SumLedger
  ) -> PieceResult {
    worker.begin()
    let outcomes = piece.districts.map { worker.run(district: $0) }
    let whole = ledger.hand(
      in: worker.sums, province: piece.province, department: piece.department,
      parts: piece.parts)
    guard !simulation.sumsOnly, let whole else {
      return PieceResult(districts: outcomes, province: nil, counts: worker.counts)
    }
    let answers = AreaAnswers(simulation, districts: provinces[piece.province])
    let selection = WeightedSelection(simulation.weights)
    let row = LaneBuffer(count: simulation.draws.vectors)
    return PieceResult(
      districts: outcomes,
      province: simulation.plans.indices.map { plan in
        if plan == 0, let known = simulation.knownBaseline {
          return known.provincePaths[piece.province]
        }
        return answers.path(plan: plan, sums: whole, selection: selection, row: row)
      },
      counts: worker.counts)
  }

  private func gather(
    _ results: [PieceResult], pieces: [WorkPiece], ledger: SumLedger
  ) -> Result {
    var national = AreaSums(
      plans: simulation.plans.count, years: simulation.years, draws: simulation.draws)
    ledger.national(into: &national)
    var counts = Projection.Counts(
      exitRaised: 0, exitLowered: 0, capped: 0, cells: 0,
      cappedByPlan: simulation.plans.map { _ in 0 })
    for result in results {
      counts.exitRaised += result.counts.exitRaised
      counts.exitLowered += result.counts.exitLowered
      counts.capped += result.counts.capped
      counts.cells += result.counts.cells
      for (plan, held) in result.counts.cappedByPlan.enumerated() {
        counts.cappedByPlan[plan] += held
      }
    }
    guard !simulation.sumsOnly else {
      return Result(
        national: national, ledger: ledger, provinces: [], districts: [],
        counts: counts)
    }
    var provinces = [[AreaPath]](repeating: [], count: simulation.population.provinceCount)
    var districts = [[DistrictOutcome]](repeating: [], count: simulation.population.codes.count)
    for (piece, result) in zip(pieces, results) {
      if let paths = result.province { provinces[piece.province] = paths }
      for (district, outcome) in zip(piece.districts, result.districts) {
        districts[district] = outcome
      }
    }
    return Result(
      national: national, ledger: ledger, provinces: provinces, districts: districts,
      counts: counts)
  }
}
