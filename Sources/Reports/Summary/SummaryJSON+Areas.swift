// Quiebre · Reports
// Nation, money and departments in summary.json.
// SPDX-License-Identifier: Apache-2.0

import Districts
import Formats
import LaborModel
import Statistics

extension RunReport {
  func writeNation(to json: inout JSONWriter) {
    let everyone = Array(registry.districts.indices)
    for group in AgeGroup.allCases {
      json.object("ages_\(group.ages.lowerBound)_\(group.ages.upperBound)", .lines) { json in
        json.member("children", children(in: group, of: everyone), decimals: 1)
        writeRates(
          outcome.nationalPath, projection.baseline.nationalPath, group, to: &json)
        let change = difference(.nation, group, column: endColumn)
        json.band("difference", change.band, mean: change.mean, times: 100, decimals: 4)
        let count = children(in: group, of: everyone) * growth(to: plan.end)
        json.object("working") { json in
          json.member(
            "baseline",
            projection.baseline.nationalPath.means[group.rawValue][endColumn] * count, decimals: 1)
          json.member(
            "scenario", outcome.nationalPath.means[group.rawValue][endColumn] * count, decimals: 1)
        }
      }
    }
    let avoided = avoidedChildYears
    json.band("child_years_avoided", avoided.band, mean: avoided.mean, decimals: 1)
  }

  private func writeRates(
    _ path: AreaPath, _ baseline: AreaPath, _ group: AgeGroup, to json: inout JSONWriter
  ) {
    let rows = [
      ("rate_base", path, baseColumn), ("rate_end_baseline", baseline, endColumn),
      ("rate_end", path, endColumn),
    ]
    for (name, path, column) in rows {
      json.band(
        name, path.bands[group.rawValue][column], mean: path.means[group.rawValue][column],
        times: 100, decimals: 3)
    }
  }

  func writeMoney(to json: inout JSONWriter) {
    json.member("currency", unit.currency)
    json.member("symbol", unit.symbol)
    json.member("price_year", unit.priceYear)
    json.object("years") { json in
      json.member("from", plan.base + 1)
      json.member("to", plan.end)
    }
    json.key("new")
    json.scaled(newMoney, decimals: 2)
    let cost = costPerChildYear
    json.object("per_child_year_avoided") { json in
      json.member("low", cost.low, decimals: 2)
      json.member("middle", cost.middle, decimals: 2)
      json.member("high", cost.high, decimals: 2)
    }
    let table = linesTable()
    json.array("lines", .lines) { json in
      for row in 0..<table.rowCount {
        json.object { json in
          for (column, cell) in zip(table.columns, table.row(row)) {
            json.key(column.name)
            json.cell(cell, column.kind)
          }
        }
      }
    }
  }

  /// Departments with the national targets applied to their own draws; L is each draw's own base
  /// rate, for a department has no series of its own.
  func writeDepartments(to json: inout JSONWriter) {
    let table = departmentsTable()
    for (index, area) in registry.departments.enumerated() {
      json.object { json in
        for (column, cell) in zip(table.columns, table.row(index)) {
          json.key(column.name)
          json.cell(cell, column.kind)
        }
        json.object("targets") { json in
          for target in plan.targets where target.area == nil {
            var own = target
            own.area = area.code
            guard let answer = answer(own) else { continue }
            json.object(target.id) { json in
              json.member("baseline", answer.baseline.estimate * 100, decimals: 2)
              json.member("scenario", answer.scenario.estimate * 100, decimals: 2)
              json.member("only_scenario", answer.pairs.onlyScenario * 100, decimals: 2)
              json.member("only_baseline", answer.pairs.onlyBaseline * 100, decimals: 2)
            }
          }
        }
      }
    }
  }
}
