// Quiebre · quiebre
// The flags of the command line, as data: parsing, help and suggestions read this table.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// One flag of a verb.
struct Flag: Hashable, Sendable {
  /// With its dashes: `--replicas`.
  let name: String
  let short: String?
  /// What its value is called in help; `nil` = the flag takes none.
  let value: String?
  let help: LocalizedText
  /// Wins over a key of the scenario, so no project file may set it.
  let overridesScenario: Bool

  init(
    _ name: String, short: String? = nil, value: String? = nil, overridesScenario: Bool = false,
    en: String, es: String
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.overridesScenario = overridesScenario
    self.help = LocalizedText(en: en, es: es)
  }

  /// Whether its value is a path, which a project file gives from its own folder.
  var isPath: Bool { value == "FOLDER" || value == "FILE" }

  static let common: [Flag] = [
    Flag("--json", en: "one JSON document on stdout", es: "un documento JSON en la salida"),
    Flag("--quiet", short: "-q", en: "errors only", es: "solo errores"),
    Flag("--verbose", short: "-v", en: "notes too", es: "también notas"),
    Flag("--lang", value: "en|es", en: "language of every sentence", es: "idioma de los textos"),
    Flag("--geo", value: "FOLDER", en: "folder of the country data", es: "carpeta de datos"),
    Flag(
      "--set", value: "KEY=VALUE", overridesScenario: true,
      en: "override a scenario key (may be repeated)",
      es: "cambia una clave del escenario (se puede repetir)"),
    Flag(
      "--color", value: "auto|never|always", en: "color of messages", es: "color de los mensajes"),
    Flag(
      "--progress", value: "auto|never|plain", en: "progress on stderr",
      es: "avance en la salida de errores"),
    Flag("--no-input", en: "never ask (Quiebre never does)", es: "no preguntar (nunca lo hace)"),
    Flag("--help", short: "-h", en: "this page", es: "esta página"),
    Flag("--version", en: "version of Quiebre and its libraries", es: "versión y bibliotecas"),
  ]

  static let threads = Flag(
    "--jobs", short: "-j", value: "N", en: "threads (default: all cores); never changes a result",
    es: "hilos (por defecto todos); nunca cambia un resultado")
  static let seed = Flag(
    "--seed", value: "N", overridesScenario: true, en: "seed of the draws",
    es: "semilla de los sorteos")
  static let replicas = Flag(
    "--replicas", value: "N", overridesScenario: true, en: "number of draws",
    es: "número de sorteos")
  static let planOnly = Flag(
    "--dry-run", short: "-n", en: "check and say what would be done", es: "revisa y dice qué haría")
}

/// What a user typed, sorted into verb, operands and flags.
struct Invocation: Equatable, Sendable {
  var verb: Verb?
  var operands: [String] = []
  /// By flag name; a flag without a value holds an empty text.
  var values: [String: [String]] = [:]
  /// What the project file says of flags that weren't typed, and where: `quiebre.toml:3`.
  var defaults: [String: Default] = [:]

  struct Default: Equatable, Sendable {
    var values: [String]
    var place: String
  }

  func has(_ flag: String) -> Bool { values[flag] != nil || defaults[flag] != nil }
  func last(_ flag: String) -> String? { all(flag).last }
  func all(_ flag: String) -> [String] { values[flag] ?? defaults[flag]?.values ?? [] }
}
