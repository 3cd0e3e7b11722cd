// Quiebre · ComputeTests
// Parallel work: order, faults, cancellation; and sums of fixed order.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@Suite("Concurrent map")
struct ConcurrentMapTests {
  struct Odd: Error, Equatable { let index: Int }

  @Test(arguments: [1, 2, 3, 8], [0, 1, 5, 1000])
  func valuesComeInTheOrderOfTheirIndices(workers: Int, count: Int) throws {
    #expect(
      try concurrentMap(count: count, workers: workers) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test(arguments: [1, 2, 3, 8])
  func lowestFailingIndexIsReported(workers: Int) {
    #expect(throws: Odd(index: 41)) {
      try concurrentMap(count: 500, workers: workers) { index in
        if index % 100 == 41 { throw Odd(index: index) }
        return index
      }
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func scratchIsMadeOncePerWorkerAndKept(workers: Int) throws {
    let made = ProgressCounter()
    let values = try concurrentMap(
      count: 300, workers: workers,
      scratch: {
        made.advance()
        return [Int]()
      }
    ) { memory, index in
      memory.append(index)
      return (index, memory.last ?? -1)
    }
    #expect(made.completed <= workers)
    #expect(values.allSatisfy { $0.0 == $0.1 })
  }

  @Test func progressCountsEveryIndex() throws {
    let progress = ProgressCounter()
    _ = try concurrentMap(count: 77, workers: 3, progress: progress) { $0 }
    #expect(progress.completed == 77)
  }

  @Test(arguments: [1, 2, 8])
  func cancelledWorkIsNotBegun(workers: Int) {
    let flag = CancellationFlag()
    let begun = ProgressCounter()
    #expect(throws: Cancelled()) {
      try concurrentMap(count: 1000, workers: workers, cancellation: flag) { index in
        begun.advance()
        flag.cancel()
        return index
      }
    }
    #expect(begun.completed <= workers)
  }
}

@Suite("Fixed-order sums")
struct FixedOrderSumTests {
  /// Whole numbers up to 2⁵³ add without rounding, so the closed form n(n + 1)/2 is met exactly.
  @Test(arguments: [0, 1, 127, 128, 129, 200, 256, 257, 1000, 100_000])
  func wholeNumbersAddExactly(count: Int) {
    let values = (0..<count).map { Double($0 + 1) }
    #expect(fixedOrderSum(values) == Double(count * (count + 1) / 2))
    #expect(
      fixedOrderSum(values, weights: values)
        == Double(count * (count + 1) * (2 * count + 1) / 6))
  }

  /// The exact sum is 100,000; plain left-to-right addition of 0.1 is off by 1.9e-8 (the classic
  /// of Higham, section 4.2), pairwise by less than log₂(n/128) + 128 roundings.
  @Test func pairwiseSumsLoseLittle() {
    let values = [Double](repeating: 0.1, count: 1_000_000)
    #expect((fixedOrderSum(values) - 100_000).magnitude < 1e-10 * 100_000 / 1000)
    #expect((values.reduce(0, +) - 100_000).magnitude > 1e-7 / 100)
  }
}
