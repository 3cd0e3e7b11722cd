// Quiebre · ScenarioFiles
// What all lines of one plan share: the years, the fields of formulas, prices, and the faults found.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel

/// The state of one planning.
final class PlanContext {
  let loaded: LoadedScenario
  let inputs: PlanInputs
  let base: Int
  let end: Int
  let priceYear: Int
  let prices: PriceIndex?
  let table: FormulaTable
  private(set) var faults: [Diagnostic] = []

  var scenario: Scenario { loaded.scenario }
  var years: ClosedRange<Int> { base...end }
  var sign: String { scenario.country.currencySign ?? scenario.money.currency }

  init(loaded: LoadedScenario, inputs: PlanInputs, base: Int, end: Int, prices: PriceIndex?) {
    self.loaded = loaded
    self.inputs = inputs
    self.base = base
    self.end = end
    self.prices = prices
    priceYear = loaded.scenario.money.priceYear ?? base
    table = FormulaTable(inputs)
  }

  func report(_ fault: Diagnostic) { faults.append(fault) }

  /// What money of a year, in the prices of the file, is in constant money.
  ///
  /// A missing index gives 1; ``checkPrices()`` has then reported the year.
  func constantFactor(of year: Int) -> Double {
    guard scenario.money.prices == .current else { return 1 }
    return prices?.factor(from: year, to: priceYear) ?? 1
  }

  /// Every year whose money must be deflated needs an index.
  func checkPrices() {
    guard scenario.money.prices == .current, let prices else { return }
    let lacking = (Array(years) + [priceYear]).filter { prices.index[$0] == nil }
    guard let first = lacking.first else { return }
    report(
      Diagnostic(
        .badDeflator, entry: "money.deflator", at: scenario.money.deflator?.place,
        what: LocalizedText(
          en: "the deflator has no index for \(first) (years that lack one: \(lacking.count))",
          es: "el deflactor no tiene índice para \(first) (años sin índice: \(lacking.count))")))
  }

  /// How many districts, and the first of them.
  func named(_ indices: [Int]) -> LocalizedText {
    let district = inputs.registry.districts[indices[0]]
    let first = "\(district.code) \(district.name)"
    return LocalizedText(
      en: "\(counted(indices.count, "district", "districts")) (first \(first))",
      es: "\(counted(indices.count, "distrito", "distritos")) (primero \(first))")
  }

  /// A number per district for a factor or a count: it must be there and above `limit`.
  func numbers(_ formula: Formula, entry: String, above limit: Double, allowingLimit: Bool)
    -> [Double]
  {
    let values = formula.numbers(in: table)
    let bad = values.indices.filter { index in
      guard let value = values[index] else { return true }
      return value < limit || (value == limit && !allowingLimit)
    }
    if !bad.isEmpty {
      let found = named(bad)
      report(
        Diagnostic(
          .unusableValue, entry: entry, at: formula.place,
          what: LocalizedText(
            en:
              "\(entry) gives no usable value in \(found.en)",
            es:
              "\(entry) no da un valor utilizable en \(found.es)"
          ),
          fix: LocalizedText(
            en: "give these districts their data, or leave them out of the formula",
            es: "dé los datos de esos distritos o exclúyalos de la fórmula")))
    }
    return values.map { $0 ?? 1 }
  }

  /// Whether each district takes part; a missing value keeps it out, and is said.
  func members(_ condition: Formula?, entry: String) -> [Bool] {
    guard let condition else {
      return [Bool](repeating: true, count: inputs.registry.districts.count)
    }
    let met = condition.conditions(in: table)
    warnMissing(met.map { $0 == nil }, condition, entry: entry)
    if !met.contains(true) {
      report(
        Diagnostic(
          .emptyIntersection, .warning, entry: entry, at: condition.place,
          what: LocalizedText(
            en: "no district meets \(entry)", es: "ningún distrito cumple \(entry)")))
    }
    return met.map { $0 ?? false }
  }

  func warnMissing(_ isMissing: [Bool], _ formula: Formula, entry: String) {
    let missing = isMissing.indices.filter { isMissing[$0] }
    guard !missing.isEmpty else { return }
    let found = named(missing)
    report(
      Diagnostic(
        .unusableValue, .warning, entry: entry, at: formula.place,
        what: LocalizedText(
          en:
            "\(entry) can't be worked out in \(found.en): no part in it",
          es:
            "\(entry) no se puede calcular en \(found.es): sin participación"
        )
      ))
  }
}

extension FormulaTable {
  /// The built-in columns and the registry's fields.
  init(_ inputs: PlanInputs) {
    let registry = inputs.registry
    self.init(count: registry.districts.count)
    for field in registry.fields.values {
      switch field.values {
      case .numbers(let values):
        add(field.name, .numbers(values, isPercent: field.unit == .percent))
      case .texts(let texts): add(field.name, .texts(texts))
      }
    }
    add("ubigeo", .texts(registry.districts.map(\.code)))
    add("district", .texts(registry.districts.map(\.name)))
    add("province", .texts(registry.districts.map(\.province)))
    add("department", .texts(registry.districts.map(\.department)))
    add("children", .numbers(registry.children, isPercent: false))
    let risk = inputs.risk
    add("risk", .numbers(risk.rate.map(known), isPercent: true))
    add("risk_p05", .numbers(risk.p05.map(known), isPercent: true))
    add("risk_p95", .numbers(risk.p95.map(known), isPercent: true))
    add("risk_class", .texts(risk.classes.map(\.rawValue)))
    // In the order low, medium, high.
    add("p_high", .numbers(risk.classProbabilities.map { $0.last.flatMap(known) }, isPercent: true))
  }
}

private func known(_ value: Double) -> Double? { value.isFinite ? value : nil }
