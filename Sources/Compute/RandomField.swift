// Quiebre · Compute
// Random numbers by address: what, whose, which year, which draw.
// SPDX-License-Identifier: Apache-2.0

/// What a random number is for.
///
/// Two uses never share a code.
/// Codes 1-99 belong to the simulator, 100-149 to risk scoring, 200-249 to the break test, 250-299
/// to spatial statistics, 900 and up to tests and benchmarks. A code never changes meaning: that would change results.
public struct RandomQuantity: Hashable, Sendable, RawRepresentable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }
}

/// All random numbers of a run: a function of the seed and an address, without state.
///
/// Number `draw` at (quantity, entity, year) is one half of the Philox4x32-10 block whose key is the
/// seed (low word, high word) and whose counter is: draw ÷ 2 · quantity × 65,536 + year · low and
/// high word of the entity's code. So results don't hang on the order of evaluation, a scenario and
/// its baseline see the same luck, and more draws extend a run without changing its first ones.
public struct RandomField: Hashable, Sendable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// The numbers of one address, by draw.
  ///
  /// A `year` is a calendar year, or 0 for what doesn't change with time; in 0...65,535.
  public func stream(
    _ quantity: RandomQuantity, entity: EntityCode = .nation, year: Int = 0
  ) -> RandomStream {
    precondition((0...0xFFFF).contains(year), "a random address holds years 0 to 65,535")
    return RandomStream(
      key: SIMD2(
        UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed &>> 32)),
      place: UInt32(quantity.rawValue) &<< 16 | UInt32(year), entity: entity.value)
  }
}

/// The random numbers of one address.
public struct RandomStream: Hashable, Sendable {
  fileprivate let key: SIMD2<UInt32>
  fileprivate let place: UInt32
  fileprivate let entity: UInt64

  /// The key and the rest of the counter, as kernels outside this module need them: quantity and year,
  /// and the entity.
  public var address: (key: SIMD2<UInt32>, place: UInt32, entity: UInt64) { (key, place, entity) }

  /// Number `draw`, uniform between 0 and 1 and never either: (k + ½)/2⁵², k of 52 bits.
  ///
  /// 52 bits and not 53: k + ½ then fits a `Double`, so the largest number doesn't round to 1 and
  /// 1 − u is as likely as u.
  ///
  /// `draw` lies in 0..<2³³.
  public func uniform(_ draw: Int) -> Double {
    let pair = uniformPair(draw &>> 1)
    return draw & 1 == 0 ? pair[0] : pair[1]
  }

  /// Number `draw`, standard normal by the inverse of the distribution function.
  public func normal(_ draw: Int) -> Double { normalQuantile(uniform(draw)) }

  /// Fills `values` with the uniform numbers of consecutive draws, beginning with `firstDraw`.
  public func uniforms(into values: inout MutableSpan<Double>, firstDraw: Int = 0) {
    var (index, draw) = (0, firstDraw)
    if draw & 1 == 1, !values.isEmpty {
      values[0] = uniform(draw)
      (index, draw) = (1, draw &+ 1)
    }
    while index &+ 1 < values.count {
      let pair = uniformPair(draw &>> 1)
      values[index] = pair[0]
      values[index &+ 1] = pair[1]
      (index, draw) = (index &+ 2, draw &+ 2)
    }
    if index < values.count { values[index] = uniform(draw) }
  }

  /// Fills `values` with the standard normal numbers of consecutive draws, beginning with `firstDraw`.
  public func normals(into values: inout MutableSpan<Double>, firstDraw: Int = 0) {
    uniforms(into: &values, firstDraw: firstDraw)
    for index in values.indices { values[index] = normalQuantile(values[index]) }
  }

  /// The uniform numbers of `count` draws.
  public func uniforms(count: Int, firstDraw: Int = 0) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    var span = values.mutableSpan
    uniforms(into: &span, firstDraw: firstDraw)
    return values
  }

  /// The standard normal numbers of `count` draws.
  public func normals(count: Int, firstDraw: Int = 0) -> [Double] {
    uniforms(count: count, firstDraw: firstDraw).map(normalQuantile)
  }

  private func uniformPair(_ block: Int) -> SIMD2<Double> {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: block), place, UInt32(truncatingIfNeeded: entity),
      UInt32(truncatingIfNeeded: entity &>> 32))
    let bits = Philox4x32.block(counter: counter, key: key)
    return SIMD2(openUnit(low: bits[0], high: bits[1]), openUnit(low: bits[2], high: bits[3]))
  }
}

/// (k + ½)/2⁵² for the top 52 of 64 bits.
private func openUnit(low: UInt32, high: UInt32) -> Double {
  let word = UInt64(high) &<< 32 | UInt64(low)
  return (Double(word &>> 12) + 0.5) * 0x1p-52
}
