// Quiebre · GeodataTests
// What the embedded tables promise: codes, sums, places, corrections.
// SPDX-License-Identifier: Apache-2.0

import Formats
import GeoCore
import Testing

@testable import quiebre_geodata

@Suite("Tables of Peru")
struct PeruTableTests {
  @Test func districtsHaveTheContractsColumns() throws {
    #expect(
      try PeruFolder.table("districts.csv").columns.joined(separator: ",")
        == "ubigeo,department,province,district,capital,lon,lat,altitude_m,natural_region,"
        + "population_2025,children_5_17,rural_pct,illiteracy_pct,unmet_needs_pct,"
        + "poverty_low_pct,poverty_high_pct,hdi,mother_tongue_pct")
  }

  @Test func codesAreUniqueSortedAndOfSixDigits() throws {
    let codes = try PeruFolder.column("ubigeo", of: PeruFolder.table("districts.csv"))
    #expect(codes.count == 1891)
    #expect(codes == Set(codes).sorted())
    #expect(codes.allSatisfy { $0.utf8.count == 6 && $0.allSatisfy(\.isNumber) })
  }

  @Test func everyDepartmentHasAShapeAndDistricts() throws {
    let inputs = try PeruFolder.inputs.get()
    #expect(inputs.departments.count == 25)
    #expect(
      Set(inputs.departments.map(\.code)) == Set(inputs.districts.map { String($0.code.prefix(2)) })
    )
  }

  /// INEI's directory of 2025 has 34,350,244 people; 9.8 million × 13/18 are 7.08 million children.
  @Test func peopleAndChildrenSumToTheStatedTotals() throws {
    let table = try PeruFolder.table("districts.csv")
    func sum(_ name: String) throws -> Double {
      try table.numbers(table.requiredColumn(name)).reduce(0) { $0 + ($1 ?? 0) }
    }
    #expect(try sum("population_2025") == 34_350_244)
    #expect(try sum("children_5_17") == 7_080_000)
  }

  @Test func placesShareOutTheChildrenOfTheirDistrict() throws {
    let inputs = try PeruFolder.inputs.get()
    var children = [Int](repeating: 0, count: inputs.districts.count)
    var count = children
    for place in inputs.places {
      children[place.district] += place.children
      count[place.district] += 1
    }
    #expect(children == inputs.districts.map(\.children))
    #expect(count.allSatisfy { (1...10).contains($0) })
    #expect(Set(inputs.places.map(\.position)).count == inputs.places.count)
  }

  @Test func cellsHoldTheChildrenOfTheirDistrict() throws {
    let inputs = try PeruFolder.inputs.get()
    let table = try PeruFolder.table("risk/cells.csv")
    let counts = try table.numbers(table.requiredColumn("n"))
    var byCode: [String: Int] = [:]
    for (code, count) in zip(try PeruFolder.column("ubigeo", of: table), counts) {
      byCode[code, default: 0] += Int(count ?? 0)
    }
    for district in inputs.districts {
      #expect(byCode[district.code] == district.children, "\(district.code)")
    }
  }

  /// The directory prints Santa Lucía 325 km outside its province; here it stands among its places.
  @Test func theCorrectedCapitalLiesInItsProvince() throws {
    let inputs = try PeruFolder.inputs.get()
    let district = try #require(inputs.districts.first { $0.code == "221006" })
    let neighbors = inputs.districts.filter { $0.code.hasPrefix("2210") && $0.code != "221006" }
    let gaps = neighbors.map { squaredDistance($0.capital, district.capital).squareRoot() }
    #expect((gaps.min() ?? .infinity) < 0.2)
    let department = try #require(inputs.departments.first { $0.code == "22" })
    #expect(polygonIndex(of: [district.capital], in: [department.shape]) == [0])
  }

  /// 17 districts were created after the census of 2017: not known is empty, never 0.
  @Test func figuresOf2017AreEmptyForLaterDistricts() throws {
    let table = try PeruFolder.table("districts.csv")
    let changes = try PeruFolder.table("changes.csv")
    let later = Set(
      zip(
        try PeruFolder.column("new_code", of: changes), try PeruFolder.column("year", of: changes)
      ).filter { $1 > "2017" }.map(\.0))
    #expect(later.count == 17)
    let codes = try PeruFolder.column("ubigeo", of: table)
    for name in ["illiteracy_pct", "unmet_needs_pct", "poverty_low_pct", "hdi"] {
      let values = try PeruFolder.column(name, of: table)
      #expect(Set(zip(codes, values).filter { $1.isEmpty }.map(\.0)) == later, "\(name)")
    }
  }

  @Test func createdDistrictsNameAParentOfTheirDepartment() throws {
    let changes = try PeruFolder.table("changes.csv")
    let columns = try ["old_code", "new_code", "kind", "parent"].map(changes.requiredColumn)
    for row in 0..<changes.rowCount {
      let cells = columns.map { changes.trimmedText($0, row) }
      switch cells[2] {
      case "created": #expect(cells[0].isEmpty && cells[1].prefix(2) == cells[3].prefix(2))
      case "recoded": #expect(cells[0] != cells[1] && cells[3].isEmpty)
      default: #expect(cells[2] == "renamed" && cells[0] == cells[1])
      }
    }
  }

  @Test func codingsPairEachCodeOnce() throws {
    let table = try PeruFolder.table("codings.csv")
    let inei = try PeruFolder.column("inei", of: table)
    let reniec = try PeruFolder.column("reniec", of: table)
    #expect(inei.count == 1889)
    #expect(Set(inei).count == inei.count)
    #expect(Set(reniec).count == reniec.count)
    // RENIEC numbers Callao 24, after Ucayali; INEI numbers it 07.
    #expect(zip(inei, reniec).allSatisfy { $0.hasPrefix("07") == $1.hasPrefix("24") })
  }

  /// The figures of group A as the reference work gives them.
  @Test func theNationalSeriesIsThePublishedOne() throws {
    let table = try PeruFolder.table("series/national.csv")
    let columns = try ["group", "year", "rate", "status", "method", "source"]
      .map(table.requiredColumn)
    let rows = (0..<table.rowCount).map { row in columns.map { table.trimmedText($0, row) } }
      .filter { $0[0] == "A_ENAHO_WORK_5_17" }
    #expect(rows.map { $0[1] } == ["2012", "2015", "2018", "2019", "2023", "2024"])
    #expect(rows.map { $0[2] } == ["31.7", "26.4", "26.1", "25.97", "24.7", "22.6"])
    #expect(rows.filter { $0[3] == "derived" }.map { $0[1] } == ["2018", "2023"])
    #expect(rows.allSatisfy { ($0[1] < "2020") == ($0[4] == "face_to_face") && !$0[5].isEmpty })
  }
}
