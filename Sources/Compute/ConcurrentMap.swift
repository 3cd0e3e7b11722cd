// Quiebre · Compute
// The one place where worker threads write to shared memory.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

/// Computes `count` values on several threads, in the order of their indices.
///
/// Each index writes only its own slot, so the result doesn't depend on the number of workers. Nor
/// does a failure: a run that fails reports the same fault on every machine.
///
/// - Parameters:
///   - count: How many values; not negative.
///   - workers: How many threads work at once, at most; positive.
///   - body: Makes value `index`. Must depend on nothing but `index` and what it captures.
/// - Returns: The values of indices 0 to `count` − 1, in that order.
/// - Throws: The error of the lowest index that failed, after all calls have ended.
/// - Complexity: O(`count`) calls of `body`, spread over the workers.
public func concurrentMap<Value: Sendable>(
  count: Int, workers: Int, _ body: @Sendable (_ index: Int) throws -> Value
) throws -> [Value] {
  let next = Atomic(0)
  let results = unsafe [Result<Value, any Error>](unsafeUninitializedCapacity: count) {
    buffer, initializedCount in
    // Safe: each index is taken once, and the buffer outlives concurrentPerform.
    nonisolated(unsafe) let slots = unsafe buffer
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while case let index = next.add(1, ordering: .relaxed).oldValue, index < count {
        unsafe slots.initializeElement(at: index, to: Result { try body(index) })
      }
    }
    initializedCount = count
  }
  return try results.map { try $0.get() }
}
