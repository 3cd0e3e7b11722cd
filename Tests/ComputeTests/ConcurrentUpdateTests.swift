// Quiebre · ComputeTests
// States changed in place: each once, by one thread, with a companion beside them.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@Suite struct ConcurrentUpdateTests {
  private struct Refused: Error, Equatable { let index: Int }

  @Test(arguments: [1, 2, 3, 8])
  func onlyTheNamedValuesChange(_ workers: Int) throws {
    var values = Array(0..<100)
    let fetched = try concurrentUpdate(
      &values, at: Array(stride(from: 0, to: 100, by: 3)), workers: workers, scratch: { 0 },
      beside: { "next" }
    ) { _, value, index in value = value * 1_000 + index }
    #expect(fetched == "next")
    #expect(values == (0..<100).map { $0 % 3 == 0 ? $0 * 1_001 : $0 })
  }

  @Test func withoutValuesTheCompanionStillRuns() throws {
    var values: [Int] = []
    let fetched = try concurrentUpdate(
      &values, at: [], workers: 2, scratch: {}, beside: { 7 }
    ) { _, _, _ in }
    #expect(fetched == 7)
  }

  @Test func theCompanionsErrorWinsThenTheFirstIndex() {
    var values = Array(0..<20)
    #expect(throws: Refused(index: -1)) {
      _ = try concurrentUpdate(
        &values, at: Array(0..<20), workers: 3, scratch: {}, beside: { throw Refused(index: -1) }
      ) { _, _, index in throw Refused(index: index) }
    }
    var others = Array(0..<20)
    #expect(throws: Refused(index: 4)) {
      _ = try concurrentUpdate(
        &others, at: [4, 9], workers: 3, scratch: {}, beside: {}
      ) { _, _, index in throw Refused(index: index) }
    }
  }

  @Test func aSetFlagStopsTheUpdate() {
    let flag = CancellationFlag()
    flag.cancel()
    var values = [1, 2]
    #expect(throws: Cancelled.self) {
      _ = try concurrentUpdate(
        &values, at: [0, 1], workers: 2, scratch: {}, cancellation: flag, beside: {}
      ) { _, value, _ in value = 0 }
    }
    #expect(values == [1, 2])
  }
}
