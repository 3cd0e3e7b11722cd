// Quiebre · ScenarioFiles
// Ready-made indicators of surveys: names of fields and formulas over them, in a file of the country.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

/// The definition of a share of persons, over fields that a user maps to the columns of a file.
public struct SurveyIndicator: Hashable, Sendable {
  public struct Field: Hashable, Sendable {
    public let name: String
    public let meaning: LocalizedText
  }

  /// Its name, which is also the `group` of its figures.
  public let id: String
  public let name: LocalizedText
  public let note: LocalizedText?
  public let source: String
  public let fields: [Field]
  /// Whom it is about.
  public let universe: RecordFormula
  /// Who among them counts.
  public let share: RecordFormula
  /// What it is tabulated by, as `--by` takes it.
  public let by: [String]
}

/// The indicators of one file, in its order.
public struct SurveyIndicators: Hashable, Sendable {
  public let items: [SurveyIndicator]

  /// Reads `[indicator.NAME]` tables.
  ///
  /// - Throws: All faults of the file.
  public init(_ file: ScenarioFile) throws(DiagnosticList) {
    let stack = try LayerStack(main: file, country: nil, overrides: []) {
      (path, place) throws(Diagnostic) in
      throw Diagnostic(
        .layerUnreadable, at: place,
        what: LocalizedText(
          en: "a file of indicators extends nothing, not '\(path)'",
          es: "un archivo de indicadores no extiende nada, tampoco '\(path)'"))
    }
    let checker = Checker(stack: stack)
    let root = Section("", stack.table, at: SourcePlace(file: file.name), checker: checker)
    let items = root.section("indicator").namedSections().compactMap { id, section in
      section.indicator(id)
    }
    root.finish()
    let faults = checker.sortedFaults().filter { $0.severity == .error }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    self.items = items
  }

  /// - Throws: Q573 with the nearest name and all names.
  public func named(_ id: String) throws(DiagnosticList) -> SurveyIndicator {
    if let found = items.first(where: { $0.id == id }) { return found }
    let names = items.map(\.id)
    let nearest = nearestName(to: id, in: names)
    throw DiagnosticList(
      Diagnostic(
        .unknownIndicator, entry: "--indicator",
        what: LocalizedText(
          en: "no indicator '\(id)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
          es: "no hay un indicador '\(id)'" + (nearest.map { "; ¿quiso decir '\($0)'?" } ?? "")),
        fix: LocalizedText(
          en: "one of: \(names.joined(separator: ", "))",
          es: "uno de: \(names.joined(separator: ", "))")))
  }
}

extension Section {
  fileprivate func indicator(_ id: String) -> SurveyIndicator? {
    for key in ["name", "fields", "universe", "share"] { require(key) }
    let name = localized("name")
    let note = localized("note")
    let source = text("source", default: "")
    let fields = section("fields")
    let known = fields.table.keys.compactMap { key in
      fields.localized(key).map { SurveyIndicator.Field(name: key, meaning: $0) }
    }
    fields.finish()
    let universe = recordFormula("universe")
    let share = recordFormula("share")
    let by = texts("by") ?? []
    finish()
    guard let name, let universe, let share else { return nil }
    for formula in [universe, share] { check(formula, known.map(\.name)) }
    return SurveyIndicator(
      id: id, name: name, note: note, source: source, fields: known, universe: universe,
      share: share, by: by)
  }

  /// A formula may name the declared fields alone.
  private func check(_ formula: RecordFormula, _ known: [String]) {
    for field in formula.fields where !known.contains(field) {
      let nearest = nearestName(to: field, in: known)
      checker.report(
        Diagnostic(
          .unknownField, entry: path, at: place,
          what: LocalizedText(
            en: "\(path): a formula names '\(field)', which isn't in fields",
            es: "\(path): una fórmula nombra '\(field)', que no está en fields"),
          fix: nearest.map { LocalizedText(verbatim: $0) }))
    }
  }

  private func recordFormula(_ key: String) -> RecordFormula? {
    guard peek(key) != nil, let text = text(key), let value = table[key]?.value else { return nil }
    let place = SourcePlace(
      file: value.place.file, line: value.place.line, column: value.place.column + 1,
      length: max(1, value.place.length - 2), sourceLine: value.place.sourceLine)
    do throws(DiagnosticList) {
      return try RecordFormula(text, at: place, as: .condition, entry: full(key))
    } catch {
      for fault in error.items { checker.report(fault) }
      return nil
    }
  }
}
