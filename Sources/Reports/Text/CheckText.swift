// Quiebre · Reports
// What `quiebre check` prints: one line per part, what is wrong with it, and what to do next.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts
public import LaborModel

/// A scenario that was read, joined and added up, but not simulated.
public struct CheckSummary: Sendable {
  public var plan: Plan
  public var registry: DistrictRegistry
  public var risk: DistrictRisk
  /// Constraints of the scenario; the plan doesn't keep them.
  public var constraints: Int
  /// File names, lowest layer first.
  public var layers: [String]
  /// How codes are read and of which year they are, such as `inei`, 2025.
  public var coding: String
  public var vintage: Int?
  public var unit: RunReport.MoneyUnit
  /// Everything that was found; `reach` faults (Q502) get a line of their own.
  public var diagnostics: [Diagnostic]
  /// Targets whose best case was tried; `nil` = none was.
  public var reachTried: Int?

  public init(
    plan: Plan, registry: DistrictRegistry, risk: DistrictRisk, constraints: Int,
    layers: [String], coding: String, vintage: Int?, unit: RunReport.MoneyUnit,
    diagnostics: [Diagnostic], reachTried: Int? = nil
  ) {
    self.plan = plan
    self.registry = registry
    self.risk = risk
    self.constraints = constraints
    self.layers = layers
    self.coding = coding
    self.vintage = vintage
    self.unit = unit
    self.diagnostics = diagnostics
    self.reachTried = reachTried
  }

  /// The lines for the terminal.
  ///
  /// - Parameters:
  ///   - language: Of the words.
  ///   - seconds: How long the check took; `nil` leaves it out.
  /// - Returns: Text that ends with a line feed.
  public func text(in language: Language, seconds: Double?) -> String {
    var table = TextTable()
    table.append([mark("Q2"), CheckPhrase.scenario.said(in: language), scenario(language)])
    table.append([mark("Q3"), CheckPhrase.districts.said(in: language), districts(language)])
    table.append([mark("Q4"), CheckPhrase.money.said(in: language), money(language)])
    let outOfReach = diagnostics.filter { $0.code == .targetOutOfReach }
    if let reachTried, reachTried > 0, outOfReach.isEmpty {
      table.append([
        "✓", CheckPhrase.reach.said(in: language),
        CheckPhrase.inReach.said(String(reachTried), String(plan.targets.count), in: language),
      ])
    }
    for fault in outOfReach {
      table.append([
        "!", CheckPhrase.reach.said(in: language),
        fault.what.text(in: language) + " → " + fault.code.rawValue,
      ])
    }
    table.gap = 1
    return (table.lines() + [closing(language, seconds)]).joined(separator: "\n") + "\n"
  }

  /// ✓, or ! for a warning and ✗ for an error among the codes that begin so.
  private func mark(_ prefix: String) -> String {
    let found = diagnostics.filter { $0.code.rawValue.hasPrefix(prefix) }.map(\.severity)
    return found.contains(.error) ? "✗" : found.contains(.warning) ? "!" : "✓"
  }

  private func scenario(_ language: Language) -> String {
    let parts = [
      counted(plan.lines.count, .line, .lines, language),
      counted(plan.interactions.count, .interaction, .interactions, language),
      counted(constraints, .constraint, .constraints, language),
      counted(plan.targets.count, .target, .targets, language),
    ]
    let count = counted(layers.count, .layer, .layers, language)
    return parts.joined(separator: ", ") + " · \(count) (\(layers.joined(separator: ", ")))"
  }

  private func districts(_ language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    let count = registry.districts.count
    func text(_ phrase: CheckPhrase, _ known: Int) -> String {
      phrase.said(numbers.whole(Double(known)), in: language)
    }
    let known = [
      text(.withShape, registry.districts.count { $0.shape != nil }),
      text(.withRisk, risk.rate.count { $0.isFinite }),
      text(.withChildren, registry.children.count { $0.isFinite && $0 > 0 }),
    ]
    let codes = [coding.uppercased(), vintage.map(String.init)].compactMap(\.self)
    return CheckPhrase.districtsText.said(
      numbers.whole(Double(count)), known.joined(separator: ", "), codes.joined(separator: ", "),
      in: language)
  }

  /// The year with the most money: its sum, how far above the base year, how much found a place.
  private func money(_ language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    let totals = (0...(plan.end - plan.base)).map { column in
      plan.lines.reduce(Int64(0)) { $0 + $1.money.approved[column] }
    }
    let largest = totals.max() ?? 0
    let column = totals.firstIndex(of: largest) ?? 0
    let unplaced = plan.lines.reduce(Int64(0)) { $0 + $1.money.unplaced[column] }
    func text(_ amount: Int64) -> String { numbers.money(Double(amount) / 100, unit.symbol) }
    let placed =
      largest > 0 ? numbers.fixed(Double(largest - unplaced) / Double(largest) * 100, 1) : "100.0"
    return CheckPhrase.moneyText.said(
      text(largest), String(plan.base + column), unit.currency, String(unit.priceYear),
      text(largest - (totals.first ?? 0)), String(plan.base), placed, text(unplaced),
      in: language)
  }

  private func counted(
    _ count: Int, _ one: CheckPhrase, _ many: CheckPhrase, _ language: Language
  ) -> String {
    (count == 1 ? one : many).said(String(count), in: language)
  }

  private func closing(_ language: Language, _ seconds: Double?) -> String {
    let errors = diagnostics.filter { $0.severity == .error }
    let warnings = diagnostics.filter { $0.severity == .warning }
    var text =
      counted(errors.count, .error, .errors, language) + ", "
      + counted(warnings.count, .warning, .warnings, language)
    if let seconds {
      text += CheckPhrase.inSeconds.said(
        PeopleNumbers(language: language).fixed(seconds, 1), in: language)
    }
    guard let next = (errors + warnings).first else {
      return text + CheckPhrase.nextRun.said(in: language)
    }
    return text + CheckPhrase.nextExplain.said(next.code.rawValue, in: language)
  }
}

enum CheckPhrase: Phrase {
  case scenario
  case line
  case lines
  case interaction
  case interactions
  case constraint
  case constraints
  case target
  case targets
  case layer
  case layers
  case districts
  case districtsText
  case withShape
  case withRisk
  case withChildren
  case money
  case moneyText
  case reach
  case inReach
  case error
  case errors
  case warning
  case warnings
  case inSeconds
  case nextRun
  case nextExplain

  var text: LocalizedText {
    switch self {
    case .scenario: LocalizedText(en: "scenario", es: "escenario")
    case .line: LocalizedText(en: "{1} line", es: "{1} línea")
    case .lines: LocalizedText(en: "{1} lines", es: "{1} líneas")
    case .interaction: LocalizedText(en: "{1} interaction", es: "{1} interacción")
    case .interactions: LocalizedText(en: "{1} interactions", es: "{1} interacciones")
    case .constraint: LocalizedText(en: "{1} constraint", es: "{1} restricción")
    case .constraints: LocalizedText(en: "{1} constraints", es: "{1} restricciones")
    case .target: LocalizedText(en: "{1} target", es: "{1} meta")
    case .targets: LocalizedText(en: "{1} targets", es: "{1} metas")
    case .layer: LocalizedText(en: "{1} layer", es: "{1} capa")
    case .layers: LocalizedText(en: "{1} layers", es: "{1} capas")
    case .districts: LocalizedText(en: "districts", es: "distritos")
    case .districtsText: LocalizedText(en: "{1}: {2} ({3})", es: "{1}: {2} ({3})")
    case .withShape: LocalizedText(en: "{1} with shape", es: "{1} con forma")
    case .withRisk: LocalizedText(en: "{1} with risk", es: "{1} con riesgo")
    case .withChildren: LocalizedText(en: "{1} with children", es: "{1} con NNA")
    case .money: LocalizedText(en: "money", es: "dinero")
    case .moneyText:
      LocalizedText(
        en: "{1} in {2} ({3} of {4}), {5} more than in {6} · {7} % placed · {8} unplaced",
        es: "{1} en {2} ({3} de {4}), {5} más que en {6} · {7} % ubicado · {8} sin ubicar")
    case .reach: LocalizedText(en: "reach", es: "alcance")
    case .inReach:
      LocalizedText(
        en: "targets tried: {1} of {2}, none beyond what money in these lines could reach",
        es:
          "metas probadas: {1} de {2}, ninguna más allá de lo que el dinero en estas líneas alcanza"
      )
    case .error: LocalizedText(en: "{1} error", es: "{1} error")
    case .errors: LocalizedText(en: "{1} errors", es: "{1} errores")
    case .warning: LocalizedText(en: "{1} warning", es: "{1} aviso")
    case .warnings: LocalizedText(en: "{1} warnings", es: "{1} avisos")
    case .inSeconds: LocalizedText(en: " in {1} s", es: " en {1} s")
    case .nextRun: LocalizedText(en: ". Next: quiebre run", es: ". Sigue: quiebre run")
    case .nextExplain:
      LocalizedText(en: ". Next: quiebre explain {1}", es: ". Sigue: quiebre explain {1}")
    }
  }
}
