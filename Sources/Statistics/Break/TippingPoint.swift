// Quiebre · Statistics
// How large an effect of a change of method would have to be to cancel a fall (break-test 1).
// SPDX-License-Identifier: Apache-2.0

/// The method effect that would cancel a fall seen after a change of method.
///
/// With few years on one side an offset can't be told from a real change; this number can be held
/// against what is known of the two methods.
public struct TippingPoint: Hashable, Sendable {
  /// D and its figure by the newer method, percent, with its error in pp.
  public let year: Double
  public let rate: Double
  public let standardError: Double
  /// The plateau by the older method up to the change, percent, its error in pp, and its years.
  public let level: Double
  public let levelError: Double
  public let from: Double
  public let to: Double
  public let older: String
  public let newer: String
  /// c*, pp; at or below 0 no fall is seen, whatever the methods do.
  public let effect: Double
  /// Kept years of the plateau on each side of the change.
  public let yearsBefore: Int
  public let yearsAfter: Int

  /// Whether too few years stand on one side (fewer than 3) to tell offset and change apart.
  public var isNeeded: Bool { min(yearsBefore, yearsAfter) < 3 }
}

extension TippingPoint {
  /// `nil` where all figures share a method, or errors are unknown.
  ///
  /// - Parameters:
  ///   - series: The kept figures, converted by a ratio where there is one.
  ///   - from: Where the plateau begins; `nil` = the last figure of the older method alone.
  init?(_ series: KeptSeries, from: Double?) {
    let rows = series.observations
    guard let last = rows.last, let errors = series.errors, let error = errors.last,
      let change = rows.lastIndex(where: { $0.method != last.method })
    else { return nil }
    let older = rows[change].method
    let start = from.map { min($0, rows[change].year) } ?? rows[change].year
    let plateau = rows.indices.filter {
      $0 <= change && rows[$0].method == older && rows[$0].year >= start
    }
    let level = PlateauLevel(rows: plateau, series)
    guard let level, let levelError = level.standardError else { return nil }
    year = last.year
    rate = last.rate
    standardError = error
    self.level = level.value
    self.levelError = levelError
    self.from = level.from
    to = rows[change].year
    self.older = older
    newer = last.method
    effect = tippingPoint(
      rate: last.rate, surveyError: error, level: level.value, levelError: levelError)
    yearsBefore = plateau.count
    yearsAfter = rows.count - 1 - change
  }
}
