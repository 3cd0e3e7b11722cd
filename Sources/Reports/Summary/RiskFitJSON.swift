// Quiebre · Reports
// What `quiebre risk fit --json` prints: every number of the report, unrounded.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
public import LaborModel
import Statistics

extension RiskFit {
  /// The report as one JSON document.
  public func json() -> [UInt8] {
    var writer = JSONWriter(reservingBytes: 16_000)
    writer.object(.lines) { writer in
      write(sample, to: &writer)
      writer.member("errors", errors.rawValue)
      writer.array("coefficients", .lines) { writer in
        for row in coefficients { write(row, to: &writer) }
      }
      if let districts { write(districts, to: &writer) }
      writer.member("log_likelihood", logLikelihood, decimals: nil)
      writer.member("pseudo_r2", pseudoRSquared, decimals: nil)
      writer.object("quality") { write(quality, to: &$0) }
      if let leftOut { writer.object("left_out") { write(leftOut, to: &$0) } }
      write(groups, to: &writer)
      writer.array("regions", .lines) { writer in
        for region in regions { write(region, to: &writer) }
      }
      if let classes { write(classes, to: &writer) }
    }
    writer.endLine()
    return writer.finished()
  }
}

private func write(_ sample: RiskFit.SampleFacts, to writer: inout JSONWriter) {
  writer.object("sample") { writer in
    writer.member("file", sample.file)
    writer.member("rows", sample.rows)
    writer.member("dropped", sample.dropped)
    writer.member("cases", sample.cases)
    writer.member("rate", sample.rate, decimals: nil)
    writer.member("effective_rows", sample.effectiveRows, decimals: nil)
    writer.member("clusters", sample.clusters)
    writer.member("strata", sample.strata)
    writer.member("degrees_of_freedom", sample.degreesOfFreedom)
  }
}

private func write(_ row: RiskFit.Coefficient, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("name", row.term.name)
    if let level = row.term.level { writer.member("level", level) }
    if let reference = row.term.reference { writer.member("reference", reference) }
    if row.term.isPercent { writer.member("unit", "%") }
    writer.member("beta", row.term.beta, decimals: nil)
    writer.member("se", row.standardError, decimals: nil)
    writer.member("p", row.p, decimals: nil)
    writer.member("low", row.low, decimals: nil)
    writer.member("high", row.high, decimals: nil)
  }
}

private func write(_ districts: RiskFit.DistrictFacts, to writer: inout JSONWriter) {
  writer.object("districts") { writer in
    writer.member("count", districts.districts)
    writer.member("points", districts.points)
    writer.member("sigma_u", districts.spread, decimals: nil)
    writer.member("se", districts.spreadError, decimals: nil)
    writer.member("shared_variance", districts.sharedVariance, decimals: nil)
  }
}

private func write(_ quality: RiskFit.Quality, to writer: inout JSONWriter) {
  writer.member("auc", quality.discrimination?.area, decimals: nil)
  writer.member("auc_se", quality.discrimination?.standardError, decimals: nil)
  writer.member("auc_low", quality.discrimination?.interval.low, decimals: nil)
  writer.member("auc_high", quality.discrimination?.interval.high, decimals: nil)
  writer.member("brier", quality.calibration?.brier, decimals: nil)
  writer.member("brier_gain", quality.calibration?.brierGain, decimals: nil)
  writer.member("calibration_slope", quality.calibration?.slope, decimals: nil)
  writer.member("calibration_intercept", quality.calibration?.intercept, decimals: nil)
}

private func write(_ groups: FitByRisk, to writer: inout JSONWriter) {
  writer.object("groups", .lines) { writer in
    switch groups.test {
    case .hosmerLemeshow(let value, let freedom)?:
      writer.member("test", "hosmer_lemeshow")
      writer.member("chi2", value, decimals: nil)
      writer.member("df", freedom)
    case .surveyResiduals(let f, let first, let second)?:
      writer.member("test", "survey_residuals")
      writer.member("f", f, decimals: nil)
      writer.member("df1", first)
      writer.member("df2", second)
    case nil: writer.member("test", nil as String?)
    }
    writer.member("p", groups.p, decimals: nil)
    writer.array("rows", .lines) { writer in
      for group in groups.groups {
        writer.object { writer in
          writer.member("up_to", group.upTo, decimals: nil)
          writer.member("rows", group.rows)
          writer.member("weight", group.weight, decimals: nil)
          writer.member("observed", group.observed, decimals: nil)
          writer.member("predicted", group.predicted, decimals: nil)
        }
      }
    }
  }
}

private func write(_ region: RiskFit.Region, to writer: inout JSONWriter) {
  writer.object { writer in
    writer.member("region", region.name)
    writer.member("rows", region.rows)
    writer.member("direct", region.direct, decimals: nil)
    writer.member("direct_se", region.directError, decimals: nil)
    writer.member("fitted", region.fitted, decimals: nil)
    writer.member("left_out", region.leftOut, decimals: nil)
    writer.member("z", region.z, decimals: nil)
    if let quality = region.quality { write(quality, to: &writer) }
    if let fault = region.fault { writer.member("fault", fault.code.rawValue) }
  }
}

private func write(_ classes: RiskFit.ClassFacts, to writer: inout JSONWriter) {
  writer.object("classes", .lines) { writer in
    writer.member("rule", classes.cuts.rule.name)
    writer.member("medium", classes.cuts.mediumFrom, decimals: nil)
    writer.member("high", classes.cuts.highFrom, decimals: nil)
    writer.member("column", classes.column)
    writer.array("rows", .lines) { writer in
      for row in classes.rows {
        writer.object { writer in
          writer.member("class", row.riskClass.rawValue)
          writer.member("areas", row.areas)
          writer.member("children", row.children, decimals: nil)
          writer.member("working", row.working, decimals: nil)
          writer.member("rate", row.rate, decimals: nil)
        }
      }
    }
  }
}
