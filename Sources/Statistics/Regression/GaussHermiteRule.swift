// Quiebre · Statistics
// Nodes and weights for means over a normal distribution, for any number of points.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// E f(Z) ≈ Σ wₖ f(zₖ) for a standard normal Z, exact for polynomials of degree 2n − 1.
public struct GaussHermiteRule: Hashable, Sendable {
  /// Ascending, symmetric to the last bit.
  public let nodes: [Double]
  /// Sum 1.
  public let weights: [Double]

  /// The rule of `points` points, 1 to 64.
  ///
  /// Roots of the Hermite polynomial by Newton's method on the orthonormal recurrence, each from a
  /// bracket between the roots of the polynomial one lower (they interlace); the weight of a root is
  /// 1/Σ hₖ(z)² over k < n (Christoffel).
  public init(points: Int) {
    precondition((1...64).contains(points), "1 to 64 points")
    var roots: [Double] = [0]
    for degree in 1..<max(2, points) where degree + 1 <= points {
      // All roots lie within ±√(4n + 2).
      let limit = Double(4 * (degree + 1) + 2).squareRoot()
      let fences = [-limit] + roots + [limit]
      roots = (0...degree).map { root(degree: degree + 1, in: fences[$0]...fences[$0 + 1]) }
    }
    let positive = roots.suffix(points / 2)
    let middle: [Double] = points % 2 == 1 ? [0] : []
    nodes = positive.reversed().map { -$0 } + middle + positive
    let raw = nodes.map { node in
      1 / hermite(degree: points, at: node).squares
    }
    let total = fixedOrderSum(raw)
    weights = raw.map { $0 / total }
  }
}

/// hₙ(z), its slope √n·hₙ₋₁(z), and Σ hₖ(z)² over k < n, for orthonormal Hermite polynomials.
private func hermite(
  degree: Int, at z: Double
) -> (value: Double, slope: Double, squares: Double) {
  var (before, now, squares) = (0.0, 1.0, 0.0)
  for k in 0..<degree {
    squares += now * now
    let next = (z * now - Double(k).squareRoot() * before) / Double(k + 1).squareRoot()
    (before, now) = (now, next)
  }
  return (now, Double(degree).squareRoot() * before, squares)
}

/// The one root in a bracket: Newton's steps, replaced by bisection where they leave it.
private func root(degree: Int, in bracket: ClosedRange<Double>) -> Double {
  var (low, high) = (bracket.lowerBound, bracket.upperBound)
  let rises = hermite(degree: degree, at: high).value > hermite(degree: degree, at: low).value
  var z = low + (high - low) / 2
  for _ in 0..<200 {
    let (value, slope, _) = hermite(degree: degree, at: z)
    if (value > 0) == rises { high = z } else { low = z }
    let newton = z - value / slope
    let next = newton > low && newton < high ? newton : low + (high - low) / 2
    guard (next - z).magnitude > 1e-16 * max(1, z.magnitude) else { return next }
    z = next
  }
  return z
}
