// Quiebre · ScenarioFiles
// All pages of keys, and how a word finds its page: `line.municipal.amount`, `line.amount`, `amount`.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// The pages of every key that a scenario may hold.
///
/// A test holds that the reader asks for no key without a page, and that no page is about a key that
/// the reader doesn't know.
public enum KeyBook {
  /// In the order of a scenario file.
  public static let pages: [KeyPage] =
    scenarioPages + countryPages + dataPages + tablePages + surfacePages + riskPages
    + populationPages + seriesPages + simulationPages + moneyPages + linePages + effectPages
    + allocationPages + interactionPages + constraintPages + targetPages + optimizePages
    + outputPages

  /// Tables of a scenario in its order: `line.x` stands for every line.
  public static var tables: [String] {
    var seen: [String] = []
    for page in pages where !seen.contains(page.table) { seen.append(page.table) }
    return seen
  }

  /// Everything that ``page(of:)`` and ``table(named:)`` know, for suggesting the nearest.
  public static var words: [String] {
    pages.map(\.key) + pages.map { short($0.key) } + tables.map(short)
  }

  /// The page of a key as a planner writes it.
  ///
  /// `line.chains.amount`, `line.x.amount` and `line.amount` are the same key; a member of a value,
  /// such as `line.chains.amount.2020` or `simulation.shock.sd`, has its value's page.
  public static func page(of word: String) -> KeyPage? {
    if let page = ownPage(of: word) { return page }
    guard let dot = word.lastIndex(of: "."), let whole = ownPage(of: String(word[..<dot])),
      whole.type.explainsItsMembers
    else { return nil }
    return whole
  }

  private static func ownPage(of word: String) -> KeyPage? {
    patterns(of: word).compactMap { byKey[$0] }.first
  }

  /// The pages of one table, for `quiebre explain line`.
  public static func table(named word: String) -> [KeyPage] {
    let parts = word.split(separator: ".").map(String.init)
    guard let head = parts.first else { return [] }
    let name = namedSections.contains(head) && parts.count <= 2 ? head + ".x" : word
    return pages.filter { $0.table == name }
  }

  /// Keys that end in a word, such as `ceiling`: what `quiebre explain ceiling` may mean.
  public static func keys(endingIn word: String) -> [KeyPage] {
    pages.filter { $0.key.hasSuffix("." + word) }
  }

  private static let byKey = Dictionary(
    pages.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })

  /// The key with its planner's name as `x`, put in where it was left out.
  private static func patterns(of word: String) -> [String] {
    let parts = word.split(separator: ".").map(String.init)
    guard let head = parts.first, namedSections.contains(head), parts.count > 1 else {
      return [word]
    }
    let named = ([head, "x"] + parts.dropFirst(2)).joined(separator: ".")
    let bare = ([head, "x"] + parts.dropFirst()).joined(separator: ".")
    return [bare, named]
  }

  /// `line.x.amount` as people write it: `line.amount`.
  static func short(_ key: String) -> String { key.replacing(".x", with: "", maxReplacements: 1) }
}

extension KeyPage {
  /// The page for a terminal; ends with a line feed.
  public func text(in language: Language) -> String {
    let later = LocalizedText(
      en: "Checked, but does nothing yet in this version (Q208).\n",
      es: "Se revisa, pero todavía no hace nada en esta versión (Q208).\n")
    return """
      \(key) · \(type.words.text(in: language))
      \(standard.words.text(in: language))

      \(meaning.text(in: language))
      \(isLater ? later.text(in: language) : "")
      [\(table.replacing(".x", with: "." + KeyPage.sampleName(of: table)))]
      \(example)

      """
  }

  /// A planner's name for the example's heading.
  static func sampleName(of table: String) -> String {
    switch table.prefix(while: { $0 != "." }) {
    case "line": "municipal"
    case "target": "elimination"
    case "surface": "mirti"
    case "table": "facts"
    case "interaction": "package"
    default: "fair"
    }
  }

  /// One line of a table's list: key, type, default.
  public func row(in language: Language) -> [String] {
    [key, type.words.text(in: language), standard.words.text(in: language)]
  }
}

extension KeyPage.Standard {
  public var words: LocalizedText {
    switch self {
    case .required: LocalizedText(en: "required", es: "obligatoria")
    case .value(let text): LocalizedText(en: "default: \(text)", es: "por defecto: \(text)")
    case .assumed(let text):
      LocalizedText(
        en: "default: \(text) [assumed: no source]",
        es: "por defecto: \(text) [supuesto: sin fuente]")
    case .country:
      LocalizedText(en: "default: the country layer's", es: "por defecto: la de la capa del país")
    case .words(let text):
      LocalizedText(en: "default: \(text.en)", es: "por defecto: \(text.es)")
    }
  }

  static var none: Self { .words(LocalizedText(en: "none", es: "ninguno")) }
  static func said(_ en: String, _ es: String) -> Self { .words(LocalizedText(en: en, es: es)) }
}
