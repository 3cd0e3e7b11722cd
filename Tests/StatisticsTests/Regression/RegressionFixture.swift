// Quiebre · StatisticsTests
// Tables and R's answers for the regression tests, read from Tests/Fixtures/regression.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Statistics
import Support
import Testing

enum RegressionFixture {
  static let folder = Checkout.root + "/Tests/Fixtures/regression"

  /// Columns of a plain CSV file as texts.
  static func table(_ name: String) throws -> [String: [String]] {
    let text = try String(contentsOfFile: "\(folder)/\(name).csv", encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    let header = try #require(lines.first)
    var columns: [String: [String]] = [:]
    for (index, column) in header.enumerated() {
      columns[column] = lines.dropFirst().map { $0[index] }
    }
    return columns
  }

  static func numbers(_ table: [String: [String]], _ column: String) throws -> [Double] {
    try #require(table[column]).compactMap { Double($0) }
  }

  /// What R says (`expected.R` gives versions and commands).
  static let expected: [String: [Double]] = {
    let text = (try? String(contentsOfFile: folder + "/expected.txt", encoding: .utf8)) ?? ""
    return parse(text)
  }()

  static func parse(_ text: String) -> [String: [Double]] {
    var values: [String: [Double]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      values[String(words[0])] = words.dropFirst().compactMap { Double($0) }
    }
    return values
  }

  static func design(
    _ table: [String: [String]], _ columns: [String]
  ) throws -> PackedColumns {
    let values = try columns.map { try numbers(table, $0) }
    return PackedColumns(values, rowCount: values[0].count)
  }

  static func labels(_ texts: [String]) -> [Int] {
    let names = Array(Set(texts)).sorted()
    return texts.map { names.firstIndex(of: $0) ?? 0 }
  }

  /// Birth weights with race as two columns.
  static func birthWeights() throws -> (design: PackedColumns, low: [Bool]) {
    let table = try table("birthwt")
    let race = try numbers(table, "race")
    var columns = try ["age", "lwt"].map { try numbers(table, $0) }
    columns += [race.map { $0 == 2 ? 1 : 0 }, race.map { $0 == 3 ? 1 : 0 }]
    columns += try ["smoke", "ptl", "ht", "ui", "ftv"].map { try numbers(table, $0) }
    let low = try numbers(table, "low").map { $0 == 1 }
    return (PackedColumns(columns, rowCount: low.count), low)
  }
}

/// Whether numbers agree relatively to the largest of both, and as many.
func agree(_ found: [Double], _ expected: [Double]?, within tolerance: Double) -> Bool {
  guard let expected, found.count == expected.count, !found.isEmpty else { return false }
  return zip(found, expected).allSatisfy {
    ($0 - $1).magnitude <= tolerance * max($0.magnitude, $1.magnitude, 1e-3)
  }
}

func roots(_ covariance: [[Double]]) -> [Double] {
  covariance.indices.map { covariance[$0][$0].squareRoot() }
}
