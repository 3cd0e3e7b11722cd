// Quiebre · Districts
// The join report for people: one line per source, then what needs a look.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

extension JoinReport {
  /// The report as lines of text.
  public func lines(in language: Language) -> [String] {
    parts.flatMap { part in
      ["\(part.name): \(part.sentence.text(in: language))"]
        + part.details(in: language).map { "  " + $0 }
    }
  }
}

extension JoinPart {
  /// The part in one sentence, most important first, with a middle dot between.
  ///
  /// `1,870 of 1,874 districts with data · 4 without · 2 rows without district (row 88 "150144",
  /// row 902 "080915") · 0 doubled · INEI (99 % of names match)`.
  public var sentence: LocalizedText {
    LocalizedText(
      en: pieces(in: .english).joined(separator: " · "),
      es: pieces(in: .spanish).joined(separator: " · "))
  }

  private func pieces(in language: Language) -> [String] {
    let say = { (en: String, es: String) in language == .english ? en : es }
    let (found, all) = (NumberText.grouped(matched), NumberText.grouped(districts))
    let without = NumberText.grouped(districts - matched)
    var pieces: [String] = []
    if kind == .layer {
      pieces.append(
        say("\(found) of \(all) districts with shape", "\(found) de \(all) distritos con forma"))
    } else {
      pieces.append(
        say("\(found) of \(all) districts with data", "\(found) de \(all) distritos con datos"))
    }
    pieces.append(say("\(without) without", "\(without) sin"))
    if kind == .table || !unmatched.isEmpty { pieces.append(unmatchedPiece(in: language)) }
    if kind == .table || !doubled.isEmpty {
      let count = NumberText.grouped(doubled.count)
      pieces.append(
        say("\(count) doubled", doubled.count == 1 ? "1 repetido" : "\(count) repetidos"))
    }
    if !moved.isEmpty {
      let count = NumberText.grouped(moved.count)
      pieces.append(
        say(
          "\(count) moved between vintages",
          moved.count == 1 ? "1 pasado de versión" : "\(count) pasados de versión"))
    }
    if !nearest.isEmpty {
      let count = NumberText.grouped(nearest.count)
      pieces.append(
        say(
          "\(count) took the nearest value",
          nearest.count == 1
            ? "1 toma el valor más cercano" : "\(count) toman el valor más cercano"))
    }
    if !repaired.isEmpty { pieces.append(repairedPiece(in: language)) }
    if let coding { pieces.append(codingPiece(coding, in: language)) }
    return pieces
  }

  private func unmatchedPiece(in language: Language) -> String {
    let say = { (en: String, es: String) in language == .english ? en : es }
    let count = NumberText.grouped(unmatched.count)
    let head =
      if kind == .points {
        unmatched.count == 1
          ? say("1 point outside", "1 punto fuera")
          : say("\(count) points outside", "\(count) puntos fuera")
      } else {
        say(
          unmatched.count == 1 ? "1 row without district" : "\(count) rows without district",
          unmatched.count == 1 ? "1 fila sin distrito" : "\(count) filas sin distrito")
      }
    guard !unmatched.isEmpty, kind != .points else { return head }
    let word = say("row", "fila")
    let shown = unmatched.prefix(2).map { "\(word) \($0.row) \"\($0.code)\"" }
    return head + " (" + shown.joined(separator: ", ") + (unmatched.count > 2 ? ", …" : "") + ")"
  }

  private func repairedPiece(in language: Language) -> String {
    let count = NumberText.grouped(repaired.count)
    let gained = kilometers(fixedOrderTotal(repaired.map(\.gainedKm2)))
    let lost = kilometers(fixedOrderTotal(repaired.map(\.lostKm2)))
    return language == .english
      ? "\(count) repaired (+\(gained) km², −\(lost) km²)"
      : "\(count) \(repaired.count == 1 ? "reparado" : "reparados") (+\(gained) km², −\(lost) km²)"
  }

  private func codingPiece(_ coding: CodingEvidence, in language: Language) -> String {
    let name = coding.coding.uppercased()
    guard coding.namedRows > 0 else { return name }
    // Rounded down: 100 % means all of them.
    let share = coding.matchingNames * 100 / coding.namedRows
    return language == .english
      ? "\(name) (\(share) % of names match)" : "\(name) (coincide el \(share) % de los nombres)"
  }

  /// What needs a look, a few examples of each.
  fileprivate func details(in language: Language) -> [String] {
    let say = { (en: String, es: String) in language == .english ? en : es }
    var lines: [String] = []
    let explained = unmatched.filter { $0.explanation != nil }.prefix(5)
    lines += explained.map { row in
      let reason = row.explanation?.text(in: language) ?? ""
      return say("row", "fila") + " \(row.row) \"\(row.code)\": \(reason)"
    }
    lines += missing.prefix(5).map { district in
      let reason = district.explanation.map { " (\($0.text(in: language)))" } ?? ""
      let name = district.name == district.code || district.name.isEmpty ? "" : " \(district.name)"
      return say("without", "sin datos") + ": \(district.code)\(name)\(reason)"
    }
    if missing.count > 5 {
      let more = NumberText.grouped(missing.count - 5)
      lines.append(say("… and \(more) more", "… y \(more) más"))
    }
    lines += moved.prefix(5).map { "\($0.from) → \($0.to)" }
    lines += repaired.prefix(5).map {
      "\($0.code): \($0.reason), +\(kilometers($0.gainedKm2)) −\(kilometers($0.lostKm2)) km²"
    }
    if let ground { lines += ground.lines.map { $0.text(in: language) } }
    return lines
  }
}
