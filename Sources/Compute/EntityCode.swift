// Quiebre · Compute
// Who a random number belongs to: a code's text, never its position in a list.
// SPDX-License-Identifier: Apache-2.0

/// The part of a random address that names a district, a department, a budget line or a person.
///
/// The 64 bits are FNV-1a of the text's UTF-8 bytes (Fowler, Noll and Vo), so a district draws the
/// same numbers whatever other districts a run holds. Among 10,000 codes the chance that any two
/// meet is 3e-12.
public struct EntityCode: Hashable, Sendable {
  public let value: UInt64

  public init(_ text: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    value = hash
  }

  /// The whole country: the code of the empty text.
  public static let nation = EntityCode("")
}
