// Quiebre · quiebre
// Bytes to stdout and stderr, and what kind of terminal there is.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The two output streams, unbuffered by us so that a crash loses nothing.
enum Terminal {
  /// Writes all of `text`, through short writes and interruptions.
  ///
  /// - Returns: Whether everything went out; `false` when the reader is gone or the disk is full.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = unsafe bytes.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if written < 0 {
        guard errno == EINTR || errno == EAGAIN else { return false }
        continue
      }
      bytes = bytes.dropFirst(written)
    }
    return true
  }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    let text = unsafe String(cString: value)
    return text.isEmpty ? nil : text
  }

  /// Threads that the machine can run at once, as far as this process may use them.
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Seconds on a clock that only runs forward.
  static var seconds: Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }
}

extension Terminal {
  /// The folder of the running executable, links resolved; `nil` if the system doesn't tell.
  static var executableFolder: String? {
    guard let path = unsafe realpath("/proc/self/exe", nil) else { return nil }
    defer { unsafe free(path) }
    let text = unsafe String(cString: path)
    return text.lastIndex(of: "/").map { String(text[..<$0]) }
  }
}
