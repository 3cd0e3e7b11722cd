// Quiebre · Benchmarks
// Estimates from survey microdata: from the bytes of a CSV file to twenty domains with errors.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Statistics

/// 54 rows for each district of a size: 101,196 at 1,874.
func surveyBenchmarks() -> [Benchmark] {
  [
    Benchmark(name: "survey.estimate", baseline: "adding up the file's bytes") { size in
      let text = madeUpMicrodata(rows: size * 54)
      let sum = Double(text.reduce(0) { $0 &+ Int($1) })
      return Trial(
        amount: Double(size * 54), unit: "rows", subject: { try populationOfDomains(text) },
        baseline: { Double(text.reduce(0) { $0 &+ Int($1) }) },
        // All weights are 2.5 or 7.5 in turn, so the domains hold 5 a row.
        isRight: { $0 == Double(size * 54 * 5) && $1 == sum })
    }
  ]
}

/// Clusters of 20 rows in 50 strata and 20 regions; nothing in it is a real figure.
private func madeUpMicrodata(rows: Int) -> [UInt8] {
  var text = "stratum,cluster,weight,age,hours,sex,region\n"
  for row in 0..<rows {
    let cluster = row / 20
    text += "S\(cluster % 50),C\(cluster),\(row % 2 == 0 ? "2.5" : "7.5"),\(5 + row % 13),"
    text += "\(row % 7 == 0 ? row % 40 : 0),\(row % 3 == 0 ? "F" : "M"),R\(cluster % 20)\n"
  }
  return Array(text.utf8)
}

/// Reads, numbers the design and estimates a share in each region; gives their summed population.
private func populationOfDomains(_ text: [UInt8]) throws -> Double {
  let table = try CSVTable(bytes: text, name: "bench.csv")
  func codes(_ name: String) throws -> [Int32] {
    let column = try table.requiredColumn(name)
    var known: [String: Int32] = [:]
    return (0..<table.rowCount).map { row in
      let label = table.trimmedText(column, row)
      if let code = known[label] { return code }
      let code = Int32(known.count)
      known[label] = code
      return code
    }
  }
  func numbers(_ name: String) throws -> [Double] {
    try table.numbers(table.requiredColumn(name)).map { $0 ?? .nan }
  }
  var columns = SurveyColumns(weights: try numbers("weight"))
  columns.stratum = try codes("stratum")
  columns.psu = try codes("cluster")
  let design = try SurveyDesign(columns, lonelyRule: .adjust)
  let works = try numbers("hours").map { $0 >= 1 ? 1.0 : 0 }
  let found = design.estimates(
    of: SurveyTarget(.proportion, of: works),
    in: SurveyDomains(count: 20, ofRow: try codes("region")))
  guard found.allSatisfy({ $0.standardError != nil || $0.cases == 0 }) else { return .nan }
  return found.reduce(0) { $0 + $1.population }
}
