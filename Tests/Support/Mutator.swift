// Quiebre · Support
// Breaks files in many small ways, the same ways on every run.
// SPDX-License-Identifier: Apache-2.0

/// A seeded source of broken copies of a file: flipped, lost, doubled, swapped and cut bytes.
public struct Mutator {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  /// A copy with one to four faults.
  public mutating func mutated(_ original: [UInt8]) -> [UInt8] {
    var bytes = original
    for _ in 0...below(4) { mutate(&bytes) }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    let start = below(bytes.count)
    let end = min(start + 1 + below(8), bytes.count)
    switch below(8) {
    case 0: bytes[start] ^= 1 << UInt8(below(8))
    case 1: bytes[start] = UInt8(below(256))
    case 2: bytes.removeSubrange(start..<end)
    case 3: bytes.insert(contentsOf: bytes[start..<end], at: start)
    case 4: bytes.removeSubrange(start...)
    case 5: bytes.swapAt(start, below(bytes.count))
    case 6:
      let token = Mutator.tokens[below(Mutator.tokens.count)]
      bytes.insert(contentsOf: Array(token.utf8), at: start)
    default:
      let other = below(bytes.count)
      let piece = bytes[start..<end]
      bytes.replaceSubrange(other..<min(other + piece.count, bytes.count), with: piece)
    }
  }

  /// What slips into files by hand or by other programs.
  private static let tokens = [
    "null", "NaN", "-", "1e999", "[", "]", "{", "}", ",", ":", "\"", "\\", "\n", "\r", "\0", "0",
    "-1", "1e5", "\u{FEFF}", "ñ", "[[[[", "]]]]", "true", " ", "9999999999999999999", ".", "#",
  ]

  private mutating func below(_ bound: Int) -> Int {
    // SplitMix64 (Steele, Lea, Flood 2014).
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
