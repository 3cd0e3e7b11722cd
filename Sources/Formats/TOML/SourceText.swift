// Quiebre · Formats
// The lines of a text file, so that a fault can show where it stands.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A text file cut into lines.
///
/// Lines and columns count from 1, columns in Unicode characters
/// (scalars), as toml++ does.
public struct SourceText: Hashable, Sendable {
  public let file: String
  public let lines: [String]

  /// Cuts valid UTF-8 into lines; a byte order mark is dropped, line ends may be LF or CRLF.
  public init(file: String, bytes: [UInt8]) {
    self.file = file
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    lines = body.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
  }

  /// The text of a line, or `nil` beyond the end.
  public func line(_ number: Int) -> String? {
    lines.indices.contains(number - 1) ? lines[number - 1] : nil
  }

  /// A place whose length is cut at the end of its line.
  public func place(line: Int, column: Int, length: Int = 1) -> SourcePlace {
    let text = self.line(line)
    let width = text?.unicodeScalars.count ?? 0
    return SourcePlace(
      file: file, line: line, column: column,
      length: max(1, min(length, width - column + 1)), sourceLine: text)
  }
}

/// Where the first byte stands that is not UTF-8.
///
/// - Returns: Offset of the byte, or `nil` if all are valid. Overlong forms, surrogates and code
///   points above U+10FFFF count as invalid (Unicode 15, table 3-7).
public func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
  var index = 0
  while index < bytes.count {
    let length = lengthOfUTF8Sequence(bytes, at: index)
    guard length > 0 else { return index }
    index += length
  }
  return nil
}

/// Length of the well-formed sequence that starts at `index`; 0 if there is none.
private func lengthOfUTF8Sequence(_ bytes: [UInt8], at index: Int) -> Int {
  let lead = bytes[index]
  let second: ClosedRange<UInt8>
  let length: Int
  switch lead {
  case 0x00...0x7F: return 1
  case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
  case 0xE0: (length, second) = (3, 0xA0...0xBF)
  case 0xED: (length, second) = (3, 0x80...0x9F)
  case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
  case 0xF0: (length, second) = (4, 0x90...0xBF)
  case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
  case 0xF4: (length, second) = (4, 0x80...0x8F)
  default: return 0
  }
  guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
  let rest = bytes[(index + 1)..<(index + length)].dropFirst()
  return rest.allSatisfy { (0x80...0xBF).contains($0) } ? length : 0
}
