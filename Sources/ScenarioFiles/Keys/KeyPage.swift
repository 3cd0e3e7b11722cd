// Quiebre · ScenarioFiles
// One key of a scenario for people: what `quiebre explain line.amount` prints.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// What a planner must know of one key.
public struct KeyPage: Hashable, Sendable {
  /// What holds when the key isn't given.
  public enum Standard: Hashable, Sendable {
    case required
    /// A default that stands in the code, as TOML.
    case value(String)
    /// A default that no source backs, as TOML; printed as assumed in every result.
    case assumed(String)
    /// The country layer says it.
    case country
    case words(LocalizedText)
  }

  /// The full key; `x` stands for a name of the planner's choice: `line.x.amount`.
  public let key: String
  public let type: KeyType
  public let standard: Standard
  public let meaning: LocalizedText
  /// One line of TOML that may stand in the key's table.
  public let example: String

  init(
    _ key: String, _ type: KeyType, _ standard: Standard, en: String, es: String, example: String
  ) {
    self.key = key
    self.type = type
    self.standard = standard
    meaning = LocalizedText(en: en, es: es)
    self.example = example
  }

  /// The table that the key stands in: `line.x`, `simulation`.
  public var table: String { KeyPage.table(of: key) }

  /// Whether the key is checked but does nothing in this version (Q208).
  public var isLater: Bool { isLaterKey(key) }

  static func table(of key: String) -> String {
    let parts = key.split(separator: ".")
    let depth = namedSections.contains(String(parts[0])) ? 2 : 1
    return parts.prefix(min(depth, parts.count)).joined(separator: ".")
  }
}

/// What a key may hold.
public enum KeyType: Hashable, Sendable {
  case text
  /// One text, or `{ es = "…", en = "…" }`.
  case texts
  case code
  case name
  case names
  case path
  case paths
  case column
  case columns
  case flag
  case count
  case year
  case years
  case span
  case ages
  case yearOrDate
  case ratio
  case points
  case number
  case kilometers
  case meters
  case money
  case moneyByYear
  case uncertainRatio
  case uncertainPoints
  case uncertainFactor
  case uncertainYears
  case uncertainMoney
  case uncertainLogPoints
  case condition
  case quantity
  case crs
  /// One of these words.
  case choice([String])
  /// Several of these words.
  case choices([String])
  /// An inline table with these members.
  case record([String])
  /// An inline table whose members the planner names.
  case map(LocalizedText)
  case either([KeyType])

  public var words: LocalizedText {
    switch self {
    case .text: LocalizedText(en: "text", es: "texto")
    case .texts:
      LocalizedText(
        en: "text, or one per language", es: "texto, o uno por idioma")
    case .code: LocalizedText(en: "code, in quotes", es: "código, entre comillas")
    case .name: LocalizedText(en: "name", es: "nombre")
    case .names: LocalizedText(en: "list of names", es: "lista de nombres")
    case .path: LocalizedText(en: "path of a file", es: "ruta de un archivo")
    case .paths: LocalizedText(en: "list of paths", es: "lista de rutas")
    case .column: LocalizedText(en: "column", es: "columna")
    case .columns: LocalizedText(en: "two columns", es: "dos columnas")
    case .flag: LocalizedText(en: "true or false", es: "true o false")
    case .count: LocalizedText(en: "whole number", es: "número entero")
    case .year: LocalizedText(en: "year", es: "año")
    case .years: LocalizedText(en: "list of years", es: "lista de años")
    case .span: LocalizedText(en: "[from, to], years", es: "[desde, hasta], años")
    case .ages: LocalizedText(en: "[from, to], ages 5 to 17", es: "[desde, hasta], edades 5 a 17")
    case .yearOrDate: LocalizedText(en: "year or date", es: "año o fecha")
    case .ratio: LocalizedText(en: "ratio, or \"22.6 %\"", es: "proporción, o \"22.6 %\"")
    case .points: LocalizedText(en: "points, \"0.3 pp\"", es: "puntos, \"0.3 pp\"")
    case .number: LocalizedText(en: "number", es: "número")
    case .kilometers: LocalizedText(en: "number, km", es: "número, km")
    case .meters: LocalizedText(en: "number, m", es: "número, m")
    case .money:
      LocalizedText(
        en: "money, currency units with at most two decimals",
        es: "dinero, unidades monetarias con dos decimales como máximo")
    case .moneyByYear: LocalizedText(en: "{ year = money }", es: "{ año = dinero }")
    case .uncertainRatio: uncertain(LocalizedText(en: "ratio", es: "proporción"))
    case .uncertainPoints: uncertain(LocalizedText(en: "points (pp)", es: "puntos (pp)"))
    case .uncertainFactor: uncertain(LocalizedText(en: "multiplier", es: "multiplicador"))
    case .uncertainYears: uncertain(LocalizedText(en: "years", es: "años"))
    case .uncertainMoney: uncertain(LocalizedText(en: "money", es: "dinero"))
    case .uncertainLogPoints:
      uncertain(LocalizedText(en: "log points a year", es: "puntos logarítmicos por año"))
    case .condition:
      LocalizedText(en: "formula that is true or false", es: "fórmula que es cierta o falsa")
    case .quantity: LocalizedText(en: "formula that gives a number", es: "fórmula que da un número")
    case .crs: LocalizedText(en: "coordinate system", es: "sistema de coordenadas")
    case .choice(let words):
      LocalizedText(
        en: "one of: \(words.joined(separator: ", "))",
        es: "una de: \(words.joined(separator: ", "))")
    case .choices(let words):
      LocalizedText(
        en: "list of: \(words.joined(separator: ", "))",
        es: "lista de: \(words.joined(separator: ", "))")
    case .record(let keys): LocalizedText(verbatim: "{ \(keys.joined(separator: ", ")) }")
    case .map(let words): words
    case .either(let types):
      LocalizedText(
        en: types.map(\.words.en).joined(separator: " · "),
        es: types.map(\.words.es).joined(separator: " · "))
    }
  }

  private func uncertain(_ of: LocalizedText) -> LocalizedText {
    LocalizedText(en: "~ \(of.en): may be uncertain", es: "~ \(of.es): puede ser incierto")
  }

  /// Whether members of the value have no page of their own: this one explains them.
  var explainsItsMembers: Bool {
    switch self {
    case .texts, .record, .map, .moneyByYear, .uncertainRatio, .uncertainPoints, .uncertainFactor,
      .uncertainYears, .uncertainMoney, .uncertainLogPoints:
      true
    case .either(let types): types.contains(where: \.explainsItsMembers)
    default: false
    }
  }
}
