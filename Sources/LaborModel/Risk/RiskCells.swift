// Quiebre · LaborModel
// What a risk model is scored on: groups of like children in each district, or district means.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts
public import Formats

/// The variables of a risk model for every cell of every district.
public struct RiskCells: Hashable, Sendable {
  /// Whether each district is a single "average child".
  public let areMeans: Bool
  /// Cells of district d: `starts[d]..<starts[d + 1]`.
  let starts: [Int]
  /// One row per cell: the value of each term, 1 for the intercept.
  let design: [[Double]]
  /// Children in each cell.
  let children: [Double]

  /// Reads cells: one row per group of like children, a column per variable, and `n`.
  ///
  /// - Parameters:
  ///   - table: The file.
  ///   - rows: Rows of each district, in registry order, as matching the codes gave them.
  ///   - model: Says which columns are needed.
  /// - Throws: Q532 for missing columns, Q533 for faulty cells, all at once.
  public init(
    table: CSVTable, rows: [[Int]], model: RiskModel
  ) throws(DiagnosticList) {
    var missing: [Diagnostic] = []
    for term in model.terms where !term.isIntercept && table.column(term.name) == nil {
      missing.append(.missingVariable(term.name, in: table.columns, file: table.name))
    }
    if table.column("n") == nil {
      missing.append(.missingVariable("n", in: table.columns, file: table.name))
    }
    guard missing.isEmpty, let sizes = table.column("n") else { throw DiagnosticList(missing) }
    var faults = TableFaults(file: table.name)
    let levels = model.knownLevels
    var (starts, design, children): ([Int], [[Double]], [Double]) = ([0], [], [])
    for district in rows {
      for row in district {
        do throws(Diagnostic) {
          children.append(try table.cell(sizes, row, in: 0...1e12))
          design.append(try table.values(of: model, row, levels: levels))
        } catch {
          faults.add(error)
        }
      }
      starts.append(children.count)
    }
    try faults.throwErrors()
    self.starts = starts
    self.design = design
    self.children = children
    areMeans = false
  }

  /// Takes the districts' fields as the variables of an average child.
  ///
  /// A district without a value in one of them has no cell.
  ///
  /// - Throws: Q532 for variables that no field gives.
  public init(means registry: DistrictRegistry, model: RiskModel) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    let names = registry.fields.keys.sorted()
    var columns: [[Double?]] = []
    for term in model.terms {
      if term.isIntercept {
        columns.append(registry.districts.map { _ in 1 })
      } else if let column = registry.fields[term.name]?.column(
        for: term, levels: model.knownLevels[term.name])
      {
        columns.append(column)
      } else {
        faults.append(.missingVariable(term.name, in: names, file: nil))
      }
    }
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    var (starts, design, children): ([Int], [[Double]], [Double]) = ([0], [], [])
    for district in registry.districts.indices {
      let row = columns.compactMap { $0[district] }
      if row.count == columns.count {
        design.append(row)
        children.append(registry.children[district])
      }
      starts.append(children.count)
    }
    self.starts = starts
    self.design = design
    self.children = children
    areMeans = true
  }

  /// Makes cells of plain values: `[district][cell]`, each a row of term values and a count.
  public init(_ districts: [[(values: [Double], children: Double)]]) {
    var starts = [0]
    for district in districts { starts.append(starts[starts.count - 1] + district.count) }
    self.starts = starts
    design = districts.flatMap { $0.map(\.values) }
    children = districts.flatMap { $0.map(\.children) }
    areMeans = false
  }

  var districtCount: Int { starts.count - 1 }

  func cells(of district: Int) -> Range<Int> { starts[district]..<starts[district + 1] }

  /// Shares of a district's children by cell; equal shares where none are counted.
  func shares(of district: Int) -> [Double] {
    let counts = cells(of: district).map { children[$0] }
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? $0 / total : 1 / Double(counts.count) }
  }

  /// Mean of each term over the children of a district; empty without cells.
  func means(of district: Int) -> [Double] {
    let shares = shares(of: district)
    guard let first = cells(of: district).first else { return [] }
    return design[first].indices.map { term in
      zip(cells(of: district), shares).reduce(0) { $0 + design[$1.0][term] * $1.1 }
    }
  }
}

extension Field {
  /// The values of a term; `nil` if the field's kind doesn't fit.
  ///
  /// A text that is none of the `levels` gives no value: the model can't score it.
  fileprivate func column(for term: RiskModel.Term, levels: Set<String>?) -> [Double?]? {
    switch (values, term.level) {
    // Percent fields are shares already; a plain field under a percent term is in percent.
    case (.numbers(let numbers), nil):
      numbers.map { value in
        value.map { term.isPercent && unit == .plain ? $0 / 100 : $0 }
      }
    case (.texts(let texts), let level?):
      texts.map { text in
        text.flatMap { levels?.contains($0) == false ? nil : $0 == level ? 1 : 0 }
      }
    default: nil
    }
  }
}

extension RiskModel {
  /// Levels that each category can take, where the model says which level the others are compared
  /// with: of an older model any other text counts as that level.
  fileprivate var knownLevels: [String: Set<String>] {
    var levels: [String: Set<String>] = [:]
    for term in terms {
      guard let level = term.level, let reference = term.reference else { continue }
      levels[term.name, default: [reference]].insert(level)
    }
    return levels
  }
}

extension CSVTable {
  fileprivate func values(
    of model: RiskModel, _ row: Int, levels: [String: Set<String>]
  ) throws(Diagnostic) -> [Double] {
    var values: [Double] = []
    for term in model.terms {
      guard !term.isIntercept, let column = column(term.name) else {
        values.append(1)
        continue
      }
      if let level = term.level {
        let text = trimmedText(column, row)
        if let known = levels[term.name], !known.contains(text) {
          throw .unscoredLevel(term.name, text, known: known.sorted(), at: place(column, row))
        }
        values.append(text == level ? 1 : 0)
      } else {
        let value = try cell(column, row, in: -1e12...1e12)
        values.append(term.isPercent ? value / 100 : value)
      }
    }
    return values
  }

  fileprivate func cell(
    _ column: Int, _ row: Int, in range: ClosedRange<Double>
  ) throws(Diagnostic) -> Double {
    guard let value = try number(column, row), range.contains(value) else {
      throw .badCell(columns[column], trimmedText(column, row), at: place(column, row))
    }
    return value
  }
}
