// Quiebre · Reports
// break.json back to a report: what was counted is read, what can be computed is computed again.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import LaborModel
import Statistics

extension BreakReport {
  /// The file of a result folder that holds the whole break test.
  public static let fileName = "break.json"

  /// Reads what ``json()`` wrote.
  ///
  /// The test of the observed series is run again on the figures and rules in the file; shares of
  /// draws are taken from it. ``json()`` of the result gives the same bytes.
  ///
  /// - Throws: Syntax faults, or Q582 where a part is missing or isn't what it should be.
  public init(reading bytes: [UInt8], name: String) throws(DiagnosticList) {
    let document = try JSONDocument(bytes: bytes, name: name)
    let report: BreakReport?
    do throws(MissingPart) {
      report = try BreakReader(root: document.root).report()
    } catch {
      throw DiagnosticList(
        Diagnostic(
          .notABreakReport, entry: error.name, at: document.root.place,
          what: LocalizedText(
            en: "'\(error.name)' is missing or isn't what a break test has there",
            es: "falta '\(error.name)' o no es lo que una prueba de quiebre tiene ahí"),
          fix: LocalizedText(en: "run the scenario again", es: "ejecute el escenario otra vez")))
    }
    guard let report, report.json() == bytes else {
      throw DiagnosticList(
        Diagnostic(
          .notABreakReport, at: document.root.place,
          what: LocalizedText(
            en: "its numbers don't follow from its figures and rules: changed by hand, or written"
              + " by another version",
            es: "sus números no se siguen de sus cifras y reglas: cambiado a mano, o escrito por"
              + " otra versión"),
          fix: LocalizedText(en: "run the scenario again", es: "ejecute el escenario otra vez")))
    }
    self = report
  }
}

private struct MissingPart: Error {
  let name: String
}

/// Reads the parts of a document; each that is missing is named.
private struct BreakReader {
  let root: JSONValue

  func report() throws(MissingPart) -> BreakReport? {
    guard root["schema"]?.string == BreakReport.schema else { throw MissingPart(name: "schema") }
    let part = try root.part("settings")
    let rules = try part.part("rules")
    let settings = try settings(rules.part("observed"))
    let targets = try targets(rules)
    let observed = try observed(settings)
    let answers = try root.list("targets")
    var report = BreakReport(
      series: try root.text("series"), asOf: root["as_of"]?.string, observed: observed,
      settings: settings, surveyError: part["survey_se"]?.number, targets: targets, answers: [])
    for entry in answers {
      let id = try entry.text("id")
      guard let target = targets.first(where: { $0.id == id }) else { throw MissingPart(name: id) }
      report.answers.append(try answer(entry, target))
      report.places.append(try entry.text("place"))
      report.paces.append(pace(entry["goal"]?["pace"], observed))
    }
    report.pace = pace(root["goal_pace"], observed)
    if let draws = part["draws"] {
      report.draws = BreakReport.Draws(
        seed: draws["seed"]?.string.flatMap { UInt64($0) }, count: try draws.count("count"),
        effective: try draws.number("effective"),
        hasBaseline: draws["baseline"]?.boolean ?? true)
    }
    if let lists = root["lists"] { report.lists = try self.lists(lists) }
    return report
  }

  // MARK: Series

  private func settings(_ part: JSONValue) throws(MissingPart) -> BreakSettings {
    var settings = BreakSettings(
      target: part["target"]?.number, deadline: part["deadline"]?.number,
      tolerance: part["tolerance"]?.number, since: part["since"]?.number,
      methods: try methods(part.text("methods")))
    guard let scale = BreakSettings.Scale(rawValue: try part.text("scale")) else {
      throw MissingPart(name: "scale")
    }
    settings.scale = scale
    settings.side = try part.count("side")
    settings.maximumJoinpoints = part["joinpoints"]?.integer
    settings.alpha = try part.number("alpha")
    settings.surveyCorrelation = part["rho"]?.number ?? 0
    settings.nullDraws = try part.count("null_draws")
    settings.seed = try part.seed("seed")
    settings.shareOfNeededPace = try part.number("share_of_needed_pace")
    settings.shareOfRate = try part.number("share_of_rate")
    let prior = try part.part("prior")
    settings.wantsOpinion = prior["asked"]?.boolean ?? true
    settings.prior.levelSpread = try prior.number("level")
    settings.prior.paceSpread = try prior.number("pace")
    settings.prior.offsetSpread = try prior.number("offset")
    settings.prior.joinpoint = try prior.number("joinpoint")
    return settings
  }

  private func methods(_ text: String) throws(MissingPart) -> BreakSettings.MethodRule {
    switch text {
    case "refuse": return .refuse
    case "offset": return .offset
    default:
      let words = text.split(separator: " ")
      guard words.count == 4, let value = Double(words[1]), let error = Double(words[3]) else {
        throw MissingPart(name: "methods")
      }
      return .ratio(value: value, standardError: error)
    }
  }

  private func observed(_ settings: BreakSettings) throws(MissingPart) -> StagnationResult? {
    guard root["used"] != nil else { return nil }
    var rows: [Observation] = []
    for entry in try root.list("used") { rows.append(try figure(entry)) }
    var later: [LeftOut] = []
    for entry in try root.list("left_out") {
      let row = try figure(entry)
      if try entry.text("reason") == LeftOut.Reason.publishedLater.code {
        later.append(LeftOut(row, .publishedLater))
      } else {
        rows.append(row)
      }
    }
    rows.sort { $0.year < $1.year }
    do {
      return try testStagnation(rows, leftOut: later, settings: settings)
    } catch {
      throw MissingPart(name: "used")
    }
  }

  private func figure(_ entry: JSONValue) throws(MissingPart) -> Observation {
    Observation(
      year: try entry.number("year"), rate: try entry.number("rate"),
      standardError: entry["se"]?.number,
      errorIsApproximate: entry["approximate"]?.boolean ?? false,
      method: try entry.text("method"), isShock: entry["shock"]?.boolean ?? false,
      isDerived: entry["derived"]?.boolean ?? false)
  }

  private func pace(_ part: JSONValue?, _ observed: StagnationResult?) -> PaceAnswer? {
    guard let part, let observed, let limit = part["limit"]?.number,
      let deadline = part["deadline"]?.integer
    else { return nil }
    return PaceAnswer(observed, limit: limit, deadline: deadline)
  }

  // MARK: Targets

  private func targets(_ rules: JSONValue) throws(MissingPart) -> [Plan.Target] {
    let entries = try rules.list("targets")
    let names = entries.map { $0["id"]?.string }
    var targets: [Plan.Target] = []
    for entry in entries {
      let ages = try entry.list("ages").compactMap(\.integer)
      guard ages.count == 2, ages[0] <= ages[1] else { throw MissingPart(name: "ages") }
      targets.append(
        Plan.Target(
          id: try entry.text("id"), indicator: try indicator(entry, names: names),
          deadline: try entry.count("deadline"), probability: try entry.number("prob"),
          ages: ages[0]...ages[1], area: entry["area"]?.string))
    }
    return targets
  }

  private func indicator(
    _ entry: JSONValue, names: [String?]
  ) throws(MissingPart) -> Plan.Target.Indicator {
    switch try entry.text("indicator") {
    case "rate": return .rate(value: try entry.number("value"))
    case "working": return .working(persons: try entry.number("value"))
    case "break":
      let goal = entry["goal"]?.string
      return .breaks(
        .init(
          since: entry["since"]?.integer, goal: goal.flatMap { names.firstIndex(of: $0) },
          tolerance: entry["tolerance"]?.number, persistence: try entry.count("persistence"),
          listError: try entry.number("list_error")))
    default: throw MissingPart(name: "indicator")
    }
  }

  private func answer(
    _ entry: JSONValue, _ target: Plan.Target
  ) throws(MissingPart) -> TargetAnswer {
    let scenario = try share(entry.part("scenario"))
    let paired = try entry.part("paired")
    return TargetAnswer(
      target: target, baseline: try share(entry.part("baseline")), scenario: scenario,
      pairs: PairedShares(
        both: try paired.number("both"), onlyScenario: try paired.number("only_scenario"),
        onlyBaseline: try paired.number("only_baseline"), neither: try paired.number("neither"),
        effectiveDraws: scenario.effectiveDraws),
      breaking: try entry["break"].map(breaking(target)),
      goal: try entry["goal"].map(goal(scenario)))
  }

  private func breaking(
    _ target: Plan.Target
  ) -> (JSONValue) throws(MissingPart) -> TargetAnswer.Breaking {
    { part throws(MissingPart) in
      TargetAnswer.Breaking(
        rule: BreakRule(
          tolerance: try part.number("tolerance"),
          persistence: max(1, try part.count("persistence")), deadline: target.deadline),
        level: part["level"]?.number, years: try years(part.part("first_year")),
        relapses: try share(part.part("relapses")),
        detectedBaseline: part["p_detect_baseline"]?.number,
        detectedScenario: part["p_detect"]?.number,
        withGoal: try part["break_and_goal"].map(share))
    }
  }

  private func goal(
    _ probability: DrawnShare
  ) -> (JSONValue) throws(MissingPart) -> TargetAnswer.Goal {
    { part throws(MissingPart) in
      let gap = try part.part("gap")
      let above = part["children_above"]
      return TargetAnswer.Goal(
        limit: try part.number("limit"),
        draws: GoalOnDraws(
          probability: probability, probabilityOfFigure: part["p_figure"]?.number,
          gap: (try gap.number("p05"), try gap.number("p50"), try gap.number("p95")),
          yearReached: try years(part.part("year_reached")),
          lastYear: try part.count("last_year")),
        childrenAbove: try above.map { value throws(MissingPart) in
          Band(
            p05: try value.number("p05"), p50: try value.number("p50"),
            p95: try value.number("p95"))
        }, childrenAboveMean: above?["mean"]?.number)
    }
  }

  private func share(_ part: JSONValue) throws(MissingPart) -> DrawnShare {
    DrawnShare(estimate: try part.number("p"), effectiveDraws: try part.number("effective"))
  }

  private func years(_ part: JSONValue) throws(MissingPart) -> YearDistribution {
    let entries = (part.object ?? []).compactMap { member in
      Int(member.key).flatMap { year in
        member.value.number.map { YearDistribution.Entry(year: year, share: $0) }
      }
    }
    return YearDistribution(entries: entries, never: try part.number("never"))
  }

  private func lists(_ part: JSONValue) throws(MissingPart) -> AreaLists {
    var lists: [AreaLists.List] = []
    for entry in try part.list("districts") {
      lists.append(
        AreaLists.List(
          target: try entry.text("target"), limit: try entry.number("limit"),
          codes: try entry.list("codes").compactMap(\.string), asked: try entry.count("asked"),
          expectedWrong: try entry.number("expected_wrong")))
    }
    var ranks: [AreaLists.Rank] = []
    for entry in try part.list("ranks") {
      ranks.append(
        AreaLists.Rank(
          code: try entry.text("code"), name: try entry.text("name"), share: try share(entry)))
    }
    return AreaLists(lists: lists, worst: try part.count("worst"), ranks: ranks)
  }
}

extension JSONValue {
  fileprivate func part(_ name: String) throws(MissingPart) -> JSONValue {
    guard let value = self[name], value.object != nil else { throw MissingPart(name: name) }
    return value
  }

  fileprivate func list(_ name: String) throws(MissingPart) -> [JSONValue] {
    guard let values = self[name]?.array else { throw MissingPart(name: name) }
    return values
  }

  fileprivate func text(_ name: String) throws(MissingPart) -> String {
    guard let text = self[name]?.string else { throw MissingPart(name: name) }
    return text
  }

  fileprivate func number(_ name: String) throws(MissingPart) -> Double {
    guard let number = self[name]?.number else { throw MissingPart(name: name) }
    return number
  }

  fileprivate func count(_ name: String) throws(MissingPart) -> Int {
    guard let count = self[name]?.integer else { throw MissingPart(name: name) }
    return count
  }

  /// A number, or a text where it is too large for JSON's readers.
  fileprivate func seed(_ name: String) throws(MissingPart) -> UInt64 {
    if let number = self[name]?.integer, number >= 0 { return UInt64(number) }
    guard let text = self[name]?.string, let seed = UInt64(text) else {
      throw MissingPart(name: name)
    }
    return seed
  }
}
