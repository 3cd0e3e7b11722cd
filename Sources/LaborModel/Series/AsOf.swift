// Quiebre · LaborModel
// What was known when: the cut through every table of published figures.
// SPDX-License-Identifier: Apache-2.0

/// The moment at which a plan is judged; later figures are unseen.
public enum AsOf: Hashable, Sendable {
  /// Everything in the files.
  case latest
  /// Figures of this year and before.
  case year(Int)
  /// Figures published on this date or before, `2019-12-31`.
  case date(String)

  /// Reads `2019` or `2019-12-31`; `nil` for anything else.
  public init?(_ text: String) {
    if isCalendarDate(text) {
      self = .date(text)
    } else if let year = Int(text), (1000...9999).contains(year) {
      self = .year(year)
    } else {
      return nil
    }
  }

  /// Whether a figure may be seen; `nil` if that hangs on a date of publication that is unknown.
  func sees(year: Double, published: String?) -> Bool? {
    switch self {
    case .latest: true
    case .year(let last): year < Double(last + 1)
    // ISO dates sort as text.
    case .date(let last): published.map { $0 <= last }
    }
  }
}

/// Whether a text is a date as `2019-09-13`.
func isCalendarDate(_ text: String) -> Bool {
  let parts = text.split(separator: "-", omittingEmptySubsequences: false)
  guard parts.map(\.utf8.count) == [4, 2, 2],
    parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
    let month = Int(parts[1]), let day = Int(parts[2])
  else { return false }
  return (1...12).contains(month) && (1...31).contains(day)
}
