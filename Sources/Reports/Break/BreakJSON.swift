// Quiebre · Reports
// The break test's report as JSON: every number unrounded, in the order of the report.
// SPDX-License-Identifier: Apache-2.0

import Formats
import LaborModel
import Statistics

extension BreakReport {
  /// One JSON document; ends with a line feed.
  ///
  /// Rates in percent, paces and errors in percentage points (a year), probabilities and shares from
  /// 0 to 1. Numbers have the shortest text that reads back as the same number.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 20_000)
    json.object(.lines) { json in
      json.member("schema", Self.schema)
      json.member("series", series)
      json.member("as_of", asOf)
      if let observed { json.observed(observed, looks: looks) }
      if let withoutDerived {
        json.object("without_derived", .lines) { json in
          json.verdict(withoutDerived)
          json.member("smallest_tolerance", withoutDerived.smallestTolerance, decimals: nil)
        }
      }
      json.array("targets", .lines) { json in
        for index in answers.indices {
          json.object(.lines) { json in
            json.answer(answers[index], place: places[index], pace: paces[index])
          }
        }
      }
      if let pace { json.object("goal_pace", .lines) { $0.pace(pace) } }
      if let lists { json.object("lists", .lines) { $0.lists(lists) } }
      writeSettings(to: &json)
    }
    json.endLine()
    return json.finished()
  }

  static let schema = "quiebre.break/1"

  private func writeSettings(to json: inout JSONWriter) {
    json.object("settings", .lines) { json in
      json.member("survey_se", surveyError, decimals: nil)
      if let draws {
        json.object("draws") { json in
          json.member("seed", draws.seed.map { String($0) })
          json.member("count", draws.count)
          json.member("effective", draws.effective, decimals: nil)
          json.member("baseline", draws.hasBaseline)
        }
      }
      json.object("rules", .lines) { $0.rules(settings, targets: targets) }
      json.member("rules_sha256", rulesHash)
    }
  }
}

// The observed series.
extension JSONWriter {
  fileprivate mutating func observed(_ result: StagnationResult, looks: RepeatedLooks?) {
    data(result)
    object("detectable", .lines) { $0.detectable(result.detectable, looks: looks) }
    object("joinpoint", .lines) { $0.joinpoint(result) }
    for (name, tests) in [("pace", result.pace), ("pace_before", result.paceBefore)] {
      array(name, .lines) { json in
        for test in tests { json.object { $0.slopeTest(test) } }
      }
    }
    member("additive_counts", result.additiveCounts)
    object("tolerance", .lines) { json in
      json.member("value", result.tolerance?.value, decimals: nil)
      json.member("rule", result.tolerance?.rule.code)
      json.member("smallest", result.smallestTolerance, decimals: nil)
      json.array("others", .lines) { json in
        for other in result.otherTolerances {
          json.object { json in
            json.member("value", other.tolerance.value, decimals: nil)
            json.member("rule", other.tolerance.rule.code)
            json.member("label", other.label.rawValue)
            json.member("p_stagnant", other.pStagnant, decimals: nil)
          }
        }
      }
    }
    object("verdict", .lines) { $0.verdict(result) }
    object("level") { json in
      json.member("value", result.level?.value, decimals: nil)
      json.member("se", result.level?.standardError, decimals: nil)
      json.member("from", result.level?.from, decimals: nil)
    }
    if let opinion = result.opinion { object("second_opinion", .lines) { $0.opinion(opinion) } }
  }

  fileprivate mutating func verdict(_ result: StagnationResult) {
    member("label", result.label.rawValue)
    member("label_before", result.labelBefore?.rawValue)
    member("years_missing", result.yearsMissing)
    member("stagnation", result.stagnation.rawValue)
  }

  private mutating func data(_ result: StagnationResult) {
    array("used", .lines) { json in
      for (index, row) in result.used.enumerated() {
        json.object { json in
          json.figure(row)
          let hasFit = result.fitted.indices.contains(index)
          json.member("fitted", hasFit ? result.fitted[index] : nil, decimals: nil)
        }
      }
    }
    array("left_out", .lines) { json in
      for left in result.leftOut {
        json.object { json in
          json.figure(left.observation)
          json.member("reason", left.reason.code)
        }
      }
    }
    member("errors", result.errors.code)
    member("methods", result.methods.text)
    array("offsets", .lines) { json in
      for offset in result.offsets {
        json.object { json in
          json.member("method", offset.method)
          json.member("value", offset.value, decimals: nil)
          json.member("se", offset.standardError, decimals: nil)
        }
      }
    }
    if let tipping = result.tipping { object("tipping_point", .lines) { $0.tipping(tipping) } }
  }

  private mutating func figure(_ row: Observation) {
    member("year", row.year, decimals: nil)
    member("rate", row.rate, decimals: nil)
    member("se", row.standardError, decimals: nil)
    member("approximate", row.errorIsApproximate)
    member("method", row.method)
    member("shock", row.isShock)
    member("derived", row.isDerived)
  }

  private mutating func tipping(_ tipping: TippingPoint) {
    member("effect", tipping.effect, decimals: nil)
    member("year", tipping.year, decimals: nil)
    member("rate", tipping.rate, decimals: nil)
    member("se", tipping.standardError, decimals: nil)
    member("level", tipping.level, decimals: nil)
    member("level_se", tipping.levelError, decimals: nil)
    member("from", tipping.from, decimals: nil)
    member("to", tipping.to, decimals: nil)
    member("older", tipping.older)
    member("newer", tipping.newer)
    member("years_before", tipping.yearsBefore)
    member("years_after", tipping.yearsAfter)
  }

  private mutating func detectable(_ detectable: Detectability?, looks: RepeatedLooks?) {
    member("fall", detectable?.smallestFall, decimals: nil)
    member("slope", detectable?.smallestSlope, decimals: nil)
    member("tolerance", detectable?.smallestTolerance, decimals: nil)
    if let planned = detectable?.planned {
      object("planned") { json in
        json.member("to", planned.years.last, decimals: nil)
        json.member("se", planned.error, decimals: nil)
        json.member("slope_se", planned.slopeError, decimals: nil)
        json.member("slope", planned.smallestSlope, decimals: nil)
        json.member("tolerance", planned.smallestTolerance, decimals: nil)
      }
    }
    if let looks {
      object("looks") { json in
        json.member("count", looks.looks)
        json.member("false_alarm", looks.falseAlarmOfAny, decimals: nil)
        json.member("false_alarm_two_running", looks.falseAlarmOfTwoRunning, decimals: nil)
        json.member("critical_value", looks.criticalValue, decimals: nil)
      }
    }
  }

  private mutating func joinpoint(_ result: StagnationResult) {
    member("fixed_in_advance", result.fixedInAdvance, decimals: nil)
    numbers("chosen", result.joinpoints)
    guard let search = result.search else { return }
    member("q_line", search.lineSumOfSquares, decimals: nil)
    array("candidates", .lines) { json in
      for candidate in search.candidates {
        json.object { json in
          json.member("year", candidate.year, decimals: nil)
          json.member("q", candidate.sumOfSquares, decimals: nil)
        }
      }
    }
    numbers("inseparable", search.inseparable)
    member("best", search.best.year, decimals: nil)
    numbers("plausible", search.plausible)
    member("lr", search.likelihoodRatio, decimals: nil)
    member("critical_value", search.criticalValue, decimals: nil)
    member("p_sampling", search.samplingP, decimals: nil)
    member("p_permutation", search.permutationP, decimals: nil)
    member("permutations", search.permutations)
    member("exact", search.isExact)
    member("supported", search.isSupported)
    member("perfect_fit", search.isPerfectFit)
    numbers("bic3", search.bic3)
    numbers("bic", search.bic)
    if let jump = result.jump {
      object("jump_check") { json in
        json.member("last_before", jump.lastBefore, decimals: nil)
        json.member("jump", jump.jump, decimals: nil)
        json.member("q", jump.sumOfSquares, decimals: nil)
      }
    }
  }

  private mutating func numbers(_ name: String, _ values: [Double]) {
    array(name) { json in
      for value in values { json.number(value, decimals: nil) }
    }
  }

  private mutating func slopeTest(_ test: SlopeTest) {
    member("mode", test.mode.rawValue)
    member("slope", test.slope, decimals: nil)
    member("se", test.standardError, decimals: nil)
    member("df", test.degreesOfFreedom)
    member("extra_noise", test.extraNoise, decimals: nil)
    member("low", test.low, decimals: nil)
    member("high", test.high, decimals: nil)
    member("p_stagnant", test.pStagnant, decimals: nil)
    member("smallest_tolerance", test.smallestTolerance, decimals: nil)
    member("label", test.label.rawValue)
  }

  private mutating func opinion(_ opinion: SecondOpinion) {
    member("p_joinpoint", opinion.joinpoint, decimals: nil)
    member("p_stagnant", opinion.stagnant, decimals: nil)
    member("p_falling", opinion.falling, decimals: nil)
    member("p_rising", opinion.rising, decimals: nil)
    member("slope", opinion.mean, decimals: nil)
    member("sd", opinion.standardDeviation, decimals: nil)
    array("models", .lines) { json in
      for model in opinion.models {
        json.object { json in
          json.member("joinpoint", model.joinpoint, decimals: nil)
          json.member("p", model.probability, decimals: nil)
          json.member("slope", model.mean, decimals: nil)
          json.member("sd", model.standardDeviation, decimals: nil)
        }
      }
    }
  }
}

// Answers on draws.
extension JSONWriter {
  fileprivate mutating func answer(_ answer: TargetAnswer, place: String, pace: PaceAnswer?) {
    member("id", answer.target.id)
    member("deadline", answer.target.deadline)
    member("place", place)
    member("reached", answer.isReached)
    drawn("baseline", answer.baseline)
    drawn("scenario", answer.scenario)
    object("paired", .lines) { json in
      json.member("both", answer.pairs.both, decimals: nil)
      json.member("only_scenario", answer.pairs.onlyScenario, decimals: nil)
      json.member("only_baseline", answer.pairs.onlyBaseline, decimals: nil)
      json.member("neither", answer.pairs.neither, decimals: nil)
      json.member("difference", answer.pairs.difference, decimals: nil)
      json.member("se", answer.pairs.standardError, decimals: nil)
    }
    if let breaking = answer.breaking { object("break", .lines) { $0.breaking(breaking) } }
    if let goal = answer.goal { object("goal", .lines) { $0.goal(goal, pace: pace) } }
  }

  private mutating func drawn(_ name: String, _ share: DrawnShare) {
    object(name) { json in
      json.member("p", share.estimate, decimals: nil)
      json.member("se", share.standardError, decimals: nil)
      json.member("low", share.low, decimals: nil)
      json.member("high", share.high, decimals: nil)
      json.member("effective", share.effectiveDraws, decimals: nil)
      json.member("word", share.word.rawValue)
    }
  }

  private mutating func breaking(_ breaking: TargetAnswer.Breaking) {
    member("tolerance", breaking.rule.tolerance, decimals: nil)
    member("persistence", breaking.rule.persistence)
    member("level", breaking.level, decimals: nil)
    distribution("first_year", breaking.years)
    drawn("relapses", breaking.relapses)
    member("p_detect_baseline", breaking.detectedBaseline, decimals: nil)
    member("p_detect", breaking.detectedScenario, decimals: nil)
    if let both = breaking.withGoal { drawn("break_and_goal", both) }
  }

  private mutating func goal(_ goal: TargetAnswer.Goal, pace: PaceAnswer?) {
    member("limit", goal.limit, decimals: nil)
    member("p_figure", goal.draws.probabilityOfFigure, decimals: nil)
    let gap = goal.draws.gap
    object("gap") { json in
      json.member("p05", gap.p05, decimals: nil)
      json.member("p50", gap.p50, decimals: nil)
      json.member("p95", gap.p95, decimals: nil)
    }
    if let above = goal.childrenAbove {
      object("children_above") { json in
        json.member("p05", above.p05, decimals: nil)
        json.member("p50", above.p50, decimals: nil)
        json.member("p95", above.p95, decimals: nil)
        json.member("mean", goal.childrenAboveMean, decimals: nil)
      }
    }
    distribution("year_reached", goal.draws.yearReached)
    member("last_year", goal.draws.lastYear)
    if let pace { object("pace", .lines) { $0.pace(pace) } }
  }

  private mutating func distribution(_ name: String, _ years: YearDistribution) {
    object(name) { json in
      for entry in years.entries { json.member(String(entry.year), entry.share, decimals: nil) }
      json.member("never", years.never, decimals: nil)
      json.member("median", years.median)
    }
  }

  fileprivate mutating func pace(_ pace: PaceAnswer) {
    member("limit", pace.limit, decimals: nil)
    member("deadline", pace.deadline)
    switch pace.required {
    case .alreadyMet: member("required", "already_met")
    case .deadlinePassed(let probability):
      member("required", "deadline_passed")
      member("p_met", probability, decimals: nil)
    case .needed(let linear, let reduction):
      member("required", "needed")
      member("required_pace", linear, decimals: nil)
      member("required_aarr", reduction, decimals: nil)
    }
    member("current_aarr", pace.currentReduction, decimals: nil)
    array("window") { json in
      json.number(pace.window.from, decimals: nil)
      json.number(pace.window.to, decimals: nil)
    }
    member("acceleration", pace.acceleration, decimals: nil)
    member("years_at_pace", pace.yearsAtPace, decimals: nil)
    member("tracker_base", pace.trackerBase, decimals: nil)
    array("trackers", .lines) { json in
      for row in pace.trackers {
        json.object { json in
          json.member("tracker", row.tracker.rawValue)
          json.member("measure", row.measure, decimals: nil)
          json.member("rating", row.rating?.rawValue)
        }
      }
    }
  }

  fileprivate mutating func lists(_ lists: AreaLists) {
    array("districts", .lines) { json in
      for list in lists.lists {
        json.object { json in
          json.member("target", list.target)
          json.member("limit", list.limit, decimals: nil)
          json.member("asked", list.asked)
          json.member("expected_wrong", list.expectedWrong, decimals: nil)
          json.array("codes") { json in
            for code in list.codes { json.string(code) }
          }
        }
      }
    }
    member("worst", lists.worst)
    array("ranks", .lines) { json in
      for rank in lists.ranks {
        json.object { json in
          json.member("code", rank.code)
          json.member("name", rank.name)
          json.member("p", rank.share.estimate, decimals: nil)
          json.member("effective", rank.share.effectiveDraws, decimals: nil)
        }
      }
    }
  }
}
