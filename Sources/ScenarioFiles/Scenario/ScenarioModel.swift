// Quiebre · ScenarioFiles
// The parts of a scenario that the simulation and the targets read.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import LaborModel
public import Statistics

/// `[simulation]`.
public struct SimulationSettings: Hashable, Sendable {
  /// Later rows are unseen.
  public enum AsOf: Hashable, Sendable {
    /// Cuts tables by their `year`.
    case year(Int)
    /// Cuts tables by their `published` date, `2019-12-31`.
    case date(String)

    public var year: Int {
      switch self {
      case .year(let year): year
      case .date(let text): Int(text.prefix(4)) ?? 0
      }
    }
  }

  public var asOf: AsOf?
  /// `nil` = the last row seen, shocks skipped.
  public var base: Int?
  /// `nil` = the last deadline.
  public var end: Int?
  public var replicas: Int
  public var seed: UInt64
  public var overlap: Plan.Overlap
  public var dynamics: Plan.Dynamics
  public var calibrate: Bool
  public var minimumEffectiveSize: Double
  public var draws: FileReference?
}

/// `[money]`.
public struct MoneySettings: Hashable, Sendable {
  public enum Prices: String, CaseIterable, Hashable, Sendable { case constant, current }
  public enum Stage: String, CaseIterable, Hashable, Sendable {
    case opening, amended, certified, committed, accrued, paid
  }

  /// ISO 4217.
  public var currency: String
  public var prices: Prices
  /// `nil` = the base year.
  public var priceYear: Int?
  public var deflator: FileReference?
  public var stage: Stage
}

/// `[target.x]`.
public struct ScenarioTarget: Hashable, Sendable {
  public enum Indicator: String, CaseIterable, Hashable, Sendable {
    case rate, working
    case breaks = "break"
  }

  public var id: String
  public var indicator: Indicator
  public var deadline: Int
  public var probability: Double
  /// A share for `rate`, persons for `working`.
  public var value: Double?
  public var ages: ClosedRange<Int>
  public var area: String?
  public var since: Int?
  /// Id of a rate target; filled with the one of the same deadline if the file names none.
  public var goal: String?
  /// Share a year.
  public var tolerance: Double?
  public var persistence: Int
  public var listError: Double
  public var place: SourcePlace
}

/// `[interaction.x]`.
public struct PairInteraction: Hashable, Sendable {
  public var id: String
  public var first: String
  public var second: String
  public var entry: Distribution
  public var exit: Distribution
  public var source: String
}
