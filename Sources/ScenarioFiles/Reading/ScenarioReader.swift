// Quiebre · ScenarioFiles
// Reads a merged table into a typed scenario, section by section, collecting every fault.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

/// Reads all sections of one scenario.
struct ScenarioReader {
  let checker: Checker
  let root: Section

  init(checker: Checker) {
    self.checker = checker
    root = Section(
      "", checker.stack.table, at: SourcePlace(file: checker.stack.main), checker: checker)
  }

  /// The scenario; only to be used if the checker holds no errors afterwards.
  func read() -> Scenario {
    let head = readHead()
    let country = readCountry()
    let data = readData()
    let tables = root.section("table").namedSections().compactMap { readTable($0.id, $0.section) }
    let surfaces = root.section("surface").namedSections().compactMap {
      readSurface($0.id, $0.section)
    }
    let risk = readRisk()
    let population = readPopulation()
    let series = readSeries()
    let simulation = readSimulation()
    let money = readMoney()
    let lines = readLines(country: country, money: money)
    let interactions = root.section("interaction").namedSections().compactMap {
      readInteraction($0.id, $0.section, lines: lines)
    }
    let constraints = root.section("constraint").namedSections().map {
      readConstraint($0.id, $0.section)
    }
    let targets = readTargets()
    let scenario = Scenario(
      id: head.id, name: head.name, note: head.note, version: head.version,
      definition: head.definition, baseline: head.baseline, country: country, data: data,
      tables: tables, surfaces: surfaces, risk: risk, population: population, series: series,
      simulation: simulation, money: money, lines: lines, interactions: interactions,
      constraints: constraints, targets: targets, optimize: readOptimize(), output: readOutput())
    root.finish()
    return scenario
  }

  // MARK: [scenario]

  private struct Head {
    var id: String
    var name: LocalizedText
    var note: LocalizedText?
    var version: Int
    var definition: String
    var baseline: FileReference?
  }

  private func readHead() -> Head {
    let section = root.section("scenario")
    section.require("id")
    section.require(
      "definition",
      why: LocalizedText(
        en: "rates of two survey definitions never meet: the group that counts must be named",
        es: "las tasas de dos definiciones nunca se mezclan: hay que nombrar el grupo que cuenta"))
    let id = section.text("id") ?? ""
    if let entry = section.table["id"], entry.value.content == .string(id), !isName(id) {
      checker.report(
        Diagnostic(
          .invalidName, entry: "scenario.id", at: entry.value.place,
          what: LocalizedText(
            en: "'\(id)' can't name a folder", es: "'\(id)' no sirve como nombre de carpeta"),
          fix: LocalizedText(
            en: "use letters without accents, digits, - and _",
            es: "use letras sin tilde, dígitos, - y _")))
    }
    let definition = section.text("definition") ?? ""
    let head = Head(
      id: id, name: section.localized("name") ?? LocalizedText(verbatim: id),
      note: section.localized("note"), version: section.count("version", in: 1...1, default: 1),
      definition: definition, baseline: section.path("baseline"))
    _ = section.texts("extends")
    _ = section.flag("override", default: false)
    if let baseline = head.baseline {
      checker.request(.baseline, baseline, key: "scenario.baseline")
    }
    section.finish()
    return head
  }

  // MARK: [country]

  private func readCountry() -> CountrySettings {
    let section = root.section("country")
    let pairs = section.textsByKey("classification") ?? []
    let country = CountrySettings(
      classificationFields: pairs.map(\.key), classificationPatterns: pairs.map(\.text),
      execution: section.distribution("execution", .ratio),
      leakage: section.distribution("leakage", .ratio),
      ceiling: section.distribution("ceiling", .ratio),
      currencySign: section.text("currency_sign"), name: section.localized("name"))
    _ = section.texts("assumed")
    section.finish()
    return country
  }

  // MARK: [data]

  private func readData() -> DataSettings {
    let section = root.section("data")
    let districts =
      section.path("districts") ?? builtInPath("geo:districts.geojson", key: "data.districts")
    let data = DataSettings(
      country: section.text("country", default: "peru"), districts: districts,
      code: section.text("code", default: "ubigeo"),
      coding: section.choice("coding", default: .inei),
      vintage: section.count("vintage", in: Section.years, default: 2025),
      changes: optionalPath(section, "changes", .changes),
      codings: optionalPath(section, "codings", .codings),
      names: Dictionary(
        (section.textsByKey("names") ?? []).map { ($0.key, $0.text) },
        uniquingKeysWith: { first, _ in first }),
      levels: levels(section), geometry: section.choice("geometry"),
      repair: section.choice("repair", default: .structure), areaCRS: section.text("area_crs"),
      contiguity: section.choice("contiguity", default: .queen),
      gap: section.number("gap", .plain, default: 0, "0"))
    checker.request(.districts, data.districts, key: "data.districts")
    section.finish()
    return data
  }

  private func levels(_ section: Section) -> [String: Int] {
    guard let entry = section.take("levels") else {
      checker.plainDefault("data.levels", "{ department = 2, province = 4, district = 6 }")
      return ["department": 2, "province": 4, "district": 6]
    }
    guard let table = entry.value.table else {
      section.wrongType(
        "levels", entry.value,
        LocalizedText(
          en: "{ department = 2, province = 4, district = 6 }",
          es: "{ department = 2, province = 4, district = 6 }"))
      return [:]
    }
    let inner = Section("data.levels", table, at: entry.keyPlace, checker: checker)
    var levels: [String: Int] = [:]
    for name in ["department", "province"] {
      inner.require(name)
      if let member = inner.peek(name) {
        levels[name] = inner.count(name, member.value, in: 1...20)
      }
    }
    // Two characters below the province, unless the whole code's length is said.
    levels["district"] =
      inner.peek("district").flatMap { inner.count("district", $0.value, in: 1...20) }
      ?? (levels["province"] ?? 4) + 2
    inner.finish()
    let order = ["department", "province", "district"].compactMap { levels[$0] }
    if zip(order, order.dropFirst()).contains(where: { $0 >= $1 }) {
      checker.report(
        Diagnostic(
          .disordered, entry: "data.levels", at: entry.value.place,
          what: LocalizedText(
            en: "data.levels: a lower level needs more characters of the code than the one above",
            es: "data.levels: un nivel inferior necesita más caracteres del código que el de arriba"
          )
        ))
    }
    return levels
  }

  // MARK: Paths

  func builtInPath(_ path: String, key: String) -> FileReference {
    checker.plainDefault(key, "\"\(path)\"")
    return FileReference(
      written: path, path: path, layer: nil, place: SourcePlace(file: checker.stack.main))
  }

  /// A path that may be left out; an empty text means "none", over a lower layer's path.
  func optionalPath(_ section: Section, _ key: String, _ kind: DataRequest.Kind) -> FileReference? {
    if section.peek(key)?.value.content == .string("") {
      _ = section.take(key)
      return nil
    }
    guard let path = section.path(key) else { return nil }
    checker.request(kind, path, key: section.full(key))
    return path
  }
}
