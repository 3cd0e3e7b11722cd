// Quiebre · Reports
// What `quiebre survey plan` and `quiebre survey interval` print.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Statistics

/// A planned survey and what it can do.
public struct SurveyPlanReport: Sendable {
  public let plan: SamplePlan
  public let outcome: SamplePlan.Outcome
  /// Power at which the two changes below are seen.
  public let power: Double
  public let detectableFall: Double?
  public let detectableRise: Double?
  /// Clusters and selected persons times their costs; `nil` if no costs are known.
  public var cost: Double?

  public init(plan: SamplePlan, outcome: SamplePlan.Outcome, power: Double) {
    self.plan = plan
    self.outcome = outcome
    self.power = power
    detectableFall = plan.detectable(clusters: outcome.clusters, power: power, isFall: true)
    detectableRise = plan.detectable(clusters: outcome.clusters, power: power, isFall: false)
  }

  /// Text that ends with a line feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    func percent(_ share: Double) -> String { numbers.fixed(share * 100, 2) }
    var lines = [
      SurveyPlanPhrase.head.said(
        numbers.whole(Double(outcome.cases)), numbers.whole(Double(outcome.clusters)),
        String(plan.clusterSize), in: language),
      SurveyPlanPhrase.selected.said(
        numbers.whole(Double(outcome.selectedPersons)),
        numbers.whole(Double(outcome.selectedDwellings)), percent(plan.response), in: language),
      SurveyPlanPhrase.design.said(
        numbers.trimmed(outcome.designEffect), numbers.whole(outcome.effectiveCases),
        String(outcome.degreesOfFreedom), in: language),
      SurveyPlanPhrase.precision.said(
        percent(plan.share), percent(outcome.standardError),
        numbers.fixed(outcome.standardError / plan.share * 100, 1), in: language),
    ]
    lines += intervalLines(outcome.intervals, plan.level, language)
    if let found = outcome.power, case .change(let other, _) = plan.goal {
      lines.append(
        SurveyPlanPhrase.power.said(
          percent(plan.share), percent(other), numbers.chance(found), in: language))
    }
    if let found = outcome.findingProbability, case .finding(let count, _) = plan.goal {
      lines.append(
        SurveyPlanPhrase.finding.said(String(count), numbers.chance(found), in: language))
    }
    lines.append(
      SurveyPlanPhrase.detectable.said(
        numbers.fixed(power * 100, 0), percent(plan.share),
        detectableFall.map { percent($0) + " %" } ?? PeopleNumbers.none,
        detectableRise.map { percent($0) + " %" } ?? PeopleNumbers.none, in: language))
    lines.append(
      SurveyPlanPhrase.noneFound.said(percent(outcome.upperIfNoneFound), in: language))
    if let cost {
      lines.append(SurveyPlanPhrase.cost.said(numbers.whole(cost), in: language))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// Intervals of a share that was found, each by its method.
public struct SurveyIntervalReport: Sendable {
  public let hits: Int
  public let cases: Int
  public let designEffect: Double
  public let degreesOfFreedom: Int
  public let level: Double
  public let intervals: [SurveyEstimate.Interval]

  public init(
    hits: Int, cases: Int, designEffect: Double, degreesOfFreedom: Int, level: Double
  ) {
    self.hits = hits
    self.cases = cases
    self.designEffect = designEffect
    self.degreesOfFreedom = degreesOfFreedom
    self.level = level
    let share = Double(hits) / Double(cases)
    let error = (share * (1 - share) * designEffect / Double(cases)).squareRoot()
    let isInside = hits > 0 && hits < cases
    // Without width `linear` and `logit` say nothing.
    intervals = ProportionMethod.allCases.filter { isInside || $0 == .beta || $0 == .wilson }.map {
      let count = isInside ? Double(cases) : Double(cases) / designEffect
      return proportionInterval(
        share: share, standardError: error, cases: count,
        degreesOfFreedom: Double(degreesOfFreedom), level: level, method: $0)
    }
  }

  /// Text that ends with a line feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    let head = SurveyPlanPhrase.found.said(
      numbers.whole(Double(hits)), numbers.whole(Double(cases)),
      numbers.fixed(Double(hits) / Double(cases) * 100, 2), numbers.trimmed(designEffect),
      String(degreesOfFreedom), in: language)
    return ([head] + intervalLines(intervals, level, language)).joined(separator: "\n") + "\n"
  }
}

private func intervalLines(
  _ intervals: [SurveyEstimate.Interval], _ level: Double, _ language: Language
) -> [String] {
  let numbers = PeopleNumbers(language: language)
  var table = TextTable()
  for interval in intervals {
    table.append([
      "  " + interval.method.words.text(in: language),
      "\(numbers.fixed(interval.low * 100, 2)) - \(numbers.fixed(interval.high * 100, 2)) %",
    ])
  }
  return [SurveyPlanPhrase.intervals.said(numbers.trimmed(level * 100), in: language)]
    + table.lines()
}

extension ProportionMethod {
  var words: LocalizedText {
    switch self {
    case .logit: LocalizedText(en: "logit", es: "logit")
    case .beta:
      LocalizedText(
        en: "Korn-Graubard (exact, for rare outcomes)",
        es: "Korn-Graubard (exacto, para lo poco frecuente)")
    case .wilson: LocalizedText(en: "Wilson", es: "Wilson")
    case .linear: LocalizedText(en: "estimate ± t·se", es: "estimación ± t·ee")
    }
  }
}

enum SurveyPlanPhrase: Phrase {
  case head
  case selected
  case design
  case precision
  case intervals
  case power
  case finding
  case detectable
  case noneFound
  case cost
  case found

  var text: LocalizedText {
    switch self {
    case .head:
      LocalizedText(
        en: "{1} completed interviews in {2} clusters of {3}",
        es: "{1} entrevistas completas en {2} conglomerados de {3}")
    case .selected:
      LocalizedText(
        en: "To select: {1} persons in {2} dwellings, if {3} % answer",
        es: "Por seleccionar: {1} personas en {2} viviendas, si responde el {3} %")
    case .design:
      LocalizedText(
        en: "deff {1}: worth {2} simple random interviews · {3} degrees of freedom",
        es: "deff {1}: equivale a {2} entrevistas al azar simple · {3} grados de libertad")
    case .precision:
      LocalizedText(
        en: "Expecting {1} %: standard error {2} pp, CV {3} %",
        es: "Si se espera {1} %: error estándar {2} pp, CV {3} %")
    case .intervals:
      LocalizedText(en: "Intervals ({1} %):", es: "Intervalos ({1} %):")
    case .power:
      LocalizedText(
        en: "Two such surveys tell {1} % from {2} % with probability {3}",
        es: "Dos encuestas así distinguen {1} % de {2} % con probabilidad {3}")
    case .finding:
      LocalizedText(
        en: "At least {1} cases are found with probability {2}",
        es: "Se encuentran al menos {1} casos con probabilidad {2}")
    case .detectable:
      LocalizedText(
        en:
          "Smallest change from {2} % that two such surveys see with {1} %: down to {3}, up to {4}",
        es: "Menor cambio desde {2} % que dos encuestas así ven con {1} %: baja a {3}, sube a {4}")
    case .noneFound:
      LocalizedText(
        en: "If not one case is found, up to {1} % can't be ruled out",
        es: "Si no se halla ningún caso, no se descarta hasta {1} %")
    case .cost: LocalizedText(en: "Field work costs {1}", es: "El campo cuesta {1}")
    case .found:
      LocalizedText(
        en: "{1} of {2} cases: {3} % · deff {4} · {5} degrees of freedom",
        es: "{1} de {2} casos: {3} % · deff {4} · {5} grados de libertad")
    }
  }
}
