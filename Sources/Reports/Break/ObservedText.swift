// Quiebre · Reports
// The observed series on the terminal: what was used, what can be seen, what is shown.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

/// Words for a stagnation test.
struct ObservedText {
  let result: StagnationResult
  let language: Language

  private typealias P = ObservedPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

  /// Label and text of every line, in the order of break-test section 9.
  func rows() -> [[String]] {
    let parts: [(ObservedPhrase, [String])] = [
      (.used, used), (.leftOut, leftOut), (.methods, [methods]), (.visible, visible),
      (.joinpoint, joinpoint), (.pace, pace), (.paceBefore, result.paceBefore.map(line)),
      (.tolerance, tolerance), (.verdict, verdict), (.level, level),
    ]
    return parts.flatMap { label, lines in
      lines.enumerated().map { [$0.offset == 0 ? label.said(in: language) : "", $0.element] }
    }
  }

  private var used: [String] {
    let figures = result.used.map { row in
      let error = row.standardError.map { " ± " + numbers.fixed($0, 2) } ?? ""
      return "\(year(row.year)) \(numbers.fixed(row.rate, 1))\(error)"
    }
    let errors: ObservedPhrase =
      switch result.errors {
      case .published: .published
      case .approximate: .approximate
      case .unknown: .unknown
      }
    return [figures.joined(separator: ", ") + " · " + errors.said(in: language)]
  }

  private var leftOut: [String] {
    guard !result.leftOut.isEmpty else { return [] }
    let items = result.leftOut.map { left in
      let phrase: ObservedPhrase =
        switch left.reason {
        case .publishedLater: .publishedLater
        case .shock: .shock
        case .beforeSince: .beforeSince
        }
      return phrase.said(year(left.observation.year), in: language)
    }
    return [items.joined(separator: ", ")]
  }

  private var methods: String {
    let isOne = Set(result.used.map(\.method)).count <= 1
    guard !isOne else { return P.oneMethod.said(in: language) }
    switch result.methods {
    case .refuse, .offset: return P.offset.said(in: language)
    case .ratio(let value, let error):
      return P.ratio.said(numbers.fixed(value, 3), numbers.fixed(error, 3), in: language)
    }
  }

  private var visible: [String] {
    guard let detectable = result.detectable else { return [] }
    return [
      P.visibleText.said(
        numbers.fixed(detectable.smallestFall, 1), numbers.fixed(detectable.smallestSlope, 2),
        numbers.fixed(detectable.smallestTolerance, 2), in: language)
    ]
  }

  private var joinpoint: [String] {
    if let year = result.fixedInAdvance {
      return [P.fixedInAdvance.said(self.year(year), in: language)]
    }
    guard let search = result.search else { return [P.tooShortForSearch.said(in: language)] }
    let support = search.isSupported ? P.supported : P.notSupported
    var lines = [
      P.searched.said(
        year(search.best.year), "{" + search.plausible.map(year).joined(separator: ", ") + "}",
        search.samplingP.map(pValue) ?? P.noSamplingP.said(in: language),
        pValue(search.permutationP), support.said(in: language), in: language)
    ]
    if search.isPerfectFit { lines.append(P.perfectFit.said(in: language)) }
    if !search.inseparable.isEmpty {
      let years = search.inseparable.map(year).joined(separator: ", ")
      lines.append(P.inseparable.said(years, in: language))
    }
    return lines
  }

  private var pace: [String] {
    guard !result.pace.isEmpty else { return [P.noFit.said(in: language)] }
    return result.pace.map { test in
      let ignored = test.mode == .additive && !result.additiveCounts
      return line(test) + (ignored ? " · " + P.additiveIgnored.said(in: language) : "")
    }
  }

  private func line(_ test: SlopeTest) -> String {
    P.paceText.said(
      test.mode.words.text(in: language), numbers.signed(test.slope, 2),
      numbers.fixed(test.standardError, 2), numbers.signed(test.low, 2),
      numbers.signed(test.high, 2), in: language)
  }

  private var tolerance: [String] {
    guard let tolerance = result.tolerance else { return [] }
    let rule: ObservedPhrase =
      switch tolerance.rule {
      case .given: .ruleGiven
      case .shareOfNeededPace: .ruleNeededPace
      case .shareOfRate: .ruleRate
      }
    let counted = result.pace.filter { $0.mode != .additive || result.additiveCounts }
    let smallest = counted.map(\.smallestTolerance).max()
    return [
      P.toleranceText.said(
        numbers.fixed(tolerance.value, 2), rule.said(in: language),
        smallest.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none, in: language)
    ]
  }

  private var verdict: [String] {
    let stagnation: ObservedPhrase =
      switch result.stagnation {
      case .shown: .stagnationShown
      case .possible: .stagnationPossible
      case .no: .stagnationNo
      }
    var lines = [
      result.label.words.text(in: language) + " · " + stagnation.said(in: language)
    ]
    if result.yearsMissing > 0 {
      lines.append(P.yearsMissing.said(String(result.yearsMissing), in: language))
    }
    return lines
  }

  private var level: [String] {
    guard let level = result.level else { return [] }
    let error = level.standardError.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none
    return [
      P.levelText.said(numbers.fixed(level.value, 2), error, year(level.from), in: language)
    ]
  }

  /// `2015`, or `2015.5` for a survey's mid-point.
  private func year(_ year: Double) -> String {
    numbers.fixed(year, year == year.rounded() ? 0 : 1)
  }

  /// Two decimals, three below 0.1, one significant digit below 0.001: `0.37`, `0.049`, `0.0004`.
  private func pValue(_ p: Double) -> String {
    guard p < 0.000_95, p > 0 else { return numbers.fixed(p, p < 0.0995 ? 3 : 2) }
    var decimals = 3
    var scaled = p * 1000
    while scaled < 0.95, decimals < 6 {
      scaled *= 10
      decimals += 1
    }
    return numbers.fixed(p, decimals)
  }
}
