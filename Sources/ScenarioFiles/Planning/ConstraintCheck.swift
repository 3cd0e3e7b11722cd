// Quiebre · ScenarioFiles
// Holds the plan as written against the scenario's own constraints.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel

extension PlanContext {
  /// Warns of every constraint that the plan breaks, with the first year in which it does.
  func check(_ constraint: BudgetConstraint, in lines: [PlanLine]) {
    let chosen = lines.filter { constraint.lines?.contains($0.id) ?? true }
    let span = (constraint.years ?? years).clamped(to: years)
    guard constraint.years.map({ $0.overlaps(years) }) ?? true else { return }
    let chosenDistricts = constraint.condition.map { condition in
      members(condition, entry: "constraint.\(constraint.id).where")
    }
    let sums = (0..<years.count).map { column in
      chosen.reduce(Centimos(0)) { $0 + total(of: $1, column, chosenDistricts) }
    }
    for (column, year) in years.enumerated() where span.contains(year) {
      let factor = constantFactor(of: year)
      if let most = constraint.maximum?.scaled(by: factor), sums[column] > most {
        warn(constraint, "max", year, sums[column], most)
        break
      }
      if let least = constraint.minimum?.scaled(by: factor), sums[column] < least {
        warn(constraint, "min", year, sums[column], least)
        break
      }
      if let growth = constraint.growth, column > 0 {
        let most = sums[column - 1].scaled(by: 1 + growth)
        if sums[column] > most {
          warn(constraint, "growth", year, sums[column], most)
          break
        }
      }
    }
    checkShares(constraint, chosen, span, chosenDistricts)
  }

  /// All money of a line in a year, or that in the districts of a condition.
  private func total(of line: PlanLine, _ column: Int, _ members: [Bool]?) -> Centimos {
    guard let members else { return line.money.approved[column] }
    return line.money.placed.indices.reduce(Centimos(0)) {
      members[$1] ? $0 + line.money.placed[$1][column] : $0
    }
  }

  private func checkShares(
    _ constraint: BudgetConstraint, _ lines: [PlanLine], _ span: ClosedRange<Int>,
    _ members: [Bool]?
  ) {
    guard let by = constraint.by else { return }
    for (column, year) in years.enumerated() where span.contains(year) {
      let groups = groups(of: lines, by: by, column, members)
      let whole = groups.reduce(Centimos(0)) { $0 + $1.money }
      guard whole > 0 else { continue }
      for group in groups {
        let share = Double(group.money) / Double(whole)
        if let most = constraint.maximumShare, share > most {
          return warnShare(constraint, "max_share", year, group.name, share, most)
        }
        if let least = constraint.minimumShare, share < least {
          return warnShare(constraint, "min_share", year, group.name, share, least)
        }
      }
    }
  }

  /// Money of each department or province, or of each code of a classification field.
  private func groups(of lines: [PlanLine], by: String, _ column: Int, _ members: [Bool]?) -> [(
    name: String, money: Centimos
  )] {
    let registry = inputs.registry
    switch by {
    case "department", "province":
      let areas = by == "department" ? registry.departments : registry.provinces
      return areas.map { area in
        let money = lines.reduce(Centimos(0)) { sum, line in
          area.members.reduce(sum) {
            (members?[$1] ?? true) ? $0 + line.money.placed[$1][column] : $0
          }
        }
        return (area.name, money)
      }
    default:
      var order: [String] = []
      var money: [String: Centimos] = [:]
      for line in lines {
        let code = scenario.lines.first { $0.id == line.id }.flatMap { written in
          written.classificationFields.firstIndex(of: by).map { written.classificationCodes[$0] }
        }
        let name = code ?? "-"
        if money[name] == nil { order.append(name) }
        money[name, default: 0] += total(of: line, column, members)
      }
      return order.map { ($0, money[$0] ?? 0) }
    }
  }

  private func warn(
    _ constraint: BudgetConstraint, _ key: String, _ year: Int, _ found: Centimos,
    _ limit: Centimos
  ) {
    let amounts = (moneyText(found, sign: sign), moneyText(limit, sign: sign))
    report(
      Diagnostic(
        .constraintBroken, .warning, entry: "constraint.\(constraint.id).\(key)",
        at: loaded.place(of: "constraint.\(constraint.id).\(key)") ?? constraint.place,
        what: LocalizedText(
          en: "constraint.\(constraint.id) isn't kept in \(year): \(amounts.0), limit \(amounts.1)",
          es:
            "constraint.\(constraint.id) no se cumple en \(year): \(amounts.0), límite \(amounts.1)"
        )))
  }

  private func warnShare(
    _ constraint: BudgetConstraint, _ key: String, _ year: Int, _ name: String, _ share: Double,
    _ limit: Double
  ) {
    let percents = (percentText(share), percentText(limit))
    report(
      Diagnostic(
        .constraintBroken, .warning, entry: "constraint.\(constraint.id).\(key)",
        at: loaded.place(of: "constraint.\(constraint.id).\(key)") ?? constraint.place,
        what: LocalizedText(
          en:
            "constraint.\(constraint.id) isn't kept in \(year): \(name) has \(percents.0), limit \(percents.1)",
          es:
            "constraint.\(constraint.id) no se cumple en \(year): \(name) tiene \(percents.0), límite \(percents.1)"
        )))
  }

  /// One decimal: `20.3 %`.
  private func percentText(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
