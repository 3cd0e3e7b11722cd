// Quiebre · GeoFilesTests
// Broken geodata in thousands of ways: read or refused, never a crash, never a number that isn't.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore
import GeoFiles
import Support
import Testing

@Suite("Geodata fuzzing")
struct GeoFuzzTests {
  static let layers = [
    GeoJSONTests.file(),
    GeoJSONTests.file(
      geometry: #"{"type":"MultiPolygon","coordinates":[[[[-76,-12,1],[-75,-12],[-75,-11]]]]}"#,
      properties: #"{"id":"010101","x":1.5,"list":[1,{"a":null}]}"#,
      top: #""crs":{"type":"name","properties":{"name":"EPSG:32718"}},"quiebre":{"a":"b"},"#),
    GeoJSONTests.file(geometry: #"{"type":"Point","coordinates":[-76,-12]}"#),
  ]

  @Test(arguments: layers)
  func aLayerIsReadWithFiniteCoordinatesOrRefused(_ text: String) {
    var mutator = Mutator(seed: 101)
    var wasRead = 0
    for _ in 0..<3_000 {
      let bytes = mutator.mutated(Array(text.utf8))
      do throws(DiagnosticList) {
        let layer = try readGeoJSON(bytes: bytes, name: "fuzz")
        wasRead += 1
        for feature in layer.features { checkShape(of: feature) }
      } catch {
        #expect(error.hasErrors)
        #expect(error.items.allSatisfy { ($0.place?.line ?? 0) >= 1 })
      }
    }
    #expect(wasRead > 30, "some mutants stay readable, or the loop tests nothing")
  }

  private func checkShape(of feature: Feature) {
    for polygon in feature.shape?.polygons ?? [] {
      for ring in [polygon.shell] + polygon.holes {
        #expect(ring.count >= 4 && ring.first == ring.last)
        #expect(ring.allSatisfy { $0.x.isFinite && $0.y.isFinite })
      }
    }
  }

  @Test(arguments: [
    AsciiGridTests.plain,
    "dx 1\ndy 2\nncols 2\nnrows 3\nxllcenter 0\nyllcenter 0\n1e3 -2.5\nnan 4\n5 6\n",
  ])
  func aGridIsReadWithoutInfinityOrRefused(_ text: String) {
    var mutator = Mutator(seed: 202)
    var wasRead = 0
    for _ in 0..<5_000 {
      let bytes = mutator.mutated(Array(text.utf8))
      do throws(DiagnosticList) {
        let raster = try readAsciiGrid(bytes: bytes, name: "fuzz", crs: .lonLat)
        wasRead += 1
        #expect(raster.values.allSatisfy { !$0.isInfinite })
        #expect(raster.grid.cellWidth > 0 && raster.grid.north.isFinite)
      } catch {
        #expect(error.hasErrors)
      }
    }
    #expect(wasRead > 50)
  }
}
