// Quiebre · QuiebreKit
// A file written piece by piece that appears finished or doesn't appear.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Glibc

/// A file too long to be held in memory, written beside its target and renamed at the end.
final class StreamedFile {
  private let path: String
  private let partial: String
  private var descriptor: Int32

  init(path: String) throws(DiagnosticList) {
    self.path = path
    partial = path.parentFolder + "/." + path.lastComponent + ".partial-\(getpid())"
    descriptor = unsafe open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw ResultFolder.writeFault(path, errno) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unsafe unlink(partial)
  }

  func append(_ bytes: [UInt8]) throws(DiagnosticList) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw ResultFolder.writeFault(path, errno)
      }
    }
  }

  /// Gives the file its name.
  func finish() throws(DiagnosticList) {
    // A full disk may show only here: fsync and close report what write put off.
    let synced = fsync(descriptor) == 0 || errno == EINVAL
    let reason = errno
    let closed = close(descriptor) == 0
    descriptor = -1
    guard closed, synced, unsafe rename(partial, path) == 0 else {
      unsafe unlink(partial)
      throw ResultFolder.writeFault(path, synced ? errno : reason)
    }
  }
}
