// Quiebre · Compute
// How a long computation is told to stop, and how far it has come.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A request to stop, set once from any thread and never taken back.
public final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  public func cancel() { flag.store(true, ordering: .relaxed) }
}

/// Thrown where work was left out because its ``CancellationFlag`` had been set.
public struct Cancelled: Error, Hashable, Sendable {
  public init() {}
}

/// How many pieces of work are done; written by workers, read by whoever shows progress.
public final class ProgressCounter: Sendable {
  private let count = Atomic(0)

  public init() {}

  public var completed: Int { count.load(ordering: .relaxed) }

  public func advance() { count.add(1, ordering: .relaxed) }
}
