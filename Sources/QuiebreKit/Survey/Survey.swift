// Quiebre · QuiebreKit
// `quiebre survey`: estimates from microdata, and the rows that scenarios read.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import Reports
import ScenarioFiles
import Statistics

/// Estimates an indicator from a file of microdata.
public func survey(_ request: SurveyRequest, session: Session) -> Reply {
  answer {
    let file = try InputFile(reading: request.file)
    var estimation = try SurveyEstimation(
      request, table: try CSVTable(bytes: file.bytes, name: request.file), session: session)
    let report = try estimation.report()
    if let path = request.seriesFile {
      try ResultFolder.replaceFile(path, with: report.seriesCSV())
    }
    if let path = request.directFile {
      try ResultFolder.replaceFile(path, with: report.directCSV())
    }
    return Reply(
      text: request.json
        ? String(decoding: report.json(), as: UTF8.self) : report.text(in: session.language),
      diagnostics: estimation.notes)
  }
}

/// The estimates asked for, as a report: what ``survey(_:session:)`` does between reading and printing.
struct SurveyEstimation {
  let request: SurveyRequest
  private let data: SurveyMicrodata
  private let indicator: SurveyIndicator?
  private(set) var notes: [Diagnostic] = []

  init(_ request: SurveyRequest, table: CSVTable, session: Session) throws(DiagnosticList) {
    self.request = request
    try SurveyEstimation.check(request)
    data = try SurveyMicrodata(table: table, maps: request.fields)
    guard let id = request.indicator else {
      indicator = nil
      return
    }
    let found = try SurveyEstimation.indicators(request, session).named(id)
    indicator = found
    try requireFields(of: found)
  }

  mutating func report() throws(DiagnosticList) -> SurveyReport {
    let years = try SurveyYears(request.year, data: data)
    var loading = SurveyDesignLoading(
      data: data, request: request.design, lonely: try lonelyRule(), years: years.codes)
    let design = try loading.design()
    let universe = try self.universe()
    let target = try self.target(inside: universe)
    let intervals = SurveyIntervals(level: request.level, proportions: try intervalMethod())
    let leftOut = try missing(target, universe, weights: design.weights)
    var report = SurveyReport(
      name: indicator?.name ?? title, note: indicator?.note, statistic: target.statistic,
      group: request.group ?? indicator?.id,
      sample: .init(file: request.file, rows: data.rows, leftOut: leftOut, design: design),
      intervals: intervals, largestVariation: request.largestVariation, sections: [])
    let estimator = SurveyTabulation(
      design: design, target: target, years: years, intervals: intervals)
    report.sections = [.init(by: "", lines: estimator.lines(labels: [""], codes: nil))]
    for by in breakdowns() {
      let parts = try SurveyBreakdown(by, data: data)
      let lines = estimator.lines(labels: parts.labels, codes: parts.codes)
      note(lines, by: by)
      report.sections.append(.init(by: by, lines: lines))
    }
    report.departments = try departments(estimator)
    if let by = request.department {
      if request.directFile == nil { note(report.departments, by: by) }
      report.sections.append(.init(by: by, lines: report.departments))
    }
    report.published = request.published
    report.method = request.method
    report.isShock = request.isShock
    try checkRows(report)
    return report
  }
}

// MARK: What is estimated

extension SurveyEstimation {
  private func lonelyRule() throws(DiagnosticList) -> LonelyRule {
    if let rule = LonelyRule(rawValue: request.lonely) { return rule }
    throw SurveyEstimation.refused(
      "--lonely",
      LocalizedText(verbatim: LonelyRule.allCases.map(\.rawValue).joined(separator: " | ")))
  }

  private func intervalMethod() throws(DiagnosticList) -> ProportionMethod {
    if let method = ProportionMethod(rawValue: request.interval) { return method }
    throw SurveyEstimation.refused(
      "--interval",
      LocalizedText(verbatim: ProportionMethod.allCases.map(\.rawValue).joined(separator: " | ")))
  }

  private static func indicators(
    _ request: SurveyRequest, _ session: Session
  ) throws(DiagnosticList) -> SurveyIndicators {
    let country = session.overrides.last { $0.key == "data.country" }?.value ?? "peru"
    var path = request.indicatorFile ?? ""
    if path.isEmpty {
      path = try CountryFolder(country: country, session: session).resolved("geo:indicators.toml")
    }
    return try SurveyIndicators(
      ScenarioFile(name: path, bytes: InputFile(reading: path).bytes))
  }

  private func requireFields(of indicator: SurveyIndicator) throws(DiagnosticList) {
    let faults = indicator.fields.filter { !data.has($0.name) }.map { field in
      Diagnostic(
        .unmappedField, entry: field.name,
        what: LocalizedText(
          en: "\(indicator.id) needs '\(field.name)' (\(field.meaning.en)): no such column",
          es: "\(indicator.id) necesita '\(field.name)' (\(field.meaning.es)): no hay esa columna"),
        fix: LocalizedText(
          en: "--map \(field.name)=COLUMN, or --map \"\(field.name)=FORMULA\"; columns: "
            + data.table.columns.joined(separator: ", "),
          es: "--map \(field.name)=COLUMNA, o --map \"\(field.name)=FÓRMULA\"; columnas: "
            + data.table.columns.joined(separator: ", ")))
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
  }

  private var title: LocalizedText {
    if let text = request.share {
      return LocalizedText(en: "share of \(text)", es: "proporción de \(text)")
    }
    if let text = request.mean {
      return LocalizedText(en: "mean of \(text)", es: "media de \(text)")
    }
    if let text = request.total {
      return LocalizedText(en: "total of \(text)", es: "total de \(text)")
    }
    return LocalizedText(verbatim: "(\(request.ratio ?? "")) / (\(request.over ?? ""))")
  }

  private func formula(
    _ flag: String, _ text: String, _ purpose: RecordFormula.Purpose
  ) throws(DiagnosticList) -> RecordColumn {
    try data.evaluate(
      RecordFormula(
        text, at: SurveyMicrodata.place(flag, text), as: purpose, entry: flag))
  }

  /// Whether each row is in the universe; unknown counts as outside.
  private func universe() throws(DiagnosticList) -> [Bool] {
    var inside = [Bool](repeating: true, count: data.rows)
    func narrow(_ column: RecordColumn) {
      guard case .conditions(let truths) = column else { return }
      for row in inside.indices where truths[row] != .yes { inside[row] = false }
    }
    if let indicator { narrow(try data.evaluate(indicator.universe)) }
    if let text = request.universe { narrow(try formula("--where", text, .condition)) }
    return inside
  }

  private func target(inside: [Bool]) throws(DiagnosticList) -> SurveyTarget {
    if let indicator {
      return .init(.proportion, of: masked(try data.evaluate(indicator.share), inside))
    }
    if let text = request.share {
      return .init(.proportion, of: masked(try formula("--share", text, .condition), inside))
    }
    if let text = request.mean {
      return .init(.mean, of: masked(try formula("--mean", text, .number), inside))
    }
    if let text = request.total {
      // A total of a condition counts persons.
      return .init(.total, of: masked(try formula("--total", text, .anything), inside))
    }
    return .init(
      .ratio, of: masked(try formula("--ratio", request.ratio ?? "", .number), inside),
      over: masked(try formula("--over", request.over ?? "", .number), inside))
  }

  /// Numbers, NaN outside of the universe and where not known.
  private func masked(_ column: RecordColumn, _ inside: [Bool]) -> [Double] {
    switch column {
    case .numbers(let values): inside.indices.map { inside[$0] ? values[$0] : .nan }
    case .conditions(let truths):
      inside.indices.map {
        !inside[$0] || truths[$0] == .unknown ? .nan : truths[$0] == .yes ? 1 : 0
      }
    case .texts: [Double](repeating: .nan, count: inside.count)
    }
  }
}

// MARK: Domains

extension SurveyEstimation {
  /// What was asked for, else what the indicator is tabulated by, as far as the file has it.
  private func breakdowns() -> [String] {
    guard request.by.isEmpty else { return request.by }
    return (indicator?.by ?? []).filter { by in
      SurveyBreakdown.names(in: by).allSatisfy(data.has)
    }
  }

  private func departments(
    _ estimator: SurveyTabulation
  ) throws(DiagnosticList) -> [SurveyReport.Line] {
    guard let text = request.department else { return [] }
    let parts = text.split(separator: ":").map(String.init)
    let length = parts.count > 1 ? Int(parts[1]) : .max
    guard let name = parts.first, let length, length > 0 else {
      throw SurveyEstimation.refused(
        "--department",
        LocalizedText(en: "write ubigeo or ubigeo:2", es: "escriba ubigeo o ubigeo:2"))
    }
    let column: Int
    do throws(Diagnostic) { column = try data.table.requiredColumn(name) } catch {
      throw DiagnosticList(error)
    }
    let (codes, labels) = data.labels(column)
    let prefixes = labels.map { String($0.prefix(length)) }
    let sorted = Set(prefixes).sorted()
    let place = prefixes.map { Int32(sorted.firstIndex(of: $0) ?? -1) }
    return estimator.lines(labels: sorted, codes: codes.map { $0 < 0 ? -1 : place[Int($0)] })
  }
}

// MARK: Verdicts

extension SurveyEstimation {
  private mutating func missing(
    _ target: SurveyTarget, _ universe: [Bool], weights: [Double]
  ) throws(DiagnosticList) -> Int {
    let isKnown = { (row: Int) in
      target.numerator[row].isFinite && (target.denominator?[row].isFinite ?? true)
    }
    let blank = universe.indices.filter { universe[$0] && !isKnown($0) }
    let known = universe.indices.contains {
      universe[$0] && isKnown($0) && weights[$0] > 0
    }
    guard known else {
      throw DiagnosticList(
        Diagnostic(
          .emptyUniverse, at: SourcePlace(file: request.file),
          what: LocalizedText(
            en: "no row is in the universe with a known value and a weight above zero",
            es: "ninguna fila está en el universo con un valor conocido y un factor mayor que cero")
        ))
    }
    guard let first = blank.first else { return 0 }
    let fault = Diagnostic(
      .missingLeftOut, request.refusesMissing ? .error : .warning,
      at: SourcePlace(file: request.file, line: data.table.line(ofRow: first)),
      what: LocalizedText(
        en: "\(blank.count) rows of the universe lack a value; the first is on this line",
        es: "a \(blank.count) filas del universo les falta un valor; la primera está en esta línea"),
      why: LocalizedText(
        en: "they stay in the design but not in the estimate, as if they were like the others",
        es: "quedan en el diseño pero no en la estimación, como si fueran iguales a las demás"))
    guard !request.refusesMissing else { throw DiagnosticList(fault) }
    notes.append(fault)
    return blank.count
  }

  private mutating func note(_ lines: [SurveyReport.Line], by: String) {
    for line in lines where line.estimate.value == nil || line.estimate.standardError == nil {
      let label = line.year.map { "\(line.label) \($0)" } ?? line.label
      notes.append(
        Diagnostic(
          .domainWithoutEstimate, .warning, entry: "\(by) = \(label)",
          what: line.estimate.value == nil
            ? LocalizedText(
              en: "\(by) = \(label): no cases, no estimate",
              es: "\(by) = \(label): sin casos, sin estimación")
            : LocalizedText(
              en: "\(by) = \(label): the error can't be estimated: one cluster in each stratum",
              es: "\(by) = \(label): no se puede estimar el error: un conglomerado por estrato")))
    }
  }

  /// Domains that give no row for the scenario are named.
  private mutating func checkRows(_ report: SurveyReport) throws(DiagnosticList) {
    var lines: [(String, SurveyReport.Line)] = []
    if request.seriesFile != nil { lines += report.sections[0].lines.map { ("--series", $0) } }
    if request.directFile != nil { lines += report.departments.map { ("--direct", $0) } }
    for (flag, line) in lines where !line.isReadable {
      let label = "\(line.label) \(line.year.map(String.init) ?? "")"
      notes.append(
        Diagnostic(
          .domainWithoutEstimate, .warning, entry: flag,
          what: LocalizedText(
            en: "\(flag): no row for \(label): a rate inside 0-100 % with an error is needed",
            es: "\(flag): no hay fila de \(label): hace falta una tasa dentro de 0-100 % con error"
          )))
    }
  }

  static func refused(_ flag: String, _ what: LocalizedText) -> DiagnosticList {
    DiagnosticList(
      Diagnostic(
        .badSurveyRequest, entry: flag,
        what: LocalizedText(en: "\(flag): \(what.en)", es: "\(flag): \(what.es)")))
  }

  /// Flags that don't fit together, all at once.
  private static func check(_ request: SurveyRequest) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    func refuse(_ flag: String, _ en: String, _ es: String) {
      faults += refused(flag, LocalizedText(en: en, es: es)).items
    }
    let asked = [request.indicator, request.share, request.mean, request.total, request.ratio]
      .compactMap { $0 }.count
    if asked != 1 {
      refuse(
        "survey", "give one of --indicator, --share, --mean, --total, --ratio",
        "dé uno de --indicator, --share, --mean, --total, --ratio")
    }
    if (request.ratio != nil) != (request.over != nil) {
      refuse(
        "--over", "a ratio has a numerator (--ratio) and a denominator (--over)",
        "una razón tiene numerador (--ratio) y denominador (--over)")
    }
    if request.seriesFile != nil || request.directFile != nil {
      if request.indicator == nil, request.share == nil {
        refuse(
          "--series", "rows for scenarios are rates: use --indicator or --share",
          "las filas de los escenarios son tasas: use --indicator o --share")
      }
      if request.year == nil {
        refuse("--year", "rows for scenarios have a year", "las filas de los escenarios llevan año")
      }
      if request.group == nil, request.indicator == nil {
        refuse(
          "--group", "rows for scenarios have a definition group",
          "las filas de los escenarios llevan un grupo de definición")
      }
    }
    if request.directFile != nil, request.department == nil {
      refuse(
        "--department", "name the code column for --direct: --department ubigeo:2",
        "nombre la columna de código para --direct: --department ubigeo:2")
    }
    if request.design.population == nil, request.design.secondPopulation != nil,
      request.design.certainty == nil
    {
      refuse(
        "--second-population", "counts only beside --population or --certainty",
        "solo cuenta junto a --population o --certainty")
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
  }
}
