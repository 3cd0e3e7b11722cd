// Quiebre · Formats
// NaN and Infinity, which are no JSON and which Python writes all the same.
// SPDX-License-Identifier: Apache-2.0

import JSONBridge

/// Overwrites the bare words `NaN`, `Infinity` and `-Infinity` with an empty object of their length.
///
/// The text keeps its length, so every other place stays what it was. Words inside texts stay.
///
/// - Returns: Where the words stood.
func blankNotANumbers(in bytes: inout [UInt8]) -> [Int] {
  var found: [Int] = []
  var length = 0
  var next = unsafe quiebre_json_next_not_a_number(bytes, bytes.count, 0, &length)
  while next < bytes.count {
    found.append(next)
    let end = next + length
    for blank in next..<end { bytes[blank] = UInt8(ascii: " ") }
    bytes[next] = UInt8(ascii: "{")
    bytes[end - 1] = UInt8(ascii: "}")
    next = unsafe quiebre_json_next_not_a_number(bytes, bytes.count, end, &length)
  }
  return found
}
