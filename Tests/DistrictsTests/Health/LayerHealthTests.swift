// Quiebre · DistrictsTests
// Layers with known faults: each is found, measured and named, and nothing else.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore
import GeoFiles
import Support
import Testing

@testable import Districts

@Suite struct LayerHealthTests {
  private func rectangle(
    _ west: Double, _ south: Double, _ east: Double, _ north: Double,
    holes: [[Point]] = [], clockwise: Bool = false
  ) -> MultiPolygon {
    let ring = [
      Point(x: west, y: south), Point(x: east, y: south), Point(x: east, y: north),
      Point(x: west, y: north), Point(x: west, y: south),
    ]
    return MultiPolygon([Polygon(shell: clockwise ? ring.reversed() : ring, holes: holes)])
  }

  private func examined(_ shapes: [MultiPolygon?]) throws -> LayerHealth {
    try examinedLayer(
      shapes, codes: shapes.indices.map { "0\($0 + 1)" }, name: "test"
    ).health
  }

  @Test func aSoundCoverageHasNoFindings() throws {
    let health = try examined([
      rectangle(-75, -12, -74, -11), rectangle(-74, -12, -73, -11), rectangle(-75, -11, -74, -10),
    ])
    #expect(health.findings.isEmpty)
    #expect(health.verdict == .sound)
    #expect(health.queenPairs == 3 && health.rookPairs == 2)
    let expected = [
      rectangle(-75, -12, -73, -11), rectangle(-75, -11, -74, -10),
    ].reduce(0) { $0 + $1.ellipsoidalArea }
    #expect(abs(health.area - expected) < 1e-6)
  }

  @Test func overlapsAndGapsAreMeasuredAndLakesLeftAlone() throws {
    // Two districts that overlap in a strip; a third with a lake of 0.1° × 0.1° that belongs to
    // none; a fourth that leaves a sliver of 0.001° to the third.
    let lake = [
      Point(x: -72.6, y: -11.6), Point(x: -72.6, y: -11.5), Point(x: -72.5, y: -11.5),
      Point(x: -72.5, y: -11.6), Point(x: -72.6, y: -11.6),
    ]
    let health = try examined([
      rectangle(-75, -12, -73.99, -11), rectangle(-74, -12, -73, -11),
      rectangle(-73, -12, -72, -11, holes: [lake]), rectangle(-73, -13, -72, -12.001),
      rectangle(-72, -13, -71, -11), rectangle(-74, -13, -73, -12),
    ])
    let overlap = try #require(health.findings(.overlap).first)
    #expect(health.findings(.overlap).count == 1)
    #expect(overlap.codes == ["01", "02"])
    let strip = rectangle(-74, -12, -73.99, -11).ellipsoidalArea
    #expect(abs((overlap.area ?? 0) - strip) < 1e-9 * strip)
    #expect(overlap.at.map { (-74 ... -73.99).contains($0.x) } == true)
    let found = try #require(health.findings(.lake).first)
    #expect(found.codes == ["03"])
    let water = rectangle(-72.6, -11.6, -72.5, -11.5).ellipsoidalArea
    #expect(abs((found.area ?? 0) - water) < 1e-9 * water)
    let gap = try #require(health.findings(.gap).first)
    #expect(gap.codes == ["03", "04", "05", "06"])
    let sliver = rectangle(-73, -12.001, -72, -12).ellipsoidalArea
    #expect(abs((gap.area ?? 0) - sliver) < 1e-9 * sliver)
    #expect(health.verdict == .flawed)
    #expect(health.findings.count == 3)
  }

  @Test func invalidShapesAreRepairedAndThePriceIsSaid() throws {
    let bowTie = MultiPolygon([
      Polygon(shell: [
        Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 1, y: 0), Point(x: 0, y: 1),
        Point(x: 0, y: 0),
      ])
    ])
    let health = try examined([bowTie, nil, rectangle(5, 5, 6, 6)])
    let invalid = try #require(health.findings(.invalid).first)
    #expect(invalid.codes == ["01"])
    #expect(invalid.at == Point(x: 0.5, y: 0.5))
    #expect(invalid.detail == "Self-intersection")
    #expect((invalid.area ?? 1) < 1e-9 && (invalid.lost ?? 1) < 1e-9)
    #expect(health.findings(.missing).map(\.codes) == [["02"]])
    #expect(health.findings(.island).map(\.codes) == [["01"], ["03"]])
    #expect(health.verdict == .broken)
  }

  @Test func ringsThatAreOddAreNamed() throws {
    let doubled = MultiPolygon([
      Polygon(shell: [
        Point(x: 0, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 0), Point(x: 1, y: 1),
        Point(x: 0, y: 1), Point(x: 0, y: 0),
      ])
    ])
    let spiky = MultiPolygon([
      Polygon(shell: [
        Point(x: 1, y: 0), Point(x: 2, y: 0), Point(x: 2, y: 0.5), Point(x: 2.5, y: 0.501),
        Point(x: 2, y: 0.502), Point(x: 2, y: 1), Point(x: 1, y: 1), Point(x: 1, y: 0),
      ])
    ])
    let health = try examined([doubled, spiky, rectangle(0, 1, 1, 2, clockwise: true)])
    #expect(health.findings(.repeatedVertex).map(\.codes) == [["01"]])
    #expect(health.findings(.repeatedVertex).first?.at == Point(x: 1, y: 0))
    #expect(health.findings(.spike).map(\.codes) == [["02"]])
    #expect(health.findings(.spike).first?.at == Point(x: 2.5, y: 0.501))
    #expect(health.findings(.ringSense).map(\.codes) == [["03"]])
    #expect(health.findings.count == 3)
  }

  @Test func textTablesAndJSONSayTheSame() throws {
    let shapes: [MultiPolygon?] = [rectangle(0, 0, 1, 1), rectangle(0.5, 0, 2, 1), nil]
    let health = try examinedLayer(
      shapes, codes: ["010101", "010102", "010103"], name: "capa.geojson",
      suspicion: .swappedAxes
    ).health
    for language in [Language.english, .spanish] {
      let lines = health.lines(in: language)
      #expect(
        lines[0].hasPrefix(language == .english ? "capa.geojson: broken" : "capa.geojson: dañada"))
      #expect(lines.contains { $0.contains("010101 / 010102") })
      #expect(lines.count == 7)
    }
    let table = try CSVTable(bytes: health.csv(), name: "health.csv")
    #expect(table.rowCount == health.findings.count)
    var writer = JSONWriter()
    health.write(to: &writer)
    let text = String(decoding: writer.finished(), as: UTF8.self)
    #expect(text.contains(#""verdict": "broken""#))
    #expect(text.contains(#""codes": ["010101", "010102"]"#))
  }

  @Test func everyKindHasWordsInBothLanguages() {
    for kind in HealthFinding.Kind.allCases {
      let some = [HealthFinding(kind, codes: ["1"], area: 2.5, lost: 0.25, detail: "3")]
      let words = kind.sentence(of: some)
      #expect(!words.en.isEmpty && !words.es.isEmpty && words.en != words.es)
    }
  }

  private static let realLayer =
    (Checkout.root + "/../shared/data/vector/distritos_1874_inei2017.geojson")

  /// The README of the data: valid, no overlaps, 6 lakes that belong to no district (268.5, 132.7,
  /// 67.2, 61.5, 54.0 and 29.2 km²), 6 holes below 0.1 km², one clockwise ring.
  @Test(.enabled(if: (try? InputFile(reading: realLayer)) != nil))
  func theRealDistrictsAreSound() throws {
    let layer = try readVectorFile(path: Self.realLayer)
    let health = try examinedLayer(
      layer.features.map(\.shape), codes: layer.features.map { "\($0.number)" }, name: "districts"
    ).health
    #expect(health.findings(.invalid).isEmpty)
    let lakes = health.findings(.lake).compactMap(\.area)
    #expect(lakes.count == 6)
    for (found, known) in zip(lakes, [268.5, 132.7, 67.2, 61.5, 54.0, 29.2]) {
      #expect(abs(found - known) < 0.1)
    }
    // The small holes have square meters: dust, with six overlaps as small.
    #expect(health.findings(.gap).isEmpty && health.findings(.overlap).isEmpty)
    #expect(health.findings(.dust).map(\.detail) == ["12"])
    #expect(health.verdict == .sound)
    #expect(health.findings(.ringSense).count == 1)
    #expect(health.queenPairs == 5489)
  }
}
