// Quiebre · DistrictsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import Testing

@Suite struct PolygonSurfaceTests {
  /// A box one degree high over the districts.
  private func box(_ number: Int, from west: Double, to east: Double, _ value: FieldValue)
    -> Feature
  {
    let ring = [
      Point(x: west, y: -1), Point(x: east, y: -1), Point(x: east, y: 0), Point(x: west, y: 0),
      Point(x: west, y: -1),
    ]
    return Feature(
      number: number, line: number, fields: ["v": value],
      shape: MultiPolygon([Polygon(shell: ring)]))
  }

  private func request(
    _ features: [Feature], _ quantity: SurfaceRequest.Quantity,
    _ change: (inout SurfaceRequest) -> Void = { _ in }
  ) -> SurfaceRequest {
    let layer = FeatureLayer(name: "parcels.gpkg", crs: .lonLat, features: features)
    var request = SurfaceRequest(field: "x", source: .polygons(layer), quantity: quantity)
    change(&request)
    return request
  }

  // Boxes between the same parallels share ground in proportion to their widths.
  @Test func meansWeighBySharedGround() throws {
    let join = try SquareWorld().join(
      request(
        [box(1, from: 0, to: 0.25, .integer(8)), box(2, from: 0.25, to: 2, .number(4))], .mean))
    let means = join.numbers("x")
    #expect(abs((means[0] ?? 0) - 5) < 1e-12)
    #expect(abs((means[1] ?? 0) - 4) < 1e-12)
    #expect(means[2] == nil)
    #expect(join.quality[2] == "no_cell")
  }

  @Test func sumsAreSharedOutAndConserved() throws {
    let join = try SquareWorld().join(
      request(
        [box(1, from: 0.5, to: 2.5, .integer(100)), box(2, from: 4, to: 9, .integer(50))], .sum))
    let sums = join.numbers("x")
    for (found, expected) in zip(sums.prefix(3), [25.0, 50, 25]) {
      #expect(abs((found ?? 0) - expected) < 1e-10)
    }
    // A fifth of the second polygon lies east of all districts.
    let total = sums.compactMap { $0 }.reduce(0, +)
    #expect(abs(total - 140) < 1e-10)
  }

  @Test func sharesAreOfTheDistrictsGround() throws {
    let features = [
      box(1, from: 0, to: 0.5, .text("CAFE")), box(2, from: 0.5, to: 0.75, .text("CACAO")),
      box(3, from: 1, to: 2, .text("CAFE")),
    ]
    let join = try SquareWorld().join(
      request(features, .share) {
        $0.classes = [
          .init(name: "coffee", values: ["CAFE"]), .init(name: "cacao", values: ["CACAO"]),
        ]
      })
    #expect(join.fields.map(\.name) == ["x_coffee", "x_cacao"])
    let coffee = join.numbers("x_coffee")
    #expect(abs((coffee[0] ?? 0) - 0.5) < 1e-12)
    #expect(abs((coffee[1] ?? 0) - 1) < 1e-12)
    #expect(coffee[2] == 0)
    #expect(abs((join.numbers("x_cacao")[0] ?? 0) - 0.25) < 1e-12)
  }

  @Test func textsForNumbersAreNamedByFeature() throws {
    let found = try SquareWorld().faults(request([box(7, from: 0, to: 1, .text("12,5"))], .mean))
    #expect(found.map(\.code) == [.notANumber])
    #expect(found.first?.entry == "feature 7")
  }

  @Test func polygonsElsewhereAreAnError() throws {
    let found = try SquareWorld().faults(request([box(1, from: 50, to: 51, .integer(1))], .mean))
    #expect(found.map(\.code) == [.outsideDistricts])
  }

  @Test func aMissingAttributeNamesTheNearest() throws {
    let found = try SquareWorld().faults(
      request([box(1, from: 0, to: 1, .integer(1))], .mean) { $0.value = "vv" })
    #expect(found.map(\.code) == [.missingColumn])
  }

  /// A bow tie from (0, −1): its crossing point is in the middle of the square.
  @Test func invalidPolygonsAreMendedAndReported() throws {
    let ring = [
      Point(x: 0, y: -1), Point(x: 1, y: 0), Point(x: 1, y: -1), Point(x: 0, y: 0),
      Point(x: 0, y: -1),
    ]
    let feature = Feature(
      number: 3, fields: ["v": .integer(9)], shape: MultiPolygon([Polygon(shell: ring)]))
    let join = try SquareWorld().join(request([feature], .mean))
    #expect(join.numbers("x")[0] == 9)
    #expect(join.part.repaired.map(\.code) == ["3"])
  }
}

@Suite struct LayerShapeTests {
  private let bowTie = MultiPolygon([
    Polygon(shell: [
      Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 1, y: 0), Point(x: 0, y: 1),
      Point(x: 0, y: 0),
    ])
  ])

  private func build(
    _ shape: MultiPolygon, crs: CRS = .lonLat, repair: RepairMode = .structure
  ) throws -> BuiltRegistry {
    let layer = FeatureLayer(
      name: "d.geojson", crs: crs,
      features: [SmallCountry.feature(1, code: .text("010101"), shape: shape)])
    var settings = SmallCountry.settings
    settings.repair = repair
    return try buildRegistry(
      from: RegistrySources(layer: layer, facts: SmallCountry.facts()), settings: settings)
  }

  @Test func aBowTieIsRepairedWithoutGainOrLoss() throws {
    let built = try build(bowTie)
    let repaired = try #require(built.report.parts[0].repaired.first)
    #expect(repaired.code == "010101")
    #expect(repaired.reason == "Self-intersection")
    #expect(repaired.gainedKm2 < 1e-6 && repaired.lostKm2 < 1e-6)
    #expect(built.registry.districts[0].shape?.polygons.count == 2)
    #expect(built.warnings.contains { $0.code == .repairedShape })
  }

  @Test func withoutRepairTheShapeStaysAndSaysSo() throws {
    let built = try build(bowTie, repair: .none)
    #expect(built.registry.districts[0].shape == bowTie)
    #expect(
      built.warnings.first { $0.code == .repairedShape }?.what.en
        == "invalid shapes that stay so (data.repair is \"none\"): 1: "
        + "010101 (Self-intersection)")
  }

  @Test func anOpenRingIsAnErrorWithItsFeature() throws {
    let open = MultiPolygon([
      Polygon(shell: [Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 1, y: 0)])
    ])
    let list = #expect(throws: DiagnosticList.self) { try build(open) }
    #expect(list?.items.first?.code == .brokenShape)
    #expect(list?.items.first?.entry == "feature 1")
  }

  @Test func metersDeclaredAsDegreesAreRefused() throws {
    let shape = SmallCountry.square(west: 280_000, south: 8_600_000, side: 1_000)
    let list = #expect(throws: DiagnosticList.self) { try build(shape) }
    #expect(list?.items.map(\.code) == [.suspiciousCoordinates])
  }

  /// By pyproj 3.7.2 (PROJ 9.5.1):
  /// `Transformer.from_crs("EPSG:32718", "OGC:CRS84", always_xy=True).transform(280000, 8600000)`.
  @Test func aProjectedLayerComesToLongitudeAndLatitude() throws {
    let shape = SmallCountry.square(west: 280_000, south: 8_600_000, side: 1_000)
    let built = try build(shape, crs: CRS("EPSG:32718"))
    let corner = try #require(built.registry.districts[0].shape?.polygons[0].shell.first)
    #expect(abs(corner.x + 77.02561178325051) < 1e-8)
    #expect(abs(corner.y + 12.656480224699918) < 1e-8)
  }
}
