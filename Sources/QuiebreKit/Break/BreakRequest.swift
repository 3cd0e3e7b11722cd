// Quiebre · QuiebreKit
// What `quiebre break` is asked, with its defaults.
// SPDX-License-Identifier: Apache-2.0

import LaborModel
import Statistics

/// `quiebre break`: a scenario, a table of published figures, or a finished result folder.
public struct BreakRequest: Hashable, Sendable {
  /// A scenario (`.toml`), a series (`.csv`) or a result folder.
  public var subject: String
  public var since: Int?
  public var deadline: Int?
  /// Percentage points a year.
  public var tolerance: Double?
  /// The test of the observed series alone: nothing is simulated.
  public var observedOnly = false
  public var draws = DrawSettings()
  public var json = false
  /// Where a picture goes; `nil` = none.
  public var picture: String?
  /// What only a series takes.
  public var series = SeriesOptions()

  public init(subject: String) { self.subject = subject }

  /// What a scenario would say of its series.
  public struct SeriesOptions: Hashable, Sendable {
    /// Rate to reach, percent.
    public var target: Double?
    /// Rows to take where a table holds several groups.
    public var group: String?
    /// A year or an ISO date; `nil` = everything.
    public var asOf: String?
    /// Takes the place of the column `shock`.
    public var shockYears: [Int]?
    public var methods = Methods.refuse
    /// `identity`, `log` or `logit`.
    public var scale = BreakSettings.Scale.identity.rawValue
    /// m, years of sustained fall.
    public var persistence = 2
    /// Standard error of the deadline's survey, pp.
    public var nextStandardError: Double?
    /// Of the errors of two surveys in a row.
    public var surveyCorrelation = 0.0
    /// Table of projected draws: `draw,year,rate`, or `draw,year,scenario,baseline`; percent.
    public var projected: String?
    /// Children in the deadline year.
    public var children: Double?
    /// Column that names areas, each with a series of its own.
    public var areas: String?
    /// Wrong entries allowed in lists of areas.
    public var listError = 0.10
    /// Whether tests of different areas may depend negatively.
    public var dependsAnyhow = false

    public init() {}

    /// How figures of two survey methods may meet.
    public enum Methods: Hashable, Sendable {
      case refuse
      case offset
      case ratio(Double, standardError: Double)
    }

    /// What ``scale`` may be.
    public static let scales = BreakSettings.Scale.allCases.map(\.rawValue)

    /// Whether a text is a year or a date, for ``asOf``.
    public static func isAsOf(_ text: String) -> Bool { AsOf(text) != nil }

    /// Whether anything here differs from its default.
    public var isEmpty: Bool { self == SeriesOptions() }
  }
}

extension BreakRequest.SeriesOptions {
  var cut: AsOf { asOf.flatMap { AsOf($0) } ?? .latest }

  var dependence: Dependence { dependsAnyhow ? .any : .positive }

  var methodRule: BreakSettings.MethodRule {
    switch methods {
    case .refuse: .refuse
    case .offset: .offset
    case .ratio(let value, let error): .ratio(value: value, standardError: error)
    }
  }
}
