// Quiebre · FormatsTests
// SHA-256 against the published vectors and against coreutils.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Testing

@Suite("SHA-256")
struct SHA256Tests {
  struct Vector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let message: String
    let digest: String
  }

  // NIST, "Cryptographic Standards and Guidelines: Examples with Intermediate Values" for
  // FIPS 180-4 (one and two blocks), and the empty message and 896 bits of the CAVP short vectors.
  static let vectors = [
    Vector(
      testDescription: "empty", message: "",
      digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    Vector(
      testDescription: "one block", message: "abc",
      digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    Vector(
      testDescription: "two blocks",
      message: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
    Vector(
      testDescription: "896 bits",
      message: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
        + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      digest: "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
  ]

  @Test(arguments: vectors)
  func meetsThePublishedDigest(_ vector: Vector) {
    #expect(SHA256.hash(Array(vector.message.utf8)) == vector.digest)
  }

  @Test func aMillionLettersMeetThePublishedDigest() {
    // FIPS 180-2, appendix B.3.
    #expect(
      SHA256.hash([UInt8](repeating: 0x61, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  // coreutils 9.1: head -c N <(yes 'Perú 010101') | sha256sum
  @Test(arguments: [
    (55, "45617b274366acfb2f9b6fb2449bee53608dddcef69e9e0caec3c67adf5d503a"),
    (56, "73864bb1d23bfcd8ee921e3fce2d8069644c2a1724a31e8dac8030eef5532bfa"),
    (57, "cd938eeef4707b00160b2dcde56129a92a021392f8dd866d70b655210f9ed0bb"),
    (63, "08789cea0e35f35995f8a6fe8bb8439d49a8387a47ec5d4ff8a21975b4d5e219"),
    (64, "a9bad56d0009b8e6d6f3ca18a55d082e61adde7af4ba73bd111c647af9aa5c38"),
    (65, "4fdf08992c32674b044ee0ebb4ea940638d633fdd2efae03e43c68c9cbe2e7ba"),
    (119, "3f348155b9e0bfefa4d223582854cb152bba29d33d4c1a82ae59fa616278a2f5"),
    (120, "55b88aa07a59a0f842fb278e019ccb1d92abfda8c9eac9a7abf888d5389a9425"),
    (1000, "bd12b1843b119da6427dfe455a0f6fda4ffdbd3e0700a6f7cdc73e724eab692e"),
  ])
  func meetsCoreutilsAroundTheBlockSize(_ count: Int, _ digest: String) {
    let line = Array("Perú 010101\n".utf8)
    let bytes = (0..<count).map { line[$0 % line.count] }
    #expect(SHA256.hash(bytes) == digest)
  }

  @Test(arguments: [1, 3, 55, 56, 63, 64, 65, 127, 500])
  func piecesOfAnySizeGiveTheDigestOfTheWhole(_ size: Int) {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ 7) }
    var digest = SHA256()
    var start = 0
    while start < bytes.count {
      digest.update(Array(bytes[start..<min(start + size, bytes.count)]))
      start += size
    }
    #expect(digest.finalized() == SHA256.hash(bytes))
  }
}
