// Quiebre · ScenarioFiles
// Shares whole céntimos out by weight, within a minimum and a maximum per district.
// SPDX-License-Identifier: Apache-2.0

import LaborModel

/// What each district gets, and what is left.
struct Shares: Hashable {
  /// One per weight; together with `unplaced` exactly the amount.
  var placed: [Centimos]
  var unplaced: Centimos
  /// Districts that were left out because the minimum wouldn't reach them.
  var unserved = 0
  /// Districts that stand at the maximum.
  var atMaximum = 0
}

/// Shares an amount out in proportion to weights.
///
/// Every district with a weight above zero gets at least `minimum` and at most `maximum`; within
/// these limits shares are proportional (x = λ·w, one λ for all), rounded down, and the céntimos
/// left go to the largest remainders (Hamilton's method; ties to the district that comes first). If
/// the amount can't give everyone the minimum, the largest weights are served and the others get
/// nothing. What the maxima leave over is unplaced.
///
/// Weights are finite and not negative; `0 <= minimum <= maximum`, `amount >= 0`.
/// Takes O(n log n).
func share(
  _ amount: Centimos, byWeights weights: [Double], minimum: Centimos = 0, maximum: Centimos? = nil
) -> Shares {
  var shares = Shares(placed: [Centimos](repeating: 0, count: weights.count), unplaced: amount)
  var members = weights.indices.filter { weights[$0] > 0 }
  guard amount > 0, !members.isEmpty else { return shares }
  if minimum > 0, amount / minimum < Int64(members.count) {
    let served = Int(amount / minimum)
    shares.unserved = members.count - served
    // A stable order: heavier first, then registry order.
    members = Array(
      members.sorted { (weights[$1], $0) < (weights[$0], $1) }.prefix(served)
    ).sorted()
    guard !members.isEmpty else { return shares }
  }
  let most = min(maximum ?? amount, amount)
  let (capacity, overflow) = most.multipliedReportingOverflow(by: Int64(members.count))
  let total = overflow ? amount : min(amount, capacity)
  // Relative weights below 10^-15 can't make a céntimo of difference, but could overflow λ.
  let heaviest = members.reduce(0) { max($0, weights[$1]) }
  let filling = Filling(
    weights: members.map { max(weights[$0] / heaviest, 1e-15) }, total: total, minimum: minimum,
    maximum: most)
  for (member, money) in zip(members, filling.wholeShares()) { shares.placed[member] = money }
  shares.unplaced = amount - total
  if maximum != nil { shares.atMaximum = members.count { shares.placed[$0] == most } }
  return shares
}

/// One sharing problem whose total fits between the minima and the maxima.
private struct Filling {
  let weights: [Double]
  let total: Centimos
  let minimum: Centimos
  let maximum: Centimos

  func wholeShares() -> [Centimos] {
    let exact = exactShares()
    var whole = exact.map { min(maximum, max(minimum, Centimos($0.rounded(.down)))) }
    var left = total - whole.reduce(0, +)
    // Largest remainder first; the sort is stable in registry order.
    let order = exact.indices.sorted {
      (remainder(exact[$1], whole[$1]), $0) < (remainder(exact[$0], whole[$0]), $1)
    }
    while left > 0 {
      for index in order where left > 0 && whole[index] < maximum {
        whole[index] += 1
        left -= 1
      }
    }
    // Rounding of λ may hand out a céntimo too many: it is taken back from the smallest remainder.
    while left < 0 {
      for index in order.reversed() where left < 0 && whole[index] > minimum {
        whole[index] -= 1
        left += 1
      }
    }
    return whole
  }

  private func remainder(_ exact: Double, _ whole: Centimos) -> Double { exact - Double(whole) }

  /// x = clamp(λ·w, minimum, maximum) with the λ at which the shares sum to the total.
  private func exactShares() -> [Double] {
    let low = Double(minimum)
    let high = Double(maximum)
    let factor = factor(low, high)
    return weights.map { min(high, max(low, factor * $0)) }
  }

  /// Looks for λ between two neighboring points where a district leaves its minimum or reaches its
  /// maximum: between them the sum of the shares is a straight line.
  private func factor(_ low: Double, _ high: Double) -> Double {
    let points = (weights.map { low / $0 } + weights.map { high / $0 }).sorted()
    var below = 0
    var above = points.count - 1
    while below < above {
      let middle = (below + above) / 2
      let sum = weights.reduce(0) { $0 + min(high, max(low, points[middle] * $1)) }
      if sum < Double(total) { below = middle + 1 } else { above = middle }
    }
    return refined(near: below > 0 ? points[below - 1] : 0, low, high)
  }

  /// The λ of the districts that are free just above a point.
  private func refined(near factor: Double, _ low: Double, _ high: Double) -> Double {
    var fixed = 0.0
    var free = 0.0
    for weight in weights {
      if high / weight <= factor {
        fixed += high
      } else if low / weight > factor {
        fixed += low
      } else {
        free += weight
      }
    }
    guard free > 0 else { return factor }
    return max(0, (Double(total) - fixed) / free)
  }
}
