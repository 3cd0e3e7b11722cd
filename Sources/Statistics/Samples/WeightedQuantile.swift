// Quiebre · Statistics
// Quantiles, mean and effective size of draws that carry weights.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Quantiles of weighted values, linear between order statistics.
///
/// Values of weight 0 are dropped and the others sorted. Value i sits at the share
/// cᵢ = (Σ wⱼ over j < i, + wᵢ/2 − w₁/2) / (W − w₁/2 − wₙ/2), that is, the middle of its own weight,
/// with the first at 0 and the last at 1; between two values the quantile is linear. With equal
/// weights cᵢ = (i − 1)/(n − 1): the definition of R's type 7 and of NumPy's default.
///
/// - Parameters:
///   - values: Finite numbers.
///   - weights: One per value, not negative; `nil` = all equal.
///   - shares: Which quantiles, each in 0...1.
/// - Returns: One quantile per share, NaN if no value has weight.
public func quantiles(
  of values: [Double], weights: [Double]? = nil, at shares: [Double]
) -> [Double] {
  guard let weights else {
    let sorted = values.sorted()
    return shares.map { quantile(ofSorted: sorted, at: $0) }
  }
  precondition(values.count == weights.count, "one weight for each value")
  let order = values.indices.filter { weights[$0] > 0 }
    .sorted { (values[$0], $0) < (values[$1], $1) }
  guard let first = order.first, let last = order.last else { return shares.map { _ in .nan } }
  var positions: [Double] = []
  positions.reserveCapacity(order.count)
  var before = 0.0
  for index in order {
    positions.append(before + weights[index] / 2 - weights[first] / 2)
    before += weights[index]
  }
  let width = before - weights[first] / 2 - weights[last] / 2
  let sorted = order.map { values[$0] }
  return shares.map { interpolated(sorted, positions: positions, at: $0 * width) }
}

/// The quantile of values sorted ascending, at position (n − 1)·`share`, linear in between.
///
/// NaN for no values.
public func quantile(ofSorted values: [Double], at share: Double) -> Double {
  guard let last = values.last else { return .nan }
  let position = Double(values.count - 1) * share
  let index = Int(position)
  guard index + 1 < values.count else { return last }
  return values[index] + (position - Double(index)) * (values[index + 1] - values[index])
}

/// The mean of weighted values.
public func mean(of values: [Double], weights: [Double]? = nil) -> Double {
  guard let weights else { return fixedOrderSum(values) / Double(values.count) }
  return fixedOrderSum(values, weights: weights) / fixedOrderSum(weights)
}

/// Kish's effective sample size (Σw)²/Σw²: how many equal draws would carry the same information.
public func effectiveSampleSize(_ weights: [Double]) -> Double {
  let total = fixedOrderSum(weights)
  return total * total / fixedOrderSum(weights, weights: weights)
}

/// Finds the segment of `positions` that holds `target` and interpolates in it.
private func interpolated(_ values: [Double], positions: [Double], at target: Double) -> Double {
  var (low, high) = (0, positions.count - 1)
  while high - low > 1 {
    let middle = (low + high) / 2
    if positions[middle] <= target { low = middle } else { high = middle }
  }
  let gap = positions[high] - positions[low]
  guard gap > 0 else { return values[low] }
  let part = max(0, min(1, (target - positions[low]) / gap))
  return values[low] + part * (values[high] - values[low])
}
