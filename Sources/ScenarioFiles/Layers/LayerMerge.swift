// Quiebre · ScenarioFiles
// Merges layers key by key; a value keeps the place where it was written.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// Tables whose entries are tables with a name of the planner's choice.
let namedSections: Set<String> = [
  "table", "surface", "line", "interaction", "constraint", "target",
]

/// Whether the value at a path is merged key by key.
///
/// That holds for sections, named tables, and `line.x.effect`. Everything below (amounts,
/// distributions, allocations) is one value, replaced whole.
func mergesKeyByKey(_ path: [String]) -> Bool {
  switch path.count {
  case 0, 1: true
  case 2: namedSections.contains(path[0])
  case 3: path[0] == "line" && path[2] == "effect"
  default: false
  }
}

/// Two layers that give one key different values.
struct LayerClash {
  let path: [String]
  let lower: SourcePlace
  let upper: SourcePlace
}

/// Puts `upper` over `lower`, and notes the keys in which they differ.
func merged(
  _ upper: TOMLTable, over lower: TOMLTable, at path: [String] = [], clashes: inout [LayerClash]
) -> TOMLTable {
  var result = lower
  for entry in upper.entries {
    guard let below = lower[entry.key] else {
      result.set(entry)
      continue
    }
    let here = path + [entry.key]
    if mergesKeyByKey(here), let above = entry.value.table, let under = below.value.table {
      var both = entry
      both.value.content = .table(merged(above, over: under, at: here, clashes: &clashes))
      result.set(both)
      continue
    }
    if !sameContent(entry.value, below.value) {
      clashes.append(
        LayerClash(path: here, lower: below.value.place, upper: entry.value.place))
    }
    result.set(entry)
  }
  return result
}

/// The value at a path, or `nil`.
func value(at path: some Sequence<String>, in table: TOMLTable) -> TOMLTable.Entry? {
  var found: TOMLTable.Entry?
  var current: TOMLTable? = table
  for key in path {
    found = current?[key]
    current = found?.value.table
    if found == nil { return nil }
  }
  return found
}

/// Puts a value at a path, making the tables on the way.
func setting(_ entry: TOMLTable.Entry, at path: ArraySlice<String>, in table: TOMLTable)
  -> TOMLTable
{
  guard let key = path.first else { return table }
  var result = table
  if path.count == 1 {
    result.set(entry)
    return result
  }
  let below = table[key]
  let inner = setting(entry, at: path.dropFirst(), in: below?.value.table ?? TOMLTable())
  result.set(
    TOMLTable.Entry(
      key: key, keyPlace: below?.keyPlace ?? entry.keyPlace,
      value: TOMLValue(.table(inner), at: below?.value.place ?? entry.value.place)))
  return result
}

/// Whether two values say the same, wherever they stand.
func sameContent(_ a: TOMLValue, _ b: TOMLValue) -> Bool {
  tomlText(a, sortingKeys: true) == tomlText(b, sortingKeys: true)
}

/// A value as TOML on one line.
func tomlText(_ value: TOMLValue, sortingKeys: Bool = false) -> String {
  switch value.content {
  case .string(let text): return quoted(text)
  case .integer(let number): return String(number)
  case .real(let number): return "\(number)"
  case .boolean(let flag): return flag ? "true" : "false"
  case .time(let text): return text
  case .array(let elements):
    return "[" + elements.map { tomlText($0, sortingKeys: sortingKeys) }.joined(separator: ", ")
      + "]"
  case .table(let table):
    let entries = sortingKeys ? table.entries.sorted { $0.key < $1.key } : table.entries
    let members = entries.map {
      (isName($0.key) ? $0.key : quoted($0.key)) + " = "
        + tomlText($0.value, sortingKeys: sortingKeys)
    }
    return members.isEmpty ? "{}" : "{ " + members.joined(separator: ", ") + " }"
  }
}

private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    // TOML allows no other control character as it stands.
    case "\u{0}"..."\u{1F}", "\u{7F}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
