// Quiebre · ComputeTests
// Addressed random numbers: published bits, pairing, extension, and their distribution.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@Suite("Random field")
struct RandomFieldTests {
  private let quantity = RandomQuantity(rawValue: 900)

  struct KnownAnswer: Sendable {
    let counter: SIMD4<UInt32>
    let key: SIMD2<UInt32>
    let expected: SIMD4<UInt32>
  }

  /// `philox4x32 10` of Random123's `tests/kat_vectors`; the last counter and key are digits of π.
  static let knownAnswers = [
    KnownAnswer(
      counter: SIMD4(0, 0, 0, 0), key: SIMD2(0, 0),
      expected: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    KnownAnswer(
      counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
      expected: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    KnownAnswer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      key: SIMD2(0xa409_3822, 0x299f_31d0),
      expected: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test(arguments: knownAnswers)
  func philoxGivesThePublishedBits(_ row: KnownAnswer) {
    #expect(Philox4x32.block(counter: row.counter, key: row.key) == row.expected)
  }

  /// Test vectors of the FNV authors' draft (draft-eastlake-fnv, appendix C).
  @Test(
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)])
  func entityCodeIsFNV1a(text: String, expected: UInt64) {
    #expect(EntityCode(text).value == expected)
  }

  /// The counter is written out by hand from the documented address.
  @Test func addressIsTheDocumentedCounter() {
    let entity = EntityCode("080101")
    let stream = RandomField(seed: 0x0123_4567_89ab_cdef).stream(
      quantity, entity: entity, year: 2021)
    let bits = Philox4x32.block(
      counter: SIMD4(
        3, 900 * 65_536 + 2021, UInt32(entity.value % 0x1_0000_0000),
        UInt32(entity.value / 0x1_0000_0000)),
      key: SIMD2(0x89ab_cdef, 0x0123_4567))
    let word = UInt64(bits[3]) * 0x1_0000_0000 + UInt64(bits[2])
    #expect(stream.uniform(7) == (Double(word / 4096) + 0.5) / 4_503_599_627_370_496)
  }

  @Test(arguments: [0, 1, 2, 7], [0, 1, 2, 5, 64, 129])
  func bulkFillMatchesSingleDraws(first: Int, count: Int) {
    let stream = RandomField(seed: 7).stream(quantity, entity: EntityCode("01"), year: 2020)
    #expect(
      stream.uniforms(count: count, firstDraw: first)
        == (first..<first + count).map { stream.uniform($0) })
    #expect(
      stream.normals(count: count, firstDraw: first)
        == (first..<first + count).map { stream.normal($0) })
  }

  @Test func moreDrawsRepeatTheFirstOnes() {
    let stream = RandomField(seed: 3).stream(quantity)
    #expect(Array(stream.uniforms(count: 2000).prefix(1000)) == stream.uniforms(count: 1000))
  }

  @Test func everyPartOfTheAddressCounts() {
    let field = RandomField(seed: 1)
    let numbers = [
      field.stream(quantity).uniform(0), field.stream(quantity).uniform(1),
      field.stream(quantity, year: 2020).uniform(0),
      field.stream(quantity, entity: EntityCode("15")).uniform(0),
      field.stream(RandomQuantity(rawValue: 901)).uniform(0),
      RandomField(seed: 2).stream(quantity).uniform(0),
      RandomField(seed: 1 + 0x1_0000_0000).stream(quantity).uniform(0),
    ]
    #expect(Set(numbers).count == numbers.count)
  }

  /// Means of n = 100,000: standard errors 1/√(12n), √(1/n), √(2/n); five of them are allowed.
  @Test func momentsAreThoseOfTheDistribution() {
    let stream = RandomField(seed: 11).stream(quantity, entity: EntityCode("x"), year: 1)
    let count = 100_000
    let uniforms = stream.uniforms(count: count)
    let normals = stream.normals(count: count)
    let squares = normals.map { $0 * $0 }
    let n = Double(count)
    #expect((fixedOrderSum(uniforms) / n - 0.5).magnitude < 5 / (12 * n).squareRoot())
    #expect((fixedOrderSum(normals) / n).magnitude < 5 / n.squareRoot())
    #expect((fixedOrderSum(squares) / n - 1).magnitude < 5 * (2 / n).squareRoot())
    #expect(uniforms.allSatisfy { $0 > 0 && $0 < 1 })
  }
}
