// Quiebre · QuiebreKit
// Binary files that say what they hold and show damage: a mark, a JSON header, numbers, a seal.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// The frame of `.qdraws` and of the parts of a run.
///
/// Eight bytes of mark; the header's length as a little-endian UInt64; the header, JSON in UTF-8
/// filled up with spaces to a multiple of eight bytes; the content, little-endian; then the SHA-256
/// of everything before it in 64 hexadecimal digits. `head -c -64 FILE | sha256sum` repeats it.
enum SealedFile {
  static let sealLength = 64

  /// Writes such a file, piece by piece; it appears finished or doesn't appear.
  struct Writer {
    private let file: StreamedFile
    private var digest = SHA256()

    /// Begins a file; `mark` is eight bytes of ASCII.
    init(path: String, mark: String, header: [UInt8]) throws(DiagnosticList) {
      precondition(mark.utf8.count == 8, "a mark has eight bytes")
      file = try StreamedFile(path: path)
      var header = header
      while header.count % 8 != 0 { header.append(UInt8(ascii: " ")) }
      try append(Array(mark.utf8) + littleEndian(UInt64(header.count)) + header)
    }

    mutating func append(_ bytes: [UInt8]) throws(DiagnosticList) {
      digest.update(bytes)
      try file.append(bytes)
    }

    func finish() throws(DiagnosticList) {
      try file.append(Array(digest.finalized().utf8))
      try file.finish()
    }
  }

  /// Header and content of such a file.
  struct Content: Sendable {
    let header: JSONDocument
    let bytes: [UInt8]
    /// Where the content lies in `bytes`.
    let range: Range<Int>
  }

  /// Takes a file apart.
  ///
  /// - Returns: `nil` if the mark, a length or the seal isn't right.
  static func content(of bytes: [UInt8], named name: String, mark: String) -> Content? {
    let start = 16
    guard bytes.count >= start + sealLength, bytes.starts(with: mark.utf8) else { return nil }
    let end = bytes.count - sealLength
    let length = UInt64(littleEndianBytes: bytes[8..<16])
    guard length <= UInt64(end - start) else { return nil }
    var digest = SHA256()
    for start in stride(from: 0, to: end, by: 1 << 20) {
      digest.update(Array(bytes[start..<min(end, start + 1 << 20)]))
    }
    guard Array(digest.finalized().utf8) == Array(bytes[end...]) else { return nil }
    let body = start + Int(length)
    guard let header = try? JSONDocument(bytes: Array(bytes[start..<body]), name: name) else {
      return nil
    }
    return Content(header: header, bytes: bytes, range: body..<end)
  }
}

/// The bytes of a number, least significant first.
func littleEndian(_ value: UInt64) -> [UInt8] {
  (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
}

/// The bytes of numbers, least significant first.
func littleEndian(_ values: [Double]) -> [UInt8] {
  let words = values.map(\.bitPattern.littleEndian)
  return unsafe words.withUnsafeBytes { unsafe Array($0) }
}

extension UInt64 {
  init(littleEndianBytes bytes: ArraySlice<UInt8>) {
    self = bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension [Double] {
  /// Numbers from bytes, least significant first.
  init(littleEndianBytes bytes: ArraySlice<UInt8>) {
    self = stride(from: bytes.startIndex, to: bytes.endIndex, by: 8).map {
      Double(bitPattern: UInt64(littleEndianBytes: bytes[$0..<$0 + 8]))
    }
  }
}
