// Quiebre · Formats
// A table with some cells replaced and every other byte kept.
// SPDX-License-Identifier: Apache-2.0

/// A new content for one cell.
public struct CSVReplacement: Hashable, Sendable {
  public var column: Int
  public var row: Int
  /// Without quotes, delimiters and line ends.
  public var text: String

  public init(column: Int, row: Int, text: String) {
    self.column = column
    self.row = row
    self.text = text
  }
}

extension CSVTable {
  /// The file with some cells replaced: delimiter, line ends, quotes, encoding mark and all other
  /// cells stay as they are.
  ///
  /// - Parameter replacements: In the order of rows, then columns; texts that need no quotes.
  /// - Returns: The bytes of the new file.
  public func replacing(_ replacements: [CSVReplacement]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + replacements.count * 8)
    var copied = 0
    for replacement in replacements {
      precondition(
        replacement.text.utf8.allSatisfy {
          $0 != ASCII.quote && $0 != delimiter.rawValue && !isLineEnd($0)
        }, "the text needs no quotes")
      let range = content(replacement.column, replacement.row).range
      precondition(range.lowerBound >= copied, "replacements in file order")
      result += bytes[copied..<range.lowerBound]
      result += replacement.text.utf8
      copied = range.upperBound
    }
    result += bytes[copied...]
    return result
  }
}
