// Quiebre · QuiebreKit
// The design columns of a microdata file, with the place of every fault.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

/// Reads weights, strata, clusters and population sizes of a file.
struct SurveyDesignLoading {
  let data: SurveyMicrodata
  let request: SurveyRequest.Design
  let lonely: LonelyRule
  /// One a row; samples of different years are independent: each year has strata of its own.
  let years: [Int32]?
  private var faults: TableFaults

  init(
    data: SurveyMicrodata, request: SurveyRequest.Design, lonely: LonelyRule, years: [Int32]?
  ) {
    self.data = data
    self.request = request
    self.lonely = lonely
    self.years = years
    faults = TableFaults(file: data.table.name)
  }

  mutating func design() throws(DiagnosticList) -> SurveyDesign {
    var columns = SurveyColumns(weights: try weights())
    columns.stratum = crossed(try codes(request.stratum))
    columns.psu = crossed(try codes(request.cluster))
    if columns.stratum == nil { columns.stratum = years }
    columns.isNested = request.isNested
    columns.certainty = try marks(request.certainty)
    columns.secondUnit = try codes(request.secondUnit)
    columns.population = try numbers(request.population)
    columns.secondPopulation = try numbers(request.secondPopulation)
    try faults.throwErrors()
    do throws(SurveyFaults) {
      return try SurveyDesign(columns, lonelyRule: lonely)
    } catch {
      for fault in error.items { faults.add(diagnostic(fault)) }
      throw DiagnosticList(faults.diagnostics)
    }
  }

  private func need(_ name: String) throws(DiagnosticList) -> Int {
    do throws(Diagnostic) {
      return try data.table.requiredColumn(name)
    } catch {
      throw DiagnosticList(error)
    }
  }

  private mutating func weights() throws(DiagnosticList) -> [Double] {
    guard let name = request.weight else {
      throw DiagnosticList(
        Diagnostic(
          .badSurveyRequest, entry: "--weight",
          what: LocalizedText(
            en: "--weight is missing: name the column of the survey weights",
            es: "falta --weight: nombre la columna de los factores de expansión"),
          why: LocalizedText(
            en: "without weights the sample would speak for itself, not for the population",
            es: "sin factores la muestra habla de sí misma, no de la población"),
          fix: LocalizedText(
            en: "if all rows weigh the same, add a column of ones",
            es: "si todas las filas pesan igual, agregue una columna de unos")))
    }
    let column = try need(name)
    let values = try data.table.numbers(column)
    for (row, value) in values.enumerated() where value == nil {
      faults.add(badWeight(column, row))
    }
    return values.map { $0 ?? 0 }
  }

  /// The codes of a column, or of several that are crossed: `dominio*estrato`.
  private mutating func codes(_ text: String?) throws(DiagnosticList) -> [Int32]? {
    var result: [Int32]?
    for name in names(text) {
      let column = try need(name)
      let codes = data.labels(column).codes
      for (row, code) in codes.enumerated() where code < 0 {
        faults.add(
          Diagnostic(
            .blankDesignCell, at: data.table.place(column, row),
            what: LocalizedText(
              en: "'\(name)' is blank in this row", es: "'\(name)' está vacío en esta fila")))
      }
      result = result.map { cross($0, codes) } ?? codes
    }
    return result
  }

  private func names(_ text: String?) -> [String] {
    text?.split(separator: "*", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    } ?? []
  }

  /// Codes that also tell years apart.
  private func crossed(_ codes: [Int32]?) -> [Int32]? {
    guard let codes, let years else { return codes }
    return cross(codes, years)
  }

  private func cross(_ first: [Int32], _ second: [Int32]) -> [Int32] {
    var known: [Int64: Int32] = [:]
    return zip(first, second).map { one, other in
      let key = Int64(one) << 32 | Int64(other)
      if let number = known[key] { return number }
      let number = Int32(known.count)
      known[key] = number
      return number
    }
  }

  private func numbers(_ name: String?) throws(DiagnosticList) -> [Double]? {
    guard let name else { return nil }
    return try data.table.numbers(try need(name)).map { $0 ?? .nan }
  }

  private mutating func marks(_ name: String?) throws(DiagnosticList) -> [Bool]? {
    guard let name else { return nil }
    let column = try need(name)
    let labels = data.labels(column)
    let words: [String: Bool] = ["yes": true, "1": true, "no": false, "0": false]
    return labels.codes.enumerated().map { row, code in
      if code >= 0, let mark = words[labels.labels[Int(code)]] { return mark }
      faults.add(
        Diagnostic(
          .badCertaintyMark, at: data.table.place(column, row),
          what: LocalizedText(
            en: "'\(name)' is '\(data.table.trimmedText(column, row))'; allowed: yes, no, 1, 0",
            es: "'\(name)' es '\(data.table.trimmedText(column, row))'; se permite: yes, no, 1, 0"
          )))
      return false
    }
  }
}

extension SurveyDesignLoading {
  private func place(_ text: String?, _ row: Int) -> SourcePlace {
    guard let name = names(text).first, let column = data.table.column(name) else {
      return SourcePlace(file: data.table.name, line: data.table.line(ofRow: row))
    }
    return data.table.place(column, row)
  }

  private func cell(_ text: String?, _ row: Int) -> String {
    names(text).compactMap(data.table.column).map { data.table.trimmedText($0, row) }
      .joined(separator: ", ")
  }

  private func badWeight(_ column: Int, _ row: Int) -> Diagnostic {
    let found = data.table.trimmedText(column, row)
    return Diagnostic(
      .badSurveyWeight, at: data.table.place(column, row),
      what: found.isEmpty
        ? LocalizedText(en: "the weight is blank", es: "el factor está vacío")
        : LocalizedText(
          en: "the weight is \(found); allowed: zero or more",
          es: "el factor es \(found); se permite: cero o más"))
  }

  private func diagnostic(_ fault: SurveyFault) -> Diagnostic {
    switch fault {
    case .badWeight(let row):
      return badWeight(request.weight.flatMap(data.table.column) ?? 0, row)
    case .noWeight:
      return Diagnostic(
        .noSurveyWeight, at: SourcePlace(file: data.table.name),
        what: LocalizedText(
          en: "all weights in '\(request.weight ?? "")' are zero",
          es: "todos los factores de '\(request.weight ?? "")' son cero"))
    case .psuInTwoStrata(let row, let first):
      let cluster = cell(request.cluster, row)
      return Diagnostic(
        .clusterInTwoStrata, at: place(request.cluster, row),
        what: LocalizedText(
          en: """
            cluster '\(cluster)' is in stratum '\(cell(request.stratum, row))' here and in \
            '\(cell(request.stratum, first))' on line \(data.table.line(ofRow: first))
            """,
          es: """
            el conglomerado '\(cluster)' está aquí en el estrato '\(cell(request.stratum, row))' y \
            en '\(cell(request.stratum, first))' en la línea \(data.table.line(ofRow: first))
            """),
        fix: LocalizedText(
          en: "add --nested if cluster numbers start anew in every stratum",
          es: "agregue --nested si la numeración vuelve a empezar en cada estrato"))
    case .certaintyVaries(let row, let first):
      return Diagnostic(
        .certaintyVaries, at: place(request.certainty, row),
        what: LocalizedText(
          en: """
            cluster '\(cell(request.cluster, row))' is marked otherwise on line \
            \(data.table.line(ofRow: first))
            """,
          es: """
            el conglomerado '\(cell(request.cluster, row))' tiene otra marca en la línea \
            \(data.table.line(ofRow: first))
            """))
    case .badPopulation, .populationVaries, .populationTooSmall:
      return population(fault)
    case .lonely(let row, let isSecond):
      return lonelyFault(row, isSecond)
    }
  }

  private func population(_ fault: SurveyFault) -> Diagnostic {
    func name(_ isSecond: Bool) -> String? {
      isSecond ? request.secondPopulation : request.population
    }
    switch fault {
    case .populationVaries(let row, let first, let isSecond):
      return Diagnostic(
        .badSurveyPopulation, at: place(name(isSecond), row),
        what: LocalizedText(
          en: """
            \(cell(name(isSecond), row)) here, \(cell(name(isSecond), first)) on line \
            \(data.table.line(ofRow: first)): one stratum or cluster has one size
            """,
          es: """
            aquí \(cell(name(isSecond), row)), \(cell(name(isSecond), first)) en la línea \
            \(data.table.line(ofRow: first)): un estrato o conglomerado tiene un solo tamaño
            """))
    case .populationTooSmall(let row, let units, let isSecond):
      return Diagnostic(
        .badSurveyPopulation, at: place(name(isSecond), row),
        what: LocalizedText(
          en: "the population has \(cell(name(isSecond), row)) units, the sample \(units)",
          es: "la población tiene \(cell(name(isSecond), row)) unidades, la muestra \(units)"))
    case .badPopulation(let row, let isSecond):
      return Diagnostic(
        .badSurveyPopulation, at: place(name(isSecond), row),
        what: LocalizedText(
          en: "'\(cell(name(isSecond), row))' is no population size: a number above zero is due",
          es: "'\(cell(name(isSecond), row))' no es un tamaño: va un número mayor que cero"))
    default: return diagnostic(fault)
    }
  }

  private func lonelyFault(_ row: Int, _ isSecond: Bool) -> Diagnostic {
    let parent = cell(isSecond ? request.cluster : request.stratum, row)
    return Diagnostic(
      .lonelyCluster, at: place(isSecond ? request.cluster : request.stratum, row),
      what: isSecond
        ? LocalizedText(
          en: "cluster '\(parent)' has a single unit of the second stage in the sample",
          es: "el conglomerado '\(parent)' tiene una sola unidad de segunda etapa en la muestra")
        : LocalizedText(
          en: "stratum '\(parent)' has a single cluster in the sample",
          es: "el estrato '\(parent)' tiene un solo conglomerado en la muestra"),
      why: LocalizedText(
        en: "its share of the standard error can't be estimated",
        es: "su parte del error estándar no se puede estimar"),
      fix: LocalizedText(
        en: "say what to assume: --lonely adjust | average | certainty",
        es: "diga qué suponer: --lonely adjust | average | certainty"))
  }
}
