// Quiebre · Statistics
// Many tests at once: how many findings are expected to be wrong (break-test 6).
// SPDX-License-Identifier: Apache-2.0

/// How the tests of many areas may hang together.
public enum Dependence: String, CaseIterable, Hashable, Sendable {
  /// Independent, or positively dependent: Benjamini and Hochberg (1995).
  case positive
  /// Any, also negative: Benjamini and Yekutieli (2001).
  case any
}

/// p-values adjusted so that findings at or below q have an expected false share of at most q.
///
/// What R's `p.adjust` calls "BH" and "BY".
///
/// - Parameters:
///   - pValues: One per test, in 0...1.
///   - dependence: Which of the two procedures.
/// - Returns: One per test, in the order given.
/// - Complexity: O(n log n).
public func adjustedForDiscovery(
  _ pValues: [Double], dependence: Dependence = .positive
) -> [Double] {
  let count = Double(pValues.count)
  let factor =
    switch dependence {
    case .positive: 1.0
    case .any: stride(from: count, to: 0, by: -1).reduce(0) { $0 + 1 / $1 }
    }
  let order = pValues.indices.sorted { (pValues[$0], $0) > (pValues[$1], $1) }
  var adjusted = pValues
  var lowest = 1.0
  for (position, index) in order.enumerated() {
    let rank = count - Double(position)
    lowest = min(lowest, pValues[index] * count / rank * factor)
    adjusted[index] = lowest
  }
  return adjusted
}
