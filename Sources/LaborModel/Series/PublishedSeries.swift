// Quiebre · LaborModel
// A national series as published: read with every fault's row, cut at what was known.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats
public import Statistics

/// The published rates of one definition group, in the order of their years.
public struct PublishedSeries: Hashable, Sendable {
  public struct Figure: Hashable, Sendable {
    public let observation: Observation
    /// ISO date; `nil` = not given.
    public let published: String?
    /// `measured`, `derived`, … as in the file.
    public let status: String
    public let source: String
  }

  public let group: String
  /// The file, as messages name it.
  public let file: String
  public let figures: [Figure]

  public init(group: String, file: String, figures: [Figure]) {
    self.group = group
    self.file = file
    self.figures = figures
  }

  /// Reads the rows of one group, or of a table that holds only one series.
  ///
  /// Columns `year`, `rate` (percent); optional `se` (pp) or `n` and `deff` (a squared
  /// design factor: the error is then approximate), `method`, `shock`, `published`, `status`
  /// (`derived` and `modelled` mean something), `source`, `group`.
  ///
  /// - Parameters:
  ///   - table: The file.
  ///   - group: Definition group, such as `A_ENAHO_WORK_5_17`; `nil` = the only one there is.
  ///   - shockYears: Takes the place of the column `shock`.
  /// - Throws: Every fault of the group's rows at once.
  public init(
    table: CSVTable, group: String?, shockYears: [Int]? = nil
  ) throws(DiagnosticList) {
    var reader = try SeriesReader(table: table, shockYears: shockYears)
    file = table.name
    (self.group, figures) = try reader.figures(of: group)
  }

  /// Reads one series for each area that a column names, in the order of their first rows.
  ///
  /// - Throws: Every fault of the rows at once.
  public static func byArea(
    table: CSVTable, column: String, group: String?, shockYears: [Int]? = nil
  ) throws(DiagnosticList) -> [(area: String, series: PublishedSeries)] {
    var reader = try SeriesReader(table: table, shockYears: shockYears)
    return try reader.figures(of: group, byArea: table.need(column)).map { area, name, figures in
      (area, PublishedSeries(group: name, file: table.name, figures: figures))
    }
  }

  /// What the test may use, and what was published later.
  ///
  /// - Throws: Q527 if a date cuts the series and a row has no date of publication.
  public func seen(_ asOf: AsOf) throws(DiagnosticList) -> SeenSeries {
    var (kept, later): ([Figure], [Figure]) = ([], [])
    var faults: [Diagnostic] = []
    for figure in figures {
      let year = figure.observation.year
      switch asOf.sees(year: year, published: figure.published) {
      case true?: kept.append(figure)
      case false?: later.append(figure)
      case nil: faults.append(.unknownPublication(file: file, row: figure.observation.row))
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    return SeenSeries(group: group, file: file, figures: kept, later: later)
  }
}

/// The part of a series that was known at a moment.
public struct SeenSeries: Hashable, Sendable {
  public let group: String
  public let file: String
  public let figures: [PublishedSeries.Figure]
  public let later: [PublishedSeries.Figure]

  public var observations: [Observation] { figures.map(\.observation) }

  /// For ``testStagnation(_:leftOut:settings:)``.
  public var leftOut: [LeftOut] { later.map { LeftOut($0.observation, .publishedLater) } }

  /// The same without figures that were worked out from others.
  public var withoutDerived: SeenSeries {
    SeenSeries(
      group: group, file: file, figures: figures.filter { !$0.observation.isDerived },
      later: later)
  }

  /// The rate and error of a year, as shares; `nil` without a figure.
  ///
  /// Shock years count.
  public func level(in year: Int) -> NationalLevel? {
    figures.last { $0.observation.year == Double(year) }.map {
      NationalLevel(
        year: year, rate: $0.observation.rate / 100,
        standardError: $0.observation.standardError.map { $0 / 100 })
    }
  }

  /// Runs the break test, its faults put into sentences with file and row.
  public func stagnation(
    settings: BreakSettings
  ) throws(DiagnosticList) -> StagnationResult {
    do {
      return try testStagnation(observations, leftOut: leftOut, settings: settings)
    } catch {
      throw DiagnosticList(error.items.map { .seriesFault($0, file: file) })
    }
  }
}

/// A published national rate; shares.
public struct NationalLevel: Hashable, Sendable {
  public var year: Int
  public var rate: Double
  /// `nil` = unknown.
  public var standardError: Double?

  public init(year: Int, rate: Double, standardError: Double?) {
    self.year = year
    self.rate = rate
    self.standardError = standardError
  }
}

/// Reads rows, gathering faults.
private struct SeriesReader {
  private let table: CSVTable
  private let shockYears: [Int]?
  private let group: Int?
  private let year: Int
  private let rate: Int
  private var faults: TableFaults

  init(table: CSVTable, shockYears: [Int]?) throws(DiagnosticList) {
    self.table = table
    self.shockYears = shockYears
    faults = TableFaults(file: table.name)
    group = table.column("group")
    (year, rate) = try (table.need("year"), table.need("rate"))
  }

  mutating func figures(
    of name: String?
  ) throws(DiagnosticList) -> (group: String, [PublishedSeries.Figure]) {
    let (found, rows) = try rows(of: name)
    let figures = inOrder(rows)
    try faults.throwErrors()
    return (found, figures)
  }

  mutating func figures(
    of name: String?, byArea column: Int
  ) throws(DiagnosticList) -> [(area: String, group: String, [PublishedSeries.Figure])] {
    let (found, rows) = try rows(of: name)
    var areas: [String] = []
    var rowsOfArea: [String: [Int]] = [:]
    for row in rows {
      let area = table.trimmedText(column, row)
      if rowsOfArea[area] == nil { areas.append(area) }
      rowsOfArea[area, default: []].append(row)
    }
    let series = areas.map { area in (area, found, inOrder(rowsOfArea[area] ?? [])) }
    try faults.throwErrors()
    return series
  }

  /// The rows of a group; without a name those of the only group there is.
  private func rows(of name: String?) throws(DiagnosticList) -> (group: String, rows: [Int]) {
    guard let group else {
      guard let name else { return ("", Array(0..<table.rowCount)) }
      throw DiagnosticList(.noSuchGroup(name, groups: [], file: table.name))
    }
    var groups: [String] = []
    for found in table.trimmedTexts(group) where !groups.contains(found) { groups.append(found) }
    guard let wanted = name ?? (groups.count == 1 ? groups[0] : nil) else {
      throw DiagnosticList(.severalGroups(groups, file: table.name))
    }
    let rows = (0..<table.rowCount).filter { table.trimmedText(group, $0) == wanted }
    guard !rows.isEmpty else {
      throw DiagnosticList(.noSuchGroup(wanted, groups: groups, file: table.name))
    }
    return (wanted, rows)
  }

  private mutating func inOrder(_ rows: [Int]) -> [PublishedSeries.Figure] {
    var figures: [PublishedSeries.Figure] = []
    for row in rows {
      guard let figure = figure(row) else { continue }
      if let previous = figures.last, figure.observation.year <= previous.observation.year {
        faults.add(
          .yearsOutOfOrder(
            figure.observation.year, after: previous.observation.year,
            at: table.place(year, row)))
      }
      figures.append(figure)
    }
    return figures
  }

  private mutating func figure(_ row: Int) -> PublishedSeries.Figure? {
    let found = (
      year: number(year, row, in: 1000...9999), rate: number(rate, row, in: 0...100)
    )
    let error = standardError(row, rate: found.rate)
    let shock = isShock(row, year: found.year)
    let published = date(row)
    guard let foundYear = found.year, let foundRate = found.rate else {
      if table.isBlank(year, row) || table.isBlank(rate, row) {
        let blank = table.isBlank(year, row) ? year : rate
        faults.add(
          .impossibleFigure(
            table.columns[blank], "", allowed: "0 … 100", at: table.place(blank, row)))
      }
      return nil
    }
    let status = text("status", row)
    return PublishedSeries.Figure(
      observation: Observation(
        year: foundYear, rate: foundRate, standardError: error.value,
        errorIsApproximate: error.isApproximate, method: text("method", row), isShock: shock,
        isModelled: status == "modelled" || status == "modeled", isDerived: status == "derived",
        row: table.line(ofRow: row)),
      published: published, status: status, source: text("source", row))
  }

  /// `se`, or 100·√(deff·p(1 − p)/n).
  private mutating func standardError(
    _ row: Int, rate: Double?
  ) -> (value: Double?, isApproximate: Bool) {
    if let column = table.column("se"), !table.isBlank(column, row) {
      return (number(column, row, in: Double.leastNonzeroMagnitude...100), false)
    }
    guard let column = table.column("n"), let rate,
      let size = number(column, row, in: 1...1e9)
    else { return (nil, false) }
    var factor: Double? = 1
    if let design = table.column("deff"), !table.isBlank(design, row) {
      factor = number(design, row, in: 0.01...1000)
    }
    guard let factor else { return (nil, false) }
    guard rate > 0, rate < 100 else {
      faults.add(.errorFromNothing(rate, at: table.place(column, row)))
      return (nil, false)
    }
    let share = rate / 100
    return (100 * (factor * share * (1 - share) / size).squareRoot(), true)
  }

  private mutating func isShock(_ row: Int, year: Double?) -> Bool {
    if let shockYears {
      guard let year else { return false }
      return shockYears.contains(Int(year))
    }
    guard let column = table.column("shock") else { return false }
    switch table.trimmedText(column, row) {
    case "yes": return true
    case "no", "": return false
    default:
      faults.add(.badMark(table.trimmedText(column, row), at: table.place(column, row)))
      return false
    }
  }

  private mutating func date(_ row: Int) -> String? {
    guard let column = table.column("published"), !table.isBlank(column, row) else { return nil }
    let text = table.trimmedText(column, row)
    guard isCalendarDate(text) else {
      faults.add(.badDate(text, at: table.place(column, row)))
      return nil
    }
    return text
  }

  private mutating func number(
    _ column: Int, _ row: Int, in range: ClosedRange<Double>
  ) -> Double? {
    do throws(Diagnostic) {
      guard let value = try table.number(column, row) else { return nil }
      guard range.contains(value) else {
        faults.add(
          .impossibleFigure(
            table.columns[column], table.trimmedText(column, row),
            allowed: rangeText(range), at: table.place(column, row)))
        return nil
      }
      return value
    } catch {
      faults.add(error)
      return nil
    }
  }

  private func text(_ name: String, _ row: Int) -> String {
    table.column(name).map { table.trimmedText($0, row) } ?? ""
  }
}
