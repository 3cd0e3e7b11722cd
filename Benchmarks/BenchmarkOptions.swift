// Quiebre · Benchmarks
// The flags of quiebre-bench.
// SPDX-License-Identifier: Apache-2.0

import Glibc

struct BenchmarkOptions {
  private(set) var filter = ""
  private(set) var runs = 7
  private(set) var workers = max(Int(sysconf(CInt(_SC_NPROCESSORS_ONLN))), 1)
  private(set) var folder: String?

  /// `nil` for flags that make no sense.
  init?(_ arguments: ArraySlice<String>) {
    if let named = unsafe getenv("QUIEBRE_DATA") { folder = unsafe String(cString: named) }
    var rest = arguments
    while let flag = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch flag {
      case "--filter": filter = value
      case "--data": folder = value
      case "--runs":
        // Fewer than seven say nothing about a median.
        guard let number = Int(value), number >= 7 else { return nil }
        runs = number
      case "--workers":
        guard let number = Int(value), number >= 1 else { return nil }
        workers = number
      default: return nil
      }
    }
  }

  func takes(_ name: String) -> Bool { filter.isEmpty || name.contains(filter) }
}
