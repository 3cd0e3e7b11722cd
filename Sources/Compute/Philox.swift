// Quiebre · Compute
// Philox4x32-10: 128 random bits as a function of a counter and a key.
// SPDX-License-Identifier: Apache-2.0

/// The generator of Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as
/// 1, 2, 3", with four 32-bit words and ten rounds.
///
/// It has no state: any number can be computed at once, by any thread, in any order.
public enum Philox4x32 {
  /// The block of random bits at `counter` under `key`.
  ///
  /// Held against the known-answer vectors that Random123 1.14 ships (`kat_vectors`).
  public static func block(
    counter: SIMD4<UInt32>, key: SIMD2<UInt32>
  ) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: second &>> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: second)
      c2 = UInt32(truncatingIfNeeded: first &>> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: first)
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
