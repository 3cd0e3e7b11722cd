// Quiebre · ScenarioFiles
// The weight of each district under a line's rule of allocation.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel

/// How a line's money finds its districts.
enum AllocationWeights {
  /// One per district, 0 for those that take no part.
  case byDistrict([Double])
  /// Money without a district.
  case national
  /// A fault was reported; the plan will not be made.
  case unknown
}

extension PlanContext {
  /// How a line's money finds its districts.
  func weights(of line: BudgetLine, members: [Bool]) -> AllocationWeights {
    let raw: [Double]?
    switch line.allocation.rule {
    case .national, .optimal: return .national
    case .equal(.district): raw = members.map { $0 ? 1 : 0 }
    case .equal(.department): raw = equalAmongDepartments(members)
    case .children: raw = inputs.registry.children
    case .risk(let classWeights): raw = riskWeights(classWeights)
    case .formula(let formula): raw = formulaWeights(formula, line, members)
    case .list(let source): raw = listWeights(source, line, members, repeats: false)
    case .history(let source): raw = listWeights(source, line, members, repeats: true)
    }
    guard let raw else { return .unknown }
    let weights = zip(raw, members).map { $1 ? $0 : 0 }
    if members.contains(true), !weights.contains(where: { $0 > 0 }) {
      report(
        Diagnostic(
          .nothingToAllocateBy, entry: "line.\(line.id).allocation", at: line.allocation.place,
          what: LocalizedText(
            en: "line.\(line.id): all weights are zero, nothing can be shared out",
            es: "line.\(line.id): todos los pesos son cero, no hay nada con qué repartir")))
      return .unknown
    }
    return .byDistrict(weights)
  }

  /// Every department with a member weighs the same, and so do the members within it.
  private func equalAmongDepartments(_ members: [Bool]) -> [Double] {
    let departments = inputs.registry.departmentOf
    var counts = [Int](repeating: 0, count: inputs.registry.departments.count)
    for (index, isMember) in members.enumerated() where isMember { counts[departments[index]] += 1 }
    return members.indices.map { members[$0] ? 1 / Double(counts[departments[$0]]) : 0 }
  }

  private func riskWeights(_ classWeights: [RiskClass: Double]?) -> [Double] {
    inputs.registry.children.indices.map { district in
      let children = inputs.registry.children[district]
      if let classWeights {
        return children * (classWeights[inputs.risk.classes[district]] ?? 0)
      }
      let rate = inputs.risk.rate[district]
      return rate.isFinite ? children * rate : 0
    }
  }

  private func formulaWeights(_ formula: Formula, _ line: BudgetLine, _ members: [Bool])
    -> [Double]?
  {
    let entry = "line.\(line.id).allocation.weight"
    let values = formula.numbers(in: table)
    warnMissing(values.indices.map { members[$0] && values[$0] == nil }, formula, entry: entry)
    let negative = values.indices.filter { members[$0] && (values[$0] ?? 0) < 0 }
    if !negative.isEmpty {
      let found = named(negative)
      report(
        Diagnostic(
          .negativeWeight, entry: entry, at: formula.place,
          what: LocalizedText(
            en:
              "\(entry) is negative in \(found.en)",
            es:
              "\(entry) es negativo en \(found.es)"
          ),
          fix: LocalizedText(
            en: "use max(…, 0) or max(…, 0 %)", es: "use max(…, 0) o max(…, 0 %)")))
      return nil
    }
    return values.map { $0 ?? 0 }
  }

  /// Weights from a table by district code, or `nil` after a fault; rows of one district are summed where they may repeat.
  private func listWeights(
    _ source: AllocationTable, _ line: BudgetLine, _ members: [Bool], repeats: Bool
  ) -> [Double]? {
    guard let table = inputs.tables[source.file.path] else {
      preconditionFailure(
        "the allocation table \(source.file.path) was requested but not handed in")
    }
    guard let column = table.column(source.column) else {
      report(missingColumn(source, table, line))
      return nil
    }
    do throws(DiagnosticList) {
      let values = try table.numbers(column)
      let match = try inputs.codes.match(
        DistrictTable(
          table, codeColumn: source.codes.column ?? scenario.data.code,
          coding: source.codes.coding?.rawValue, vintage: source.codes.vintage), repeats: repeats)
      // A district without a row gets nothing by a list; its warning names the line.
      for fault in match.faults where fault.code != .districtWithoutRow { report(fault) }
      checkValues(values, table, column, line)
      if !match.faults.contains(where: { $0.severity == .error }) {
        warnUnlisted(
          match.rows.map { rows in rows.contains { values[$0] != nil } }, members, table, line)
      }
      return match.rows.map { rows in rows.reduce(0) { $0 + max(0, values[$1] ?? 0) } }
    } catch {
      error.items.forEach(report)
      return nil
    }
  }

  /// Districts that may take part but have no row, or no number, in the list.
  private func warnUnlisted(
    _ listed: [Bool], _ members: [Bool], _ table: CSVTable, _ line: BudgetLine
  ) {
    let unlisted = listed.indices.filter { members[$0] && !listed[$0] }
    // A list where nobody has a number is an error of its own.
    guard !unlisted.isEmpty, zip(listed, members).contains(where: { $0 && $1 }) else { return }
    let codes = unlisted.prefix(5).map { inputs.registry.districts[$0].code }
    let list = codes.joined(separator: ", ") + (unlisted.count > 5 ? ", …" : "")
    let count = NumberText.grouped(unlisted.count)
    let all = NumberText.grouped(members.count { $0 })
    report(
      Diagnostic(
        .districtWithoutRow, .warning, entry: "line.\(line.id).allocation",
        at: SourcePlace(file: table.name),
        what: LocalizedText(
          en:
            "line.\(line.id): districts without a number, which get nothing: \(count) of \(all): \(list)",
          es: "line.\(line.id): distritos sin número, que no reciben nada: \(count) de \(all): "
            + list),
        fix: LocalizedText(
          en: "write 0 where nothing is meant, or say who takes part with allocation.where",
          es: "escriba 0 donde no va nada, o diga quién participa con allocation.where")))
  }

  private func missingColumn(_ source: AllocationTable, _ table: CSVTable, _ line: BudgetLine)
    -> Diagnostic
  {
    let all = table.columns.joined(separator: ", ")
    return Diagnostic(
      .missingAllocationColumn, entry: "line.\(line.id).allocation.column", at: source.columnPlace,
      what: LocalizedText(
        en: "'\(table.name)' has no column '\(source.column)'",
        es: "'\(table.name)' no tiene la columna '\(source.column)'"),
      caret: nearestName(to: source.column, in: table.columns).map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      },
      fix: LocalizedText(en: "its columns: \(all)", es: "sus columnas: \(all)"))
  }

  private func checkValues(
    _ values: [Double?], _ table: CSVTable, _ column: Int, _ line: BudgetLine
  ) {
    for row in values.indices {
      guard let value = values[row], value < 0 else { continue }
      report(
        Diagnostic(
          .badAllocationValue, entry: "line.\(line.id).allocation", at: table.place(column, row),
          what: LocalizedText(
            en: "\(value) is negative", es: "\(value) es negativo")))
    }
  }
}
