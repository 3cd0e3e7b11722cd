// Quiebre · LaborModelTests
// The compiled random numbers and sums over draws against plain Swift.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaneKernels
import Testing

@Suite("Lane kernels: rows")
struct RowKernelTests {
  @Test("normal numbers have the bits of Compute's", arguments: [1, 15, 16, 1_000, 30_000])
  func normals(count: Int) {
    // 30,000 draws hold some 4,500 outside the central range.
    let field = RandomField(seed: 0x1234_5678_9abc_def0)
    let stream = field.stream(
      RandomQuantity(rawValue: 961), entity: EntityCode("080101"), year: 2031)
    let due = stream.normals(count: count)
    let (key, place, entity) = stream.address
    var address = lk_stream(
      key_low: key[0], key_high: key[1], place: place,
      entity_low: UInt32(truncatingIfNeeded: entity),
      entity_high: UInt32(truncatingIfNeeded: entity >> 32))
    var found = [Double](repeating: 0, count: count)
    unsafe lk_normals(&address, Int64(count), &found)
    #expect(found == due)
    #expect(due.map(\.magnitude).max() ?? 0 > (count > 1_000 ? 3.9 : 0))

    let level = laneNumbers(1_000, 962, -0.1, 0.1)
    var logits = [Float](repeating: 0, count: 1_000)
    let thousand = stream.normals(count: 1_000)
    unsafe lk_logits(thousand, -1.25, 0.3, level, 125, &logits)
    #expect(logits == zip(thousand, level).map { Float(-1.25 + 0.3 * $0) + $1 })
  }

  @Test("sums are rounded to 2⁻²⁰ child and means weigh every draw")
  func sums() {
    let draws = 64
    let (rates, other) = (laneNumbers(draws, 931, 0, 1), laneNumbers(draws, 932, 0, 1))
    let shares = laneNumbers(draws, 933, 0, 0.04).map(Double.init)
    let grain = { (x: Double) in (x * 0x1p20).rounded(.toNearestOrEven) * 0x1p-20 }
    var sums = [Double](repeating: 3, count: draws)
    var mean = unsafe lk_add(&sums, rates, 1234.5, shares, Int64(draws / 8))
    for draw in 0..<draws { #expect(sums[draw] == 3 + grain(Double(rates[draw]) * 1234.5)) }
    let plain = zip(rates, shares).reduce(0) { $0 + Double($1.0) * $1.1 }
    #expect(abs(mean - plain) < 1e-14)

    sums = [Double](repeating: 0, count: draws)
    mean = unsafe lk_add_difference(&sums, rates, other, 99, shares, Int64(draws / 8))
    #expect(abs(mean - plain) < 1e-14)
    for draw in 0..<draws {
      let difference = grain(Double(rates[draw]) * 99) - grain(Double(other[draw]) * 99)
      #expect(sums[draw] == difference)
    }
  }
}
