// Quiebre · GeodataTests
// The schematic districts: made again byte for byte, and a coverage of the departments.
// SPDX-License-Identifier: Apache-2.0

import GeoCore
import Testing

@testable import quiebre_geodata

@Suite("Schematic districts")
struct SchematicDistrictsTests {
  @Test(arguments: ["districts.geojson", "risk/risk.asc", "risk/children.asc", "risk/cells.csv"])
  func derivedFilesAreMadeAgainByteForByte(path: String) throws {
    let made = try PeruFolder.derived.get().files.first { $0.path == path }
    #expect(try made?.bytes == PeruFolder.bytes(path))
  }

  @Test func filesStaySmall() throws {
    for file in try PeruFolder.derived.get().files {
      #expect(file.bytes.count < (file.path.hasPrefix("risk/") ? 1 << 20 : 4 << 20), "\(file.path)")
    }
  }

  @Test func everyDistrictHasAValidShape() throws {
    let derived = try PeruFolder.derived.get()
    #expect(derived.shapes.count == 1891)
    let found = try examinedShapes(derived.shapes, repair: .none, workers: 2)
    #expect(found.allSatisfy { $0 != nil && $0?.fault == nil })
    #expect(derived.shapes.allSatisfy { $0.planarArea > 0 })
  }

  /// Every stretch of border has one district on its left and at most one on its right.
  @Test func bordersAreSharedExactly() throws {
    let derived = try PeruFolder.derived.get()
    var left: Set<LatticeEdge> = []
    var count = 0
    for ring in derived.shapes.flatMap(\.polygons).flatMap({ [$0.shell] + $0.holes }) {
      let points = ring.compactMap { LatticePoint($0) }
      for (from, to) in zip(points, points.dropFirst()) {
        left.insert(LatticeEdge(from: from, to: to))
        count += 1
      }
    }
    #expect(left.count == count)
    let outer = left.filter { !left.contains($0.reversed) }
    // What has no neighbor is the outline of the country: one closed line.
    #expect(Set(outer.map(\.from)) == Set(outer.map(\.to)))
    #expect(Set(outer.map(\.from)).count == outer.count)
    #expect(outer.count < count / 10)
  }

  /// Rounding moves a border by half a lattice unit at most, so the area by less than the length
  /// of the outline × 0.7 × 10⁻⁵ degree.
  @Test func districtsCoverTheirDepartmentWholly() throws {
    let derived = try PeruFolder.derived.get()
    for department in derived.inputs.departments {
      let area = zip(derived.inputs.districts, derived.shapes)
        .filter { $0.0.code.hasPrefix(department.code) }.reduce(0) { $0 + $1.1.planarArea }
      let outline = department.shape.polygons.flatMap { [$0.shell] + $0.holes }
        .reduce(0) { length, ring in
          zip(ring, ring.dropFirst()).reduce(length) {
            $0 + squaredDistance($1.0, $1.1).squareRoot()
          }
        }
      #expect(abs(area - department.shape.planarArea) < outline * 0.7e-5, "\(department.code)")
    }
  }

  /// Callao's districts have one place each and La Punta's lies outside the outline.
  @Test func aDistrictWithoutACellGetsGround() throws {
    let derived = try PeruFolder.derived.get()
    let laPunta = try #require(derived.inputs.districts.firstIndex { $0.code == "070105" })
    #expect(derived.shapes[laPunta].planarArea > 1e-6)
  }

  @Test func workersDoNotChangeTheShapes() throws {
    let inputs = try PeruFolder.inputs.get()
    let departments = inputs.departments.filter { ["18", "23", "24"].contains($0.code) }
    let members = inputs.districts.indices.filter { index in
      departments.contains { inputs.districts[index].code.hasPrefix($0.code) }
    }
    let position = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    let places = inputs.places.compactMap { place in
      position[place.district].map {
        GeoPlace(
          district: $0, isRural: place.isRural, position: place.position,
          children: place.children)
      }
    }
    let results = try [1, 2, 3, 8].map { workers in
      try schematicDistricts(
        members.map { inputs.districts[$0] }, places: places, departments: departments,
        workers: workers)
    }
    #expect(Set(results).count == 1)
  }
}
