// Quiebre · StatisticsTests
// The invented microdata of Tests/Fixtures/survey as columns.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Statistics
import Support

/// Columns of a CSV without quotes, as numbers and as codes.
struct Microdata {
  let rows: [[String]]
  private let names: [String]

  init(file: String) throws {
    let lines = try String(contentsOfFile: file, encoding: .utf8)
      .split(whereSeparator: \.isNewline)
      .map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map {
          $0.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
        }
      }
    names = lines[0]
    rows = Array(lines.dropFirst())
  }

  func texts(_ name: String) -> [String] {
    let column = names.firstIndex(of: name) ?? names.count
    return rows.map { $0[column] }
  }

  func numbers(_ name: String) -> [Double] { texts(name).map { Double($0) ?? .nan } }

  /// Labels numbered in the order in which they come.
  func codes(_ name: String) -> [Int32] {
    var known: [String: Int32] = [:]
    return texts(name).map { label in
      if known[label] == nil { known[label] = Int32(known.count) }
      return known[label] ?? -1
    }
  }

  func domains(_ name: String, _ labels: [String]) -> SurveyDomains {
    SurveyDomains(
      count: labels.count,
      ofRow: texts(name).map { Int32(labels.firstIndex(of: $0) ?? -1) })
  }

  static func children() throws -> Microdata {
    try Microdata(file: Checkout.fixture("survey/children.csv"))
  }
}

extension Microdata {
  /// 1 where hours reach `least`, NaN where they are unknown.
  func works(_ least: Double = 1) -> [Double] {
    numbers("hours").map { $0.isNaN ? .nan : $0 >= least ? 1 : 0 }
  }

  func columns() -> SurveyColumns {
    var columns = SurveyColumns(weights: numbers("weight"))
    columns.stratum = codes("stratum")
    columns.psu = codes("cluster")
    return columns
  }

  func design(_ rule: LonelyRule = .adjust) throws -> SurveyDesign {
    try SurveyDesign(columns(), lonelyRule: rule)
  }

  func twoStageDesign(_ rule: LonelyRule = .adjust) throws -> SurveyDesign {
    var columns = columns()
    columns.population = numbers("clusters_total")
    columns.secondUnit = codes("dwelling")
    columns.secondPopulation = numbers("dwellings_total")
    return try SurveyDesign(columns, lonelyRule: rule)
  }
}

/// Equal but for rounding in the last places.
func isClose(_ a: Double?, _ b: Double, _ tolerance: Double = 1e-12) -> Bool {
  guard let a else { return false }
  return (a - b).magnitude <= tolerance * max(b.magnitude, 1e-3)
}
