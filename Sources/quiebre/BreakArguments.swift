// Quiebre · quiebre
// The flags of `quiebre break` to its request, each value checked.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Invocation {
  func breakRequest() throws(UsageError) -> BreakRequest {
    var request = BreakRequest(subject: operands[0])
    request.since = try integer("--since", in: 1900...2200)
    request.deadline = try integer("--deadline", in: 1900...2200)
    request.tolerance = try points("--tolerance")
    request.observedOnly = has("--observed")
    request.draws = try drawSettings()
    request.json = has("--json")
    request.picture = last("--svg")
    var series = BreakRequest.SeriesOptions()
    series.target = try percent("--target")
    series.group = last("--group")
    series.asOf = try asOf("--as-of")
    series.shockYears = try years("--shock")
    series.methods = try methods("--methods")
    series.scale =
      try choice("--scale", among: BreakRequest.SeriesOptions.scales) ?? series.scale
    series.persistence = try integer("--persistence", in: 1...50) ?? series.persistence
    series.nextStandardError = try points("--next-se")
    series.surveyCorrelation = try number("--rho", in: 0...1) ?? 0
    series.projected = last("--projected")
    series.children = try number("--children", in: 0...10_000_000_000)
    series.areas = last("--areas")
    series.listError = try number("--list-error", in: 0...1) ?? series.listError
    series.dependsAnyhow = try choice("--dependence", among: ["positive", "any"]) == "any"
    request.series = series
    return request
  }

  /// `12 %`, or a ratio up to 1; a bare number above 1 may mean either and is refused.
  private func percent(_ flag: String) throws(UsageError) -> Double? {
    guard let text = last(flag) else { return nil }
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast()).trimmingSpaces : text
    if let value = Double(digits), isPercent ? (0...100).contains(value) : (0...1).contains(value) {
      return isPercent ? value : value * 100
    }
    throw refused(
      flag, text,
      LocalizedText(
        en: "a percentage with its sign, such as \"12 %\", or a ratio such as 0.12",
        es: "un porcentaje con su signo, como \"12 %\", o una razón como 0.12"))
  }

  /// `0.3` or `0.3 pp`.
  private func points(_ flag: String) throws(UsageError) -> Double? {
    guard let text = last(flag) else { return nil }
    let digits = text.hasSuffix("pp") ? String(text.dropLast(2)).trimmingSpaces : text
    guard let value = Double(digits), value > 0, value <= 100 else {
      throw refused(
        flag, text,
        LocalizedText(
          en: "percentage points above 0, such as 0.3", es: "puntos mayores que 0, como 0.3"))
    }
    return value
  }

  private func asOf(_ flag: String) throws(UsageError) -> String? {
    guard let text = last(flag) else { return nil }
    guard BreakRequest.SeriesOptions.isAsOf(text) else {
      throw refused(
        flag, text,
        LocalizedText(en: "2019 or 2019-12-31", es: "2019 o 2019-12-31"))
    }
    return text
  }

  func years(_ flag: String) throws(UsageError) -> [Int]? {
    guard let text = last(flag) else { return nil }
    let parts = text.split(separator: ",").map { String($0).trimmingSpaces }
    let years = parts.compactMap { Int($0) }.filter { (1000...9999).contains($0) }
    guard years.count == parts.count, !years.isEmpty else {
      throw refused(
        flag, text,
        LocalizedText(en: "years such as 2020,2021", es: "años como 2020,2021"))
    }
    return years
  }

  private func methods(_ flag: String) throws(UsageError) -> BreakRequest.SeriesOptions.Methods {
    guard let text = last(flag) else { return .refuse }
    switch text {
    case "refuse": return .refuse
    case "offset": return .offset
    default:
      let parts = text.split(separator: ",").compactMap { Double(String($0).trimmingSpaces) }
      guard parts.count == 2, parts[0] > 0, parts[1] >= 0, parts[0] < 100, parts[1] < 100 else {
        throw refused(
          flag, text,
          LocalizedText(
            en: "refuse, offset, or a ratio and its error, such as 0.93,0.02",
            es: "refuse, offset, o una razón y su error, como 0.93,0.02"))
      }
      return .ratio(parts[0], standardError: parts[1])
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last == " " || text.last == "\u{A0}" { text.removeLast() }
    while text.first == " " || text.first == "\u{A0}" { text.removeFirst() }
    return String(text)
  }
}
