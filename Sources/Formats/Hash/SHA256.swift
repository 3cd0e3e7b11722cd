// Quiebre · Formats
// SHA-256, which names the bytes of every input and output in the manifest.
// SPDX-License-Identifier: Apache-2.0

/// The SHA-256 digest of bytes that arrive in pieces (FIPS 180-4, section 6.2).
public struct SHA256: Sendable {
  private var state: SIMD8<UInt32> = SHA256.initialState
  /// Bytes that don't fill a block of 64 yet.
  private var rest: [UInt8] = []
  private var byteCount: UInt64 = 0

  public init() {}

  /// The digest of `bytes` as 64 lowercase hexadecimal digits.
  ///
  /// - Complexity: O(count); some hundred megabytes a second in a release build.
  public static func hash(_ bytes: [UInt8]) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return digest.finalized()
  }

  /// Takes in the next bytes.
  public mutating func update(_ bytes: [UInt8]) {
    byteCount += UInt64(bytes.count)
    guard rest.isEmpty else {
      let taken = min(64 - rest.count, bytes.count)
      rest += bytes[..<taken]
      guard rest.count == 64 else { return }
      compress(rest, from: 0, to: 64)
      rest.removeAll(keepingCapacity: true)
      takeBlocks(of: bytes, from: taken)
      return
    }
    takeBlocks(of: bytes, from: 0)
  }

  /// The digest of everything taken in so far, as hexadecimal digits.
  public func finalized() -> String {
    var last = self
    let bitCount = byteCount &* 8
    var padding: [UInt8] = [0x80]
    while (rest.count + padding.count) % 64 != 56 { padding.append(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      padding.append(UInt8(truncatingIfNeeded: bitCount >> UInt64(shift)))
    }
    last.update(padding)
    return last.hexadecimal
  }

  private mutating func takeBlocks(of bytes: [UInt8], from start: Int) {
    let whole = start + (bytes.count - start) / 64 * 64
    compress(bytes, from: start, to: whole)
    rest += bytes[whole...]
  }

  private var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for index in 0..<8 {
      for shift in stride(from: 28, through: 0, by: -4) {
        text.append(digits[Int((state[index] >> UInt32(shift)) & 15)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Runs the blocks of `bytes[start..<end]` through the compression function.
  private mutating func compress(_ bytes: [UInt8], from start: Int, to end: Int) {
    var schedule = [UInt32](repeating: 0, count: 64)
    var sums = state
    unsafe bytes.withUnsafeBufferPointer { input in
      unsafe schedule.withUnsafeMutableBufferPointer { words in
        unsafe SHA256.constants.withUnsafeBufferPointer { constants in
          var block = start
          while block < end {
            unsafe SHA256.expand(input, at: block, into: words)
            unsafe sums &+= SHA256.rounds(words, constants, from: sums)
            block += 64
          }
        }
      }
    }
    state = sums
  }

  private static func expand(
    _ input: UnsafeBufferPointer<UInt8>, at block: Int,
    into words: UnsafeMutableBufferPointer<UInt32>
  ) {
    let source = UnsafeRawBufferPointer(input)
    for index in 0..<16 {
      unsafe words[index] = UInt32(
        bigEndian: source.loadUnaligned(fromByteOffset: block + 4 * index, as: UInt32.self))
    }
    for index in 16..<64 {
      let old = unsafe words[index - 15]
      let new = unsafe words[index - 2]
      let s0 = rotated(old, 7) ^ rotated(old, 18) ^ (old >> 3)
      let s1 = rotated(new, 17) ^ rotated(new, 19) ^ (new >> 10)
      unsafe words[index] = words[index - 16] &+ s0 &+ words[index - 7] &+ s1
    }
  }

  /// The 64 rounds, eight at a time so that no state moves between variables.
  private static func rounds(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>,
    from start: SIMD8<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (start[0], start[1], start[2], start[3])
    var (e, f, g, h) = (start[4], start[5], start[6], start[7])
    var index = 0
    while index < 64 {
      unsafe round(a, b, c, &d, e, f, g, &h, words[index] &+ constants[index])
      unsafe round(h, a, b, &c, d, e, f, &g, words[index + 1] &+ constants[index + 1])
      unsafe round(g, h, a, &b, c, d, e, &f, words[index + 2] &+ constants[index + 2])
      unsafe round(f, g, h, &a, b, c, d, &e, words[index + 3] &+ constants[index + 3])
      unsafe round(e, f, g, &h, a, b, c, &d, words[index + 4] &+ constants[index + 4])
      unsafe round(d, e, f, &g, h, a, b, &c, words[index + 5] &+ constants[index + 5])
      unsafe round(c, d, e, &f, g, h, a, &b, words[index + 6] &+ constants[index + 6])
      unsafe round(b, c, d, &e, f, g, h, &a, words[index + 7] &+ constants[index + 7])
      index += 8
    }
    return SIMD8(a, b, c, d, e, f, g, h)
  }

  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let choice = (e & f) ^ (~e & g)
    let majority = (a & b) ^ (a & c) ^ (b & c)
    let bigE = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
    let bigA = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
    let first = h &+ bigE &+ choice &+ word
    d = d &+ first
    h = first &+ bigA &+ majority
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    (word >> count) | (word << (32 &- count))
  }

  // The first 32 bits of the fractional parts of the square roots of the first eight primes.
  private static let initialState = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)

  // The same of the cube roots of the first sixty-four primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
    0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
    0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
    0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
    0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
    0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
    0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
    0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
    0xc671_78f2,
  ]
}
