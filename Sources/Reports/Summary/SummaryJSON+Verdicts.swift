// Quiebre · Reports
// The observed series and the targets in summary.json.
// SPDX-License-Identifier: Apache-2.0

import Formats
import LaborModel
import Statistics

extension RunReport {
  func writeObserved(_ result: StagnationResult, to json: inout JSONWriter) {
    json.array("used", .lines) { json in
      for row in result.used { json.object { $0.observation(row) } }
    }
    json.array("left_out", .lines) { json in
      for left in result.leftOut {
        json.object { json in
          json.observation(left.observation)
          json.member("reason", left.reason.code)
        }
      }
    }
    json.member("errors", result.errors.code)
    json.member("methods", result.methods.text)
    json.object("detectable") { json in
      json.member("fall", result.detectable?.smallestFall, decimals: 4)
      json.member("slope", result.detectable?.smallestSlope, decimals: 4)
      json.member("tolerance", result.detectable?.smallestTolerance, decimals: 4)
    }
    json.member("fixed_in_advance", result.fixedInAdvance, decimals: nil)
    if let search = result.search { json.object("joinpoint") { $0.search(search) } }
    for (name, tests) in [("pace", result.pace), ("pace_before", result.paceBefore)] {
      json.array(name, .lines) { json in
        for test in tests { json.object { $0.slope(test) } }
      }
    }
    json.member("additive_counts", result.additiveCounts)
    json.member("tolerance", result.tolerance?.value, decimals: 4)
    json.member("tolerance_rule", result.tolerance?.rule.code)
    json.member("label", result.label.rawValue)
    json.member("years_missing", result.yearsMissing)
    json.member("stagnation", result.stagnation.rawValue)
    json.object("level") { json in
      json.member("value", result.level?.value, decimals: 4)
      json.member("se", result.level?.standardError, decimals: 4)
      json.member("from", result.level?.from, decimals: nil)
    }
  }

  func write(_ answer: TargetAnswer, to json: inout JSONWriter) {
    let target = answer.target
    json.member("id", target.id)
    switch target.indicator {
    case .rate: json.member("indicator", "rate")
    case .working(let persons):
      json.member("indicator", "working")
      json.member("persons", persons, decimals: nil)
    case .breaks: json.member("indicator", "break")
    }
    json.member("deadline", target.deadline)
    json.member("area", target.area)
    json.member("place", place(of: target))
    json.member("ages", "\(target.ages.lowerBound)-\(target.ages.upperBound)")
    json.member("wanted", target.probability * 100, decimals: 2)
    json.member("reached", answer.isReached)
    json.share("baseline", answer.baseline)
    json.share("scenario", answer.scenario)
    json.object("paired") { json in
      json.member("difference", answer.pairs.difference * 100, decimals: 3)
      json.member("se", answer.pairs.standardError * 100, decimals: 3)
      json.member("only_scenario", answer.pairs.onlyScenario * 100, decimals: 3)
      json.member("only_baseline", answer.pairs.onlyBaseline * 100, decimals: 3)
    }
    if let breaking = answer.breaking { json.object("break", .lines) { $0.breaking(breaking) } }
    if let goal = answer.goal { json.object("goal", .lines) { write(goal, target, to: &$0) } }
  }

  private func write(
    _ goal: TargetAnswer.Goal, _ target: Plan.Target, to json: inout JSONWriter
  ) {
    json.member("limit", goal.limit, decimals: 4)
    json.member("p_figure", goal.draws.probabilityOfFigure.map { $0 * 100 }, decimals: 2)
    let gap = goal.draws.gap
    json.band("gap", Band(p05: gap.p05, p50: gap.p50, p95: gap.p95), decimals: 3)
    if let above = goal.childrenAbove {
      json.band("children_above", above, mean: goal.childrenAboveMean, decimals: 1)
    }
    if target.area == nil, target.ages == AgeGroup.all.ages, let observed,
      let pace = PaceAnswer(observed, limit: goal.limit, deadline: target.deadline)
    {
      json.object("pace") { $0.pace(pace) }
      json.object("trackers") { json in
        for row in pace.trackers {
          json.object(row.tracker.rawValue) { json in
            json.member("measure", row.measure, decimals: 4)
            json.member("rating", row.rating?.rawValue)
          }
        }
      }
    }
    json.object("year_reached") { $0.years(goal.draws.yearReached) }
  }
}

extension JSONWriter {
  fileprivate mutating func observation(_ row: Observation) {
    member("year", row.year, decimals: nil)
    member("rate", row.rate, decimals: nil)
    member("se", row.standardError, decimals: nil)
    member("method", row.method)
    member("derived", row.isDerived)
  }

  fileprivate mutating func search(_ search: JoinpointSearch) {
    member("best", search.best.year, decimals: nil)
    array("plausible") { json in
      for year in search.plausible { json.number(year, decimals: nil) }
    }
    member("lr", search.likelihoodRatio, decimals: 4)
    member("p_sampling", search.samplingP, decimals: 6)
    member("p_permutation", search.permutationP, decimals: 6)
    member("supported", search.isSupported)
    array("chosen") { json in
      for year in search.chosen { json.number(year, decimals: nil) }
    }
  }

  fileprivate mutating func slope(_ test: SlopeTest) {
    member("mode", test.mode.rawValue)
    member("slope", test.slope, decimals: 4)
    member("se", test.standardError, decimals: 4)
    member("low", test.low, decimals: 4)
    member("high", test.high, decimals: 4)
    member("p_stagnant", test.pStagnant, decimals: 4)
    member("smallest_tolerance", test.smallestTolerance, decimals: 4)
    member("label", test.label.rawValue)
  }

  fileprivate mutating func breaking(_ breaking: TargetAnswer.Breaking) {
    member("tolerance", breaking.rule.tolerance, decimals: 4)
    member("persistence", breaking.rule.persistence)
    member("level", breaking.level, decimals: 4)
    object("first_year") { $0.years(breaking.years) }
    share("relapses", breaking.relapses)
    member("detected_baseline", breaking.detectedBaseline.map { $0 * 100 }, decimals: 2)
    member("detected_scenario", breaking.detectedScenario.map { $0 * 100 }, decimals: 2)
    if let share = breaking.withGoal { self.share("with_goal", share) }
  }

  fileprivate mutating func years(_ years: YearDistribution) {
    for entry in years.entries { member(String(entry.year), entry.share * 100, decimals: 2) }
    member("never", years.never * 100, decimals: 2)
    member("median", years.median)
  }

  fileprivate mutating func pace(_ pace: PaceAnswer) {
    switch pace.required {
    case .alreadyMet: member("required", "already_met")
    case .deadlinePassed(let probability):
      member("required", "deadline_passed")
      member("p_met", probability.map { $0 * 100 }, decimals: 2)
    case .needed(let linear, let reduction):
      member("required", linear, decimals: 4)
      member("required_aarr", reduction, decimals: 3)
    }
    member("current_aarr", pace.currentReduction, decimals: 3)
    array("window") { json in
      json.number(pace.window.from, decimals: nil)
      json.number(pace.window.to, decimals: nil)
    }
    member("acceleration", pace.acceleration, decimals: 3)
    member("years_at_pace", pace.yearsAtPace, decimals: 1)
  }
}
