// Quiebre · Reports
// Nation, departments and provinces: by year and age group.
// SPDX-License-Identifier: Apache-2.0

import Districts
import LaborModel

extension RunReport {
  /// The nation by year and age group, scenario and baseline.
  public func nationalTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "national", es: "Nación por año y edades", en: "Nation by year and ages",
      [
        C.scenario, C.year, C.date, C.ages, C.rate05, C.rate50, C.rate95, C.rateMean, C.working,
      ])
    let everyone = Array(registry.districts.indices)
    for result in bothOutcomes {
      for row in yearRows(result.nationalPath, of: everyone) {
        table.append([.text(result.id)] + row)
      }
    }
    return table
  }

  /// Departments and provinces by year and age group, scenario and baseline.
  public func areaYearsTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "area_years", es: "Departamentos y provincias por año y edades",
      en: "Departments and provinces by year and ages",
      [
        C.level, C.areaCode, C.areaName, C.scenario, C.year, C.date, C.ages, C.rate05, C.rate50,
        C.rate95, C.rateMean, C.working,
      ])
    for result in bothOutcomes {
      let levels = [
        ("department", registry.departments, result.departmentPaths),
        ("province", registry.provinces, result.provincePaths),
      ]
      for (level, areas, paths) in levels {
        for (area, path) in zip(areas, paths) {
          let head: [Cell] = [
            .text(level), .text(area.code), .text(area.name), .text(result.id),
          ]
          for row in yearRows(path, of: area.members) { table.append(head + row) }
        }
      }
    }
    return table
  }

  /// The baseline first, then the scenario.
  var bothOutcomes: [ScenarioOutcome] { [projection.baseline, outcome] }

  /// Year, date, ages, rates and children working of one area.
  private func yearRows(_ path: AreaPath, of members: [Int]) -> [[Cell]] {
    projection.years.indices.flatMap { column in
      AgeGroup.allCases.map { group -> [Cell] in
        let band = path.bands[group.rawValue][column]
        let mean = path.means[group.rawValue][column]
        let year = projection.years[column]
        return [
          .integer(year), .text(isoDate(year)), .text(group.label), .percent(band.p05),
          .percent(band.p50), .percent(band.p95), .percent(mean),
          .real(mean * children(in: group, of: members) * growth(to: year)),
        ]
      }
    }
  }

  /// Children of an age group in the base year, summed over districts in order.
  func children(in group: AgeGroup, of members: [Int]) -> Double {
    members.reduce(0) { sum, district in
      sum + children(in: group, district: district)
    }
  }

  func children(in group: AgeGroup, district: Int) -> Double {
    let byAge = registry.childrenByAge[district]
    return group.ages.reduce(0) { $0 + byAge[$1 - 5] }
  }

  /// Children of a year as a multiple of those of the base year.
  func growth(to year: Int) -> Double {
    var factor = 1.0
    for _ in 0..<abs(year - projection.base) { factor *= 1 + childrenGrowth }
    return year < projection.base ? 1 / factor : factor
  }

  /// The first day of a year, which QGIS needs where it wants dates.
  func isoDate(_ year: Int) -> String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "-01-01"
  }
}

extension AgeGroup {
  /// `5-17`, `5-13`, `14-17`.
  var label: String { "\(ages.lowerBound)-\(ages.upperBound)" }
}
