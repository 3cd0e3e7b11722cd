// Quiebre · Reports
// The pace that a goal needs and what trackers say, in words.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

struct PaceText {
  let language: Language

  private typealias P = BreakPhrase
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

  /// Label and text: the last figure where the deadline has passed, paces, trackers.
  func rows(_ pace: PaceAnswer) -> [[String]] {
    var rows: [[String]] = []
    if case .deadlinePassed = pace.required {
      let error = pace.last.standardError.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none
      rows.append([
        P.observedFigure.said(in: language),
        P.observedFigureText.said(
          numbers.fixed(pace.last.rate, 1), numbers.year(pace.last.year), error, in: language),
      ])
    }
    rows.append([P.required.said(in: language), required(pace.required)])
    if pace.limit == 0 { rows.append(["", P.practicalZero.said(in: language)]) }
    if let current = current(pace) { rows.append([P.current.said(in: language), current]) }
    if let base = pace.trackerBase {
      let ratings = pace.trackers.map { row in
        let rating = row.rating?.words.text(in: language) ?? PeopleNumbers.none
        let measure = row.measure.map { " (" + numbers.fixed($0, 2) + ")" } ?? ""
        return row.tracker.words.text(in: language) + ": " + rating + measure
      }
      rows.append([
        P.trackersFrom.said(numbers.year(base), in: language), ratings.joined(separator: " · "),
      ])
    }
    return rows
  }

  private func required(_ pace: RequiredPace) -> String {
    switch pace {
    case .alreadyMet: return P.alreadyMet.said(in: language)
    case .deadlinePassed(let probability):
      let text = probability.map(numbers.chance) ?? PeopleNumbers.none
      return P.deadlinePassed.said(text, in: language)
    case .needed(let linear, .some(let reduction)):
      return P.requiredText.said(
        numbers.signed(linear, 2), numbers.fixed(reduction, 1), in: language)
    case .needed(let linear, .none):
      return P.requiredLinear.said(numbers.signed(linear, 2), in: language)
    }
  }

  private func current(_ pace: PaceAnswer) -> String? {
    guard let current = pace.currentReduction else { return nil }
    let window = [pace.window.from, pace.window.to].map(numbers.year)
    let text = P.currentText.said(
      numbers.fixed(current, 1), window[0], window[1], in: language)
    let times = pace.acceleration.map { P.acceleration.said(numbers.fixed($0, 1), in: language) }
    guard pace.limit > 0, pace.last.rate > pace.limit else { return text }
    let years =
      pace.yearsAtPace.map { P.yearsAtPace.said(numbers.fixed($0, 0), in: language) }
      ?? P.neverAtPace.said(in: language)
    return [text, times, years].compactMap(\.self).joined(separator: " · ")
  }
}
