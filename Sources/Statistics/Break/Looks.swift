// Quiebre · Statistics
// Looking at a plateau every year: what each look may claim (break-test 7).
// SPDX-License-Identifier: Apache-2.0

import Compute

extension RandomQuantity {
  /// Errors of surveys that look at a rate that stands still; its "year" is the look, 0 the plateau.
  static let looks = RandomQuantity(rawValue: 202)
}

/// Several looks at whether the rate has fallen below the plateau.
///
/// One look asks for z₀.₉₅ errors below the plateau and is wrong once in 20 times. Looking k times
/// and stopping at the first success is wrong far more often; the three rules of break-test 7 keep
/// it honest: one look fixed in advance, two looks running, or a larger critical value.
public struct RepeatedLooks: Hashable, Sendable {
  /// k.
  public let looks: Int
  /// Chance that at least one of k looks sees a fall where there is none, each at 5 %.
  public let falseAlarmOfAny: Double
  /// The same if two looks running must see it; `nil` for one look.
  public let falseAlarmOfTwoRunning: Double?
  /// What to ask of each look, in errors below the plateau, so that any false alarm has 5 %.
  public let criticalValue: Double

  /// Simulates looks at a rate that stands still.
  ///
  /// The plateau's own error is common to all looks, which makes them alike.
  ///
  /// - Parameters:
  ///   - looks: k, at least 1.
  ///   - surveyError: Of each look, pp.
  ///   - levelError: Of the plateau, pp.
  ///   - draws: Simulated histories.
  ///   - seed: Of their errors.
  public init(
    looks: Int, surveyError: Double, levelError: Double, draws: Int = 9_999, seed: UInt64 = 1
  ) {
    precondition(looks >= 1, "at least one look")
    let field = RandomField(seed: seed)
    let plateau = field.stream(.looks, year: 0).normals(count: draws)
    let size = (surveyError * surveyError + levelError * levelError).squareRoot()
    var highest = [Double](repeating: -.infinity, count: draws)
    var before = [Bool](repeating: false, count: draws)
    var running = [Bool](repeating: false, count: draws)
    for look in 1...looks {
      let figures = field.stream(.looks, year: look).normals(count: draws)
      for draw in 0..<draws {
        let below = (levelError * plateau[draw] - surveyError * figures[draw]) / size
        highest[draw] = max(highest[draw], below)
        let isSeen = below > NormalPoint.upper05
        if isSeen, before[draw] { running[draw] = true }
        before[draw] = isSeen
      }
    }
    self.looks = looks
    falseAlarmOfAny = Double(highest.count { $0 > NormalPoint.upper05 }) / Double(draws)
    falseAlarmOfTwoRunning = looks > 1 ? Double(running.count { $0 }) / Double(draws) : nil
    // One look needs no simulation.
    criticalValue =
      looks == 1 ? NormalPoint.upper05 : quantile(ofSorted: highest.sorted(), at: 0.95)
  }
}
