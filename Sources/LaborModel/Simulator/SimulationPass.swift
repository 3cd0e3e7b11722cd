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
    let tallies: Tallies
    /// [province][plan], [district][plan]; empty when only sums are wanted.
    var provinces: [[AreaPath]]
    var districts: [[DistrictOutcome]]
    var counts: Projection.Counts
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

  /// All pieces from the first to the last.
  func run() throws -> Result {
    let state = PassState(simulation, blockSize: options.blockSize)
    try run(state)
    return gather(state)
  }

  /// Does the pieces of a shard that are missing in `state`.
  ///
  /// - Parameters:
  ///   - state: Holds afterwards what it held and what was done, even if the run was cancelled.
  ///   - shard: Which pieces.
  ///   - checkpoint: Gets the state between pieces when it asks for it, and when the run is cancelled.
  /// - Throws: `Cancelled`, and what `checkpoint` throws.
  func run(_ state: PassState, shard: Shard = .whole, checkpoint: PassCheckpoint? = nil) throws {
    let total = shard.pieces(of: state.pieces).count
    var rest = state.pending(in: shard)
    let done = Atomic(total - rest.count)
    @Sendable func isCancelled() -> Bool { options.cancellation?.isCancelled == true }
    while !rest.isEmpty, !isCancelled() {
      let (pieces, pause) = (rest, CancellationFlag())
      do {
        _ = try concurrentMap(
          count: pieces.count, workers: max(1, options.workers),
          scratch: { DistrictWorker(simulation, worst: state.tallies.worst) }, cancellation: pause
        ) { worker, index in
          work(pieces[index], with: worker, state: state)
          options.progress?(done.add(1, ordering: .relaxed).newValue, total)
          if isCancelled() || checkpoint?.isDue() == true { pause.cancel() }
        }
      } catch is Cancelled {
        // Paused: all that was begun is in the state.
      }
      rest = state.pending(in: shard)
      if !rest.isEmpty, !isCancelled() { try checkpoint?.save(state) }
    }
    guard isCancelled() else { return }
    try checkpoint?.save(state)
    throw Cancelled()
  }

  private func work(_ index: Int, with worker: DistrictWorker, state: PassState) {
    let piece = state.pieces[index]
    worker.begin()
    let outcomes = piece.districts.map { worker.run(district: $0) }
    let whole = state.ledger.hand(
      in: worker.sums, province: piece.province, department: piece.department,
      parts: piece.parts)
    state.tallies.add(worker.factorSums)
    state.record(PieceResult(districts: outcomes, counts: worker.counts), piece: index)
    guard !simulation.sumsOnly, let whole else { return }
    state.record(paths(of: piece.province, sums: whole), province: piece.province)
  }

  /// Paths of a province under each plan.
  func paths(of province: Int, sums: AreaSums) -> [AreaPath] {
    let answers = AreaAnswers(simulation, districts: provinces[province])
    let selection = WeightedSelection(simulation.weights)
    let row = LaneBuffer(count: simulation.draws.vectors)
    return simulation.plans.indices.map { plan in
      if plan == 0, let known = simulation.knownBaseline { return known.provincePaths[province] }
      return answers.path(plan: plan, sums: sums, selection: selection, row: row)
    }
  }

  /// The answers of all pieces together; every piece must be done.
  func gather(_ state: PassState) -> Result {
    var national = AreaSums(
      plans: simulation.plans.count, years: simulation.years, draws: simulation.draws)
    state.ledger.national(into: &national)
    let results = state.results.compactMap { $0 }
    precondition(results.count == state.pieces.count, "a piece is missing")
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
        national: national, ledger: state.ledger, tallies: state.tallies, provinces: [],
        districts: [], counts: counts)
    }
    var districts = [[DistrictOutcome]](repeating: [], count: simulation.population.codes.count)
    for (piece, result) in zip(state.pieces, results) {
      for (district, outcome) in zip(piece.districts, result.districts) {
        districts[district] = outcome
      }
    }
    addWorst(state.tallies.worst, to: &districts)
    return Result(
      national: national, ledger: state.ledger, tallies: state.tallies,
      provinces: state.provincePaths.map { $0 ?? [] }, districts: districts, counts: counts)
  }

  private func addWorst(_ worst: WorstOfDraws?, to districts: inout [[DistrictOutcome]]) {
    guard let worst else { return }
    for plan in simulation.plans.indices where plan > 0 || simulation.knownBaseline == nil {
      let shares = worst.shares(
        plan: plan, districts: districts.count, weights: simulation.weights)
      for district in districts.indices {
        districts[district][plan].probabilityOfWorst = shares[district]
      }
    }
  }
}

/// When and how a pass saves what it has.
struct PassCheckpoint: Sendable {
  /// Asked after each piece, from any thread.
  let isDue: @Sendable () -> Bool
  /// Called while no piece is under way.
  let save: @Sendable (PassState) throws -> Void
}
