// Quiebre · Reports
// Districts named together, and departments by how likely they are among the worst (break-test 6).
// SPDX-License-Identifier: Apache-2.0

import Districts
import LaborModel
public import Statistics

/// Lists of areas with the share of entries to expect wrong.
public struct AreaLists: Hashable, Sendable {
  /// One list: districts that will break, or meet the goal.
  public struct List: Hashable, Sendable {
    /// The target's name.
    public var target: String
    /// q, the share of wrong entries allowed.
    public var limit: Double
    /// Codes, most probable first, and how many were asked.
    public var codes: [String]
    public var asked: Int
    /// Mean of 1 − p over the list.
    public var expectedWrong: Double
  }

  /// How likely a department is among the worst k at the end of the run.
  public struct Rank: Hashable, Sendable {
    public var code: String
    public var name: String
    public var share: DrawnShare
  }

  public var lists: [List]
  /// k of ``ranks``.
  public var worst: Int
  /// Departments with the highest probability first; those that are never among the worst left out.
  public var ranks: [Rank]
}

extension RunReport {
  /// The scenario's lists of districts, and ranks of departments.
  func areaLists() -> AreaLists? {
    let breaks = plan.targets.first { target in
      if case .breaks = target.indicator { true } else { false }
    }
    let goal = plan.targets.first { target in
      if case .rate = target.indicator { true } else { false }
    }
    var limit = 0.1
    if case .breaks(let rule) = breaks?.indicator { limit = rule.listError }
    let lists = [
      list(breaks, limit) { $0.probabilityOfBreak }, list(goal, limit) { $0.probabilityOfGoal },
    ].compactMap(\.self)
    let ranks = departmentRanks()
    guard !lists.isEmpty || !ranks.isEmpty else { return nil }
    return AreaLists(lists: lists, worst: worstCount, ranks: ranks)
  }

  private func list(
    _ target: Plan.Target?, _ limit: Double, _ probability: (DistrictOutcome) -> Double?
  ) -> AreaLists.List? {
    guard let target else { return nil }
    let rows = outcome.districts.indices.compactMap { index in
      probability(outcome.districts[index]).flatMap { $0.isFinite ? (index, $0) : nil }
    }
    guard !rows.isEmpty else { return nil }
    let found = AreaList(probabilities: rows.map(\.1), expectedWrongAtMost: limit)
    return AreaLists.List(
      target: target.id, limit: limit,
      codes: found.areas.map { registry.districts[rows[$0].0].code }, asked: rows.count,
      expectedWrong: found.expectedWrong)
  }

  private var worstCount: Int { min(5, max(1, registry.departments.count / 2)) }

  private func departmentRanks() -> [AreaLists.Rank] {
    guard registry.departments.count > 1,
      outcome.departments.count == registry.departments.count
    else { return [] }
    let rates = outcome.departments.map { $0.rates[AgeGroup.all.rawValue][endColumn] }
    let shares = probabilitiesOfWorst(worstCount, rates: rates, weights: projection.weights)
    return zip(registry.departments, shares).map { area, share in
      AreaLists.Rank(code: area.code, name: area.name, share: share)
    }.filter { $0.share.estimate > 0 }
      .sorted { ($0.share.estimate, $1.code) > ($1.share.estimate, $0.code) }
  }
}
