// Quiebre · LaborModel
// Writes model.json, digit for digit what the reader reads back.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Statistics

extension RiskModel {
  /// The model as one JSON document.
  public func json() -> [UInt8] {
    var writer = JSONWriter(reservingBytes: 4_000)
    writer.object(.lines) { writer in write(to: &writer, standardErrors: nil) }
    writer.endLine()
    return writer.finished()
  }

  /// The members of the model's object; every number is the shortest text that reads back the same.
  func write(to writer: inout JSONWriter, standardErrors: [Double]?) {
    writer.member("synthetic", isSynthetic)
    writer.member("definition", definition)
    writer.member("survey", survey)
    writer.member("year", year)
    writer.member("n", sampleSize)
    writer.member("sigma_u", districtSpread, decimals: nil)
    writer.member("source", source)
    writer.array("terms", .lines) { writer in
      for (index, term) in terms.enumerated() {
        writer.object { writer in
          writer.member("name", term.name)
          if let level = term.level { writer.member("level", level) }
          if let reference = term.reference { writer.member("reference", reference) }
          if term.isPercent { writer.member("unit", "%") }
          writer.member("beta", term.beta, decimals: nil)
          if let standardErrors { writer.member("se", standardErrors[index], decimals: nil) }
        }
      }
    }
    writer.array("covariance", .lines) { writer in
      for row in covariance {
        writer.array { writer in
          for value in row { writer.number(value, decimals: nil) }
        }
      }
    }
    guard !effects.isEmpty else { return }
    writer.array("districts", .lines) { writer in
      for (code, effect) in effects.sorted(by: { $0.key < $1.key }) {
        writer.object { writer in
          writer.member("code", code)
          writer.member("u", effect.mean, decimals: nil)
          writer.member("sd", effect.deviation, decimals: nil)
        }
      }
    }
  }
}

extension RiskFit {
  /// `model.json`: what scoring reads, and beside it the errors and what the fit rests on.
  public func modelJSON() -> [UInt8] {
    var writer = JSONWriter(reservingBytes: 8_000)
    writer.object(.lines) { writer in
      model.write(to: &writer, standardErrors: coefficients.map(\.standardError))
      writer.object("fit", .lines) { writer in
        writer.member("rows", sample.rows)
        writer.member("cases", sample.cases)
        writer.member("clusters", sample.clusters)
        writer.member("strata", sample.strata)
        writer.member("errors", errors.rawValue)
        writer.member("points", districts?.points)
        writer.member("auc", quality.discrimination?.area, decimals: nil)
        writer.member("auc_left_out", leftOut?.discrimination?.area, decimals: nil)
        writer.member("brier", quality.calibration?.brier, decimals: nil)
      }
      if let cuts = classes?.cuts {
        writer.object("classes") { writer in
          writer.member("rule", cuts.rule.name)
          writer.member("medium", cuts.mediumFrom, decimals: nil)
          writer.member("high", cuts.highFrom, decimals: nil)
        }
      }
    }
    writer.endLine()
    return writer.finished()
  }
}

extension RiskClassRule {
  /// As scenarios write it.
  public var name: String {
    switch self {
    case .fixed: "fixed"
    case .equal: "equal"
    case .quantile: "quantile"
    case .jenks: "jenks"
    }
  }
}
