// Quiebre · Formats
// From a byte offset to the line and column that a message names.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

extension SourcePlace {
  /// The place of a byte in a text file.
  ///
  /// Columns count characters (UTF-8 lead bytes), as editors do. The line's text is kept for the
  /// caret unless it is too long to show: GeoJSON and grids have lines of megabytes.
  ///
  /// - Parameters:
  ///   - file: The file's name for messages.
  ///   - bytes: The whole file; a byte order mark counts neither as a column nor as text.
  ///   - offset: The byte meant, in 0...count; count stands for the end of the file.
  ///   - length: How many characters the caret line underlines.
  /// - Complexity: O(offset).
  public init(file: String, bytes: [UInt8], offset: Int, length: Int = 1) {
    precondition((0...bytes.count).contains(offset), "an offset inside the file")
    var line = 1
    var lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for index in lineStart..<max(offset, lineStart) where bytes[index] == 0x0A {
      line += 1
      lineStart = index + 1
    }
    let before = bytes[lineStart..<max(offset, lineStart)]
    let column = 1 + before.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    self.init(
      file: file, line: line, column: column, length: length,
      sourceLine: SourcePlace.shortLine(in: bytes, from: lineStart))
  }

  static func shortLine(in bytes: [UInt8], from start: Int) -> String? {
    let window = bytes[start..<min(start + longestLine + 1, bytes.count)]
    var line = window.prefix { $0 != 0x0A }
    if line.last == 0x0D { line.removeLast() }
    guard line.count <= longestLine else { return nil }
    return String(validating: line, as: UTF8.self)
  }

  /// Longer lines help nobody above a caret.
  private static let longestLine = 200
}
