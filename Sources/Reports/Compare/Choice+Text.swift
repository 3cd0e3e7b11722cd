// Quiebre · Reports
// The choice between scenarios in words: below the tables of `quiebre compare`.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Statistics

extension Choice {
  /// Inputs that are printed; all stand in the JSON.
  private static let mostInputs = 8

  /// Who beats whom, the best choice, and what knowing more would be worth; ends with a line feed.
  ///
  /// Empty for fewer than two things to choose from.
  public func text(in language: Language) -> String {
    guard options.count > 1 || worth != nil else { return "" }
    let decision = decision()
    var lines = options.count > 1 ? duelLines(language) + [""] : []
    lines += optionLines(decision, language)
    lines += informationLines(decision, language)
    return lines.joined(separator: "\n") + "\n"
  }

  private func duelLines(_ language: Language) -> [String] {
    let numbers = PeopleNumbers(language: language)
    var table = TextTable()
    table.append([
      ChoicePhrase.duelTitle.said(in: language),
      ChoicePhrase.lowerRate.said(String(year), in: language),
      ChoicePhrase.moreAvoided.said(in: language),
    ])
    for duel in duels() {
      table.append([
        ChoicePhrase.beats.said(options[duel.winner].id, options[duel.loser].id, in: language),
        numbers.bounded(duel.lowerRate), numbers.bounded(duel.moreAvoided),
      ])
    }
    return table.lines()
  }

  private func optionLines(_ decision: DecisionValue, _ language: Language) -> [String] {
    let numbers = PeopleNumbers(language: language)
    let chances = decision.chancesOfBest()
    var table = TextTable()
    let measure =
      worth.map {
        ChoicePhrase.netBenefit.said(
          numbers.money(numbers.rounded($0), currencySymbol), in: language)
      } ?? ChoicePhrase.byChildYears.said(in: language)
    table.append([
      ChoicePhrase.choiceTitle.said(in: language), measure, ChoicePhrase.best.said(in: language),
    ])
    for (index, mean) in decision.means.enumerated() {
      let name =
        options.indices.contains(index)
        ? options[index].id : ChoicePhrase.nothing.said(in: language)
      table.append([
        (index == decision.best ? "→ " : "  ") + name, amount(mean, numbers),
        numbers.bounded(chances[index]),
      ])
    }
    return table.lines()
  }

  private func informationLines(_ decision: DecisionValue, _ language: Language) -> [String] {
    let numbers = PeopleNumbers(language: language)
    let all = decision.perfectInformation()
    var lines = [
      ChoicePhrase.everything.said(
        amount(all.value, numbers), amount(all.standardError, numbers), in: language)
    ]
    // What lies within its own error of nothing is not listed.
    let found = informationByInput(decision).filter { $0.value.value > 2 * $0.value.standardError }
    guard !inputs.isEmpty else { return lines }
    guard !found.isEmpty else { return lines + [ChoicePhrase.noInput.said(in: language)] }
    lines.append(ChoicePhrase.inputs.said(in: language))
    for (key, value) in found.prefix(Self.mostInputs) {
      lines.append(
        "  "
          + ChoicePhrase.input.said(
            key, amount(value.value, numbers), amount(value.standardError, numbers), in: language))
    }
    return lines
  }

  /// Child-years, or money where money counts.
  private func amount(_ value: Double, _ numbers: PeopleNumbers) -> String {
    worth == nil ? numbers.short(value) : numbers.money(value, currencySymbol)
  }
}

extension PeopleNumbers {
  /// `30 % (27-33)`, the bounds Wilson's; a bare bound where every draw says the same.
  func bounded(_ share: DrawnShare) -> String {
    guard case .value = share.wording else { return probability(share) }
    return RunPhrase.shareBand.said(
      probability(share), fixed(share.low * 100, 0), fixed(share.high * 100, 0), in: language)
  }
}

enum ChoicePhrase: Phrase {
  case duelTitle
  case lowerRate
  case moreAvoided
  case beats
  case choiceTitle
  case byChildYears
  case netBenefit
  case best
  case nothing
  case everything
  case inputs
  case input
  case noInput

  var text: LocalizedText {
    switch self {
    case .duelTitle:
      LocalizedText(
        en: "draw by draw (95 % of drawing; ties count for neither)",
        es: "sorteo por sorteo (95 % del sorteo; los empates no cuentan)")
    case .lowerRate: LocalizedText(en: "P(lower rate {1})", es: "P(tasa {1} menor)")
    case .moreAvoided:
      LocalizedText(en: "P(more child-years avoided)", es: "P(más años-niño evitados)")
    case .beats: LocalizedText(en: "{1} beats {2}", es: "{1} supera a {2}")
    case .choiceTitle: LocalizedText(en: "which to choose", es: "cuál elegir")
    case .byChildYears:
      LocalizedText(
        en: "child-years avoided (mean)", es: "años-niño evitados (media)")
    case .netBenefit:
      LocalizedText(
        en: "net benefit at {1} a child-year (mean)",
        es: "beneficio neto a {1} por año-niño (media)")
    case .best: LocalizedText(en: "P(the best)", es: "P(la mejor)")
    case .nothing: LocalizedText(en: "no new money", es: "sin dinero nuevo")
    case .everything:
      LocalizedText(
        en: "Knowing everything before choosing would add {1} on average (standard error {2}).",
        es: "Saberlo todo antes de elegir agregaría {1} en promedio (error estándar {2}).")
    case .inputs:
      LocalizedText(
        en: "Knowing one input before choosing would add:",
        es: "Saber un solo dato antes de elegir agregaría:")
    case .input:
      LocalizedText(en: "{1}: {2} (standard error {3})", es: "{1}: {2} (error estándar {3})")
    case .noInput:
      LocalizedText(
        en: "Knowing any single input would not change the choice by more than its error.",
        es: "Saber un solo dato no cambiaría la elección más allá de su error.")
    }
  }
}
