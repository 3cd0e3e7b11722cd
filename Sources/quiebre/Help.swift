// Quiebre · quiebre
// Help texts, made of the tables of verbs and flags. Examples come first.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

enum Help {
  /// What the tool prints without arguments: six commands and an example.
  static func overview(in language: Language) -> String {
    let shown: [Verb] = [.run, .check, .compare, .breakTest, .join, .risk]
    let head = LocalizedText(
      en: "Quiebre: under this budget, where, and with what certainty, does the stagnation of "
        + "child labor break?",
      es: "Quiebre: con este presupuesto, ¿dónde y con qué certeza se rompe el estancamiento del "
        + "trabajo infantil?")
    let example = LocalizedText(en: "Example", es: "Ejemplo")
    let more = LocalizedText(
      en: "More: quiebre help VERB · quiebre explain KEY",
      es: "Más: quiebre help VERBO · quiebre explain CLAVE")
    let rows = shown.map { row($0.rawValue, $0.summary.text(in: language), width: 10) }
    return """
      \(head.text(in: language))

      \(rows.joined(separator: "\n"))

      \(example.text(in: language)):
        \(Verb.run.example)

      \(more.text(in: language))

      """
  }

  static func page(of verb: Verb, in language: Language) -> String {
    let flags = verb.flags.map { flag in
      let name = flag.name + (flag.value.map { " \($0)" } ?? "")
      return row(
        (flag.short.map { "\($0), " } ?? "    ") + name, flag.help.text(in: language), width: 30)
    }
    return """
      \(verb.example)

      \(usage(of: verb, in: language))
      \(verb.summary.text(in: language))

      \(flags.joined(separator: "\n"))

      """
  }

  static func usage(of verb: Verb?, in language: Language) -> String {
    let word = LocalizedText(en: "usage", es: "uso").text(in: language)
    guard let verb else {
      let verbs = Verb.allCases.map(\.rawValue).joined(separator: " ")
      return "\(word): quiebre VERB … (\(verbs))"
    }
    return "\(word): quiebre \(verb.rawValue) \(verb.operands)"
  }

  /// The same page for programs.
  static func verbPage(_ verb: Verb, in language: Language) -> VerbPage {
    VerbPage(
      name: verb.rawValue, summary: verb.summary.text(in: language),
      operands: verb.operands, example: verb.example,
      flags: verb.flags.map {
        VerbPage.Flag(
          name: $0.name, short: $0.short, value: $0.value, help: $0.help.text(in: language))
      })
  }

  private static func row(_ name: String, _ text: String, width: Int) -> String {
    "  " + name + String(repeating: " ", count: max(1, width - name.count)) + text
  }
}
