// Quiebre · DistrictsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import Testing

@Suite struct RegistryTests {
  private func build(
    _ sources: RegistrySources, _ change: (inout RegistrySettings) -> Void = { _ in }
  ) throws -> BuiltRegistry {
    var settings = SmallCountry.settings
    change(&settings)
    return try buildRegistry(from: sources, settings: settings)
  }

  private func faults(
    _ sources: RegistrySources, _ change: (inout RegistrySettings) -> Void = { _ in }
  ) -> [Diagnostic] {
    do {
      _ = try build(sources, change)
      return []
    } catch let list as DiagnosticList {
      return list.items
    } catch {
      return []
    }
  }

  @Test func factsAloneMakeARegistryInTheOrderOfCodes() throws {
    let built = try build(RegistrySources(facts: SmallCountry.facts()))
    let registry = built.registry
    #expect(registry.districts.map(\.code).first == "010101")
    #expect(registry.districts.map(\.code) == registry.districts.map(\.code).sorted())
    #expect(registry.districts[1].name == "Huac-Huas")
    #expect(registry.departments.map(\.name) == ["Áncora", "Marina"])
    #expect(registry.provinces.map(\.code) == ["0101", "0102", "1501"])
    #expect(registry.provinces[2].members == [5, 6, 7])
    #expect(registry.provinceOf == [0, 0, 0, 1, 1, 2, 2, 2])
    #expect(registry.departmentOf == [0, 0, 0, 0, 0, 1, 1, 1])
    #expect(registry.children == [100, 200, 300, 400, 500, 600, 700, 800])
    #expect(registry.quality.allSatisfy { $0 == "ok" })
    #expect(built.warnings.isEmpty)
  }

  @Test func percentFieldsAreSharesAndEmptyCellsAreNil() throws {
    let registry = try build(RegistrySources(facts: SmallCountry.facts())).registry
    let field = try #require(registry.fields["rural"])
    #expect(field.unit == .percent)
    #expect(field.values == .numbers([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, nil, 0.8]))
  }

  @Test func childrenAreSplitEvenlyWithoutSingleAges() throws {
    let registry = try build(RegistrySources(facts: SmallCountry.facts())).registry
    #expect(registry.childrenByAge.allSatisfy { $0.count == 13 })
    #expect(registry.childrenByAge[0][4] == 100.0 / 13)
  }

  @Test func aLayerDefinesTheDistrictsAndTheReportListsTheRest() throws {
    let features = [
      SmallCountry.feature(
        1, code: .text("150101"), name: "PUERTO", shape: SmallCountry.square(west: 0, south: 0)),
      SmallCountry.feature(2, code: .text("010102"), name: "HUAC HUAS"),
    ]
    let built = try build(
      RegistrySources(layer: SmallCountry.layer(features), facts: SmallCountry.facts()))
    #expect(built.registry.districts.map(\.code) == ["010102", "150101"])
    #expect(built.registry.districts.map(\.name) == ["Huac-Huas", "Puerto"])
    #expect(built.registry.quality == ["no_shape", "ok"])
    #expect(built.featureOf == [1, 0])
    let parts = built.report.parts
    #expect(parts.map(\.kind) == [.layer, .table])
    #expect(parts[0].empty == ["010102"])
    #expect(parts[1].unmatched.map(\.row) == [2, 4, 5, 6, 8, 9])
    #expect(built.warnings.contains { $0.code == .noShape })
    #expect(
      built.warnings.contains {
        $0.what.en == "children in rows without district, who are not counted: 2,800"
      })
  }

  @Test func aNumericCodeOfFullLengthIsACode() throws {
    let layer = SmallCountry.layer([SmallCountry.feature(1, code: .integer(150_101))])
    let built = try build(RegistrySources(layer: layer, facts: SmallCountry.facts()))
    #expect(built.registry.districts.map(\.code) == ["150101"])
  }

  @Test func aNumericCodeThatLostItsZeroIsRefusedOrRestoredOnRequest() throws {
    let layer = SmallCountry.layer([
      SmallCountry.feature(1, code: .integer(10_102)),
      SmallCountry.feature(2, code: .number(10_101)),
    ])
    let sources = RegistrySources(layer: layer, facts: try SmallCountry.facts())
    let fault = try #require(faults(sources).first)
    #expect(fault.code == .lostZeros)
    #expect(fault.entry == "feature 1")
    #expect(
      fault.what.en
        == "code \"10102\" has 5 digits, as in 2 features; 2 districts begin with zero")
    let built = try build(sources) { $0.restoreZeros = true }
    #expect(built.registry.districts.map(\.code) == ["010101", "010102"])
  }

  @Test func doubledFeaturesAreNamedBoth() throws {
    let layer = SmallCountry.layer([
      SmallCountry.feature(1, code: .text("010101")),
      SmallCountry.feature(2, code: .text("150101")),
      SmallCountry.feature(3, code: .text("010101")),
    ])
    let found = faults(RegistrySources(layer: layer, facts: try SmallCountry.facts()))
    #expect(found.map(\.code) == [.doubledCode])
    #expect(found.first?.what.en == "\"010101\" stands in features 1 and 3")
    #expect(found.first?.place?.line == 4)
  }

  @Test func theIdStandsInForTheCode() throws {
    let feature = Feature(number: 1, id: .text("010101"), shape: nil)
    let built = try build(
      RegistrySources(layer: SmallCountry.layer([feature]), facts: SmallCountry.facts()))
    #expect(built.registry.districts[0].name == "Ñaña")
  }

  @Test func aLayerWithoutCodesNamesAttributesThatCouldBeCodes() throws {
    let feature = Feature(
      number: 1, fields: ["IDDIST": .text("010101"), "AREA": .number(3.5)], shape: nil)
    let found = faults(
      RegistrySources(layer: SmallCountry.layer([feature]), facts: try SmallCountry.facts()))
    #expect(found.map(\.code) == [.noCodeColumn])
    #expect(found.first?.fix?.en == "set data.code: \"IDDIST\" can be codes")
  }

  @Test func theStampSaysSchematic() throws {
    let layer = SmallCountry.layer(
      [SmallCountry.feature(1, code: .text("010101"))], stamps: ["geometry": "schematic"])
    let sources = RegistrySources(layer: layer, facts: try SmallCountry.facts())
    #expect(try build(sources).registry.schematic)
    #expect(try build(sources) { $0.schematic = false }.registry.schematic == false)
  }

  @Test func aDistrictWithoutChildrenIsAnErrorOrImputedOnRequest() throws {
    let population = try SmallCountry.source(
      "ubigeo,children\n010101,100\n010102,200\n010103,\n", name: "population.csv")
    let layer = SmallCountry.layer([
      SmallCountry.feature(1, code: .text("010101")),
      SmallCountry.feature(2, code: .text("010102")),
      SmallCountry.feature(3, code: .text("010103")),
    ])
    let sources = RegistrySources(layer: layer, population: population)
    let found = faults(sources)
    #expect(found.contains { $0.code == .noChildren && $0.severity == .error })
    let built = try build(sources) { $0.imputeChildren = true }
    #expect(built.registry.children == [100, 200, 150])
    #expect(built.warnings.contains { $0.code == .imputedChildren })
  }

  @Test func twoTablesCannotGiveOneField() throws {
    var sources = RegistrySources(facts: try SmallCountry.facts())
    sources.tables = [try SmallCountry.source("ubigeo,rural\n010101,5\n", name: "mine.csv")]
    #expect(faults(sources).map(\.code).contains(.repeatedField))
  }

  @Test func aTableOfTheirOwnBecomesFields() throws {
    var sources = RegistrySources(facts: try SmallCountry.facts())
    sources.tables = [
      try SmallCountry.source("ubigeo,mines,zone\n010101,5,a\n150103,0,b\n", name: "mine.csv")
    ]
    let built = try build(sources)
    #expect(built.registry.fields["zone"] == nil)
    #expect(
      built.registry.fields["mines"]?.values
        == .numbers([5, nil, nil, nil, nil, nil, nil, 0]))
    #expect(built.report.parts.last?.matched == 2)
  }
}

@Suite struct SingleAgeTests {
  private func ages(_ code: String, from first: Int, _ year: Int = 2019) -> String {
    (0...17).map { "\(code),\(year),\($0),\(first + $0)\n" }.joined()
  }

  private func sources(_ text: String, totals: String? = nil) throws -> RegistrySources {
    let layer = SmallCountry.layer([
      SmallCountry.feature(1, code: .text("010101")),
      SmallCountry.feature(2, code: .text("010102")),
    ])
    return RegistrySources(
      layer: layer, population: try totals.map { try SmallCountry.source($0) },
      byAge: try SmallCountry.source("ubigeo,year,age,children\n" + text, name: "ages.csv"))
  }

  @Test func theSumOfAgesIsTheTotal() throws {
    let built = try buildRegistry(
      from: sources(ages("010101", from: 10) + ages("010102", from: 0)),
      settings: SmallCountry.settings)
    // 15 + 16 + … + 27 and 5 + … + 17.
    #expect(built.registry.children == [273, 143])
    #expect(built.registry.childrenByAge[0].first == 15)
    #expect(built.registry.childrenByAge[1].last == 17)
  }

  @Test func aTotalBesideScalesTheAges() throws {
    let built = try buildRegistry(
      from: sources(
        ages("010101", from: 0), totals: "ubigeo,children\n010101,286\n010102,13\n"),
      settings: SmallCountry.settings)
    #expect(built.registry.children == [286, 13])
    #expect(built.registry.childrenByAge[0].first == 10)
    #expect(built.registry.childrenByAge[1] == Array(repeating: 1, count: 13))
  }

  @Test func severalYearsNeedAChoice() throws {
    let text = ages("010101", from: 0, 2019) + ages("010101", from: 10, 2020)
    let both = text + ages("010102", from: 0, 2019) + ages("010102", from: 0, 2020)
    let list = #expect(throws: DiagnosticList.self) {
      try buildRegistry(from: sources(both), settings: SmallCountry.settings)
    }
    #expect(list?.items.first?.code == .badAges)
    var settings = SmallCountry.settings
    settings.populationYear = 2020
    let built = try buildRegistry(from: sources(both), settings: settings)
    #expect(built.registry.children == [273, 143])
  }

  @Test func missingAndRepeatedAgesAreNamed() throws {
    let text =
      ages("010101", from: 0) + "010101,2019,7,3\n"
      + ages("010102", from: 0).replacing("010102,2019,9,9\n", with: "")
    let list = #expect(throws: DiagnosticList.self) {
      try buildRegistry(from: sources(text), settings: SmallCountry.settings)
    }
    let texts = list?.items.map(\.what.en) ?? []
    #expect(texts.contains("district 010101 has age 7 twice"))
    #expect(texts.contains("district 010102 lacks ages 9"))
  }
}
