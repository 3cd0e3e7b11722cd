// Quiebre · Reports
// What `quiebre explain` prints: codes, columns, methods, fields, folders.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts

/// Pages for people.
///
/// Keys of a scenario are explained by the module that reads them.
public enum ExplainText {
  /// The page of a code, a topic or a column; `nil` if the word is none of these.
  ///
  /// A word that is both a topic and a column (`money`) gives both.
  public static func page(of word: String, in language: Language) -> String? {
    if let page = CodePage.all.first(where: { $0.code.rawValue == word.uppercased() }) {
      return titled("\(page.code.rawValue) · \(page.title.text(in: language))", page.text, language)
    }
    let topic = MethodTopic(rawValue: word.lowercased()).map {
      titled($0.title.text(in: language), $0.text, language)
    }
    let column = ColumnDictionary.all.first { $0.name == word.lowercased() }.map {
      columnPage($0, language)
    }
    let pages = [topic, column].compactMap(\.self)
    return pages.isEmpty ? nil : pages.joined(separator: "\n")
  }

  /// Every word that ``page(of:in:)`` knows, for suggesting the nearest.
  public static var words: [String] {
    CodePage.all.map(\.code.rawValue) + MethodTopic.allCases.map(\.rawValue)
      + ColumnDictionary.all.map(\.name)
  }

  /// What can be asked: topics with their titles, then how to ask for the rest.
  public static func overview(in language: Language) -> String {
    var table = TextTable()
    for topic in MethodTopic.allCases {
      table.append(["  " + topic.rawValue, topic.title.text(in: language)])
    }
    let head = ExplainPhrase.topics.said(in: language)
    let tail = ExplainPhrase.others.said(in: language)
    return ([head] + table.lines() + [tail]).joined(separator: "\n") + "\n"
  }

  /// All columns of all tables with unit and title.
  public static func columns(in language: Language) -> String {
    var table = TextTable()
    for column in ColumnDictionary.all {
      table.append([column.name, column.unit, column.title.text(in: language)])
    }
    return table.lines().joined(separator: "\n") + "\n"
  }

  /// Fields that formulas may use, with how many districts have a value.
  public static func fields(of registry: DistrictRegistry, in language: Language) -> String {
    var table = TextTable()
    for name in registry.fields.keys.sorted() {
      guard let field = registry.fields[name] else { continue }
      let (kind, known) = summary(of: field, language)
      let count = ExplainPhrase.districtsWithValue.said(
        String(known), String(registry.districts.count), in: language)
      table.append([name, kind, count])
    }
    return table.lines().joined(separator: "\n") + "\n"
  }

  /// Columns of the map that formulas may use in every scenario.
  public static func knownFields(_ names: [String], in language: Language) -> String {
    table(
      names.map { name in
        let column = ColumnDictionary.all.first { $0.name == name }
        return [name, column?.unit ?? "", column?.title.text(in: language) ?? ""]
      })
  }

  /// Rows of cells as lines whose columns meet; ends with a line feed.
  public static func table(_ rows: [[String]]) -> String {
    var table = TextTable()
    for row in rows { table.append(row) }
    return table.lines().joined(separator: "\n") + "\n"
  }

  private static func summary(of field: Field, _ language: Language) -> (kind: String, known: Int) {
    switch field.values {
    case .numbers(let values):
      let kind = field.unit == .percent ? "%" : ExplainPhrase.number.said(in: language)
      return (kind, values.count { $0 != nil })
    case .texts(let values):
      return (ExplainPhrase.text.said(in: language), values.count { $0 != nil })
    }
  }

  private static func columnPage(_ column: Column, _ language: Language) -> String {
    let unit = column.unit.isEmpty ? "" : " [\(column.unit)]"
    return "\(column.name)\(unit) · \(column.title.text(in: language))\n"
  }

  private static func titled(_ title: String, _ text: LocalizedText, _ language: Language)
    -> String
  {
    "\(title)\n\n\(text.text(in: language))\n"
  }
}

enum ExplainPhrase: Phrase {
  case topics
  case others
  case districtsWithValue
  case number
  case text

  var text: LocalizedText {
    switch self {
    case .topics: LocalizedText(en: "Methods and words:", es: "Métodos y palabras:")
    case .others:
      LocalizedText(
        en: """
          Also: quiebre explain CODE (Q204) · KEY (line.amount) · COLUMN (chg_ref) · columns · \
          keys · fields · paths
          """,
        es: """
          También: quiebre explain CÓDIGO (Q204) · CLAVE (line.amount) · COLUMNA (chg_ref) · \
          columns · keys · fields · paths
          """)
    case .districtsWithValue:
      LocalizedText(en: "{1} of {2} districts", es: "{1} de {2} distritos")
    case .number: LocalizedText(en: "number", es: "número")
    case .text: LocalizedText(en: "text", es: "texto")
    }
  }
}
