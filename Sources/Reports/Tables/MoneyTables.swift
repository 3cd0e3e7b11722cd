// Quiebre · Reports
// Budget lines: totals, and money by year from approved to placed. Exact to the céntimo.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
public import LaborModel

extension RunReport {
  /// One row per line and year: approved = placed + national + unplaced, exactly.
  public func moneyTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "money", es: "Dinero por línea y año, con el año base",
      en: "Money by line and year, base year included",
      [C.line, C.lineKind, C.year, C.approved, C.placed, C.national, C.unplaced])
    for line in plan.lines {
      for column in 0...(plan.end - plan.base) {
        table.append([
          .text(line.id), .text(line.kind.rawValue), .integer(plan.base + column),
          .money(line.money.approved[column]), .money(line.money.placedTotal(column)),
          .money(line.money.national[column]), .money(line.money.unplaced[column]),
        ])
      }
    }
    return table
  }

  /// One row per line, summed over the years after the base.
  public func linesTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "lines", es: "Líneas presupuestales, suma de los años después del año base",
      en: "Budget lines, sums of the years after the base year",
      [
        C.line, C.lineSpanish, C.lineEnglish, C.lineKind, C.source, C.approved, C.newMoney,
        C.placed, C.national, C.unplaced, C.coverage,
      ])
    for (index, line) in plan.lines.enumerated() {
      let money = line.money
      let approved = money.approved[laterColumns].reduce(0, +)
      table.append([
        .text(line.id), .text(line.name.es), .text(line.name.en), .text(line.kind.rawValue),
        .text(line.source), .money(approved), .money(approved - baselineApproved(line.id)),
        .money(laterColumns.reduce(0) { $0 + money.placedTotal($1) }),
        .money(money.national[laterColumns].reduce(0, +)),
        .money(money.unplaced[laterColumns].reduce(0, +)),
        .percent(nationalCoverage(line: index)),
      ])
    }
    return table
  }

  /// Approved money after the base year that the baseline doesn't have, in céntimos.
  public var newMoney: Centimos {
    total(plan.lines.map(\.money)) - total(baselinePlan.lines.map(\.money))
  }

  private func total(_ money: [PlanLine.LineMoney]) -> Centimos {
    money.reduce(0) { $0 + $1.approved[laterColumns].reduce(0, +) }
  }

  private func baselineApproved(_ line: String) -> Centimos {
    baselinePlan.lines.first { $0.id == line }?.money.approved[laterColumns].reduce(0, +) ?? 0
  }

  /// Coverage of one line in the final year, weighted by children; `nil` where it buys no units.
  func nationalCoverage(line: Int) -> Double? {
    guard plan.lines[line].kind == .service || plan.lines[line].kind == .transfer else {
      return nil
    }
    var (reached, children) = (0.0, 0.0)
    for district in registry.districts.indices {
      let count = registry.children[district]
      guard count.isFinite else { continue }
      reached += outcome.districts[district].coverage[line] * count
      children += count
    }
    return children > 0 ? reached / children : nil
  }
}

extension PlanLine.LineMoney {
  /// Money placed in districts in one column, in céntimos.
  func placedTotal(_ column: Int) -> Centimos { placed.reduce(0) { $0 + $1[column] } }
}
