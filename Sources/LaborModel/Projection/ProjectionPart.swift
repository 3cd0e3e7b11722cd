// Quiebre · LaborModel
// A part of a run: some of its districts done, to be saved, continued or put together.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// What some pieces of a run have given.
///
/// Parts of the same run can be merged in any order; whole, they give the bytes of a run that was
/// never taken apart.
public struct ProjectionPart: Sendable {
  /// The shape of the run that the part is of: parts of another shape are no parts of it.
  struct Layout: Hashable, Sendable {
    var plans: Int
    var years: Int
    var draws: Int
    var districts: Int
    var provinces: Int
    var departments: Int
    var pieces: Int
  }

  let layout: Layout
  /// One weight per draw, summing to 1: who continues needn't calibrate again.
  public let weights: [Double]
  var pieces: [Int: PieceResult]
  var provinces: [Int: [AreaPath]]
  var open: SumLedger.Open
  var departments: [Int: AreaSums]
  var tallies: TallyContents

  /// How many pieces are done, of how many.
  public var progress: (done: Int, total: Int) { (pieces.count, layout.pieces) }

  /// Whether all is done.
  public var isWhole: Bool { pieces.count == layout.pieces }

  /// Whether no piece of one part is in the other too.
  public func isDisjoint(with other: ProjectionPart) -> Bool {
    pieces.keys.allSatisfy { other.pieces[$0] == nil }
  }

  /// Whether both can be parts of the same run.
  public func fits(_ other: ProjectionPart) -> Bool {
    layout == other.layout && weights == other.weights
  }
}

extension ProjectionPart {
  init(_ simulation: Simulation, state: PassState) {
    layout = Layout(simulation, state)
    weights = Array(simulation.weights.shares[0..<simulation.draws.count])
    pieces = [:]
    for (index, result) in state.results.enumerated() {
      if let result { pieces[index] = result }
    }
    provinces = [:]
    for (index, paths) in state.provincePaths.enumerated() {
      if let paths { provinces[index] = paths }
    }
    open = state.ledger.open
    tallies = state.tallies.contents
    departments = Dictionary(uniqueKeysWithValues: state.ledger.started.map { ($0, $1) })
  }
}

extension ProjectionPart.Layout {
  init(_ simulation: Simulation, _ state: PassState) {
    self.init(
      plans: simulation.plans.count, years: simulation.years, draws: simulation.draws.count,
      districts: simulation.population.codes.count,
      provinces: simulation.population.provinceCount,
      departments: simulation.population.departmentCodes.count, pieces: state.pieces.count)
  }
}

// A file may have a right checksum and yet be made by someone else: shapes are checked, not trusted.
extension ProjectionPart {
  /// Whether everything in the part has the shape that a run of this simulation gives it.
  func isSound(_ simulation: Simulation, _ state: PassState) -> Bool {
    let plans = simulation.plans.count
    return pieces.allSatisfy { index, result in
      result.counts.isSound(plans: plans)
        && result.districts.count == state.pieces[index].districts.count
        && result.districts.allSatisfy { outcomes in
          outcomes.count == (simulation.sumsOnly ? 0 : plans)
            && zip(outcomes, simulation.plans).allSatisfy { outcome, plan in
              outcome.isSound(years: simulation.years, lines: plan.plan.lines.count)
            }
        }
    }
      && provinces.values.allSatisfy { paths in
        paths.count == plans && paths.allSatisfy { $0.isSound(years: simulation.years) }
      }
      && open.allSatisfy { province, entry in
        let parts = state.pieces.first { $0.province == province }?.parts ?? 0
        return (1..<max(2, parts)).contains(entry.left)
      }
  }
}

extension Projection.Counts {
  fileprivate func isSound(plans: Int) -> Bool {
    cappedByPlan.count == plans
      && ([exitRaised, exitLowered, capped, cells] + cappedByPlan).allSatisfy { $0 < 1 << 50 }
  }
}

extension AreaPath {
  fileprivate func isSound(years: Int) -> Bool {
    let groups = AgeGroup.allCases.count
    return bands.count == groups && means.count == groups && medians.count == groups
      && bands.allSatisfy { $0.isEmpty || $0.count == years }
      && means.allSatisfy { $0.count == years } && medians.allSatisfy { $0.count == years }
  }
}

extension DistrictOutcome {
  fileprivate func isSound(years: Int, lines: Int) -> Bool {
    path.isSound(years: years) && coverage.count == lines
      && [middleHalves.count, goalByYear.count].allSatisfy { $0 == 0 || $0 == years }
  }
}

extension PassState {
  /// Takes over what a part holds.
  ///
  /// - Parameters:
  ///   - part: Of the same run, with no piece that is done already.
  ///   - pass: Answers for provinces that become whole.
  func take(over part: ProjectionPart, _ pass: SimulationPass) {
    tallies.add(part.tallies)
    for (index, result) in part.pieces { record(result, piece: index) }
    for (province, paths) in part.provinces { record(paths, province: province) }
    for (department, sums) in part.departments { ledger.add(sums, department: department) }
    for (province, entry) in part.open {
      let parts = pieces.first { $0.province == province }?.parts ?? 0
      if let whole = ledger.add(
        entry.sums, province: province, missing: entry.left, parts: parts)
      {
        record(pass.paths(of: province, sums: whole), province: province)
      }
    }
  }
}

/// When and how a long run saves what it has.
public struct Checkpoint: Sendable {
  /// Asked after each piece of work, from any thread; `true` = save now.
  public var isDue: @Sendable () -> Bool
  /// Called between pieces, and when the run is cancelled.
  public var save: @Sendable (ProjectionPart) throws -> Void

  public init(
    isDue: @escaping @Sendable () -> Bool,
    save: @escaping @Sendable (ProjectionPart) throws -> Void
  ) {
    self.isDue = isDue
    self.save = save
  }
}

extension PreparedSimulation {
  /// Does a shard of the districts, for the baseline and all plans.
  ///
  /// - Parameters:
  ///   - plans: As for ``project(_:)``.
  ///   - shard: Which districts.
  ///   - parts: What is done already, of the same run; no piece twice.
  ///   - checkpoint: Saves on the way.
  /// - Returns: What `parts` held and what was done; `nil` if `parts` are of another run.
  /// - Throws: `DiagnosticList` with every fault of the plans, `Cancelled`, what `checkpoint` throws.
  public func part(
    of plans: [Plan], shard: Shard = .whole, continuing parts: [ProjectionPart] = [],
    checkpoint: Checkpoint? = nil
  ) throws -> ProjectionPart? {
    let (simulation, pass) = try pass(plans)
    guard let state = state(simulation, pass, parts) else { return nil }
    try pass.run(
      state, shard: shard, checkpoint: checkpoint.map { passCheckpoint($0, simulation) })
    return ProjectionPart(simulation, state: state)
  }

  /// The whole run from its parts; what they lack is simulated.
  ///
  /// - Parameters:
  ///   - plans: As for ``project(_:)``.
  ///   - parts: What is done already, of the same run; no piece twice.
  ///   - checkpoint: Saves on the way.
  /// - Returns: The bytes of ``project(_:)``; `nil` if the parts are of another run.
  /// - Throws: `DiagnosticList` with every fault of the plans, `Cancelled`, what `checkpoint` throws.
  public func project(
    _ plans: [Plan], from parts: [ProjectionPart], checkpoint: Checkpoint? = nil
  ) throws -> Projection? {
    let (simulation, pass) = try pass(plans)
    guard let state = state(simulation, pass, parts) else { return nil }
    try pass.run(state, checkpoint: checkpoint.map { passCheckpoint($0, simulation) })
    var own = run
    own.plans = plans
    return try own.assemble(simulation, pass.gather(state))
  }

  private func passCheckpoint(
    _ checkpoint: Checkpoint, _ simulation: Simulation
  ) -> PassCheckpoint {
    PassCheckpoint(
      isDue: checkpoint.isDue,
      save: { try checkpoint.save(ProjectionPart(simulation, state: $0)) })
  }

  private func pass(_ plans: [Plan]) throws -> (Simulation, SimulationPass) {
    var own = run
    own.plans = plans
    try own.check(against: prepared.reference.plan)
    let simulation = own.main(prepared, knownBaseline: nil)
    return (simulation, SimulationPass(simulation, options: own.options))
  }

  private func state(
    _ simulation: Simulation, _ pass: SimulationPass, _ parts: [ProjectionPart]
  ) -> PassState? {
    let state = PassState(simulation, blockSize: run.options.blockSize)
    let layout = ProjectionPart.Layout(simulation, state)
    let weights = Array(simulation.weights.shares[0..<simulation.draws.count])
    var seen: Set<Int> = []
    for part in parts {
      guard part.layout == layout, part.weights == weights, part.isSound(simulation, state),
        state.tallies.fits(part.tallies), part.pieces.keys.allSatisfy({ seen.insert($0).inserted })
      else { return nil }
      state.take(over: part, pass)
    }
    return state
  }
}
