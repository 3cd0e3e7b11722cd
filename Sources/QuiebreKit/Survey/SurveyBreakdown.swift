// Quiebre · QuiebreKit
// `--by`: a column, age groups, or columns crossed, as domains with labels.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import ScenarioFiles
import Statistics

/// Parts of the population by one or more columns.
struct SurveyBreakdown {
  /// As asked for: `sex`, `sex*area`, `age:5-9,10-13`.
  let text: String
  let labels: [String]
  /// Index of a label, −1 = none.
  let codes: [Int32]

  /// - Throws: Q575 for a slip in the text, faults of the columns.
  init(_ text: String, data: SurveyMicrodata) throws(DiagnosticList) {
    self.text = text
    var crossed: (labels: [String], codes: [Int32])?
    for part in text.split(separator: "*", omittingEmptySubsequences: false) {
      let next = try SurveyBreakdown.single(
        part.split(separator: " ").joined(separator: " "), data: data)
      crossed = crossed.map { SurveyBreakdown.cross($0, next) } ?? next
    }
    (labels, codes) = crossed ?? ([], [])
  }

  /// The columns and fields that a text names.
  static func names(in text: String) -> [String] {
    text.split(separator: "*").map { part in
      String(part.prefix { $0 != ":" }).split(separator: " ").joined(separator: " ")
    }
  }

  private static func single(
    _ text: String, data: SurveyMicrodata
  ) throws(DiagnosticList) -> (labels: [String], codes: [Int32]) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = parts.first, data.has(name) else { throw unknown(parts.first ?? text, data) }
    guard parts.count > 1 else { return try labeled(name, data) }
    guard case .numbers(let values)? = try data.field(name) else {
      throw slip(
        text, LocalizedText(en: "'\(name)' has no numbers", es: "'\(name)' no tiene números"))
    }
    let ranges = try ranges(parts[1], text)
    let codes = values.map { value in
      Int32(ranges.firstIndex { $0.contains(value) } ?? -1)
    }
    return (ranges.map { "\(shortest($0.lowerBound))-\(shortest($0.upperBound))" }, codes)
  }

  /// A column of the file keeps its labels as written; a mapped field has those of its formula.
  private static func labeled(
    _ name: String, _ data: SurveyMicrodata
  ) throws(DiagnosticList) -> (labels: [String], codes: [Int32]) {
    guard data.mappedFields.contains(name) else {
      return sorted(data.labels(data.table.column(name) ?? 0))
    }
    switch try data.field(name) {
    case .texts(let codes, let labels)?: return sorted((codes, labels))
    case .conditions(let truths)?:
      return (
        ["no", "yes"], truths.map { $0 == .no ? 0 : $0 == .yes ? 1 : -1 }
      )
    case .numbers(let values)?:
      var known: [Double: Int32] = [:]
      var labels: [String] = []
      let codes = values.map { value -> Int32 in
        guard !value.isNaN else { return -1 }
        if let code = known[value] { return code }
        known[value] = Int32(labels.count)
        labels.append(shortest(value))
        return Int32(labels.count - 1)
      }
      return sorted((codes, labels))
    case nil: return ([], [])
    }
  }

  /// Numbers by size, else by their bytes; labels nobody has are dropped.
  private static func sorted(
    _ column: (codes: [Int32], labels: [String])
  ) -> (labels: [String], codes: [Int32]) {
    var isUsed = [Bool](repeating: false, count: column.labels.count)
    for code in column.codes where code >= 0 { isUsed[Int(code)] = true }
    let areNumbers = column.labels.allSatisfy { Double($0) != nil }
    let order = column.labels.indices.filter { isUsed[$0] }.sorted { a, b in
      let (left, right) = (column.labels[a], column.labels[b])
      if areNumbers, let x = Double(left), let y = Double(right), x != y { return x < y }
      return left.utf8.lexicographicallyPrecedes(right.utf8)
    }
    var place = [Int32](repeating: -1, count: column.labels.count)
    for (index, label) in order.enumerated() { place[label] = Int32(index) }
    return (
      order.map { column.labels[$0] }, column.codes.map { $0 < 0 ? -1 : place[Int($0)] }
    )
  }

  private static func cross(
    _ a: (labels: [String], codes: [Int32]), _ b: (labels: [String], codes: [Int32])
  ) -> (labels: [String], codes: [Int32]) {
    let width = Int32(b.labels.count)
    let codes = zip(a.codes, b.codes).map { $0 < 0 || $1 < 0 ? -1 : $0 * width + $1 }
    return (a.labels.flatMap { left in b.labels.map { "\(left), \($0)" } }, codes)
  }

  private static func ranges(
    _ text: String, _ whole: String
  ) throws(DiagnosticList) -> [ClosedRange<Double>] {
    var ranges: [ClosedRange<Double>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-").map { Double($0.filter { $0 != " " }) }
      guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high,
        low.isFinite, high.isFinite
      else {
        throw slip(
          whole,
          LocalizedText(
            en: "'\(part)' is no range; write 5-9", es: "'\(part)' no es un rango; escriba 5-9"))
      }
      if let other = ranges.first(where: { $0.overlaps(low...high) }) {
        throw slip(
          whole,
          LocalizedText(
            en: "'\(part)' overlaps \(shortest(other.lowerBound))-\(shortest(other.upperBound))",
            es:
              "'\(part)' se traslapa con \(shortest(other.lowerBound))-\(shortest(other.upperBound))"
          ))
      }
      ranges.append(low...high)
    }
    return ranges
  }

  /// `5` for 5.0.
  static func shortest(_ value: Double) -> String {
    value == value.rounded() && value.magnitude < 1e15 ? String(Int(value)) : String(value)
  }

  private static func slip(_ text: String, _ what: LocalizedText) -> DiagnosticList {
    DiagnosticList(
      Diagnostic(
        .badSurveyRequest, entry: "--by",
        what: LocalizedText(en: "--by \(text): \(what.en)", es: "--by \(text): \(what.es)")))
  }

  private static func unknown(_ name: String, _ data: SurveyMicrodata) -> DiagnosticList {
    let names = data.mappedFields + data.table.columns
    let nearest = nearestName(to: name, in: names)
    return DiagnosticList(
      Diagnostic(
        .badSurveyRequest, entry: "--by",
        what: LocalizedText(
          en: "--by: no column or field '\(name)'"
            + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
          es: "--by: no hay columna ni campo '\(name)'"
            + (nearest.map { "; ¿quiso decir '\($0)'?" } ?? ""))))
  }
}
