// Quiebre · Statistics
// How likely each area is among the worst few: in place of one rank (break-test 6).
// SPDX-License-Identifier: Apache-2.0

/// P(an area is among the `k` with the highest rates), one per area.
///
/// In each draw exactly `k` areas are among the worst; of equal rates the one that stands first. So
/// the probabilities sum to `k`.
///
/// - Parameters:
///   - k: How many areas are called the worst, at most the number of areas.
///   - rates: `[area][draw]`, in any unit.
///   - weights: One per draw; `nil` = all equal.
/// - Returns: One share of draws per area.
/// - Complexity: O(draws × areas × log areas).
public func probabilitiesOfWorst(
  _ k: Int, rates: [[Double]], weights: [Double]? = nil
) -> [DrawnShare] {
  precondition((0...rates.count).contains(k), "no more of the worst than there are areas")
  let draws = rates.first?.count ?? 0
  var hits = [[Bool]](repeating: [Bool](repeating: false, count: draws), count: rates.count)
  var order = Array(rates.indices)
  for draw in 0..<draws {
    let column = rates.map { $0[draw] }
    order.sort { (-column[$0], $0) < (-column[$1], $1) }
    for area in order.prefix(k) { hits[area][draw] = true }
  }
  return hits.map { DrawnShare(of: $0, weights: weights) }
}
