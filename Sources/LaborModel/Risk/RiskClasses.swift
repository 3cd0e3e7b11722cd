// Quiebre · LaborModel
// Three classes of risk: four rules for the cut points, each printed with its result.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import Statistics

/// How the cut points between low, medium and high risk are found.
public enum RiskClassRule: Hashable, Sendable {
  /// Given rates, as shares: the only rule that is stable over time.
  case fixed(mediumFrom: Double, highFrom: Double)
  /// Three intervals of equal width from the lowest to the highest rate.
  case equal
  /// A third of the districts in each class.
  case quantile
  /// Natural breaks: the classes with the smallest squared deviations (Fisher 1958, Jenks 1977).
  case jenks

  /// The cut points for these rates.
  ///
  /// - Parameter rates: Of all districts, shares.
  /// - Returns: Cut points; a rate on a cut belongs to the upper class.
  /// - Throws: Q535 if no three classes result.
  public func cuts(for rates: [Double]) throws(DiagnosticList) -> RiskCuts {
    let sorted = rates.sorted()
    guard let low = sorted.first, let high = sorted.last else {
      throw DiagnosticList(.badClassCuts(self))
    }
    let found: (Double, Double)? =
      switch self {
      case .fixed(let medium, let high): (medium, high)
      case .equal: (low + (high - low) / 3, low + (high - low) * 2 / 3)
      case .quantile:
        (
          Statistics.quantile(ofSorted: sorted, at: 1.0 / 3),
          Statistics.quantile(ofSorted: sorted, at: 2.0 / 3)
        )
      case .jenks: naturalBreaks(sorted)
      }
    guard let (medium, upper) = found, medium > 0, medium < upper, upper < 1 else {
      throw DiagnosticList(.badClassCuts(self))
    }
    return RiskCuts(rule: self, mediumFrom: medium, highFrom: upper)
  }
}

/// Cut points, and the rule that gave them.
public struct RiskCuts: Hashable, Sendable {
  public let rule: RiskClassRule
  /// Shares; a rate on a cut belongs to the upper class.
  public let mediumFrom: Double
  public let highFrom: Double

  public func riskClass(of rate: Double) -> RiskClass {
    rate >= highFrom ? .high : rate >= mediumFrom ? .medium : .low
  }

  /// The rule and its cuts in a sentence, for every output that shows classes.
  public var sentence: LocalizedText {
    let medium = NumberText.fixed(mediumFrom * 100, decimals: 1) ?? ""
    let high = NumberText.fixed(highFrom * 100, decimals: 1) ?? ""
    let name: (en: String, es: String) =
      switch rule {
      case .fixed: ("fixed cut points", "cortes fijos")
      case .equal: ("three intervals of equal width", "tres intervalos de igual amplitud")
      case .quantile: ("a third of the districts each", "un tercio de los distritos en cada una")
      case .jenks: ("natural breaks (Jenks)", "cortes naturales (Jenks)")
      }
    return LocalizedText(
      en: "Classes by \(name.en): medium from \(medium) %, high from \(high) %.",
      es: "Clases por \(name.es): medio desde \(medium) %, alto desde \(high) %.")
  }
}

/// The first values of the second and third class with the least squared deviations, exactly.
///
/// Equal values stay together. `nil` with fewer than three different values.
private func naturalBreaks(_ sorted: [Double]) -> (Double, Double)? {
  var (values, counts): ([Double], [Double]) = ([], [])
  for value in sorted {
    if values.last == value {
      counts[counts.count - 1] += 1
    } else {
      values.append(value)
      counts.append(1)
    }
  }
  guard values.count >= 3 else { return nil }
  let spread = SquaredDeviations(values, counts)
  let end = values.count
  var best = (cost: Double.infinity, second: 0, third: 0)
  for third in 2..<end {
    let rest = spread.within(third..<end)
    guard rest < best.cost else { continue }
    for second in 1..<third {
      let cost = spread.within(0..<second) + spread.within(second..<third) + rest
      if cost < best.cost { best = (cost, second, third) }
    }
  }
  return (values[best.second], values[best.third])
}

/// Sums of squared deviations from the mean of any run of sorted values.
private struct SquaredDeviations {
  private var counts = [0.0]
  private var sums = [0.0]
  private var squares = [0.0]

  init(_ values: [Double], _ weights: [Double]) {
    // Measured from the middle value: squares of large numbers would lose the deviations.
    let origin = values[values.count / 2]
    var (count, sum, square) = (0.0, 0.0, 0.0)
    for (value, weight) in zip(values, weights) {
      let distance = value - origin
      count += weight
      sum += weight * distance
      square += weight * distance * distance
      counts.append(count)
      sums.append(sum)
      squares.append(square)
    }
  }

  func within(_ range: Range<Int>) -> Double {
    let count = counts[range.upperBound] - counts[range.lowerBound]
    let sum = sums[range.upperBound] - sums[range.lowerBound]
    return squares[range.upperBound] - squares[range.lowerBound] - sum * sum / count
  }
}
