// Quiebre · GeoCore
// The exact side of a point beside a line: a fast filter, then exact expansion arithmetic.
// SPDX-License-Identifier: Apache-2.0

/// The exact sign of the turn a → b → c: 1 to the left, −1 to the right, 0 on one line.
///
/// Shewchuk 1997's filter decides nearly always; else the determinant
/// ax·by − ax·cy − cx·by − ay·bx + ay·cx + cy·bx is summed without rounding.
func orientation(_ a: Point, _ b: Point, _ c: Point) -> Int {
  let left = (a.x - c.x) * (b.y - c.y)
  let right = (a.y - c.y) * (b.x - c.x)
  let determinant = left - right
  if abs(determinant) > 3.3306690738754716e-16 * (abs(left) + abs(right)) {
    return determinant > 0 ? 1 : -1
  }
  return exactOrientation(a, b, c)
}

private func exactOrientation(_ a: Point, _ b: Point, _ c: Point) -> Int {
  // Borders that shapes share are full of these.
  if c == a || c == b || a == b { return 0 }
  var expansion: [Double] = []
  let products = [
    (a.x, b.y), (-a.x, c.y), (-c.x, b.y), (-a.y, b.x), (a.y, c.x), (c.y, b.x),
  ]
  for (x, y) in products {
    let product = exactProduct(x, y)
    add(product.error, to: &expansion)
    add(product.value, to: &expansion)
  }
  // Parts don't overlap and grow in size: the last one that isn't 0 has the sign of the sum.
  guard let leading = expansion.last(where: { $0 != 0 }) else { return 0 }
  return leading > 0 ? 1 : -1
}

/// Adds a number to a sum of non-overlapping parts, smallest first, without rounding.
private func add(_ term: Double, to expansion: inout [Double]) {
  var carry = term
  for index in expansion.indices {
    let sum = carry + expansion[index]
    let shadow = sum - carry
    let error = (carry - (sum - shadow)) + (expansion[index] - shadow)
    expansion[index] = error
    carry = sum
  }
  expansion.append(carry)
}

/// A product and the rounding error that it left (Dekker's splitting; no fused operation needed).
private func exactProduct(_ x: Double, _ y: Double) -> (value: Double, error: Double) {
  let value = x * y
  let (xHigh, xLow) = split(x)
  let (yHigh, yLow) = split(y)
  let error = xLow * yLow - (((value - xHigh * yHigh) - xLow * yHigh) - xHigh * yLow)
  return (value, error)
}

private func split(_ x: Double) -> (high: Double, low: Double) {
  let scaled = 134_217_729 * x
  let high = scaled - (scaled - x)
  return (high, x - high)
}
