// Quiebre · Districts
// The codes and names of a layer's features: one feature per district, or a fault that names both.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// A layer's features in the order of their codes.
struct LayerCodes {
  /// Ascending, all different.
  var codes: [String]
  /// The position of each code's feature in the layer.
  var featureOf: [Int]
  var names: [String]
  var provinces: [String?]
  var departments: [String?]

  init(_ layer: FeatureLayer, settings: RegistrySettings) throws(DiagnosticList) {
    let texts = try Self.codeTexts(layer, settings: settings)
    var reader = LayerCodeReader(layer: layer, rules: settings.rules)
    let codes = reader.codes(of: texts, restoreZeros: settings.restoreZeros)
    try reader.faults.throwErrors()
    let order = codes.indices.sorted { codes[$0] < codes[$1] }
    let columns = settings.layerNames
    let text = { (column: String?, feature: Int) -> String? in
      column.flatMap { layer.features[feature].fields[$0] }.flatMap(fieldText)
    }
    self.codes = order.map { codes[$0] }
    featureOf = order
    names = order.map { text(columns?.district, $0) ?? "" }
    provinces = order.map { text(columns?.province, $0) }
    departments = order.map { text(columns?.department, $0) }
  }

  /// The attribute named in the settings, else the features' ids if they can be codes.
  private static func codeTexts(
    _ layer: FeatureLayer, settings: RegistrySettings
  ) throws(DiagnosticList) -> [String] {
    let attribute = layer.features.map { $0.fields[settings.codeColumn] }
    if attribute.contains(where: { $0 != nil }) {
      return attribute.map { $0.flatMap(fieldText) ?? "" }
    }
    let ids = layer.features.map { fieldText($0.id) ?? "" }
    let fits = { (text: String) in
      settings.rules.slip(in: text) == nil || settings.rules.restoringZeros(text) != nil
    }
    if !ids.isEmpty, ids.allSatisfy(fits) { return ids }
    throw DiagnosticList(
      .noCodeColumn(
        settings.codeColumn, candidates: codeColumns(layer, fits: fits), file: layer.name))
  }

  /// Attributes that could be the code: it fits in every feature, and no two are equal.
  private static func codeColumns(_ layer: FeatureLayer, fits: (String) -> Bool) -> [String] {
    let columns = layer.features.first?.fields.keys.sorted() ?? []
    return columns.filter { column in
      let texts = layer.features.map { $0.fields[column].flatMap(fieldText) ?? "" }
      return texts.allSatisfy(fits) && Set(texts).count == texts.count
    }
  }
}

/// Checks codes of features one by one.
private struct LayerCodeReader {
  let layer: FeatureLayer
  let rules: CodeRules
  var faults: TableFaults

  init(layer: FeatureLayer, rules: CodeRules) {
    self.layer = layer
    self.rules = rules
    self.faults = TableFaults(file: layer.name)
  }

  mutating func codes(of texts: [String], restoreZeros: Bool) -> [String] {
    var lost: [Int] = []
    var firstOf: [String: Int] = [:]
    var codes: [String] = []
    for (index, text) in texts.enumerated() {
      var code = text
      switch rules.slip(in: text) {
      case nil:
        break
      case .lostZeros(let restored):
        lost.append(index)
        code = restored
      case let slip?:
        faults.add(.featureCode(slip, text: text, rules: rules, at: layer.features[index], layer))
        codes.append(text)
        continue
      }
      if let first = firstOf[code] {
        faults.add(
          .doubledFeature(
            code, first: layer.features[first], second: layer.features[index], layer))
      } else {
        firstOf[code] = index
      }
      codes.append(code)
    }
    if let first = lost.first, !restoreZeros {
      faults.add(
        .featureLostZeros(
          texts[first], features: lost.count,
          leadingZeros: codes.count { $0.hasPrefix("0") }, at: layer.features[first], layer))
    }
    return codes
  }
}

/// An attribute as a code or a name: whole numbers without a decimal point.
func fieldText(_ value: FieldValue) -> String? {
  switch value {
  case .null, .flag: nil
  case .text(let text): text.trimmingSpaces()
  case .integer(let number): String(number)
  case .number(let number): Int(exactly: number).map(String.init) ?? "\(number)"
  }
}

extension FeatureLayer {
  /// Where a feature stands, for a message.
  func place(_ feature: Feature) -> SourcePlace { SourcePlace(file: name, line: feature.line ?? 0) }
}

extension Diagnostic {
  fileprivate static func noCodeColumn(
    _ column: String, candidates: [String], file: String
  ) -> Diagnostic {
    let list = candidates.map { "\"\($0)\"" }.joined(separator: ", ")
    return Diagnostic(
      .noCodeColumn, entry: column, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "the features have no attribute '\(column)' with the district's code",
        es: "los objetos no tienen un atributo '\(column)' con el código del distrito"),
      fix: candidates.isEmpty
        ? LocalizedText(
          en: "set data.code to the attribute that holds it",
          es: "ponga en data.code el atributo que lo tiene")
        : LocalizedText(
          en: "set data.code: \(list) can be codes", es: "ponga data.code: \(list) puede serlo"))
  }

  fileprivate static func featureCode(
    _ slip: CodeSlip, text: String, rules: CodeRules, at feature: Feature, _ layer: FeatureLayer
  ) -> Diagnostic {
    let fault = Diagnostic.badCode(slip, text: text, rules: rules, at: layer.place(feature))
    let what =
      slip == .blank
      ? LocalizedText(en: "a feature without a code", es: "un objeto sin código") : fault.what
    return Diagnostic(
      fault.code, entry: "feature \(feature.number)", at: fault.place, what: what, fix: fault.fix)
  }

  fileprivate static func doubledFeature(
    _ code: String, first: Feature, second: Feature, _ layer: FeatureLayer
  ) -> Diagnostic {
    Diagnostic(
      .doubledCode, entry: "feature \(second.number)", at: layer.place(second),
      what: LocalizedText(
        en: "\"\(code)\" stands in features \(first.number) and \(second.number)",
        es: "\"\(code)\" está en los objetos \(first.number) y \(second.number)"),
      fix: LocalizedText(
        en: "if both are parts of one district, merge them into one feature",
        es: "si ambos son partes de un distrito, únalos en un solo objeto"))
  }

  fileprivate static func featureLostZeros(
    _ text: String, features: Int, leadingZeros: Int, at feature: Feature, _ layer: FeatureLayer
  ) -> Diagnostic {
    let count = NumberText.grouped(features)
    let zeros = NumberText.grouped(leadingZeros)
    return Diagnostic(
      .lostZeros, entry: "feature \(feature.number)", at: layer.place(feature),
      what: LocalizedText(
        en:
          "code \"\(text)\" has \(text.count) digits, as in \(count) features; \(zeros) districts "
          + "begin with zero",
        es: "el código \"\(text)\" tiene \(text.count) dígitos, como en \(count) objetos; "
          + "\(zeros) distritos empiezan con cero"),
      fix: LocalizedText(
        en: "write codes as text (\"ubigeo\": \"0\(text)\"), or restore the zeros on request",
        es: "escriba los códigos como texto (\"ubigeo\": \"0\(text)\"), o pida restaurar los ceros"
      ))
  }
}
