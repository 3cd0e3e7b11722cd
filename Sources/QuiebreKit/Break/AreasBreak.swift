// Quiebre · QuiebreKit
// `quiebre break areas.csv --areas COLUMN`: many areas with surveys of their own.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Reports
import Statistics

struct AreasBreak {
  let request: BreakRequest
  let session: Session

  func reply(_ table: CSVTable, column: String) throws(DiagnosticList) -> Reply {
    let options = request.series
    let areas = try PublishedSeries.byArea(
      table: table, column: column, group: options.group, shockYears: options.shockYears)
    var seen: [[Observation]] = []
    for area in areas { seen.append(try area.series.seen(options.cut).observations) }
    let tolerance = request.tolerance ?? 0
    let found = testAreaPaces(
      seen, tolerance: tolerance, limit: options.listError, dependence: options.dependence)
    let report = AreaPacesReport(
      series: areas.first?.series.group ?? "", asOf: options.asOf,
      areas: areas.map(\.area), paces: found, tolerance: tolerance, limit: options.listError,
      dependence: options.dependence)
    return Reply(
      text: request.json
        ? String(decoding: report.json(), as: UTF8.self) : report.text(in: session.language))
  }
}
