// Quiebre · Reports
// Departments and provinces with base and final year: one row per area.
// SPDX-License-Identifier: Apache-2.0

import Districts
import LaborModel

extension RunReport {
  /// Base and final year of every department, with paired differences from its own draws.
  public func departmentsTable() -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "departments", es: "Departamentos, año base y año final",
      en: "Departments, base and final year", Self.areaColumns + [C.change05, C.change95])
    for (index, area) in registry.departments.enumerated() {
      let change = difference(.department(index), .all, column: endColumn)
      table.append(
        areaCells(area, outcome.departmentPaths[index], projection.baseline.departmentPaths[index])
          + [.percent(change.band.p05), .percent(change.band.p95)])
    }
    return table
  }

  /// Base and final year of every province.
  public func provincesTable() -> Table {
    var table = Table(
      "provinces", es: "Provincias, año base y año final", en: "Provinces, base and final year",
      Self.areaColumns)
    for (index, area) in registry.provinces.enumerated() {
      table.append(
        areaCells(area, outcome.provincePaths[index], projection.baseline.provincePaths[index]))
    }
    return table
  }

  private static var areaColumns: [Column] {
    typealias C = ColumnDictionary
    return [
      C.areaCode, C.areaName, C.districts, C.children, C.rateBase, C.rateEnd, C.rate05, C.rate95,
      C.rateUnder14, C.rateFrom14, C.changeBase, C.changeMean, C.working, C.avoided, C.money,
      C.perChild,
    ]
  }

  private func areaCells(_ area: UpperArea, _ path: AreaPath, _ baseline: AreaPath) -> [Cell] {
    let bands = path.bands[AgeGroup.all.rawValue]
    let (base, end) = (bands[baseColumn], bands[endColumn])
    let mean = path.means[AgeGroup.all.rawValue][endColumn]
    let reference = baseline.means[AgeGroup.all.rawValue][endColumn]
    let children = children(in: .all, of: area.members)
    let money = area.members.reduce(0) { $0 + plan.placed(in: $1, years: laterColumns) }
    let avoided = area.members.reduce(0) { $0 + outcome.districts[$1].avoided }
    return [
      .text(area.code), .text(area.name), .integer(area.members.count), .persons(children),
      .percent(base.p50), .percent(end.p50), .percent(end.p05), .percent(end.p95),
      .percent(path.bands[AgeGroup.under14.rawValue][endColumn].p50),
      .percent(path.bands[AgeGroup.from14.rawValue][endColumn].p50),
      .percent(end.p50 - base.p50), .percent(mean - reference),
      .real(mean * children * growth(to: plan.end)), .real(avoided), .money(money),
      children > 0
        ? .real(Double(money) / 100 / children / Double(laterColumns.count)) : .none,
    ]
  }
}
