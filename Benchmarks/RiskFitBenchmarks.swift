// Quiebre · Benchmarks
// Fitting the risk model to 100 thousand children: 20 terms, weights, clusters, districts.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Formats
import LaborModel
import Statistics

/// Fits on all workers against one, to the last bit.
///
/// Sizes are districts of 53 children: 1,874 are 99,322 rows × 20 terms. `risk.fit` is the regression
/// with its robust covariance, `risk.fit.file` also reads the CSV and makes all checks that need no
/// region, `risk.fit.districts` adds a random intercept with 7 quadrature points.
func riskFitBenchmarks(workers: Int) -> [Benchmark] {
  [
    Benchmark(name: "risk.fit", baseline: "one worker") { size in
      let survey = MadeUpSurvey(districts: size)
      func answer(_ workers: Int) throws -> Double {
        let fit = try LogisticFit(
          survey.design, outcomes: survey.outcomes, weights: survey.weights, workers: workers)
        return fit.covariance(over: SamplingUnits(unitOf: survey.districts))[1][1]
      }
      return survey.trial(workers, answer)
    },
    Benchmark(name: "risk.fit.file", baseline: "one worker") { size in
      let survey = MadeUpSurvey(districts: size)
      let text = survey.csv
      func answer(_ workers: Int) throws -> Double {
        let table = try CSVTable(bytes: text, name: "bench")
        return try fitRisk(table, survey.settings, workers: workers).coefficients[1].standardError
      }
      return survey.trial(workers, answer)
    },
    Benchmark(name: "risk.fit.districts", baseline: "one worker") { size in
      let survey = MadeUpSurvey(districts: size)
      func answer(_ workers: Int) throws -> Double {
        try RandomInterceptFit(
          survey.design, outcomes: survey.outcomes,
          weights: scaledToGroups(survey.weights, groupOf: survey.districts),
          groupOf: survey.districts, groups: size, workers: workers
        ).spread
      }
      return survey.trial(workers, answer)
    },
  ]
}

/// A survey drawn from a known model.
private struct MadeUpSurvey {
  static let terms = 20
  static let children = 53

  let columns: [[Double]]
  let outcomes: [Bool]
  let weights: [Double]
  let districts: [Int]

  init(districts count: Int) {
    let field = RandomField(seed: 5)
    func stream(_ quantity: UInt16, _ year: Int = 0) -> RandomStream {
      field.stream(RandomQuantity(rawValue: 950 + quantity), year: year)
    }
    let rows = count * Self.children
    let districts = (0..<rows).map { $0 / Self.children }
    let columns = (0..<Self.terms).map { column -> [Double] in
      let values = stream(0, column).normals(count: rows)
      // Half of the columns are marks, half are numbers rounded as surveys give them.
      return values.map { column % 2 == 0 ? ($0 * 100).rounded() / 100 : $0 > 0.5 ? 1 : 0 }
    }
    let effects = stream(1).normals(count: count)
    let luck = stream(2).uniforms(count: rows)
    let size = stream(3).normals(count: rows)
    self.columns = columns
    self.districts = districts
    outcomes = (0..<rows).map { row in
      var logit = -1.5 + 0.4 * effects[districts[row]]
      for column in columns.indices { logit += 0.2 * Double(column % 3 - 1) * columns[column][row] }
      return luck[row] < logistic(logit)
    }
    weights = size.map { (100 * exp(0.4 * $0)).rounded() }
  }

  var design: PackedColumns { PackedColumns(columns, rowCount: outcomes.count) }

  var settings: RiskFitSettings {
    var settings = RiskFitSettings(
      outcome: "y", variables: columns.indices.map { RiskVariable(column: "x\($0)") })
    (settings.weight, settings.cluster) = ("w", "c")
    return settings
  }

  var csv: [UInt8] {
    var text = "y,w,c" + columns.indices.map { ",x\($0)" }.joined() + "\n"
    for row in outcomes.indices {
      text += "\(outcomes[row] ? 1 : 0),\(Int(weights[row])),\(districts[row])"
      for column in columns { text += ",\(column[row])" }
      text += "\n"
    }
    return Array(text.utf8)
  }

  func trial(_ workers: Int, _ answer: @escaping (Int) throws -> Double) -> Trial {
    Trial(
      amount: Double(outcomes.count), unit: "children", subject: { try answer(workers) },
      baseline: { try answer(1) }, isRight: { $0 == $1 && $0 > 0 })
  }
}
