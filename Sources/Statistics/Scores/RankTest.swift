// Quiebre · Statistics
// Are ranks uniform? The verdict of simulation-based calibration.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Ranks of true values among draws that should contain them like any other draw.
///
/// Talts, Betancourt, Simpson, Vehtari and Gelman (2018): if draws come from the right posterior, the
/// rank of the truth among L of them is uniform over 0…L.
public struct RankTest: Hashable, Sendable {
  /// Ranks by bin.
  public let counts: [Int]
  /// Pearson's X² against equal bins, and its p-value with bins − 1 degrees of freedom.
  public let chiSquare: Double
  public let pValue: Double
  /// What a bin holds in the middle 99 % of cases if ranks are uniform (binomial, exact).
  public let expected: ClosedRange<Int>

  /// Bins outside ``expected``.
  public var strayBins: Int { counts.count { !expected.contains($0) } }

  /// - Parameters:
  ///   - ranks: Each in 0…`highest`.
  ///   - highest: L; L + 1 must be a multiple of `bins`.
  ///   - bins: Two or more.
  public init(ranks: [Int], highest: Int, bins: Int) {
    precondition(bins >= 2 && (highest + 1).isMultiple(of: bins), "equal bins")
    precondition(!ranks.isEmpty && ranks.allSatisfy { (0...highest).contains($0) }, "ranks in 0…L")
    let width = (highest + 1) / bins
    var counts = [Int](repeating: 0, count: bins)
    for rank in ranks { counts[rank / width] += 1 }
    let mean = Double(ranks.count) / Double(bins)
    self.counts = counts
    chiSquare = counts.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) / mean }
    pValue = chiSquaredTail(chiSquare, degreesOfFreedom: Double(bins - 1))
    expected = binomialRange(trials: ranks.count, share: 1 / Double(bins), tail: 0.005)
  }
}

/// The smallest range of counts with at most `tail` of a binomial law below and above it.
private func binomialRange(trials: Int, share: Double, tail: Double) -> ClosedRange<Int> {
  var masses: [Double] = []
  for hits in 0...trials {
    let (k, n) = (Double(hits), Double(trials))
    let ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
    masses.append(exp(ways + k * log(share) + (n - k) * log(1 - share)))
  }
  var (low, below) = (0, 0.0)
  while low < trials, below + masses[low] <= tail {
    below += masses[low]
    low += 1
  }
  var (high, above) = (trials, 0.0)
  while high > low, above + masses[high] <= tail {
    above += masses[high]
    high -= 1
  }
  return low...high
}
