// Quiebre · Districts
// The sentences for faults of codes.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension Diagnostic {
  static func badCode(
    _ slip: CodeSlip, text: String, rules: CodeRules, at place: SourcePlace
  ) -> Diagnostic {
    switch slip {
    case .blank:
      Diagnostic(
        .blankCode, at: place,
        what: LocalizedText(en: "a row without a code", es: "una fila sin código"),
        fix: LocalizedText(
          en: "write the district's code, or delete the row",
          es: "escriba el código del distrito o borre la fila"))
    case .wrongLength(let length):
      Diagnostic(
        .badCode, at: place,
        what: LocalizedText(
          en: "\"\(text)\" has \(length) digits; a district code has \(rules.length)",
          es: "\"\(text)\" tiene \(length) dígitos; un código de distrito tiene \(rules.length)"))
    case .lostZeros(let restored):
      Diagnostic(
        .lostZeros, at: place,
        what: LocalizedText(
          en: "\"\(text)\" has \(text.count) digits: \"\(restored)\" lost its zero",
          es: "\"\(text)\" tiene \(text.count) dígitos: \"\(restored)\" perdió su cero"),
        fix: LocalizedText(
          en: "first: quiebre join --fix-zeros \(place.file)",
          es: "primero: quiebre join --fix-zeros \(place.file)"))
    case .notDigits:
      Diagnostic(
        .badCode, at: place,
        what: LocalizedText(
          en: "\"\(text)\" is no district code: \(rules.length) digits are due",
          es: "\"\(text)\" no es un código de distrito: deben ser \(rules.length) dígitos"),
        fix: LocalizedText(
          en: "keep the column as text", es: "conserve la columna como texto"))
    }
  }

  static func lostZeros(
    _ text: String, column: String, rows: Int, leadingZeros: Int, file: String,
    at place: SourcePlace
  ) -> Diagnostic {
    let zeros = NumberText.grouped(leadingZeros)
    let more = rows > 1 ? NumberText.grouped(rows - 1) : nil
    return Diagnostic(
      .lostZeros, at: place,
      what: LocalizedText(
        en: "\(column) \"\(text)\" has \(text.count) digits (row \(place.line)"
          + (more.map { " and \($0) more" } ?? "") + "); \(zeros) districts begin with zero",
        es: "\(column) \"\(text)\" tiene \(text.count) dígitos (fila \(place.line)"
          + (more.map { " y \($0) más" } ?? "") + "); \(zeros) distritos empiezan con cero"),
      fix: LocalizedText(
        en: "keep the column as text, or: quiebre join --fix-zeros \(file)  "
          + "(writes another file, shows the changes)",
        es: "conserve la columna como texto, o: quiebre join --fix-zeros \(file)  "
          + "(escribe otro archivo y muestra los cambios)"))
  }

  static func doubledCode(_ code: String, rows: [Int], at place: SourcePlace) -> Diagnostic {
    let list = rows.map(String.init).joined(separator: ", ")
    return Diagnostic(
      .doubledCode, at: place,
      what: LocalizedText(
        en: "\"\(code)\" stands in rows \(list)", es: "\"\(code)\" está en las filas \(list)"),
      why: LocalizedText(
        en: "which of them counts would be a guess", es: "cuál de ellas vale sería adivinar"),
      fix: LocalizedText(en: "keep one row per district", es: "deje una fila por distrito"))
  }

  static func nothingMatches(example: String?, file: String) -> Diagnostic {
    let shown = example.map { " (\"\($0)\")" } ?? ""
    return Diagnostic(
      .nothingMatches, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "none of its codes\(shown) is a district here",
        es: "ninguno de sus códigos\(shown) es un distrito de aquí"),
      fix: LocalizedText(
        en: "check the code column, the coding and the vintage",
        es: "revise la columna del código, la codificación y la versión"))
  }

  static func rowsWithoutDistrict(
    _ rows: [UnmatchedRow], first: UnmatchedRow, file: String
  ) -> Diagnostic {
    let list = LocalizedText(
      en: unmatchedList(rows, in: .english), es: unmatchedList(rows, in: .spanish))
    return Diagnostic(
      .rowWithoutDistrict, .warning, at: SourcePlace(file: file, line: first.row),
      what: rows.count == 1
        ? LocalizedText(
          en: "a row without district: \(list.en)", es: "una fila sin distrito: \(list.es)")
        : LocalizedText(
          en: "rows without district: \(NumberText.grouped(rows.count)): \(list.en)",
          es: "filas sin distrito: \(NumberText.grouped(rows.count)): \(list.es)"),
      why: LocalizedText(en: "they are not used", es: "no se usan"))
  }

  static func districtsWithoutRow(
    _ missing: [MissingDistrict], first: MissingDistrict, districts: Int, file: String
  ) -> Diagnostic {
    let list = missing.prefix(5).map(\.code).joined(separator: ", ")
    let dots = missing.count > 5 ? ", …" : ""
    let count = NumberText.grouped(missing.count)
    let all = NumberText.grouped(districts)
    return Diagnostic(
      .districtWithoutRow, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "districts without a row: \(count) of \(all): \(list)\(dots)",
        es: "distritos sin fila: \(count) de \(all): \(list)\(dots)"))
  }

  static func unknownCoding(
    _ coding: String, known: [String], at place: SourcePlace
  ) -> Diagnostic {
    let list = known.joined(separator: ", ")
    return Diagnostic(
      .otherCoding, at: place,
      what: known.isEmpty
        ? LocalizedText(
          en: "no table of codings is given, so codes of '\(coding)' can't be read",
          es: "no se dio una tabla de codificaciones: no se pueden leer códigos de '\(coding)'")
        : LocalizedText(
          en: "coding '\(coding)' is not among \(list)",
          es: "la codificación '\(coding)' no está entre \(list)"))
  }

  static func otherCoding(
    _ evidence: CodingEvidence, rival: CodingEvidence.Rival, sharedCodes: Int, file: String,
    at place: SourcePlace
  ) -> Diagnostic {
    let (mine, theirs) = (evidence.coding.uppercased(), rival.coding.uppercased())
    let byName = evidence.namesDecide
    let total = NumberText.grouped(byName ? evidence.namedRows : evidence.rows)
    let fit = NumberText.grouped(byName ? rival.matchingNames : rival.knownCodes)
    let unfit = NumberText.grouped(byName ? evidence.matchingNames : evidence.knownCodes)
    let shared = NumberText.grouped(sharedCodes)
    return Diagnostic(
      .otherCoding, at: place,
      what: LocalizedText(
        en: "the codes of '\(file)' look like \(theirs), but its coding is \"\(evidence.coding)\"",
        es: "los códigos de '\(file)' parecen \(theirs), pero su codificación es "
          + "\"\(evidence.coding)\""),
      caret: LocalizedText(
        en: "proof: \(fit) of \(total) \(byName ? "names match" : "codes exist") when read as "
          + "\(theirs), \(unfit) as \(mine)",
        es: "prueba: \(fit) de \(total) \(byName ? "nombres coinciden" : "códigos existen") "
          + "leídos como \(theirs), \(unfit) como \(mine)"),
      why: LocalizedText(
        en: "\(shared) codes exist in both and name another district; the money would go to a "
          + "neighbor unseen",
        es: "\(shared) códigos existen en ambas y nombran otro distrito; el dinero iría al vecino "
          + "sin que nadie lo note"),
      fix: LocalizedText(
        en: "declare  coding = \"\(rival.coding)\"  for it, or: quiebre join --recode "
          + "\(rival.coding),\(evidence.coding) \(file)",
        es: "declare  coding = \"\(rival.coding)\"  para ella, o: quiebre join --recode "
          + "\(rival.coding),\(evidence.coding) \(file)"))
  }
}

/// `row 88 "150144", row 902 "080915" (created from 080902 Echarati)`: the first four.
func unmatchedList(_ rows: [UnmatchedRow], in language: Language) -> String {
  let word = language == .english ? "row" : "fila"
  let shown = rows.prefix(4).map { row in
    let reason = row.explanation.map { " (\($0.text(in: language)))" } ?? ""
    return "\(word) \(row.row) \"\(row.code)\"\(reason)"
  }
  return shown.joined(separator: ", ") + (rows.count > 4 ? ", …" : "")
}
