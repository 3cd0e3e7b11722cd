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
///   - cancellation: Looked at before each index; the calls under way are finished.
///   - progress: Raised by one after each index.
///   - body: Makes value `index`. Must depend on nothing but `index` and what it captures.
/// - Returns: The values of indices 0 to `count` − 1, in that order.
/// - Throws: The error of the lowest index that failed, after all calls have ended; ``Cancelled``
///   for an index that was never begun.
/// - Complexity: O(`count`) calls of `body`, spread over the workers.
public func concurrentMap<Value: Sendable>(
  count: Int, workers: Int, cancellation: CancellationFlag? = nil,
  progress: ProgressCounter? = nil, _ body: @Sendable (_ index: Int) throws -> Value
) throws -> [Value] {
  try concurrentMap(
    count: count, workers: workers, scratch: {}, cancellation: cancellation, progress: progress
  ) { _, index in try body(index) }
}

/// Computes `count` values on several threads, each thread with working memory of its own.
///
/// As the plain form; `scratch` is called once per thread, so that buffers and handles are made
/// once and not for each index. A value must not depend on what an earlier index left in it.
///
/// - Parameters:
///   - count: How many values; not negative.
///   - workers: How many threads work at once, at most; positive.
///   - scratch: Makes one thread's working memory.
///   - cancellation: Looked at before each index; the calls under way are finished.
///   - progress: Raised by one after each index.
///   - body: Makes value `index`, with the thread's working memory.
/// - Returns: The values of indices 0 to `count` − 1, in that order.
/// - Throws: The error of the lowest index that failed, after all calls have ended; ``Cancelled``
///   for an index that was never begun.
/// - Complexity: O(`count`) calls of `body`, spread over the workers.
public func concurrentMap<Value: Sendable, Scratch>(
  count: Int, workers: Int, scratch: @Sendable () -> Scratch,
  cancellation: CancellationFlag? = nil, progress: ProgressCounter? = nil,
  _ body: @Sendable (_ scratch: inout Scratch, _ index: Int) throws -> Value
) throws -> [Value] {
  precondition(count >= 0 && workers > 0, "count is not negative, workers are positive")
  // The standard library writes the length of an empty array to memory that all threads share.
  guard count > 0 else { return [] }
  let next = Atomic(0)
  let results = unsafe [Result<Value, any Error>](unsafeUninitializedCapacity: count) {
    buffer, initializedCount in
    // Safe: each index is taken once, and the buffer outlives concurrentPerform.
    nonisolated(unsafe) let slots = unsafe buffer
    DispatchQueue.concurrentPerform(iterations: min(workers, count)) { _ in
      var memory = scratch()
      while case let index = next.add(1, ordering: .relaxed).oldValue, index < count {
        let result = Result {
          if let cancellation, cancellation.isCancelled { throw Cancelled() }
          return try body(&memory, index)
        }
        unsafe slots.initializeElement(at: index, to: result)
        progress?.advance()
      }
    }
    initializedCount = count
  }
  return try results.map { try $0.get() }
}
