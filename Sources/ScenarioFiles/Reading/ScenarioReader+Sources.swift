// Quiebre · ScenarioFiles
// Reads where facts, surfaces, the risk and the population come from.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension ScenarioReader {
  func readCodes(_ section: Section) -> TableCodes {
    TableCodes(
      column: section.text("code"), coding: section.choice("coding"),
      vintage: section.year("vintage"))
  }

  // MARK: [table.x]

  func readTable(_ id: String, _ section: Section) -> TableSource? {
    section.require("file")
    let file = section.path("file")
    let fields = section.textsByKey("fields") ?? []
    let units = section.textsByKey("units") ?? []
    for (key, _, entry) in fields where !isFieldName(key) {
      checker.report(badFieldName(key, entry, section))
    }
    let known = fields.map(\.key)
    for (key, unit, entry) in units {
      if !known.isEmpty, !known.contains(key) {
        reportUnknown(key, of: known, entry: section.full("units"), at: entry.keyPlace)
      }
      if unit != "%" {
        section.unknownChoice("units." + key, unit, of: ["%"], at: entry.value.place)
      }
    }
    let codes = readCodes(section)
    section.finish()
    guard let file else { return nil }
    checker.request(.table(id: id), file, key: section.full("file"))
    return TableSource(
      id: id, file: file, names: known, columns: fields.map(\.text),
      percentFields: Set(units.filter { $0.text == "%" }.map(\.key)), codes: codes)
  }

  private func isFieldName(_ text: String) -> Bool {
    isName(text) && !text.contains("-") && text.first?.isNumber == false
  }

  private func badFieldName(_ key: String, _ entry: TOMLTable.Entry, _ section: Section)
    -> Diagnostic
  {
    Diagnostic(
      .invalidName, entry: section.full("fields"), at: entry.keyPlace,
      what: LocalizedText(
        en: "'\(key)' can't be a field of formulas",
        es: "'\(key)' no puede ser un campo de fórmulas"),
      fix: LocalizedText(
        en: "use letters without accents, digits and _, a letter first",
        es: "use letras sin tilde, dígitos y _, primero una letra"))
  }

  /// A name that nothing bears, with the nearest one.
  func reportUnknown(_ name: String, of names: [String], entry: String, at place: SourcePlace) {
    let nearest = nearestName(to: name, in: names)
    let all = names.joined(separator: ", ")
    checker.report(
      Diagnostic(
        .unknownReference, entry: entry, at: place,
        what: LocalizedText(
          en: "\(entry): nothing is named '\(name)'", es: "\(entry): nada se llama '\(name)'"),
        caret: nearest.map {
          LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
        },
        fix: names.isEmpty
          ? nil : LocalizedText(en: "there are: \(all)", es: "hay: \(all)")))
  }

  // MARK: [risk]

  func readRisk() -> RiskSettings {
    let section = root.section("risk")
    let surfaceEntry = section.peek("surface")
    let modelEntry = section.peek("model")
    var source = RiskSettings.Source.surface("")
    switch (surfaceEntry, modelEntry) {
    case (let surface?, let model?):
      let ranks = (
        checker.stack.rank(of: surface.value.place), checker.stack.rank(of: model.value.place)
      )
      if ranks.0 == ranks.1 { reportBothRisks(model) }
      source = ranks.0 >= ranks.1 ? readRiskSurface(section) : readRiskModel(section)
    case (_?, nil): source = readRiskSurface(section)
    case (nil, _?): source = readRiskModel(section)
    case (nil, nil):
      section.require(
        "surface",
        why: LocalizedText(
          en: "name a surface or a model: without risk no district differs from another",
          es: "nombre una superficie o un modelo: sin riesgo ningún distrito difiere de otro"))
    }
    let classes = readClasses(section)
    let risk = RiskSettings(
      source: source, cells: optionalPath(section, "cells", .riskCells),
      direct: optionalPath(section, "direct", .direct),
      damping: section.flag("damping", default: true),
      logitError: section.number("logit_error", .spread), classRule: classes.rule,
      mediumFrom: classes.medium, highFrom: classes.high)
    section.finish()
    return risk
  }

  private func readRiskSurface(_ section: Section) -> RiskSettings.Source {
    let name = section.text("surface") ?? ""
    let names = root.table["surface"]?.value.table?.keys ?? []
    if let entry = section.table["surface"], !name.isEmpty, !names.contains(name) {
      reportUnknown(name, of: names, entry: "risk.surface", at: entry.value.place)
    }
    return .surface(name)
  }

  private func readRiskModel(_ section: Section) -> RiskSettings.Source {
    guard let path = section.path("model") else { return .surface("") }
    checker.request(.riskModel, path, key: "risk.model")
    return .model(path)
  }

  private func reportBothRisks(_ model: TOMLTable.Entry) {
    checker.report(
      Diagnostic(
        .misplacedKey, entry: "risk.model", at: model.keyPlace,
        what: LocalizedText(
          en: "risk.surface and risk.model are both given in one file",
          es: "risk.surface y risk.model se dan ambos en un archivo"),
        fix: LocalizedText(en: "keep one of them", es: "deje solo uno")))
  }

  private func readClasses(_ section: Section) -> (
    rule: RiskSettings.ClassRule, medium: Double?, high: Double?
  ) {
    section.require("classes")
    guard let entry = section.take("classes") else { return (.fixed, nil, nil) }
    guard let table = entry.value.table else {
      section.wrongType(
        "classes", entry.value,
        LocalizedText(
          en: "{ rule = \"fixed\", medium = \"15 %\", high = \"30 %\" }",
          es: "{ rule = \"fixed\", medium = \"15 %\", high = \"30 %\" }"))
      return (.fixed, nil, nil)
    }
    let inner = Section("risk.classes", table, at: entry.keyPlace, checker: checker)
    inner.require("rule")
    let rule: RiskSettings.ClassRule? = inner.peek("rule") == nil ? nil : inner.choice("rule")
    var cuts: [Double?] = [nil, nil]
    let names = ["medium", "high"]
    if rule == .fixed {
      for (index, name) in names.enumerated() {
        inner.require(name)
        cuts[index] = inner.peek(name).flatMap { inner.number(name, $0.value, .ratio) }
      }
      if let medium = cuts[0], let high = cuts[1], medium > high,
        let place = table["high"]?.value.place
      {
        checker.report(
          Diagnostic(
            .disordered, entry: "risk.classes", at: place,
            what: LocalizedText(
              en: "the high class begins below the medium one",
              es: "la clase alta empieza por debajo de la media")))
      }
    } else if rule != nil {
      inner.refuse(
        names,
        LocalizedText(en: "only rule 'fixed' has cuts", es: "solo la regla 'fixed' tiene cortes"))
    }
    inner.finish()
    return (rule ?? .fixed, cuts[0], cuts[1])
  }

  // MARK: [population]

  func readPopulation() -> PopulationSettings {
    let section = root.section("population")
    let growth: PopulationSettings.Growth
    if case .string(let text)? = section.peek("growth")?.value.content, WrittenNumber(text) == nil,
      let path = section.path("growth")
    {
      checker.request(.populationGrowth, path, key: "population.growth")
      growth = .file(path)
    } else {
      growth = .ratio(section.number("growth", .growth, default: 0, "0"))
    }
    var split: FileReference?
    if section.peek("split")?.value.content == .string("even") {
      _ = section.take("split")
    } else {
      split = optionalPath(section, "split", .populationSplit)
    }
    let population = PopulationSettings(
      file: optionalPath(section, "file", .population),
      children: section.text("children", default: "children"),
      byAge: optionalPath(section, "by_age", .populationByAge), split: split, growth: growth)
    section.finish()
    return population
  }
}
