// Quiebre · Districts
// Children 5-17 by district and single age, from a total, from single ages, or from both.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Formats

/// The ages of the model, 5 to 17.
let modelAges = 5...17

/// Children of every district.
struct ChildrenOfDistricts {
  var totals: [Double]
  var byAge: [[Double]]
  /// Districts whose total is the mean of their neighbors in the code.
  var imputed: [Int] = []
  var warnings: [Diagnostic] = []
}

/// Reads children for the districts of a book.
struct ChildrenReader {
  let book: CodeBook
  let settings: RegistrySettings
  private(set) var parts: [JoinPart] = []
  private(set) var faults: TableFaults
  private let file: String

  init(book: CodeBook, settings: RegistrySettings, file: String) {
    self.book = book
    self.settings = settings
    self.faults = TableFaults(file: file)
    self.file = file
  }

  /// Reads what the tables give and splits totals into ages.
  ///
  /// `totals` is the table with the column of children, matched; `ages` is in long form.
  mutating func read(
    totals: (source: DistrictTable, match: CodeMatch)?, ages: DistrictTable?
  ) throws(DiagnosticList) -> ChildrenOfDistricts {
    var ageCounts = [[Double]?](repeating: nil, count: book.codes.count)
    if let ages { ageCounts = try readAges(ages) }
    var counts = ageCounts.map { $0.map { fixedOrderTotal($0) } }
    if let totals { try readTotals(totals.source, totals.match, into: &counts) }
    var imputed: [Int] = []
    if settings.imputeChildren { imputed = impute(&counts) }
    addMissing(counts)
    try faults.throwErrors()
    let known = counts.map { $0 ?? 0 }
    let byAge = known.indices.map { split(known[$0], like: ageCounts[$0]) }
    return ChildrenOfDistricts(
      totals: known, byAge: byAge, imputed: imputed, warnings: faults.diagnostics)
  }

  private mutating func readTotals(
    _ source: DistrictTable, _ match: CodeMatch, into counts: inout [Double?]
  ) throws(DiagnosticList) {
    let table = source.table
    guard let column = table.column(settings.childrenColumn) else {
      // Single ages alone are enough.
      if counts.contains(where: { $0 != nil }) { return }
      do throws(Diagnostic) { _ = try table.requiredColumn(settings.childrenColumn) } catch {
        throw DiagnosticList(error)
      }
      return
    }
    for district in book.codes.indices {
      guard let row = match.rows[district].first, let own = count(table, column, row) else {
        continue
      }
      let younger = match.offspring[district].compactMap { count(table, column, $0) }
      counts[district] = fixedOrderTotal([own] + younger)
    }
    warnOfLostChildren(match, table: table, column: column)
  }

  private mutating func count(_ table: CSVTable, _ column: Int, _ row: Int) -> Double? {
    do throws(Diagnostic) {
      guard let value = try table.number(column, row) else { return nil }
      guard value >= 0 else {
        faults.add(.negativeCount(at: table.place(column, row)))
        return nil
      }
      return value
    } catch {
      faults.add(error)
      return nil
    }
  }

  /// Children in rows whose code is no district here would vanish without a word.
  private mutating func warnOfLostChildren(_ match: CodeMatch, table: CSVTable, column: Int) {
    let kept = Set(match.rows.joined()).union(match.offspring.joined())
    var lost = 0.0
    for row in 0..<table.rowCount where !kept.contains(row) {
      if let value = try? table.number(column, row), value > 0 { lost += value }
    }
    if lost > 0 { faults.add(.lostChildren(lost, file: table.name)) }
  }

  private mutating func addMissing(_ counts: [Double?]) {
    let missing = counts.indices.filter { counts[$0] == nil }
    guard !missing.isEmpty else { return }
    faults.add(.noChildren(missing.map { book.codes[$0] }, book: book, file: file))
  }

  /// The mean of the province's districts, else of the department's.
  private func impute(_ counts: inout [Double?]) -> [Int] {
    let known = counts
    let mean = { (prefix: String) -> Double? in
      let values = known.indices.filter { self.book.codes[$0].hasPrefix(prefix) }.compactMap {
        known[$0]
      }
      return values.isEmpty ? nil : fixedOrderTotal(values) / Double(values.count)
    }
    var imputed: [Int] = []
    for district in counts.indices where counts[district] == nil {
      let code = book.codes[district]
      guard
        let value = mean(book.rules.provinceCode(of: code))
          ?? mean(book.rules.departmentCode(of: code))
      else { continue }
      counts[district] = value
      imputed.append(district)
    }
    return imputed
  }

  /// Shares a total out by the district's own ages, else by the given weights, else evenly.
  private func split(_ total: Double, like ages: [Double]?) -> [Double] {
    var weights = settings.ageWeights ?? Array(repeating: 1, count: modelAges.count)
    if let ages, fixedOrderTotal(ages) > 0 { weights = ages }
    let sum = fixedOrderTotal(weights)
    return weights.map { total * $0 / sum }
  }
}

// Single ages.
extension ChildrenReader {
  private mutating func readAges(_ source: DistrictTable) throws(DiagnosticList) -> [[Double]?] {
    let match = try book.match(source, repeats: true, restoreZeros: settings.restoreZeros)
    parts.append(match.part)
    faults.add(match.faults.filter { $0.severity == .error })
    let table = source.table
    let columns: (year: Int?, age: Int, children: Int)
    do throws(Diagnostic) {
      columns = (
        table.column("year"), try table.requiredColumn("age"), try table.requiredColumn("children")
      )
    } catch {
      throw DiagnosticList(error)
    }
    let rows = try rowsOfTheYear(table, column: columns.year)
    var ages: [[Double]?] = []
    for district in book.codes.indices {
      ages.append(
        ageCounts(
          match.rows[district].filter { rows[$0] }, match.offspring[district].filter { rows[$0] },
          table: table, columns: (columns.age, columns.children), code: book.codes[district]))
    }
    return ages
  }

  /// Which rows are of the wanted year.
  private func rowsOfTheYear(_ table: CSVTable, column: Int?) throws(DiagnosticList) -> [Bool] {
    guard let column else { return Array(repeating: true, count: table.rowCount) }
    let years = try table.numbers(column)
    let all = Set(years.compactMap { $0 })
    if let wanted = settings.populationYear.map(Double.init) {
      guard all.contains(wanted) else {
        throw DiagnosticList(.noSuchYear(wanted, years: all.sorted(), file: table.name))
      }
      return years.map { $0 == wanted }
    }
    guard all.count <= 1 else {
      throw DiagnosticList(.severalYears(all.sorted(), file: table.name))
    }
    return years.map { _ in true }
  }

  private mutating func ageCounts(
    _ own: [Int], _ younger: [Int], table: CSVTable, columns: (age: Int, children: Int),
    code: String
  ) -> [Double]? {
    guard !own.isEmpty else { return nil }
    var counts = [Double?](repeating: nil, count: modelAges.count)
    for (row, adds) in own.map({ ($0, false) }) + younger.map({ ($0, true) }) {
      guard let age = age(table, columns.age, row), modelAges.contains(age),
        let value = count(table, columns.children, row)
      else { continue }
      let slot = age - modelAges.lowerBound
      if let before = counts[slot] {
        if adds {
          counts[slot] = before + value
        } else {
          faults.add(.repeatedAge(age, code: code, at: table.place(columns.age, row)))
        }
      } else if !adds {
        counts[slot] = value
      }
    }
    let missing = modelAges.filter { counts[$0 - modelAges.lowerBound] == nil }
    guard missing.isEmpty else {
      faults.add(.missingAges(missing, code: code, file: table.name))
      return nil
    }
    return counts.compactMap { $0 }
  }

  private mutating func age(_ table: CSVTable, _ column: Int, _ row: Int) -> Int? {
    if let value = try? table.number(column, row), let age = Int(exactly: value), age >= 0 {
      return age
    }
    faults.add(.badAge(table.trimmedText(column, row), at: table.place(column, row)))
    return nil
  }
}

/// The sum from first to last.
func fixedOrderTotal(_ values: [Double]) -> Double {
  var total = 0.0
  for value in values { total += value }
  return total
}

extension Diagnostic {
  fileprivate static func negativeCount(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badChildren, at: place,
      what: LocalizedText(
        en: "a number of children can't be negative",
        es: "un número de niños no puede ser negativo"))
  }

  fileprivate static func lostChildren(_ lost: Double, file: String) -> Diagnostic {
    let count = NumberText.grouped(Int(lost.rounded()))
    return Diagnostic(
      .rowWithoutDistrict, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "children in rows without district, who are not counted: \(count)",
        es: "niños en filas sin distrito, que no se cuentan: \(count)"),
      fix: LocalizedText(
        en: "if the rows are of another vintage, declare it: vintage = …",
        es: "si las filas son de otra versión, declárela: vintage = …"))
  }

  fileprivate static func noChildren(
    _ codes: [String], book: CodeBook, file: String
  ) -> Diagnostic {
    let list = codes.prefix(5).map { code in
      book.explanation(ofMissing: code).map { "\(code) (\($0.en))" } ?? code
    }
    let listEs = codes.prefix(5).map { code in
      book.explanation(ofMissing: code).map { "\(code) (\($0.es))" } ?? code
    }
    let dots = codes.count > 5 ? ", …" : ""
    let count = NumberText.grouped(codes.count)
    return Diagnostic(
      .noChildren, at: file.isEmpty ? nil : SourcePlace(file: file),
      what: LocalizedText(
        en: "districts without a number of children: \(count): "
          + list.joined(separator: ", ") + dots,
        es: "distritos sin número de niños: \(count): "
          + listEs.joined(separator: ", ") + dots),
      why: LocalizedText(
        en: "nothing can be counted or weighted there", es: "allí no se puede contar ni ponderar"),
      fix: LocalizedText(
        en: "add their rows to the population table; if it is of another vintage, declare it",
        es: "agregue sus filas a la tabla de población; si es de otra versión, declárela"))
  }

  fileprivate static func noSuchYear(
    _ year: Double, years: [Double], file: String
  ) -> Diagnostic {
    let list = years.map { String(Int($0)) }.joined(separator: ", ")
    return Diagnostic(
      .badAges, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "there is no year \(Int(year)); it has \(list)",
        es: "no hay un año \(Int(year)); tiene \(list)"))
  }

  fileprivate static func severalYears(_ years: [Double], file: String) -> Diagnostic {
    let list = years.map { String(Int($0)) }.joined(separator: ", ")
    return Diagnostic(
      .badAges, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "the table has several years (\(list)), and none is chosen",
        es: "la tabla tiene varios años (\(list)) y no se eligió ninguno"))
  }

  fileprivate static func repeatedAge(
    _ age: Int, code: String, at place: SourcePlace
  ) -> Diagnostic {
    Diagnostic(
      .badAges, at: place,
      what: LocalizedText(
        en: "district \(code) has age \(age) twice", es: "el distrito \(code) repite la edad \(age)"
      ))
  }

  fileprivate static func missingAges(_ ages: [Int], code: String, file: String) -> Diagnostic {
    let list = ages.map(String.init).joined(separator: ", ")
    return Diagnostic(
      .badAges, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "district \(code) lacks ages \(list)",
        es: "al distrito \(code) le faltan las edades \(list)"),
      fix: LocalizedText(
        en: "give all ages from 5 to 17, or none", es: "dé todas las edades de 5 a 17, o ninguna"))
  }

  fileprivate static func badAge(_ text: String, at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badAges, at: place,
      what: LocalizedText(
        en: "\"\(text)\" is no single year of age", es: "\"\(text)\" no es una edad simple"))
  }
}
