// Quiebre · Statistics
// The quantile function of the beta distribution.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The x with I(x; a, b) = `p`: Newton's steps inside a bracket that every step tightens.
///
/// - Parameters:
///   - p: In 0...1.
///   - a: Above 0.
///   - b: Above 0.
/// - Returns: In 0...1, to about the last three digits of what `incompleteBeta` gives.
func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
  guard p > 0 else { return 0 }
  guard p < 1 else { return 1 }
  let logFront = logGamma(a + b) - logGamma(a) - logGamma(b)
  var (low, high) = (0.0, 1.0)
  var x = a / (a + b)
  while true {
    let miss = incompleteBeta(a, b, at: x, complement: 1 - x) - p
    if miss < 0 { low = x } else { high = x }
    let density = Compute.exp(
      logFront + (a - 1) * Compute.log(x) + (b - 1) * Compute.log(1 - x))
    let newton = x - miss / density
    // Outside the bracket a step leads away, and near a steep end to nothing that is a number.
    let isInside = newton > low && newton < high
    let next = isInside ? newton : low + (high - low) / 2
    guard next > low, next < high, (next - x).magnitude > 0x1p-52 * x else { return next }
    x = next
  }
}
