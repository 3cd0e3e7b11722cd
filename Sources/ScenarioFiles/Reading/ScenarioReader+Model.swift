// Quiebre · ScenarioFiles
// Reads the series, the simulation, the money's prices, and what is asked of the optimizer.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Statistics

extension ScenarioReader {
  // MARK: [series]

  func readSeries() -> SeriesSettings {
    let section = root.section("series")
    section.require("file")
    let file = section.path("file")
    if let file { checker.request(.series, file, key: "series.file") }
    let series = SeriesSettings(
      file: file ?? builtInPath("-", key: "series.file"),
      shockYears: section.list("shock_years")?.compactMap {
        section.count("shock_years", $0, in: Section.years)
      },
      methods: readMethods(section), scale: section.choice("scale", default: .identity),
      joinpoints: section.count("joinpoints", in: 0...10),
      side: section.count("side", in: 1...20, default: 2),
      alpha: section.number("alpha", .ratio, default: 0.05, "0.05"),
      nullDraws: section.count("null_draws", in: 99...10_000_000, default: 9999),
      bayes: section.flag("bayes", default: false),
      nextStandardError: section.number("next_se", .points),
      surveyCorrelation: section.number("rho", .ratio, default: 0, "0"))
    section.finish()
    return series
  }

  private func readMethods(_ section: Section) -> SeriesSettings.Methods {
    guard let entry = section.peek("methods"), let table = entry.value.table else {
      let word = section.choice("methods", default: MethodWord.refuse)
      return word == .offset ? .offset : .refuse
    }
    _ = section.take("methods")
    let inner = Section("series.methods", table, at: entry.keyPlace, checker: checker)
    inner.require("ratio")
    inner.require("se")
    let ratio = inner.peek("ratio").flatMap { inner.number("ratio", $0.value, .multiplier) }
    let error = inner.peek("se").flatMap { inner.number("se", $0.value, .multiplier) }
    inner.finish()
    return .known(ratio: ratio ?? 1, standardError: error ?? 0)
  }

  private enum MethodWord: String, CaseIterable { case refuse, offset }

  // MARK: [simulation]

  func readSimulation() -> SimulationSettings {
    let section = root.section("simulation")
    let dynamics = Plan.Dynamics(
      exit: section.distribution(
        "exit", .ratio, assumed: Distribution(.triangular(low: 0.15, central: 0.3, high: 0.6)),
        "[0.15, 0.3, 0.6]"),
      trend: section.distribution(
        "trend", .logPoints, assumed: Distribution(.normal(mean: 0, standardDeviation: 0.05)),
        "{ normal = [0, 0.05] }"),
      trendExit: section.distribution(
        "trend_exit", .logPoints, default: Distribution(.fixed(0)), "0"),
      shock: readShock(section, "shock"), departmentShock: readShock(section, "shock_department"))
    let settings = SimulationSettings(
      asOf: readAsOf(section), base: section.year("base"), end: section.year("end"),
      replicas: section.count("replicas", in: 1...1_000_000, default: 1000),
      seed: UInt64(section.count("seed", in: 0...Int.max, default: 20_190_913)),
      overlap: section.choice("overlap", default: .product), dynamics: dynamics,
      calibrate: section.flag("calibrate", default: true),
      minimumEffectiveSize: section.number("min_ess", .plain, default: 200, "200"),
      draws: optionalPath(section, "draws", .draws))
    section.finish()
    return settings
  }

  private func readShock(_ section: Section, _ key: String) -> Plan.Shock {
    guard let entry = section.take(key) else {
      checker.assumedDefault(section.full(key), "{ sd = 0.05, ar = 0.5 }")
      return Plan.Shock(standardDeviation: 0.05, autocorrelation: 0.5)
    }
    guard let table = entry.value.table else {
      section.wrongType(
        key, entry.value, LocalizedText(verbatim: "{ sd = 0.05, ar = 0.5 }"))
      return Plan.Shock(standardDeviation: 0, autocorrelation: 0)
    }
    let inner = Section(section.full(key), table, at: entry.keyPlace, checker: checker)
    inner.require("sd")
    let deviation = inner.peek("sd").flatMap { inner.number("sd", $0.value, .multiplier) } ?? 0
    var autocorrelation = 0.0
    if let member = inner.peek("ar"), let given = inner.number("ar", member.value, .plain) {
      autocorrelation = given
      if !(given > -1 && given < 1) {
        inner.outOfRange(
          "ar", at: member.value.place, found: "\(given)",
          allowed: LocalizedText(en: "between -1 and 1", es: "entre -1 y 1"))
      }
    }
    inner.finish()
    return Plan.Shock(standardDeviation: deviation, autocorrelation: autocorrelation)
  }

  private func readAsOf(_ section: Section) -> SimulationSettings.AsOf? {
    guard let entry = section.take("as_of") else { return nil }
    switch entry.value.content {
    case .integer: return section.count("as_of", entry.value, in: Section.years).map { .year($0) }
    case .time(let text) where isDate(text), .string(let text) where isDate(text):
      return .date(text)
    default:
      section.wrongType(
        "as_of", entry.value,
        LocalizedText(
          en: "a year or a date: 2019, 2019-12-31", es: "un año o una fecha: 2019, 2019-12-31"))
      return nil
    }
  }

  private func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2] else { return false }
    let numbers = parts.compactMap { part in part.allSatisfy(\.isASCII) ? Int(part) : nil }
    return numbers.count == 3 && Section.years.contains(numbers[0])
      && (1...12).contains(numbers[1]) && (1...31).contains(numbers[2])
  }

  // MARK: [money]

  func readMoney() -> MoneySettings {
    let section = root.section("money")
    section.require("currency")
    section.require(
      "prices",
      why: LocalizedText(
        en: "constant or current must be said: results are in constant money",
        es: "hay que decir si son constantes o corrientes: los resultados van en moneda constante"))
    let prices: MoneySettings.Prices? = section.choice("prices")
    let money = MoneySettings(
      currency: section.text("currency") ?? "", prices: prices ?? .constant,
      priceYear: section.year("price_year"),
      deflator: optionalPath(section, "deflator", .deflator),
      stage: section.choice("stage", default: .amended))
    if let entry = section.table["currency"], !money.currency.isEmpty, !isCurrency(money.currency) {
      section.outOfRange(
        "currency", at: entry.value.place, found: "'\(money.currency)'",
        allowed: LocalizedText(en: "a code such as PEN", es: "un código como PEN"))
    }
    if money.prices == .current, money.deflator == nil, let entry = section.table["prices"] {
      checker.report(
        Diagnostic(
          .noDeflator, entry: "money.prices", at: entry.value.place,
          what: LocalizedText(
            en: "current prices need money.deflator",
            es: "los precios corrientes necesitan money.deflator"),
          fix: LocalizedText(
            en: "name a table year,index, or give constant amounts",
            es: "nombre una tabla year,index, o dé montos constantes")))
    }
    section.finish()
    return money
  }

  private func isCurrency(_ text: String) -> Bool {
    text.utf8.count == 3 && text.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) }
  }

  // MARK: [optimize] and [output]

  func readOptimize() -> OptimizeSettings? {
    guard root.peek("optimize") != nil else { return nil }
    let section = root.section("optimize")
    let settings = OptimizeSettings(
      objective: section.choice("objective", default: .childYears),
      target: readReference(section, "target", of: "target"),
      lines: readReferences(section, "lines", of: "line"),
      years: section.span("years", in: Section.years), extra: section.money("extra") ?? 0,
      step: section.money("step") ?? 100, probability: section.number("prob", .ratio),
      tail: section.number("tail", .ratio, default: 0.05, "0.05"),
      equity: section.formula("equity", as: .quantity),
      fresh: section.count("fresh", in: 1...10_000_000, default: 1000),
      gap: section.number("gap", .ratio, default: 1e-6, "1e-6"))
    section.finish()
    return settings
  }

  func readReference(_ section: Section, _ key: String, of kind: String) -> String? {
    guard let name = section.text(key), let entry = section.table[key] else { return nil }
    let names = root.table[kind]?.value.table?.keys ?? []
    if !names.contains(name) {
      reportUnknown(name, of: names, entry: section.full(key), at: entry.value.place)
    }
    return name
  }

  func readReferences(_ section: Section, _ key: String, of kind: String) -> [String]? {
    guard let elements = section.list(key) else { return nil }
    let names = root.table[kind]?.value.table?.keys ?? []
    var seen: Set<String> = []
    return elements.compactMap { element in
      guard case .string(let name) = element.content else {
        section.wrongType(key, element, LocalizedText(en: "a text", es: "un texto"))
        return nil
      }
      if !names.contains(name) {
        reportUnknown(name, of: names, entry: section.full(key), at: element.place)
      }
      return seen.insert(name).inserted ? name : nil
    }
  }

  func readOutput() -> OutputSettings {
    let section = root.section("output")
    let known = ["geojson", "csv", "gpkg", "fgb", "xlsx", "html"]
    let formats = section.list("formats")?.compactMap { element -> String? in
      guard case .string(let text) = element.content else {
        section.wrongType("formats", element, LocalizedText(en: "a text", es: "un texto"))
        return nil
      }
      if !known.contains(text) {
        section.unknownChoice("formats", text, of: known, at: element.place)
      }
      return text
    }
    if formats == nil { checker.plainDefault("output.formats", "[\"geojson\", \"csv\"]") }
    let output = OutputSettings(
      formats: formats ?? ["geojson", "csv"], time: section.choice("time", default: .wide),
      simplify: section.number("simplify", .plain, default: 0, "0"),
      csv: section.choice("csv", default: .point),
      quartiles: section.flag("quartiles", default: false),
      worst: section.count("worst", in: 0...100_000),
      poverty: section.formula("poverty", as: .quantity),
      rural: section.formula("rural", as: .quantity))
    section.finish()
    return output
  }
}
