// Quiebre · Compute
// Sums whose order is fixed by position, whoever computes them.
// SPDX-License-Identifier: Apache-2.0

/// The sum of `values`, pairwise over blocks of 128.
///
/// The order depends on the count alone. The rounding error grows with the logarithm of the count
/// (Higham, Accuracy and Stability of Numerical Algorithms, section 4.2).
public func fixedOrderSum(_ values: Span<Double>) -> Double {
  guard values.count > 128 else {
    var total = 0.0
    for index in values.indices { total += values[index] }
    return total
  }
  let half = (values.count / 2 + 127) & ~127
  return fixedOrderSum(values.extracting(first: half))
    + fixedOrderSum(values.extracting(droppingFirst: half))
}

/// The sum of `values`, pairwise over blocks of 128.
public func fixedOrderSum(_ values: [Double]) -> Double { fixedOrderSum(values.span) }

/// The sum of `values[i]·weights[i]`, pairwise over blocks of 128.
///
/// - Precondition: Both have the same count.
public func fixedOrderSum(_ values: Span<Double>, weights: Span<Double>) -> Double {
  precondition(values.count == weights.count, "one weight for each value")
  guard values.count > 128 else {
    var total = 0.0
    for index in values.indices { total += values[index] * weights[index] }
    return total
  }
  let half = (values.count / 2 + 127) & ~127
  return fixedOrderSum(values.extracting(first: half), weights: weights.extracting(first: half))
    + fixedOrderSum(
      values.extracting(droppingFirst: half), weights: weights.extracting(droppingFirst: half))
}

/// The sum of `values[i]·weights[i]`, pairwise over blocks of 128.
///
/// - Precondition: Both have the same count.
public func fixedOrderSum(_ values: [Double], weights: [Double]) -> Double {
  fixedOrderSum(values.span, weights: weights.span)
}
