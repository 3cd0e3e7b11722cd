// Quiebre · Reports
// How near one plan comes to a target, and the words for a target that no budget reaches.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import LaborModel
public import Statistics

/// What a plan gives for one target.
public struct ReachFigure: Sendable {
  public let target: String
  public let wanted: Double
  /// Probability of the target under the plan.
  public let share: DrawnShare
  /// What is still lacking: points of rate above the limit at the wanted probability, persons, or
  /// points of probability for a break; 0 or less = reached.
  public let lacking: Double
  fileprivate let kind: Kind

  fileprivate enum Kind {
    /// Rate in percent: 5, 50, 95 %.
    case rate([Double])
    case persons([Double])
    case breaks
  }

  /// Whether even luck in the draws doesn't explain that the wanted probability is missed.
  public var isOutOfReach: Bool { share.high < wanted }
}

extension RunReport {
  /// The plan's figure for every target whose draws are kept, in the plan's order.
  public func reachFigures() -> [ReachFigure] {
    targetAnswers().map { answer in
      let target = answer.target
      guard let draws = draws(of: target), let column = draws.column(target.deadline),
        let limit = rateLimit(of: target)
      else {
        return ReachFigure(
          target: target.id, wanted: target.probability, share: answer.scenario,
          lacking: (target.probability - answer.scenario.estimate) * 100, kind: .breaks)
      }
      let found = quantiles(
        of: draws.scenario[column], weights: projection.weights,
        at: [0.05, 0.5, 0.95, target.probability])
      // Persons are the rate times the children of the year.
      let isCount = if case .working = target.indicator { true } else { false }
      let scale = isCount ? children(of: target) / 100 : 1
      let band = found.prefix(3).map { $0 * scale }
      return ReachFigure(
        target: target.id, wanted: target.probability, share: answer.scenario,
        lacking: (found[3] - limit) * scale, kind: isCount ? .persons(band) : .rate(band))
    }
  }
}

/// A target that isn't reached in the best case, and what each limit takes.
public struct ReachVerdict: Sendable {
  public let best: ReachFigure
  /// What lifting the delay, then the reach as well, leaves lacking.
  public let withoutDelay: ReachFigure
  public let withFullReach: ReachFigure

  public init(best: ReachFigure, withoutDelay: ReachFigure, withFullReach: ReachFigure) {
    self.best = best
    self.withoutDelay = withoutDelay
    self.withFullReach = withFullReach
  }

  /// The parts of what is lacking, largest first; they add up to it.
  public var parts: [(limit: Limit, lacking: Double)] {
    let whole = max(0, best.lacking)
    let delay = min(whole, max(0, best.lacking - withoutDelay.lacking))
    let reach = min(whole - delay, max(0, withoutDelay.lacking - withFullReach.lacking))
    let parts = [(Limit.effects, whole - delay - reach), (.reach, reach), (.delay, delay)]
    return parts.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map { (limit: $0.element.0, lacking: $0.element.1) }
  }

  public enum Limit: String, CaseIterable, Sendable {
    case effects
    case reach
    case delay
  }

  /// `no budget within the limits reaches target.elimination: best case 24.2 % (5-95 %: 20.2-28.8)`.
  public var sentence: LocalizedText {
    LocalizedText(en: sentence(.english), es: sentence(.spanish))
  }

  /// `size of the effects 14.1 pp, reach of the lines 7.3 pp, delay 1.8 pp`.
  public var limits: LocalizedText {
    LocalizedText(en: limits(.english), es: limits(.spanish))
  }

  private func sentence(_ language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    let name = "target." + best.target
    let chance = numbers.probability(best.share)
    let wanted = numbers.trimmed(best.wanted * 100) + " %"
    switch best.kind {
    case .breaks:
      return ReachPhrase.breaks.said(
        name, chance, numbers.fixed(best.share.low * 100, 0),
        numbers.fixed(best.share.high * 100, 0),
        wanted, in: language)
    case .rate(let band):
      return ReachPhrase.rate.said(
        name, numbers.fixed(band[1], 1), numbers.fixed(band[0], 1), numbers.fixed(band[2], 1),
        chance, wanted, in: language)
    case .persons(let band):
      return ReachPhrase.persons.said(
        name, numbers.short(band[1]), numbers.short(band[0]), numbers.short(band[2]), chance,
        wanted, in: language)
    }
  }

  private func limits(_ language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    let texts = parts.map { part in
      let size =
        if case .persons = best.kind {
          numbers.short(part.lacking)
        } else {
          numbers.fixed(part.lacking, 1) + " pp"
        }
      return ReachPhrase(part.limit).said(in: language) + " " + size
    }
    return ReachPhrase.limits.said(texts.joined(separator: ", "), in: language)
  }
}

enum ReachPhrase: Phrase {
  case rate
  case persons
  case breaks
  case limits
  case effects
  case reach
  case delay

  init(_ limit: ReachVerdict.Limit) {
    self =
      switch limit {
      case .effects: .effects
      case .reach: .reach
      case .delay: .delay
      }
  }

  var text: LocalizedText {
    switch self {
    case .rate:
      LocalizedText(
        en: "no budget within the limits reaches {1}: best case {2} % (5-95 %: {3}-{4}), "
          + "probability {5} of the {6} wanted",
        es: "ningún presupuesto dentro de los límites alcanza {1}: mejor caso {2} % (5-95 %: "
          + "{3}-{4}), probabilidad {5} de {6} pedido")
    case .persons:
      LocalizedText(
        en: "no budget within the limits reaches {1}: best case {2} persons (5-95 %: {3} to {4}), "
          + "probability {5} of the {6} wanted",
        es:
          "ningún presupuesto dentro de los límites alcanza {1}: mejor caso {2} personas (5-95 %: "
          + "{3} a {4}), probabilidad {5} de {6} pedido")
    case .breaks:
      LocalizedText(
        en: "no budget within the limits reaches {1}: best case {2} ({3}-{4}), wanted {5}",
        es: "ningún presupuesto dentro de los límites alcanza {1}: mejor caso {2} ({3}-{4}), se "
          + "pide {5}")
    case .limits: LocalizedText(en: "what holds it back: {1}", es: "lo que la frena: {1}")
    case .effects: LocalizedText(en: "size of the effects", es: "tamaño de los efectos")
    case .reach: LocalizedText(en: "reach of the lines", es: "alcance de las líneas")
    case .delay: LocalizedText(en: "delay", es: "demora")
    }
  }
}
