// Quiebre · LaborModelTests
// A small made-up country for risk tests: two departments, six districts.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel

enum RiskFixture {
  static let codes = ["010101", "010102", "010103", "020101", "020102", "020103"]
  static let children = [100.0, 300, 50, 1000, 20, 400]

  /// The districts in a given order of their codes.
  static func registry(
    codes: [String] = codes, children: [Double] = children, fields: [String: Field] = [:]
  ) -> DistrictRegistry {
    let names = Array(Set(codes.map { String($0.prefix(2)) })).sorted()
    func upper(_ length: Int) -> [UpperArea] {
      Array(Set(codes.map { String($0.prefix(length)) })).sorted().map { code in
        UpperArea(
          code: code, name: "area \(code)",
          members: codes.indices.filter { codes[$0].hasPrefix(code) })
      }
    }
    let provinces = upper(4)
    return DistrictRegistry(
      districts: codes.map {
        District(
          code: $0, name: "district \($0)", province: "p", department: "d", shape: nil)
      },
      provinces: provinces, departments: upper(2),
      provinceOf: codes.map { code in
        provinces.firstIndex { code.hasPrefix($0.code) } ?? 0
      },
      departmentOf: codes.map { names.firstIndex(of: String($0.prefix(2))) ?? 0 },
      children: children,
      childrenByAge: children.map { count in (5...17).map { _ in count / 13 } }, fields: fields,
      quality: codes.map { _ in "ok" }, schematic: false)
  }

  static func model(
    spread: Double = 0.4, covariance: [[Double]] = [[0.01, 0.001], [0.001, 0.04]],
    synthetic: Bool = false
  ) throws -> RiskModel {
    try RiskModel(
      definition: "A", survey: "made up", year: 2015, sampleSize: 1000,
      terms: [
        RiskModel.Term(name: "intercept", beta: -1.5),
        RiskModel.Term(name: "rural", isPercent: true, beta: 1.2),
      ], covariance: covariance, districtSpread: spread, source: "test", isSynthetic: synthetic)
  }

  /// Urban and rural children of each district.
  static let cells: [[(values: [Double], children: Double)]] = zip(
    [10.0, 200, 45, 100, 20, 250], children
  ).map { rural, all in
    [(values: [1, 0], children: all - rural), (values: [1, 1], children: rural)]
  }

  static let fixed = RiskClassRule.fixed(mediumFrom: 0.2, highFrom: 0.3)

  static func options(
    _ rule: RiskClassRule = fixed, draws: Int = 200
  ) -> RiskOptions {
    var options = RiskOptions(classes: rule)
    options.draws = draws
    return options
  }

  static let national = NationalBenchmark(
    level: NationalLevel(year: 2015, rate: 0.26, standardError: 0.005),
    otherYears: [NationalLevel(year: 2024, rate: 0.22, standardError: 0.005)])
}
