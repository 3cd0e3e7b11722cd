// Quiebre · Districts
// Polygons and tables to a registry: codes unique, names known, children counted, every mismatch
// in the report.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import GeoCore

/// Builds the registry of districts.
///
/// The codes of the polygons define it when a layer is given, else those of the facts. Codes of
/// tables that are not in it are listed in the report and warned of, never dropped in silence.
///
/// - Throws: All errors of one pass: codes (Q300 to Q305, Q308), cells (Q330 to Q336), children
///   (Q311 to Q313).
public func buildRegistry(
  from sources: RegistrySources, settings: RegistrySettings
) throws(DiagnosticList) -> BuiltRegistry {
  var builder = RegistryBuilder(sources: sources, settings: settings)
  return try builder.build()
}

private struct RegistryBuilder {
  let sources: RegistrySources
  let settings: RegistrySettings
  private var report = JoinReport()
  private var warnings: [Diagnostic] = []
  private var errors: [Diagnostic] = []
  private var layerEvidence: CodingEvidence?

  init(sources: RegistrySources, settings: RegistrySettings) {
    self.sources = sources
    self.settings = settings
  }

  mutating func build() throws(DiagnosticList) -> BuiltRegistry {
    var layer: LayerCodes?
    if let features = sources.layer { layer = try LayerCodes(features, settings: settings) }
    let codes: [String]
    if let layer { codes = layer.codes } else { codes = try codesOfFacts() }
    var book = codeBook(codes, names: layer?.names ?? codes.map { _ in "" })
    let facts = try matchFacts(against: book, layer: layer)
    if let layer { checkCoding(of: layer) }
    let names = districtNames(codes, layer: layer, facts: facts)
    book = codeBook(codes, names: names.districts)
    let fields = try readFields(book, facts: facts)
    let children = try readChildren(book, facts: facts)
    try throwErrors()
    let shapes = try examinedShapes(of: layer, codes: codes)
    var quality = codes.map { _ in "ok" }
    for district in children.imputed { quality[district] = "imputed" }
    for district in shapes.indices where layer != nil && shapes[district] == nil {
      quality[district] = "no_shape"
    }
    let registry = assemble(
      codes, names: names, shapes: shapes, children: children, fields: fields, quality: quality)
    return BuiltRegistry(
      registry: registry, report: report, warnings: warnings, featureOf: layer?.featureOf)
  }

  private func throwErrors() throws(DiagnosticList) {
    if !errors.isEmpty { throw DiagnosticList(errors + warnings) }
  }

  private mutating func take(_ faults: [Diagnostic]) {
    for fault in faults {
      if fault.severity == .error { errors.append(fault) } else { warnings.append(fault) }
    }
  }

  private func codeBook(_ codes: [String], names: [String]) -> CodeBook {
    CodeBook(
      codes: codes, names: names, rules: settings.rules, coding: settings.coding,
      vintage: settings.vintage, changes: sources.changes, codings: sources.codings)
  }
}

// Codes and names.
extension RegistryBuilder {
  /// Without a layer the facts say which districts there are.
  private func codesOfFacts() throws(DiagnosticList) -> [String] {
    guard let facts = sources.facts else {
      preconditionFailure("a registry needs a layer or facts")
    }
    let column: Int
    do throws(Diagnostic) {
      column = try facts.table.requiredColumn(facts.codeColumn)
    } catch {
      throw DiagnosticList(error)
    }
    var codes: Set<String> = []
    for row in 0..<facts.table.rowCount {
      let text = facts.table.trimmedText(column, row)
      var code = settings.rules.restoringZeros(text) ?? text
      if let coding = facts.coding, coding != settings.coding {
        code = sources.codings?.code(code, from: coding, to: settings.coding) ?? code
      }
      // Broken codes and doubles are reported when the facts are matched.
      if settings.rules.slip(in: code) == nil { codes.insert(code) }
    }
    return codes.sorted()
  }

  private mutating func matchFacts(
    against book: CodeBook, layer: LayerCodes?
  ) throws(DiagnosticList) -> CodeMatch? {
    guard let facts = sources.facts else { return nil }
    let match = try book.match(facts, restoreZeros: settings.restoreZeros)
    take(match.faults)
    report.parts.append(match.part)
    return match
  }

  /// Whether the layer's names fit its codes under the declared coding, with the facts as witness.
  private mutating func checkCoding(of layer: LayerCodes) {
    guard settings.coding != "own", layer.names.contains(where: { !$0.isEmpty }),
      let facts = sources.facts, let column = settings.factNames?.district,
      let names = facts.table.column(column), let codes = facts.table.column(facts.codeColumn),
      let file = sources.layer?.name
    else { return }
    let book = CodeBook(
      codes: facts.table.trimmedTexts(codes), names: facts.table.trimmedTexts(names),
      rules: settings.rules, coding: facts.coding ?? settings.coding, codings: sources.codings)
    let evidence = book.evidence(codes: layer.codes, names: layer.names, readAs: settings.coding)
    layerEvidence = evidence
    guard evidence.speaksForRival, let rival = evidence.rival else { return }
    // The facts differ from the layer for the same cause: one message is enough.
    errors.removeAll { $0.code == .otherCoding }
    errors.append(
      .otherCoding(
        evidence, rival: rival, sharedCodes: book.sharedCodes(evidence.coding, rival.coding),
        file: file, at: SourcePlace(file: file)))
  }

  /// Names from the facts, which keep accents, else from the layer, else the code.
  private func districtNames(
    _ codes: [String], layer: LayerCodes?, facts: CodeMatch?
  ) -> (districts: [String], provinces: [String], departments: [String]) {
    let table = sources.facts?.table
    let fact = { (column: String?, district: Int) -> String? in
      guard let table, let column, let number = table.column(column),
        let row = facts?.rows[district].first
      else { return nil }
      let text = table.trimmedText(number, row)
      return text.isEmpty ? nil : text
    }
    let columns = settings.factNames
    var names = (districts: [String](), provinces: [String](), departments: [String]())
    for (district, code) in codes.enumerated() {
      let layerName = layer.flatMap { $0.names[district].isEmpty ? nil : $0.names[district] }
      names.districts.append(fact(columns?.district, district) ?? layerName ?? code)
      names.provinces.append(
        fact(columns?.province, district) ?? layer?.provinces[district]
          ?? settings.rules.provinceCode(of: code))
      names.departments.append(
        fact(columns?.department, district) ?? layer?.departments[district]
          ?? settings.rules.departmentCode(of: code))
    }
    return names
  }
}

// Fields and children.
extension RegistryBuilder {
  private mutating func readFields(
    _ book: CodeBook, facts: CodeMatch?
  ) throws(DiagnosticList) -> [String: Field] {
    var fields: [String: Field] = [:]
    var origins: [String: String] = [:]
    var sourcesWithMatch: [(DistrictTable, CodeMatch)] = []
    if let table = sources.facts, let facts { sourcesWithMatch.append((table, facts)) }
    for table in sources.tables {
      let match = try book.match(table, restoreZeros: settings.restoreZeros)
      take(match.faults)
      report.parts.append(match.part)
      sourcesWithMatch.append((table, match))
    }
    for (table, match) in sourcesWithMatch {
      do throws(DiagnosticList) {
        for field in try table.fields(matched: match) {
          if let first = origins[field.name] {
            errors.append(.repeatedField(field.name, first: first, second: table.table.name))
          }
          origins[field.name] = table.table.name
          warnAboutRatios(field, file: table.table.name)
          fields[field.name] = field
        }
      } catch {
        take(error.items)
      }
    }
    return fields
  }

  private mutating func warnAboutRatios(_ field: Field, file: String) {
    guard field.unit == .percent, case .numbers(let shares) = field.values else { return }
    let inFile = shares.compactMap { $0.map { $0 * 100 } }
    if let warning = ratioWarning(inFile, unit: .percent, field: field.name, file: file) {
      warnings.append(warning)
    }
  }

  private mutating func readChildren(
    _ book: CodeBook, facts: CodeMatch?
  ) throws(DiagnosticList) -> ChildrenOfDistricts {
    var totals: (source: DistrictTable, match: CodeMatch)?
    if let population = sources.population {
      let match = try book.match(population, restoreZeros: settings.restoreZeros)
      take(match.faults)
      report.parts.append(match.part)
      totals = (population, match)
    } else if let table = sources.facts, let facts {
      totals = (table, facts)
    }
    // A broken table has said so; that children are missing then would only be noise.
    try throwErrors()
    var reader = ChildrenReader(
      book: book, settings: settings, file: totals?.source.table.name ?? "")
    let children = try reader.read(totals: totals, ages: sources.byAge)
    report.parts += reader.parts
    take(children.warnings)
    if !children.imputed.isEmpty {
      warnings.append(.imputedChildren(children.imputed.map { book.codes[$0] }))
    }
    return children
  }
}

// Shapes and assembly.
extension RegistryBuilder {
  private mutating func examinedShapes(
    of codes: LayerCodes?, codes all: [String]
  ) throws(DiagnosticList) -> [MultiPolygon?] {
    guard let layer = sources.layer, let codes else { return all.map { _ in nil } }
    let examined = try LayerShapes(layer, codes: codes, settings: settings)
    let shapes = examined.shapes
    warnings += examined.warnings
    var part = JoinPart(name: layer.name, kind: .layer, districts: all.count)
    part.repaired = examined.repaired
    part.coding = layerEvidence
    part.matched = shapes.count { $0 != nil }
    part.empty = all.indices.filter { shapes[$0] == nil }.map { all[$0] }
    if !part.empty.isEmpty {
      let numbers = all.indices.filter { shapes[$0] == nil }.map {
        layer.features[codes.featureOf[$0]].number
      }
      warnings.append(.noShape(part.empty, features: numbers, file: layer.name))
    }
    report.parts.insert(part, at: 0)
    return shapes
  }

  private func assemble(
    _ codes: [String],
    names: (districts: [String], provinces: [String], departments: [String]),
    shapes: [MultiPolygon?], children: ChildrenOfDistricts, fields: [String: Field],
    quality: [String]
  ) -> DistrictRegistry {
    let districts = codes.indices.map {
      District(
        code: codes[$0], name: names.districts[$0], province: names.provinces[$0],
        department: names.departments[$0], shape: shapes[$0])
    }
    let provinces = upperAreas(codes, length: settings.rules.province, names: names.provinces)
    let departments = upperAreas(codes, length: settings.rules.department, names: names.departments)
    return DistrictRegistry(
      districts: districts, provinces: provinces.areas, departments: departments.areas,
      provinceOf: provinces.areaOf, departmentOf: departments.areaOf, children: children.totals,
      childrenByAge: children.byAge, fields: fields, quality: quality,
      schematic: settings.schematic ?? (sources.layer?.stamps["geometry"] == "schematic"))
  }

  /// Areas by the first characters of the (ascending) codes.
  private func upperAreas(
    _ codes: [String], length: Int, names: [String]
  ) -> (areas: [UpperArea], areaOf: [Int]) {
    var areas: [UpperArea] = []
    var areaOf: [Int] = []
    var members: [Int] = []
    for (index, code) in codes.enumerated() {
      members.append(index)
      areaOf.append(areas.count)
      let prefix = code.prefix(length)
      let isLast = index + 1 == codes.count || codes[index + 1].prefix(length) != prefix
      guard isLast else { continue }
      areas.append(UpperArea(code: String(prefix), name: names[members[0]], members: members))
      members = []
    }
    return (areas, areaOf)
  }
}

extension Diagnostic {
  fileprivate static func repeatedField(
    _ field: String, first: String, second: String
  ) -> Diagnostic {
    Diagnostic(
      .repeatedField, entry: field, at: SourcePlace(file: second),
      what: LocalizedText(
        en: "'\(first)' and '\(second)' both give a field '\(field)'",
        es: "'\(first)' y '\(second)' dan ambas un campo '\(field)'"),
      fix: LocalizedText(
        en: "rename one: fields = { new_name = \"\(field)\" }",
        es: "cambie el nombre de uno: fields = { otro_nombre = \"\(field)\" }"))
  }

  fileprivate static func imputedChildren(_ codes: [String]) -> Diagnostic {
    let list = codes.prefix(5).joined(separator: ", ") + (codes.count > 5 ? ", …" : "")
    let count = NumberText.grouped(codes.count)
    return Diagnostic(
      .imputedChildren, .warning,
      what: LocalizedText(
        en: "districts whose children are the mean of their province: \(count): \(list)",
        es: "distritos cuyos niños son el promedio de su provincia: \(count): \(list)"))
  }

  fileprivate static func noShape(
    _ codes: [String], features: [Int], file: String
  ) -> Diagnostic {
    let pairs = zip(codes, features).prefix(8).map { "\($0) (\($1))" }.joined(separator: ", ")
    let dots = codes.count > 8 ? ", …" : ""
    let count = NumberText.grouped(codes.count)
    return Diagnostic(
      .noShape, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "districts (features) without a shape: \(count): \(pairs)\(dots)",
        es: "distritos (objetos) sin forma: \(count): \(pairs)\(dots)"),
      why: LocalizedText(
        en: "surfaces can't be joined to them", es: "no se les puede cruzar ninguna superficie"))
  }
}
