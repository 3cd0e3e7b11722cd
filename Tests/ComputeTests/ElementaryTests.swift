// Quiebre · ComputeTests
// exp, log and their kin against 50-digit arithmetic.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@Suite("Elementary functions")
struct ElementaryTests {
  /// How many doubles lie between `a` and `b`, as units in the last place of `b`.
  private func unitsApart(_ a: Double, _ b: Double) -> Double {
    a == b ? 0 : (a - b).magnitude / b.ulp
  }

  @Test(arguments: ElementaryTables.exp)
  func expIsWithinOneUnit(x: Double, expected: Double) {
    #expect(unitsApart(Compute.exp(x), expected) <= 1)
  }

  @Test(arguments: ElementaryTables.expm1)
  func expm1IsWithinTwoUnits(x: Double, expected: Double) {
    #expect(unitsApart(Compute.expm1(x), expected) <= 2)
  }

  @Test(arguments: ElementaryTables.log)
  func logIsWithinOneUnit(x: Double, expected: Double) {
    #expect(unitsApart(Compute.log(x), expected) <= 1)
  }

  @Test(arguments: ElementaryTables.log1p)
  func log1pIsWithinTwoUnits(x: Double, expected: Double) {
    #expect(unitsApart(Compute.log1p(x), expected) <= 2)
  }

  @Test(arguments: ElementaryTables.logistic)
  func logisticIsWithinThreeUnits(x: Double, expected: Double) {
    #expect(unitsApart(logistic(x), expected) <= 3)
  }

  @Test(arguments: ElementaryTables.logit)
  func logitIsWithinThreeUnits(p: Double, expected: Double) {
    #expect(unitsApart(logit(p), expected) <= 3)
  }

  /// AS 241 promises about one part in 10¹⁶; rounding of the argument of log leaves a few units.
  @Test(arguments: ElementaryTables.normalQuantile)
  func normalQuantileIsWithinOnePartIn1e15(p: Double, expected: Double) {
    #expect((normalQuantile(p) - expected).magnitude <= 1e-15 * max(1, expected.magnitude))
  }

  @Test func normalQuantileIsOdd() {
    for k in 1..<500 {
      let p = Double(k) / 1024
      #expect(normalQuantile(p) == -normalQuantile(1 - p))
    }
  }

  @Test func endsAreInfiniteOrNotANumber() {
    #expect(Compute.exp(710) == .infinity && Compute.exp(.infinity) == .infinity)
    #expect(Compute.exp(-746) == 0 && Compute.exp(-.infinity) == 0)
    #expect(Compute.exp(.nan).isNaN && Compute.expm1(.nan).isNaN)
    #expect(Compute.expm1(-.infinity) == -1 && Compute.expm1(.infinity) == .infinity)
    #expect(Compute.log(0) == -.infinity && Compute.log(.infinity) == .infinity)
    #expect(Compute.log(-1).isNaN && Compute.log(.nan).isNaN)
    #expect(Compute.log1p(-1) == -.infinity && Compute.log1p(-2).isNaN)
    #expect(Compute.log1p(.infinity) == .infinity && Compute.log1p(.nan).isNaN)
    #expect(logistic(-.infinity) == 0 && logistic(.infinity) == 1 && logistic(.nan).isNaN)
    #expect(logit(0) == -.infinity && logit(1) == .infinity && logit(1.5).isNaN)
    #expect(normalQuantile(0) == -.infinity && normalQuantile(1) == .infinity)
    #expect(normalQuantile(-0.1).isNaN && normalQuantile(.nan).isNaN)
  }

  /// Each of three roundings costs at most a unit of the exponent's size.
  @Test func logUndoesExp() {
    for k in -700...700 {
      let x = Double(k) + 0.37
      #expect((Compute.log(Compute.exp(x)) - x).magnitude <= 3e-16 * max(1, x.magnitude))
    }
  }

  @Test func lanesHaveTheBitsOfThePlainForms() {
    let numbers: [Double] = [.nan, -.infinity, .infinity, -800, -745, -1e-300, 0, -0.0]
    for k in 0..<2000 {
      let lanes = SIMD8(
        (0..<8).map { k < 8 ? numbers[(k + $0) % 8] : Double(k * 8 + $0) * 0.09 - 740 })
      let (powers, shares) = (Compute.exp(lanes), logistic(lanes))
      for lane in 0..<8 {
        #expect(haveSameBits(powers[lane], Compute.exp(lanes[lane])))
        #expect(haveSameBits(shares[lane], logistic(lanes[lane])))
      }
    }
  }

  /// The sign of NaN says nothing.
  private func haveSameBits(_ a: Double, _ b: Double) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }
}
