// Quiebre · Compute
// Values changed in place by several threads, while one of them fetches what comes next.
// SPDX-License-Identifier: Apache-2.0

/// Changes some values in place on several threads, and runs one other task beside them.
///
/// A value is changed by one thread at a time and never copied, so large states stay where they
/// are. The other task starts first: a reader that fetches the next block while this one is worked
/// on.
///
/// - Parameters:
///   - values: The states.
///   - indices: Which of them change; distinct, in range.
///   - workers: How many threads work at once, at most; positive.
///   - scratch: Makes one thread's working memory.
///   - cancellation: Looked at before each index; the calls under way are finished.
///   - companion: The task beside them.
///   - body: Changes one value. Must depend on nothing but the value, its index and what it
///     captures.
/// - Returns: What the companion gave.
/// - Throws: The companion's error, else that of the first of `indices` that failed, after all calls
///   have ended; ``Cancelled`` for an index that was never begun.
public func concurrentUpdate<Value: Sendable, Scratch, Fetched: Sendable>(
  _ values: inout [Value], at indices: [Int], workers: Int, scratch: @Sendable () -> Scratch,
  cancellation: CancellationFlag? = nil, beside companion: @Sendable () throws -> Fetched,
  _ body: @Sendable (_ scratch: inout Scratch, _ value: inout Value, _ index: Int) throws -> Void
) throws -> Fetched {
  precondition(indices.allSatisfy(values.indices.contains), "indices lie in range")
  let results = try unsafe values.withUnsafeMutableBufferPointer { buffer in
    // Safe: each index is taken once, and the buffer outlives the call.
    nonisolated(unsafe) let slots = unsafe buffer
    return try concurrentMap(
      count: indices.count + 1, workers: workers, scratch: scratch, cancellation: cancellation
    ) { memory, task -> Fetched? in
      guard task > 0 else { return try companion() }
      let index = indices[task - 1]
      try unsafe body(&memory, &slots[index], index)
      return nil
    }
  }
  guard let fetched = results[0] else { preconditionFailure("the companion comes first") }
  return fetched
}
