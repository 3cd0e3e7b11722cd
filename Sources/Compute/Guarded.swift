// Quiebre · Compute
// A value that several threads change in turn.
// SPDX-License-Identifier: Apache-2.0

internal import Synchronization

/// A mutex that the thread sanitizer can follow.
///
/// Where threads wait for each other, `Mutex` locks and unlocks inside the runtime (Swift 6.3.1), which
/// isn't instrumented: the sanitizer then takes correct uses for races. The atomic beside it says the
/// same order aloud, for nanoseconds.
public final class Guarded<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>
  private let turns = Atomic<UInt>(0)

  public init(_ value: Value) { mutex = Mutex(value) }

  /// Runs `body` on the value while no other thread does.
  public func withLock<Result: Sendable>(_ body: (inout Value) throws -> Result) rethrows -> Result
  {
    try mutex.withLock { value in
      _ = turns.load(ordering: .acquiring)
      defer { turns.add(1, ordering: .releasing) }
      return try body(&value)
    }
  }
}
