// Quiebre · DistrictsTests
// Real districts, tables and rasters of Peru; skipped where the folder with them is absent.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import GeoFiles
import Support
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The folder with public data of Peru: `QUIEBRE_DATA`, else beside the checkout.
enum RealData {
  static let folder: String = {
    if let value = unsafe getenv("QUIEBRE_DATA") { return unsafe String(cString: value) }
    return Checkout.root + "/../shared/data"
  }()

  static let rules = CodeRules(length: 6, department: 2, province: 4)

  static func has(_ path: String) -> Bool { (try? InputFile(reading: folder + "/" + path)) != nil }

  static func table(_ path: String) throws -> CSVTable {
    try CSVTable(bytes: Array(InputFile(reading: folder + "/" + path).bytes), name: path)
  }

  static func layer(_ path: String) throws -> FeatureLayer {
    try readVectorFile(path: folder + "/" + path)
  }

  /// The first band, or `nil` if this build has no GDAL for it.
  static func raster(_ path: String) throws -> Raster? {
    do {
      return try readRasterFile(path: folder + "/" + path, crs: .lonLat)
    } catch {
      if error.items.first?.code == .needsGDAL { return nil }
      throw error
    }
  }

  static func facts() throws -> DistrictTable {
    var facts = DistrictTable(
      try table("tables/distritos_covariables.csv"), codeColumn: "ubigeo")
    facts.fields = [
      FieldRequest(name: "rural", column: "rural_pct_2023", unit: .percent)
    ]
    return facts
  }

  static func settings(code: String, rules: CodeRules = rules) -> RegistrySettings {
    RegistrySettings(
      rules: rules, codeColumn: code, coding: "inei", vintage: 2017,
      factNames: NameColumns(
        district: "distrito", province: "provincia", department: "departamento"),
      childrenColumn: "pob_2025", workers: 2)
  }

  static func mainRegistry() throws -> BuiltRegistry {
    try buildRegistry(
      from: RegistrySources(
        layer: layer("vector/distritos_1874_inei2017.geojson"), facts: facts()),
      settings: settings(code: "ubigeo"))
  }

  static func codings() throws -> CodingTable {
    try CodingTable(
      table("tables/ubigeo_equivalencias_inei_reniec_sunat.csv"),
      columns: [("inei", "cod_ubigeo_inei"), ("reniec", "cod_ubigeo_reniec")], rules: rules)
  }

  static func changes() throws -> ChangeTable {
    try ChangeTable(
      table("tables/ubigeo_cambios_2007_2026.csv"),
      columns: ChangeColumns(
        old: "ubigeo_2007", new: "ubigeo_2026", parent: "contenedor_2007"),
      rules: rules)
  }
}

private let mainLayer = "vector/distritos_1874_inei2017.geojson"

@Suite(.enabled(if: RealData.has(mainLayer)))
struct RealDistrictTests {
  @Test func theLayerOf2017MeetsTheFactsOf2025() throws {
    let built = try RealData.mainRegistry()
    let registry = built.registry
    #expect(registry.districts.count == 1_874)
    #expect(registry.departments.count == 25)
    #expect(registry.provinces.count == 196)
    #expect(registry.quality.allSatisfy { $0 == "ok" })
    #expect(built.report.parts[0].repaired.isEmpty)
    // The 17 districts created since 2017, as the data's own README lists them.
    #expect(
      built.report.parts[1].unmatched.map(\.code).sorted() == [
        "030612", "050413", "050512", "050513", "050514", "050515", "080915", "080916", "080917",
        "080918", "090724", "090725", "130112", "180107", "221006", "250306", "250307",
      ])
    #expect(registry.districts[0].name == "Chachapoyas")
    #expect(registry.districts.contains { $0.name.contains("ñ") })
  }

  @Test(.enabled(if: RealData.has("vector/distritos_1834_inei2007_simple.geojson")))
  func theFileOf2007ListsItsMissingShapesAndMovesRecodedDistricts() throws {
    var facts = try RealData.facts()
    facts.vintage = 2025
    var settings = RealData.settings(code: "IDDIST")
    settings.vintage = 2007
    let built = try buildRegistry(
      from: RegistrySources(
        layer: RealData.layer("vector/distritos_1834_inei2007_simple.geojson"), facts: facts,
        changes: RealData.changes()),
      settings: settings)
    let layer = built.report.parts[0]
    #expect(layer.districts == 1_834)
    #expect(
      layer.empty == [
        "010204", "010523", "020602", "070105", "150137", "190203", "200602", "210103",
      ])
    #expect(built.registry.quality.count { $0 == "no_shape" } == 8)
    #expect(
      built.report.parts[1].moved.map(\.to).sorted() == ["160109", "160114"])
    // People of younger districts go to the district that they were cut from. Only 130112, which
    // the table of changes lacks, is lost, and that is said.
    let total = built.registry.children.reduce(0, +)
    #expect(total == 34_350_244 - 87_632)
    #expect(
      built.warnings.contains {
        $0.what.en == "children in rows without district, who are not counted: 87,632"
      })
  }

  @Test(.enabled(if: RealData.has("vector/provincias_197_inei2007_simple.geojson")))
  func doubledProvinceCodesAreNamedWithBothFeatures() throws {
    let settings = RealData.settings(
      code: "FIRST_IDPR", rules: CodeRules(length: 4, department: 2, province: 2))
    let list = #expect(throws: DiagnosticList.self) {
      try buildRegistry(
        from: RegistrySources(
          layer: RealData.layer("vector/provincias_197_inei2007_simple.geojson")),
        settings: settings)
    }
    let texts = list?.items.map(\.what.en) ?? []
    #expect(list?.items.map(\.code) == [.doubledCode, .doubledCode])
    #expect(texts.contains { $0.hasPrefix("\"2001\" stands in features ") })
    #expect(texts.contains { $0.hasPrefix("\"0510\" stands in features ") })
  }
}

@Suite(.enabled(if: RealData.has("tables/ubigeo_aumentado_1893.csv")))
struct RealCodeTests {
  private func book() throws -> CodeBook {
    let facts = try RealData.facts().table
    return CodeBook(
      codes: facts.trimmedTexts(0), names: facts.trimmedTexts(3), rules: RealData.rules,
      coding: "inei", vintage: 2025, changes: try RealData.changes(),
      codings: try RealData.codings())
  }

  @Test(arguments: [
    ("reniec", "inei", true), ("inei", "reniec", true), ("inei", "inei", false),
    ("reniec", "reniec", false),
  ])
  func codesOfTheOtherOfficeAreProvedWithoutNames(
    _ column: String, _ declared: String, _ isFault: Bool
  ) throws {
    let pairs = try RealData.table("tables/ubigeo_equivalencias_inei_reniec_sunat.csv")
    let number = try pairs.requiredColumn("cod_ubigeo_" + column)
    let rows = pairs.trimmedTexts(number).filter { $0 != "NA" }.map { "\($0),1\n" }
    let table = try CSVTable(
      bytes: Array(("ubigeo,households\n" + rows.joined()).utf8), name: "list.csv")
    var source = DistrictTable(table, codeColumn: "ubigeo")
    source.coding = declared
    let faults = try book().match(source, repeats: true).faults
    #expect(faults.contains { $0.code == .otherCoding && $0.severity == .error } == isFault)
  }

  @Test func codesOfTheOtherOfficeAreProvedByNames() throws {
    let table = try RealData.table("tables/ubigeo_aumentado_1893.csv")
    var source = DistrictTable(table, codeColumn: "reniec")
    let fault = try #require(
      try book().match(source).faults.first { $0.code == .otherCoding })
    #expect(fault.severity == .error)
    source.coding = "reniec"
    let match = try book().match(source)
    #expect(!match.faults.contains { $0.code == .otherCoding })
    // The list of pairs lacks younger districts. By pandas: codes of the table whose pair is one of
    // the 1,891.
    #expect(match.part.matched == 1_834)
    let evidence = try #require(match.part.coding)
    #expect(evidence.matchingNames * 100 > evidence.namedRows * 95)
  }

  @Test func codesOfOurOfficeRaiseNoAlarm() throws {
    let table = try RealData.table("tables/ubigeo_aumentado_1893.csv")
    let match = try book().match(DistrictTable(table, codeColumn: "inei"))
    #expect(!match.faults.contains { $0.code == .otherCoding })
    // 130112 and 180107 are younger than the table; 160109 and 160114 are dead codes in it.
    #expect(match.part.missing.map(\.code).sorted() == ["130112", "180107"])
    let dead = match.part.unmatched.filter { $0.code.hasPrefix("16") }
    #expect(dead.map(\.explanation?.en) == ["became 160801", "became 160803"])
  }

  @Test(.enabled(if: RealData.has("raw/minam_poblacion_residuos_2019_2023.csv")))
  func theRawTableTellsItsThreeFaults() throws {
    let table = try RealData.table("raw/minam_poblacion_residuos_2019_2023.csv")
    #expect(table.delimiter == .semicolon)
    #expect(table.rowCount == 9_419)
    #expect(table.columns.contains("QRESIDUOS _VAL_INORGAN"))
    let match = try book().match(DistrictTable(table, codeColumn: "UBIGEO"), repeats: true)
    let lost = try #require(match.faults.first { $0.code == .lostZeros })
    // 3,656 rows of five digits; 920 of the 1,891 codes begin with zero.
    #expect(
      lost.what.en
        == "UBIGEO \"10101\" has 5 digits (row 2 and 3,655 more); 920 districts begin with zero")
    let column = try #require(table.column("POB_TOTAL"))
    let list = #expect(throws: DiagnosticList.self) { try table.numbers(column) }
    #expect(list?.items.first?.code == .thousands)
    let mended = try zerosRestored(in: table, codeColumn: "UBIGEO", rules: RealData.rules)
    #expect(mended.changes.count == 3_656)
    #expect(mended.bytes.count > 0)
  }
}

@Suite(.enabled(if: RealData.has(mainLayer)))
struct RealSurfaceTests {
  /// Area-weighted means of the elevation grid, by exactextract 0.3.0.
  ///
  /// In Python:
  /// `exact_extract(elevation, districts, ["weighted_mean"], weights=cell_areas)`, cell areas in
  /// closed form on WGS 84. It keeps fractions in 32 bits: some 1e-7 of 5,000 m.
  static let elevations: [(code: String, meters: Double)] = [
    ("010101", 2409.208586643782), ("040101", 2389.803407586499), ("060605", 1968.2575654400612),
    ("080101", 3867.9575243174163), ("100602", 1385.0883564497663),
    ("120604", 933.0962090021317), ("150101", 79.89419251314544), ("150137", 222.0),
    ("160101", 114.56605390104203), ("200602", 54.0), ("210101", 4097.286498833493),
    ("250301", 786.6108272343075),
  ]

  @Test(.enabled(if: RealData.has("raster/altitud_5min_pvlib.asc")))
  func elevationsAreThoseOfExactextract() throws {
    let registry = try RealData.mainRegistry().registry
    let raster = try #require(try RealData.raster("raster/altitud_5min_pvlib.asc"))
    let join = try joinSurface(
      SurfaceRequest(field: "altitude", source: .raster(raster), quantity: .mean),
      to: registry, book: registry.codeBook(rules: RealData.rules, coding: "inei"), workers: 2)
    let found = join.numbers("altitude")
    for (code, meters) in Self.elevations {
      let district = try #require(registry.districts.firstIndex { $0.code == code })
      let value = try #require(found[district])
      #expect(abs(value - meters) < 1e-4, "\(code)")
    }
    #expect(join.quality.allSatisfy { $0 == "ok" })
  }

  /// The zonal statistics that the raster's authors published for 2020, by cell centers.
  ///
  /// Their mean takes all cells alike, whatever their area: sum over count. Borders differ a little,
  /// so nine districts in ten are asked for.
  @Test(.enabled(if: RealData.has("raster/tmin_2020_2024.tif")))
  func temperaturesAreThosePublished() throws {
    guard let raster = try RealData.raster("raster/tmin_2020_2024.tif") else { return }
    let registry = try RealData.mainRegistry().registry
    let join = try joinSurface(
      SurfaceRequest(
        field: "tmin", source: .raster(raster), quantity: .mean, statistics: [.sum, .count],
        rule: .cellCenter),
      to: registry, book: registry.codeBook(rules: RealData.rules, coding: "inei"), workers: 2)
    let table = try RealData.table("tables/tmin_zonal_publicado_2020_2024.csv")
    let columns = (
      code: try table.requiredColumn("UBIGEO_OK"), year: try table.requiredColumn("year"),
      mean: try table.requiredColumn("mean")
    )
    var published: [String: Double] = [:]
    for row in 0..<table.rowCount where table.trimmedText(columns.year, row) == "2020" {
      published[table.trimmedText(columns.code, row)] = try table.number(columns.mean, row)
    }
    let found = zip(join.numbers("tmin"), join.numbers("tmin_count")).map { sum, count in
      sum.flatMap { sum in count.map { sum / $0 } }
    }
    var compared = 0
    var equal = 0
    for (district, value) in found.enumerated() {
      guard let value, let other = published[registry.districts[district].code] else { continue }
      compared += 1
      if abs(value - other) < 1e-4 { equal += 1 }
    }
    #expect(compared > 1_780)
    #expect(equal * 10 >= compared * 9)
    #expect(join.part.missing.count > 80)
  }
}
