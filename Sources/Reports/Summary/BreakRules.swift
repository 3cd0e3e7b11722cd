// Quiebre · Reports
// Every setting that a verdict depends on, as bytes with a hash: a rule changed later shows.
// SPDX-License-Identifier: Apache-2.0

import Formats
import LaborModel
import Statistics

extension RunReport {
  /// SHA-256 of ``rulesJSON()``.
  public var rulesHash: String { SHA256.hash(rulesJSON()) }

  /// Settings of the break test and of all targets.
  public func rulesJSON() -> [UInt8] {
    var json = JSONWriter()
    json.object(.lines) { writeRules(to: &$0) }
    json.endLine()
    return json.finished()
  }

  func writeRules(to json: inout JSONWriter) {
    let settings = breakSettings
    json.object("observed", .lines) { json in
      json.member("target", settings.target, decimals: nil)
      json.member("deadline", settings.deadline, decimals: nil)
      json.member("tolerance", settings.tolerance, decimals: nil)
      json.member("since", settings.since, decimals: nil)
      json.member("methods", settings.methods.text)
      json.member("side", settings.side)
      json.member("joinpoints", settings.maximumJoinpoints)
      json.member("alpha", settings.alpha, decimals: nil)
      json.member("null_draws", settings.nullDraws)
      json.seed(settings.seed)
      json.member("share_of_needed_pace", settings.shareOfNeededPace, decimals: nil)
      json.member("share_of_rate", settings.shareOfRate, decimals: nil)
    }
    json.array("targets", .lines) { json in
      for target in plan.targets {
        json.object { write(target, to: &$0) }
      }
    }
  }

  private func write(_ target: Plan.Target, to json: inout JSONWriter) {
    json.member("id", target.id)
    switch target.indicator {
    case .rate(let value):
      json.member("indicator", "rate")
      json.member("value", value, decimals: nil)
    case .working(let persons):
      json.member("indicator", "working")
      json.member("value", persons, decimals: nil)
    case .breaks(let rule):
      json.member("indicator", "break")
      json.member("since", rule.since)
      json.member("goal", rule.goal.map { plan.targets[$0].id })
      json.member("tolerance", rule.tolerance, decimals: nil)
      json.member("persistence", rule.persistence)
      json.member("list_error", rule.listError, decimals: nil)
    }
    json.member("deadline", target.deadline)
    json.member("prob", target.probability, decimals: nil)
    json.array("ages") { json in
      json.integer(target.ages.lowerBound)
      json.integer(target.ages.upperBound)
    }
    json.member("area", target.area)
  }
}

extension BreakSettings.MethodRule {
  /// As the scenario writes it.
  var text: String {
    switch self {
    case .refuse: "refuse"
    case .offset: "offset"
    case .ratio(let value, let error): "ratio \(value) ± \(error)"
    }
  }
}
