// Quiebre · ScenarioFiles
// Prices of different years: current money to constant money and back.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics

/// A price index by year.
struct PriceIndex: Hashable {
  let index: [Int: Double]

  /// Reads the columns `year` and `index`.
  ///
  /// - Throws: Missing columns, and every year or index that can't be used.
  init(_ table: CSVTable) throws(DiagnosticList) {
    let yearColumn: Int
    let indexColumn: Int
    do throws(Diagnostic) {
      yearColumn = try table.requiredColumn("year")
      indexColumn = try table.requiredColumn("index")
    } catch {
      throw DiagnosticList(error)
    }
    let years = try table.numbers(yearColumn)
    let values = try table.numbers(indexColumn)
    var index: [Int: Double] = [:]
    var faults: [Diagnostic] = []
    for row in 0..<table.rowCount {
      guard let year = years[row].flatMap({ Int(exactly: $0) }), let value = values[row],
        value > 0, index[year] == nil
      else {
        faults.append(
          Diagnostic(
            .badDeflator, at: table.place(indexColumn, row),
            what: LocalizedText(
              en: "a row of the deflator needs a year of its own and an index above 0",
              es: "cada fila del deflactor necesita un año propio y un índice mayor que 0")))
        continue
      }
      index[year] = value
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    self.index = index
  }

  /// What money of one year is worth in another, or `nil` if a year has no index.
  func factor(from year: Int, to target: Int) -> Double? {
    if year == target { return 1 }
    guard let from = index[year], let to = index[target] else { return nil }
    return to / from
  }
}

extension Centimos {
  /// Times a factor, to the nearest céntimo, halves away from zero.
  func scaled(by factor: Double) -> Centimos {
    factor == 1 ? self : Centimos((Double(self) * factor).rounded())
  }
}

extension Distribution {
  /// All values times a factor above zero.
  func scaled(by factor: Double) -> Distribution {
    if factor == 1 { return self }
    let scaled: Shape =
      switch shape {
      case .fixed(let value): .fixed(value * factor)
      case .triangular(let low, let central, let high):
        .triangular(low: low * factor, central: central * factor, high: high * factor)
      case .uniform(let low, let high): .uniform(low: low * factor, high: high * factor)
      case .normal(let mean, let deviation):
        .normal(mean: mean * factor, standardDeviation: deviation * factor)
      case .lognormal(let low, let high): .lognormal(p05: low * factor, p95: high * factor)
      case .beta(let low, let high, let a, let b):
        .beta(low: low * factor, high: high * factor, a: a, b: b)
      }
    return Distribution(scaled, noEffect: noEffect)
  }
}
