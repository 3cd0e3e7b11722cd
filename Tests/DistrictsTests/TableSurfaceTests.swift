// Quiebre · DistrictsTests
// Tables as surfaces: value and interval by code, and which statistics there are.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import Testing

@Suite struct TableSurfaceTests {
  private func request(_ text: String, value: String? = "risk") throws -> SurfaceRequest {
    SurfaceRequest(
      field: "mirti", source: .table(try SmallCountry.source(text)), quantity: .mean,
      unit: .percent, value: value, interval: .columns("p05", "p95"))
  }

  @Test func aTableGivesValueAndInterval() throws {
    let join = try SquareWorld().join(
      request("ubigeo,risk,p05,p95\n010101,20,10,30\n010103,,,\n150101,50 %,40 %,60 %\n"))
    #expect(join.numbers("mirti").prefix(3) == [0.2, nil, nil])
    #expect(join.numbers("mirti")[5] == 0.5)
    #expect(join.numbers("mirti_p05")[5] == 0.4)
    #expect(join.quality[1] == "no_row")
    #expect(join.part.empty == ["010103"])
    #expect(join.part.matched == 2)
  }

  @Test func impossibleValuesAndIntervalsAreNamedByRow() throws {
    let found = try SquareWorld().faults(
      request("ubigeo,risk,p05,p95\n010101,-5,-6,1\n010102,50,60,70\n010103,101,1,2\n")
    )
    .filter { $0.severity == .error }
    #expect(found.map(\.code).filter { $0 == .badInterval }.count == 2)
    #expect(found.first?.what.en == "-5 is outside 0 % … 100 %")
    #expect(found.first?.place?.line == 2)
    #expect(
      found.first { $0.code == .badInterval }?.what.en
        == "p05 ≤ risk ≤ p95 does not hold in this row")
  }

  @Test func theOnlyColumnOfNumbersIsTheValue() throws {
    let source = try SmallCountry.source("ubigeo,name,risk\n010101,a,20\n")
    let join = try SquareWorld().join(
      SurfaceRequest(field: "m", source: .table(source), quantity: .mean, unit: .percent))
    #expect(join.numbers("m").first == 0.2)
    let two = try SmallCountry.source("ubigeo,risk,other\n010101,20,1\n")
    let found = try SquareWorld().faults(
      SurfaceRequest(field: "m", source: .table(two), quantity: .mean, unit: .percent))
    #expect(found.contains { $0.what.en == "which column holds the value? risk, other" })
  }

  // Rows of 010101: a a b, of 010102: b, of 010201: one without a value.
  private let crops = "ubigeo,crop\n010101,a\n010101,a\n010101,b\n010102,b\n010201,\n"

  @Test func categoriesBecomeSharesOfTheRows() throws {
    var request = SurfaceRequest(
      field: "x",
      source: .table(DistrictTable(try SmallCountry.table(crops), codeColumn: "ubigeo")),
      quantity: .share, value: "crop")
    let join = try SquareWorld().join(request)
    #expect(join.fields.map(\.name) == ["x_a", "x_b"])
    #expect(join.fields.map(\.unit) == [.percent, .percent])
    #expect(join.numbers("x_a").prefix(3) == [2.0 / 3, 0, nil])
    #expect(join.numbers("x_b").prefix(3) == [1.0 / 3, 1, nil])
    #expect(join.quality[2] == "no_row")
    request.classes = [
      .init(name: "both", values: ["a", "b"]), .init(name: "none", values: ["c"]),
    ]
    let grouped = try SquareWorld().join(request)
    #expect(grouped.numbers("x_both").prefix(2) == [1, 1])
    #expect(grouped.warnings.contains { $0.code == .unknownClass })
  }
}

@Suite struct SurfaceStatisticTests {
  @Test(arguments: SurfaceStatistic.names)
  func namesAreRead(_ name: String) {
    #expect(SurfaceStatistic(name) != nil)
  }

  @Test(arguments: ["avg", "quantile", "quantile 1.1", "quantile x", ""])
  func otherNamesAreNot(_ name: String) {
    #expect(SurfaceStatistic(name) == nil)
  }

  @Test func quantilesNameTheirFieldInPercent() {
    #expect(SurfaceStatistic("quantile 0.9")?.suffix == "q90")
    #expect(SurfaceStatistic("quantile 0.025")?.suffix == "q2_5")
  }
}
