// Quiebre · Reports
// One row per district: what the map layer and districts.csv share.
// SPDX-License-Identifier: Apache-2.0

import Districts
import LaborModel

extension RunReport {
  /// Base and final year of every district, without columns that hold no value.
  public func districtTable() -> Table {
    var table = Table(
      "districts", es: "Distritos, año base y año final", en: "Districts, base and final year",
      ColumnDictionary.map)
    for district in registry.districts.indices {
      table.append(
        placeCells(district) + riskCells(district) + resultCells(district)
          + [.text(registry.quality[district])])
    }
    return table.withoutEmptyColumns()
  }

  private func placeCells(_ district: Int) -> [Cell] {
    let place = registry.districts[district]
    return [
      .text(place.code), .text(place.department), .text(place.province), .text(place.name),
      .text(outcome.id), .text(registry.schematic ? "schematic" : "real"),
      .persons(registry.children[district]),
    ]
  }

  private func riskCells(_ district: Int) -> [Cell] {
    let known = risk.rate[district].isFinite
    // An unknown error isn't an error of 0: no interval, no probability.
    let hasError = known && risk.logitError[district] > 0
    let factors = risk.factors[district]
    return [
      .percent(risk.rate[district]), hasError ? .percent(risk.p05[district]) : .none,
      hasError ? .percent(risk.p95[district]) : .none,
      known ? .text(risk.classes[district].rawValue) : .none,
      hasError ? .percent(risk.classProbabilities[district].last) : .none,
      .optional(factors.first), .optional(factors.dropFirst().first),
      .optional(factors.dropFirst(2).first), .optional(hotspots?[district]),
    ]
  }

  private func resultCells(_ district: Int) -> [Cell] {
    let result = outcome.districts[district]
    let bands = result.path.bands[AgeGroup.all.rawValue]
    let (base, end) = (bands[baseColumn], bands[endColumn])
    let change = result.changeAgainstBaseline
    let children = registry.children[district]
    let mean = result.path.means[AgeGroup.all.rawValue][endColumn]
    let money = plan.placed(in: district, years: laterColumns)
    let years = Double(laterColumns.count)
    return [
      .percent(base.p50), .percent(end.p50), .percent(end.p05), .percent(end.p95),
      .percent(end.p50 - base.p50), .percent(change.p50), .percent(change.p05),
      .percent(change.p95), .real(mean * children * growth(to: plan.end)), .real(result.avoided),
      .percent(result.probabilityOfGoal), .percent(result.probabilityOfBreak),
      .percent(result.probabilityOfWorst), .money(money),
      children > 0 ? .real(Double(money) / 100 / children / years) : .none,
      .percent(result.coverage.reachedByAny),
    ]
  }

  /// Column of the base year and of the end year in paths.
  var baseColumn: Int { projection.base - (projection.years.first ?? projection.base) }
  var endColumn: Int { projection.years.count - 1 }

  /// Money columns of the years after the base, whose changes act.
  var laterColumns: Range<Int> { 1..<max(2, plan.end - plan.base + 1) }
}

extension Plan {
  /// Money of all lines in one district over columns of `base...end`, in céntimos.
  func placed(in district: Int, years: Range<Int>) -> Centimos {
    lines.reduce(0) { sum, line in
      sum + line.money.placed[district][years].reduce(0, +)
    }
  }
}
