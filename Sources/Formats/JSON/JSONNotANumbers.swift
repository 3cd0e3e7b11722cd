// Quiebre · Formats
// NaN and Infinity, which are no JSON and which Python writes all the same.
// SPDX-License-Identifier: Apache-2.0

/// Overwrites the bare words `NaN`, `Infinity` and `-Infinity` with an empty object of their length.
///
/// The text keeps its length, so every other place stays what it was. Words inside texts stay.
///
/// - Returns: Where the words stood.
func blankNotANumbers(in bytes: inout [UInt8]) -> [Int] {
  var found: [Int] = []
  var index = 0
  while index < bytes.count {
    switch bytes[index] {
    case UInt8(ascii: "\""): index = endOfString(in: bytes, from: index)
    case UInt8(ascii: "N"), UInt8(ascii: "I"), UInt8(ascii: "-"):
      let count = lengthOfWord(in: bytes, at: index)
      guard count > 0 else {
        index += 1
        continue
      }
      found.append(index)
      for blank in index..<index + count { bytes[blank] = UInt8(ascii: " ") }
      bytes[index] = UInt8(ascii: "{")
      bytes[index + count - 1] = UInt8(ascii: "}")
      index += count
    default: index += 1
    }
  }
  return found
}

private let words = ["NaN", "Infinity", "-Infinity"].map { Array($0.utf8) }

private func lengthOfWord(in bytes: [UInt8], at index: Int) -> Int {
  words.first { bytes[index...].starts(with: $0) }?.count ?? 0
}

/// The index after the closing quote, or the end of the text.
private func endOfString(in bytes: [UInt8], from start: Int) -> Int {
  var index = start + 1
  while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
  }
  return index + 1
}
