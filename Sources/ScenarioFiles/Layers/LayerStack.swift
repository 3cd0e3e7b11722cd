// Quiebre · ScenarioFiles
// Reads a scenario's layers, lowest first, and merges them into one table.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats

/// Opens the file of a layer: a resolved path, and where it is named.
public typealias LayerOpener = (_ path: String, _ from: SourcePlace) throws(Diagnostic) ->
  ScenarioFile

/// All layers merged, and what is needed to say who gave which value.
struct LayerStack {
  /// Names of the files, lowest first: country, layers, the scenario itself.
  private(set) var files: [String] = []
  private(set) var table = TOMLTable()
  let main: String
  let country: String?
  /// Names that stand for `--set` flags.
  private(set) var flags: Set<String> = []

  /// Reads and merges.
  ///
  /// - Throws: Syntax errors, unreadable layers, cycles and clashes.
  init(
    main: ScenarioFile, country: ScenarioFile?, overrides: [Override],
    open: @escaping LayerOpener
  ) throws(DiagnosticList) {
    self.main = main.name
    self.country = country?.name
    var reader = LayerReader(open: open)
    var ignored: [LayerClash] = []
    let above = try reader.table(of: main, chain: [])
    if let country {
      let lowest = try readTOML(country.bytes, file: country.name)
      if let extends = value(at: ["scenario", "extends"], in: lowest) {
        throw DiagnosticList(notLowest(at: extends.keyPlace))
      }
      table = merged(above, over: lowest, clashes: &ignored)
      files = [country.name]
    } else {
      table = above
    }
    files += reader.files
    guard reader.faults.isEmpty else { throw DiagnosticList(reader.faults) }
    try apply(overrides)
  }

  /// The layers of a finished run, merged already.
  ///
  /// - Throws: Q560 for a value that can't be read, Q226 for flags.
  init(lock: LockFile, overrides: [Override]) throws(DiagnosticList) {
    main = lock.layers[lock.layers.count - 1]
    country = lock.values.first { $0.origin == "country" }?.place.file
    files = lock.layers
    flags = Set(lock.values.filter { $0.origin == "flag" }.map(\.place.file))
    table = try lock.table()
    try apply(overrides)
  }

  /// Who gave a value.
  func origin(of place: SourcePlace) -> Origin {
    if flags.contains(place.file) { return .flag(place) }
    return place.file == country ? .country(place) : .file(place)
  }

  /// Higher layers have higher ranks.
  func rank(of place: SourcePlace) -> Int {
    if flags.contains(place.file) { return files.count }
    return files.firstIndex(of: place.file) ?? 0
  }

  /// The file whose folder a path in a value starts from.
  func baseFile(of place: SourcePlace) -> String {
    flags.contains(place.file) ? main : place.file
  }

  private func notLowest(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .layerUnreadable, entry: "scenario.extends", at: place,
      what: LocalizedText(
        en: "the country layer is the lowest and extends nothing",
        es: "la capa del país es la más baja y no extiende nada"),
      fix: LocalizedText(en: "delete this line", es: "borre esta línea"))
  }

  private mutating func apply(_ overrides: [Override]) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    for override in overrides {
      let path = override.key.split(separator: ".", omittingEmptySubsequences: false).map(
        String.init)
      guard path.count > 1, !path.contains(""), let value = parsed(override) else {
        faults.append(unusable(override))
        continue
      }
      flags.insert(override.fileName)
      let entry = TOMLTable.Entry(
        key: path[path.count - 1], keyPlace: value.place, value: value)
      table = setting(entry, at: path[...], in: table)
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
  }

  private func parsed(_ override: Override) -> TOMLValue? {
    let place = SourcePlace(file: override.fileName)
    let line = Array("value = \(override.text)".utf8)
    if let table = try? readTOML(line, file: override.fileName), table.entries.count == 1,
      let content = table["value"]?.value.content
    {
      return TOMLValue(moved(content, to: place), at: place)
    }
    // A bare word is a text: --set line.chains.after=keep
    guard !override.text.isEmpty, override.text.unicodeScalars.allSatisfy(isPlain) else {
      return nil
    }
    return TOMLValue(.string(override.text), at: place)
  }

  private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || "0123456789 _-.%:/".unicodeScalars.contains(scalar)
  }

  private func unusable(_ override: Override) -> Diagnostic {
    Diagnostic(
      .badOverride, entry: override.key, at: SourcePlace(file: override.fileName),
      what: LocalizedText(
        en: "'\(override.fileName)' can't be used", es: "no se puede usar '\(override.fileName)'"),
      fix: LocalizedText(
        en: "give the full key and a value: --set line.chains.after=keep",
        es: "dé la clave completa y un valor: --set line.chains.after=keep"))
  }
}
