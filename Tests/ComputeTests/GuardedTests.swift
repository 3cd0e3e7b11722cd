// Quiebre · ComputeTests
// A value that threads change in turn.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@Suite struct GuardedTests {
  /// Real contention: every thread holds the value long enough for the others to wait.
  @Test(arguments: [1, 2, 7])
  func noChangeIsLost(workers: Int) throws {
    let sums = Guarded([Int](repeating: 0, count: 2_000))
    _ = try concurrentMap(count: 300, workers: workers) { index in
      sums.withLock { values in
        for place in values.indices { values[place] += index }
      }
    }
    // 0 + 1 + … + 299.
    #expect(sums.withLock { $0 } == [Int](repeating: 44_850, count: 2_000))
  }

  @Test func whatTheBodyThrowsComesThroughAndTheValueStaysUsable() {
    struct Refused: Error {}
    let value = Guarded(1)
    #expect(throws: Refused.self) {
      try value.withLock { number in
        number = 5
        throw Refused()
      }
    }
    #expect(value.withLock { $0 } == 5)
  }
}
