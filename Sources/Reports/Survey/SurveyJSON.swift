// Quiebre · Reports
// Estimates and sample plans as JSON, every number unrounded.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

extension SurveyReport {
  /// One document; shares are in 0…1.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 4_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.survey/1")
      json.text("name", name)
      json.member("group", group)
      json.member("statistic", statistic.rawValue)
      sampleMembers(&json)
      json.member("level", intervals.level, decimals: nil)
      json.member("largest_cv", largestVariation, decimals: nil)
      json.array("estimates", .lines) { json in
        for section in sections {
          for line in section.lines { member(line, by: section.by, &json) }
        }
      }
    }
    json.endLine()
    return json.finished()
  }

  private func sampleMembers(_ json: inout JSONWriter) {
    json.object("sample") { json in
      json.member("file", fileName(sample.file))
      json.member("rows", sample.rows)
      json.member("left_out", sample.leftOut)
      json.member("clusters", sample.psus)
      json.member("strata", sample.strata)
      json.member("lonely_strata", sample.lonelyStrata)
      json.member("lonely_rule", sample.lonelyRule.rawValue)
      json.member("finite_population", sample.isFinite)
    }
  }

  private func member(_ line: Line, by: String, _ json: inout JSONWriter) {
    let found = line.estimate
    json.object { json in
      json.member("by", by.isEmpty ? nil : by)
      json.member("label", line.label.isEmpty ? nil : line.label)
      json.member("year", line.year)
      json.member("value", found.value, decimals: nil)
      json.member("se", found.standardError, decimals: nil)
      json.member("low", found.interval?.low, decimals: nil)
      json.member("high", found.interval?.high, decimals: nil)
      json.member("interval", found.interval?.method.rawValue)
      json.member("cv", found.coefficientOfVariation, decimals: nil)
      json.member("referential", isReferential(found))
      json.member("few_clusters", isOnFewClusters(found))
      json.member("cases", found.cases)
      if statistic == .proportion { json.member("hits", found.hits) }
      json.member("population", found.population, decimals: nil)
      json.member("clusters", found.psus)
      json.member("strata", found.strata)
      json.member("degrees_of_freedom", found.degreesOfFreedom)
      json.member("deff", found.designEffect, decimals: nil)
      json.member("deft", found.designFactor, decimals: nil)
      json.member("weight_effect", found.weightEffect, decimals: nil)
      json.member("cluster_size", found.clusterSize, decimals: nil)
      json.member("icc", found.intraclassCorrelation, decimals: nil)
      json.member("lonely_strata", found.lonelyStrata)
    }
  }
}

extension SurveyPlanReport {
  /// One document; shares are in 0…1.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 2_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.survey-plan/1")
      json.member("share", plan.share, decimals: nil)
      json.member("level", plan.level, decimals: nil)
      json.member("cluster_size", plan.clusterSize)
      json.member("strata", plan.strata)
      json.member("response", plan.response, decimals: nil)
      json.member("population", plan.population, decimals: nil)
      json.member("cases", outcome.cases)
      json.member("clusters", outcome.clusters)
      json.member("deff", outcome.designEffect, decimals: nil)
      json.member("effective_cases", outcome.effectiveCases, decimals: nil)
      json.member("degrees_of_freedom", outcome.degreesOfFreedom)
      json.member("se", outcome.standardError, decimals: nil)
      json.member("cv", outcome.standardError / plan.share, decimals: nil)
      json.member("cost", cost, decimals: nil)
      json.member("selected_persons", outcome.selectedPersons)
      json.member("selected_dwellings", outcome.selectedDwellings)
      json.intervals(outcome.intervals)
      json.member("power", outcome.power, decimals: nil)
      json.member("probability_of_finding", outcome.findingProbability, decimals: nil)
      json.member("upper_if_none_found", outcome.upperIfNoneFound, decimals: nil)
      json.member("power_of_change", power, decimals: nil)
      json.member("detectable_fall_to", detectableFall, decimals: nil)
      json.member("detectable_rise_to", detectableRise, decimals: nil)
    }
    json.endLine()
    return json.finished()
  }
}

extension SurveyIntervalReport {
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 600)
    json.object(.lines) { json in
      json.member("schema", "quiebre.survey-interval/1")
      json.member("hits", hits)
      json.member("cases", cases)
      json.member("share", Double(hits) / Double(cases), decimals: nil)
      json.member("deff", designEffect, decimals: nil)
      json.member("degrees_of_freedom", degreesOfFreedom)
      json.member("level", level, decimals: nil)
      json.intervals(intervals)
    }
    json.endLine()
    return json.finished()
  }
}

extension JSONWriter {
  fileprivate mutating func intervals(_ intervals: [SurveyEstimate.Interval]) {
    object("intervals", .lines) { json in
      for interval in intervals {
        json.array(interval.method.rawValue) { json in
          json.number(interval.low, decimals: nil)
          json.number(interval.high, decimals: nil)
        }
      }
    }
  }
}
