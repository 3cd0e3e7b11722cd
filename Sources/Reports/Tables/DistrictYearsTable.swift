// Quiebre · Reports
// One row per scenario, district and year: the long table behind time series.
// SPDX-License-Identifier: Apache-2.0

import Districts
import LaborModel

extension RunReport {
  /// The yearly series of every district, baseline and scenario, from the plateau to the end.
  ///
  /// The age groups stand in columns of their own (`rate_u14`, `rate_o14`). Money is known from
  /// the base year on, coverage in the final year.
  public func districtYearsTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "district_years", es: "Distritos por año", en: "Districts by year",
      [
        C.code, C.scenario, C.year, C.date, C.rate05, C.rate50, C.rate95, C.rateUnder14,
        C.rateFrom14, C.working, C.money, C.coverage,
      ] + quartileColumns)
    let plans = [baselinePlan, plan]
    let dates = projection.years.map { Cell.text(isoDate($0)) }
    for (plan, result) in zip(plans, bothOutcomes) {
      for district in registry.districts.indices {
        let head: [Cell] = [.text(registry.districts[district].code), .text(result.id)]
        for column in projection.years.indices {
          table.append(
            head + [.integer(projection.years[column]), dates[column]]
              + yearCells(result.districts[district], district, column, plan)
              + quartileCells(result.districts[district], column))
        }
      }
    }
    return table.withoutEmptyColumns()
  }

  /// Columns that are there on request.
  private var quartileColumns: [Column] {
    typealias C = ColumnDictionary
    return hasQuartiles ? [C.rate25, C.rate75, C.goalProbability] : []
  }

  private func quartileCells(_ result: DistrictOutcome, _ column: Int) -> [Cell] {
    guard hasQuartiles else { return [] }
    let half = result.middleHalves.indices.contains(column) ? result.middleHalves[column] : nil
    let goal = result.goalByYear.indices.contains(column) ? result.goalByYear[column] : nil
    return [.percent(half?.p25), .percent(half?.p75), .percent(goal)]
  }

  /// One row per district and year of the scenario, base year to end, district by district: the
  /// properties of the map layer where `output.time` is `long`.
  func districtTimesTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "districts", es: "Distritos por año", en: "Districts by year",
      [
        C.code, C.department, C.province, C.district, C.scenario, C.shape, C.children, C.riskClass,
        C.year, C.date, C.dateEnd, C.rate05, C.rate50, C.rate95, C.rateUnder14, C.rateFrom14,
        C.working, C.money, C.coverage, C.quality,
      ])
    for (district, place) in registry.districts.enumerated() {
      let head: [Cell] = [
        .text(place.code), .text(place.department), .text(place.province), .text(place.name),
        .text(outcome.id), .text(registry.schematic ? "schematic" : "real"),
        .persons(registry.children[district]),
        risk.rate[district].isFinite ? .text(risk.classes[district].rawValue) : .none,
      ]
      for column in mapColumns {
        let year = projection.years[column]
        table.append(
          head + [
            .integer(year), .text(isoDate(year)),
            .text(isoDate(year).prefix(5) + "12-31"),
          ] + yearCells(outcome.districts[district], district, column, plan)
            + [.text(registry.quality[district])])
      }
    }
    return table.withoutEmptyColumns()
  }

  /// Columns of the years that a long map shows.
  var mapColumns: ClosedRange<Int> { baseColumn...endColumn }

  private func yearCells(
    _ result: DistrictOutcome, _ district: Int, _ column: Int, _ plan: Plan
  ) -> [Cell] {
    let band = result.path.bands[AgeGroup.all.rawValue][column]
    let medians = result.path.medians
    let mean = result.path.means[AgeGroup.all.rawValue][column]
    let moneyColumn = projection.years[column] - plan.base
    let isEnd = column == endColumn
    return [
      .percent(band.p05), .percent(band.p50), .percent(band.p95),
      .percent(medians[AgeGroup.under14.rawValue][column]),
      .percent(medians[AgeGroup.from14.rawValue][column]),
      .real(mean * registry.children[district] * growth(to: projection.years[column])),
      moneyColumn >= 0
        ? .money(plan.placed(in: district, years: moneyColumn..<moneyColumn + 1)) : .none,
      isEnd ? .percent(result.coverage.reachedByAny) : .none,
    ]
  }
}

extension [Double] {
  /// Share reached by at least one line, if the lines reach children independently.
  var reachedByAny: Double { 1 - reduce(1) { $0 * (1 - $1) } }
}
