// Quiebre · Reports
// summary.json: all answers for nation and departments, in the order of the break test's report.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel
import Statistics

extension RunReport {
  /// The answers of a run, which `run --json` prints.
  ///
  /// Rates in percent, differences in percentage points, money in the
  /// currency's unit with two decimals; texts in both languages.
  public func summaryJSON() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 200_000)
    json.object(.lines) { json in
      writeHead(to: &json)
      if let observed { json.object("observed", .lines) { writeObserved(observed, to: &$0) } }
      json.array("targets", .lines) { json in
        for answer in targetAnswers() { json.object(.lines) { write(answer, to: &$0) } }
      }
      writeSensitivity(to: &json)
      json.object("nation", .lines) { writeNation(to: &$0) }
      if !inputShares.isEmpty {
        json.array("sensitivity", .lines) { writeInputShares(to: &$0) }
      }
      if equity != nil { json.array("equity", .lines) { writeEquity(to: &$0) } }
      json.object("money", .lines) { writeMoney(to: &$0) }
      json.array("departments", .lines) { writeDepartments(to: &$0) }
      json.object("settings", .lines) { writeSettings(to: &$0) }
      writeBasis(to: &json)
    }
    json.endLine()
    return json.finished()
  }

  private func writeHead(to json: inout JSONWriter) {
    json.member("schema", "quiebre.summary/1")
    json.member("scenario", plan.id)
    json.text("name", plan.name)
    json.member("baseline", baselinePlan.id)
    json.member("definition", plan.definition)
    json.member("as_of", asOf)
    json.object("years") { json in
      json.member("since", plan.since)
      json.member("base", plan.base)
      json.member("end", plan.end)
    }
    json.member("geometry", registry.schematic ? "schematic" : "real")
    json.member("inputs_hash", inputsHash)
  }

  private func writeSensitivity(to json: inout JSONWriter) {
    json.array("trend_sensitivity", .lines) { json in
      for entry in trendSensitivity {
        json.object { json in
          json.member("trend_sd", entry.standardDeviation, decimals: nil)
          json.share("baseline", entry.baseline)
          json.share("scenario", entry.scenario)
        }
      }
    }
  }

  private func writeSettings(to json: inout JSONWriter) {
    json.seed(plan.seed)
    json.member("replicas", projection.weights.count)
    json.member("effective", projection.effectiveSampleSize, decimals: 1)
    json.member("children_growth", childrenGrowth, decimals: nil)
    json.object("risk") { json in
      json.member("scoring", risk.scoring)
      json.member("synthetic", risk.synthetic)
      json.member("medium_from", risk.cuts.mediumFrom * 100, decimals: 2)
      json.member("high_from", risk.cuts.highFrom * 100, decimals: 2)
    }
    json.object("counts") { json in
      json.member("exit_raised", projection.counts.exitRaised)
      json.member("exit_lowered", projection.counts.exitLowered)
      json.member("capped", projection.counts.capped)
      json.member("cells", projection.counts.cells)
    }
    json.object("rules", .lines) { writeRules(to: &$0) }
    json.member("rules_sha256", rulesHash)
  }

  private static func precedes(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    (a.code.rawValue, a.entry ?? "", a.what.en) < (b.code.rawValue, b.entry ?? "", b.what.en)
  }

  /// What the answers rest on: joins, parameters before and after the data, assumptions,
  /// synthetic inputs, warnings.
  private func writeBasis(to json: inout JSONWriter) {
    json.array("joins", .lines) { json in
      for part in join.parts { json.object { $0.joinPart(part) } }
    }
    json.array("parameters", .lines) { json in
      for parameter in projection.parameters {
        json.object { json in
          json.member("name", parameter.name)
          json.member("plan", parameter.plan)
          json.member("line", parameter.line)
          json.spread("prior", parameter.prior)
          json.spread("posterior", parameter.posterior)
        }
      }
    }
    json.array("assumptions", .lines) { json in
      for item in assumptions {
        json.object { json in
          json.member("key", item.key)
          json.text("text", item.text)
          json.member("source", item.source.isEmpty ? nil : item.source)
        }
      }
    }
    json.array("synthetic", .lines) { json in
      for item in synthetic {
        json.object { json in
          json.member("id", item.id)
          json.text("text", item.text)
        }
      }
    }
    // Without lines and in an order of their own: comments and the order of keys change no result.
    json.array("warnings", .lines) { json in
      for warning in warnings.sorted(by: Self.precedes) { json.diagnostic(warning, lines: false) }
    }
  }
}

extension JSONWriter {
  /// A probability in percent with its Wilson bounds and its word's code.
  mutating func share(_ name: String, _ share: DrawnShare) {
    object(name) { json in
      json.member("p", share.estimate * 100, decimals: 2)
      json.member("low", share.low * 100, decimals: 2)
      json.member("high", share.high * 100, decimals: 2)
      json.member("word", share.word.rawValue)
    }
  }

  /// 5, 50 and 95 % with fixed digits, each multiplied first: 100 turns shares into percent.
  mutating func band(
    _ name: String, _ band: Band, mean: Double? = nil, times factor: Double = 1, decimals: Int
  ) {
    object(name) { json in
      json.member("p05", band.p05 * factor, decimals: decimals)
      json.member("p50", band.p50 * factor, decimals: decimals)
      json.member("p95", band.p95 * factor, decimals: decimals)
      if let mean { json.member("mean", mean * factor, decimals: decimals) }
    }
  }

  fileprivate mutating func spread(_ name: String, _ spread: ParameterSummary.Spread) {
    object(name) { json in
      json.member("mean", spread.mean, decimals: nil)
      json.member("p05", spread.p05, decimals: nil)
      json.member("p95", spread.p95, decimals: nil)
    }
  }
}
