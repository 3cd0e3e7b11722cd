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

  func writeRules(to json: inout JSONWriter) { json.rules(breakSettings, targets: plan.targets) }
}

extension JSONWriter {
  /// The members of a rule book: what the verdicts on a series and on draws depend on.
  mutating func rules(_ settings: BreakSettings, targets: [Plan.Target]) {
    object("observed", .lines) { json in
      json.member("target", settings.target, decimals: nil)
      json.member("deadline", settings.deadline, decimals: nil)
      json.member("tolerance", settings.tolerance, decimals: nil)
      json.member("since", settings.since, decimals: nil)
      json.member("methods", settings.methods.text)
      json.member("scale", settings.scale.rawValue)
      json.member("side", settings.side)
      json.member("joinpoints", settings.maximumJoinpoints)
      json.member("alpha", settings.alpha, decimals: nil)
      if settings.surveyCorrelation != 0 {
        json.member("rho", settings.surveyCorrelation, decimals: nil)
      }
      json.member("null_draws", settings.nullDraws)
      json.seed(settings.seed)
      json.member("share_of_needed_pace", settings.shareOfNeededPace, decimals: nil)
      json.member("share_of_rate", settings.shareOfRate, decimals: nil)
      json.object("prior") { json in
        json.member("asked", settings.wantsOpinion)
        json.member("level", settings.prior.levelSpread, decimals: nil)
        json.member("pace", settings.prior.paceSpread, decimals: nil)
        json.member("offset", settings.prior.offsetSpread, decimals: nil)
        json.member("joinpoint", settings.prior.joinpoint, decimals: nil)
      }
    }
    array("targets", .lines) { json in
      for target in targets { json.object { $0.rule(target, of: targets) } }
    }
  }

  private mutating func rule(_ target: Plan.Target, of targets: [Plan.Target]) {
    member("id", target.id)
    switch target.indicator {
    case .rate(let value):
      member("indicator", "rate")
      member("value", value, decimals: nil)
    case .working(let persons):
      member("indicator", "working")
      member("value", persons, decimals: nil)
    case .breaks(let rule):
      member("indicator", "break")
      member("since", rule.since)
      member("goal", rule.goal.map { targets[$0].id })
      member("tolerance", rule.tolerance, decimals: nil)
      member("persistence", rule.persistence)
      member("list_error", rule.listError, decimals: nil)
    }
    member("deadline", target.deadline)
    member("prob", target.probability, decimals: nil)
    array("ages") { json in
      json.integer(target.ages.lowerBound)
      json.integer(target.ages.upperBound)
    }
    member("area", target.area)
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
