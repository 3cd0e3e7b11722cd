// Quiebre · quiebre
// Puts the defaults of `quiebre.toml` below what was typed and what the environment says.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Invocation {
  /// Environment variables that win over the project file.
  private static let variables = [
    "--lang": "QUIEBRE_LANG", "--geo": "QUIEBRE_GEO", "--color": "NO_COLOR",
  ]

  /// Looks for a project file near the operands, then near the working folder.
  ///
  /// - Throws: Faults of the file: unreadable, flags that don't exist or don't belong there.
  mutating func applyProjectFile() throws(DiagnosticList) {
    guard let verb, verb != .help, verb != .version, !has("--help"), !has("--version") else {
      return
    }
    guard let file = try ProjectFile.nearest(to: verb.takesFiles ? operands : []) else { return }
    try apply(file, environment: Terminal.environment)
  }

  /// Takes over what concerns this verb; everything else is checked all the same.
  mutating func apply(
    _ file: ProjectFile, environment: (String) -> String?
  ) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    // The table of a verb wins over what holds for all.
    for entry in file.entries.filter({ $0.verb == nil }) + file.entries.filter({ $0.verb != nil }) {
      if let fault = Invocation.fault(entry) {
        faults.append(fault)
        continue
      }
      guard entry.verb == nil || entry.verb == verb?.rawValue,
        let flag = verb?.flags.first(where: { $0.name == "--" + entry.name }),
        Invocation.variables[flag.name].flatMap(environment) == nil
      else { continue }
      let place = "\(file.path):\(entry.keyPlace.line)"
      switch entry.value {
      case .flag(true): defaults[flag.name] = Default(values: [""], place: place)
      case .flag(false): defaults[flag.name] = nil
      case .texts(let texts):
        defaults[flag.name] = Default(
          values: flag.isPath ? texts.map(file.resolved) : texts, place: place)
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
  }

  private static func fault(_ entry: ProjectFile.Entry) -> Diagnostic? {
    if let name = entry.verb, Verb(rawValue: name) == nil {
      return fault(
        entry,
        LocalizedText(en: "no verb is named '\(name)'", es: "ningún verbo se llama '\(name)'"),
        nearest: nearestName(to: name, in: Verb.allCases.map(\.rawValue)))
    }
    let flags = entry.verb.flatMap(Verb.init)?.flags ?? Verb.allCases.flatMap(\.flags)
    let usable = flags.filter {
      !["--help", "--version"].contains($0.name) && !$0.overridesScenario
    }
    let name = "--" + entry.name
    guard let flag = flags.first(where: { $0.name == name }) else {
      let of = entry.verb.map { " '\($0)'" } ?? ""
      return fault(
        entry,
        LocalizedText(
          en: "'\(entry.name)' is no flag" + (of.isEmpty ? "" : " of\(of)"),
          es: "'\(entry.name)' no es una opción" + (of.isEmpty ? "" : " de\(of)")),
        nearest: nearestName(to: entry.name, in: usable.map { String($0.name.dropFirst(2)) }))
    }
    guard usable.contains(flag) else {
      return fault(
        entry,
        LocalizedText(
          en:
            "'\(entry.name)' can't have a default here: it belongs to the scenario or the command",
          es: "'\(entry.name)' no puede tener un valor aquí: corresponde al escenario o a la orden")
      )
    }
    if case .flag = entry.value, flag.value != nil {
      return fault(
        entry,
        LocalizedText(en: "'\(entry.name)' needs a value", es: "'\(entry.name)' necesita un valor"))
    }
    if case .texts = entry.value, flag.value == nil {
      return fault(
        entry,
        LocalizedText(
          en: "'\(entry.name)' is true or false", es: "'\(entry.name)' es true o false"))
    }
    return nil
  }

  private static func fault(
    _ entry: ProjectFile.Entry, _ what: LocalizedText, nearest: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .projectFileFault, entry: entry.name, at: entry.keyPlace, what: what,
      caret: nearest.map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }
}
