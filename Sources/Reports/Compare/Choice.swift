// Quiebre · Reports
// Scenarios over the same draws as a choice: which beats which, and what knowing more would be worth.
// SPDX-License-Identifier: Apache-2.0

import Formats
import LaborModel
public import Statistics

/// Scenarios that share their draws, to choose one from.
public struct Choice: Sendable {
  /// One scenario; draws in the order of the run.
  public struct Option: Hashable, Sendable {
    public let id: String
    /// Rate of the year compared, a share.
    public let rate: [Double]
    /// Child-years avoided against the run's baseline.
    public let avoided: [Double]
    /// New money against the baseline, in the currency's unit.
    public let newMoney: Double

    public init(id: String, rate: [Double], avoided: [Double], newMoney: Double) {
      self.id = id
      self.rate = rate
      self.avoided = avoided
      self.newMoney = newMoney
    }
  }

  /// How often one option beats another, draw by draw; ties count for neither.
  public struct Duel: Hashable, Sendable {
    /// Indices into ``options``.
    public let winner: Int
    public let loser: Int
    /// P(lower rate), P(more child-years avoided).
    public let lowerRate: DrawnShare
    public let moreAvoided: DrawnShare
  }

  public let options: [Option]
  public let weights: [Double]
  public let year: Int
  /// What a child-year avoided is worth, in the currency's unit; `nil` = money doesn't count.
  public let worth: Double?
  public let currencySymbol: String
  /// Inputs whose worth is asked.
  public var inputs: [DrawnInput]

  public init(
    options: [Option], weights: [Double], year: Int, worth: Double?, currencySymbol: String,
    inputs: [DrawnInput] = []
  ) {
    self.options = options
    self.weights = weights
    self.year = year
    self.worth = worth
    self.currencySymbol = currencySymbol
    self.inputs = inputs
  }

  /// The scenarios of one run, which must share their baseline.
  ///
  /// - Parameters:
  ///   - reports: At least one.
  ///   - year: One of the run's.
  ///   - worth: As ``worth``.
  public init(_ reports: [RunReport], year: Int, worth: Double?) {
    let column = reports.first.flatMap { $0.projection.years.firstIndex(of: year) }
    self.init(
      options: reports.map { report in
        Option(
          id: report.plan.id,
          rate: report.outcome.national.rates[AgeGroup.all.rawValue][column ?? report.endColumn],
          avoided: report.outcome.avoided, newMoney: Double(report.newMoney) / 100)
      },
      weights: reports.first?.projection.weights ?? [], year: year, worth: worth,
      currencySymbol: reports.first?.unit.symbol ?? "", inputs: DrawnInput.shared(by: reports))
  }

  /// Every ordered pair, the later option against the earlier ones first.
  public func duels() -> [Duel] {
    options.indices.flatMap { winner in
      options.indices.filter { $0 != winner }.map { loser in
        let (one, other) = (options[winner], options[loser])
        return Duel(
          winner: winner, loser: loser,
          lowerRate: DrawnShare(of: zip(one.rate, other.rate).map { $0 < $1 }, weights: weights),
          moreAvoided: DrawnShare(
            of: zip(one.avoided, other.avoided).map { $0 > $1 }, weights: weights))
      }
    }
  }

  /// The choice by net benefit: child-years avoided, or their worth less the new money.
  ///
  /// Where money counts, no new money at all is the last option, with a net benefit of 0.
  public func decision() -> DecisionValue {
    guard let worth else {
      return DecisionValue(netBenefits: options.map(\.avoided), weights: weights)
    }
    let nothing = [Double](repeating: 0, count: weights.count)
    return DecisionValue(
      netBenefits: options.map { option in option.avoided.map { $0 * worth - option.newMoney } }
        + [nothing],
      weights: weights)
  }

  /// What each input would be worth knowing, the most first; equals in the order given.
  public func informationByInput(
    _ decision: DecisionValue
  ) -> [(key: String, value: DrawnFigure)] {
    let found = inputs.map { (key: $0.key, value: decision.information(about: $0.values)) }
    return found.enumerated().sorted {
      (-$0.element.value.value, $0.offset) < (-$1.element.value.value, $1.offset)
    }.map(\.element)
  }
}

extension Choice {
  /// One document: probabilities in percent, worth in child-years or the currency's unit.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 2_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.choice/1")
      json.member("year", year)
      json.member("worth", worth, decimals: 2)
      json.array("pairs", .lines) { json in
        for duel in duels() {
          json.object { json in
            json.member("scenario", options[duel.winner].id)
            json.member("beats", options[duel.loser].id)
            json.share("lower_rate", duel.lowerRate)
            json.share("more_avoided", duel.moreAvoided)
          }
        }
      }
      write(decision(), to: &json)
    }
    json.endLine()
    return json.finished()
  }

  private func write(_ decision: DecisionValue, to json: inout JSONWriter) {
    let chances = decision.chancesOfBest()
    json.array("options", .lines) { json in
      for (index, mean) in decision.means.enumerated() {
        json.object { json in
          json.member("scenario", options.indices.contains(index) ? options[index].id : nil)
          json.member("net_benefit", mean, decimals: nil)
          json.share("best", chances[index])
        }
      }
    }
    json.figure("perfect_information", decision.perfectInformation())
    json.array("information", .lines) { json in
      for (key, value) in informationByInput(decision) {
        json.object { json in
          json.member("input", key)
          json.member("value", value.value, decimals: nil)
          json.member("se", value.standardError, decimals: nil)
        }
      }
    }
  }
}

extension JSONWriter {
  /// A figure and the error of drawing, unrounded.
  mutating func figure(_ name: String, _ figure: DrawnFigure) {
    object(name) { json in
      json.member("value", figure.value, decimals: nil)
      json.member("se", figure.standardError, decimals: nil)
    }
  }
}
