// Quiebre · ScenarioFiles
// One table of a scenario while it is read: every key asked for is known, the rest are faults.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

/// A cursor over one table.
///
/// Each reader method names a key, checks its value, and records what is
/// in force; ``finish()`` then reports the keys that nobody asked for.
final class Section {
  /// The full key of the table, such as `line.chains`.
  let path: String
  let table: TOMLTable
  /// Where the table begins; the file's start if it isn't there.
  let place: SourcePlace
  let checker: Checker
  private var asked: [String] = []
  private var missing: [(key: String, why: LocalizedText?)] = []
  private var misplaced: Set<String> = []

  init(_ path: String, _ table: TOMLTable, at place: SourcePlace, checker: Checker) {
    self.path = path
    self.table = table
    self.place = place
    self.checker = checker
  }

  func full(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

  /// The value of a key, noted as in force; `nil` if it isn't given.
  func take(_ key: String) -> TOMLTable.Entry? {
    let entry = peek(key)
    if let entry { checker.given(full(key), entry.value) }
    return entry
  }

  /// The value of a key without noting it.
  func peek(_ key: String) -> TOMLTable.Entry? {
    if !asked.contains(key) {
      asked.append(key)
      checker.asked(full(key))
    }
    return table[key]
  }

  func require(_ key: String, why: LocalizedText? = nil) {
    if table[key] == nil { missing.append((key, why)) }
  }

  /// Keys that exist in the language but do nothing here.
  func refuse(_ keys: [String], _ reason: LocalizedText) {
    for key in keys {
      guard let entry = table[key] else { continue }
      misplaced.insert(key)
      checker.report(
        Diagnostic(
          .misplacedKey, entry: full(key), at: entry.keyPlace,
          what: LocalizedText(
            en: "'\(key)' does nothing here: \(reason.en)",
            es: "'\(key)' no hace nada aquí: \(reason.es)"),
          fix: LocalizedText(en: "delete it", es: "bórrela")))
    }
  }

  /// Reports unknown keys with the nearest known one, then what is missing.
  func finish() {
    var excused: Set<String> = []
    for entry in table.entries where !asked.contains(entry.key) && !misplaced.contains(entry.key) {
      let nearest = nearestName(to: entry.key, in: asked)
      let lacking = missing.first { $0.key == nearest }
      if let lacking { excused.insert(lacking.key) }
      checker.report(unknown(entry, nearest: nearest, lacking: lacking != nil, why: lacking?.why))
    }
    for (key, why) in missing where !excused.contains(key) {
      checker.report(
        Diagnostic(
          .missingKey, entry: full(key), at: placeOfMissing,
          what: LocalizedText(
            en: "'\(full(key))' is required", es: "falta '\(full(key))', que es obligatoria"),
          why: why))
    }
  }

  /// The planner mends the scenario, not the country layer that happens to have the same table.
  private var placeOfMissing: SourcePlace {
    if case .country = checker.stack.origin(of: place) {
      return SourcePlace(file: checker.stack.main)
    }
    return place
  }

  private func unknown(
    _ entry: TOMLTable.Entry, nearest: String?, lacking: Bool, why: LocalizedText?
  ) -> Diagnostic {
    let inside =
      path.isEmpty
      ? LocalizedText(en: "", es: "")
      : LocalizedText(en: " in \(path)", es: " en \(path)")
    return Diagnostic(
      .unknownKey, entry: full(entry.key), at: entry.keyPlace,
      what: LocalizedText(
        en: "unknown key '\(entry.key)'\(inside.en)",
        es: "clave desconocida '\(entry.key)'\(inside.es)"),
      caret: nearest.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      },
      why: lacking ? why : nil,
      fix: nearest == nil
        ? LocalizedText(
          en: "known here: \(asked.joined(separator: ", "))",
          es: "se conocen aquí: \(asked.joined(separator: ", "))") : nil)
  }

  /// The table behind a key, as a section of its own; an empty one if it isn't given.
  func section(_ key: String) -> Section {
    guard let entry = peek(key) else {
      return Section(full(key), TOMLTable(), at: place, checker: checker)
    }
    guard let inner = entry.value.table else {
      wrongType(key, entry.value, LocalizedText(en: "a table", es: "una tabla"))
      return Section(full(key), TOMLTable(), at: entry.keyPlace, checker: checker)
    }
    return Section(full(key), inner, at: entry.keyPlace, checker: checker)
  }

  /// The named tables of a section such as `line`, in file order.
  func namedSections() -> [(id: String, section: Section)] {
    table.entries.compactMap { entry in
      asked.append(entry.key)
      if !isName(entry.key) { checker.report(badName(entry)) }
      guard let inner = entry.value.table else {
        wrongType(entry.key, entry.value, LocalizedText(en: "a table", es: "una tabla"))
        return nil
      }
      return (
        entry.key,
        Section(full(entry.key), inner, at: entry.keyPlace, checker: checker)
      )
    }
  }

  private func badName(_ entry: TOMLTable.Entry) -> Diagnostic {
    Diagnostic(
      .invalidName, entry: full(entry.key), at: entry.keyPlace,
      what: LocalizedText(
        en: "'\(entry.key)' can't be used as a name", es: "'\(entry.key)' no sirve como nombre"),
      fix: LocalizedText(
        en: "use letters without accents, digits, - and _",
        es: "use letras sin tilde, dígitos, - y _"))
  }

  // MARK: Common faults

  func wrongType(_ key: String, _ value: TOMLValue, _ expected: LocalizedText) {
    checker.report(
      Diagnostic(
        .wrongType, entry: full(key), at: value.place,
        what: LocalizedText(
          en: "\(full(key)) must be \(expected.en)", es: "\(full(key)) debe ser \(expected.es)"),
        caret: LocalizedText(
          en: "this is \(typeName(value).en)", es: "esto es \(typeName(value).es)")))
  }

  func outOfRange(_ key: String, at place: SourcePlace, found: String, allowed: LocalizedText) {
    checker.report(
      Diagnostic(
        .outOfRange, entry: full(key), at: place,
        what: LocalizedText(
          en: "\(full(key)) is \(found); allowed: \(allowed.en)",
          es: "\(full(key)) es \(found); se permite: \(allowed.es)")))
  }
}

/// A value as the planner wrote it, if its line is at hand; else as TOML.
func asWritten(_ value: TOMLValue) -> String {
  let place = value.place
  guard let line = place.sourceLine, place.column > 0 else { return tomlText(value) }
  let scalars = line.unicodeScalars.dropFirst(place.column - 1).prefix(place.length)
  return String(String.UnicodeScalarView(scalars))
}

/// Letters without accents, digits, `-` and `_`; at most 64.
func isName(_ text: String) -> Bool {
  (1...64).contains(text.utf8.count)
    && text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || $0 == "-" || $0 == "_"
    }
}

func typeName(_ value: TOMLValue) -> LocalizedText {
  switch value.content {
  case .string: LocalizedText(en: "a text", es: "un texto")
  case .integer: LocalizedText(en: "a whole number", es: "un número entero")
  case .real: LocalizedText(en: "a number", es: "un número")
  case .boolean: LocalizedText(en: "true or false", es: "true o false")
  case .time: LocalizedText(en: "a date", es: "una fecha")
  case .array: LocalizedText(en: "a list", es: "una lista")
  case .table: LocalizedText(en: "a table", es: "una tabla")
  }
}
