// Quiebre · GeoFilesTests
// Vector files of every format: one source layer, read the same from each.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore
import GeoFiles
import Support
import Testing

@Suite("Vector file")
struct VectorFileTests {
  @Test func geoJSONIsReadFromItsFile() throws {
    let layer = try readVectorFile(path: fixture("squares.geojson"))
    #expect(layer.features.map(\.line) == [2, 3, 4])
    #expect(layer.features[0].fields["ubigeo"] == .text("010101"))
    #expect(layer.features[0].fields["name"] == .text("Ñuñoa"))
  }

  @Test func aMissingFileProposesItsNeighbor() throws {
    let fault = try fault(reading: fixture("square.geojson"))
    #expect(fault.code == .fileMissing)
    #expect(fault.fix?.en.contains("squares.geojson") == true)
  }

  #if GDAL
    @Test(arguments: [
      "squares.fgb", "squares.shp", "squares.gpkg", "squares.gpkg#districts",
      "squares.gpkg#heights", "squares.zip", "text.zip",
    ])
    func everyFormatGivesTheSameLayer(_ name: String) throws {
      let layer = try readVectorFile(path: fixture(name))
      let source = try readVectorFile(path: fixture("squares.geojson"))
      #expect(layer.crs == .lonLat)
      let features = layer.features.sorted { text($0, "ubigeo") < text($1, "ubigeo") }
      // GDAL's FlatGeobuf leaves out features without a shape.
      #expect(features.count == (name == "squares.fgb" ? 2 : 3))
      for (feature, original) in zip(features, source.features) {
        #expect(sameArea(feature.shape, original.shape))
        #expect(feature.fields == original.fields.mapValues(asStored(in: name)))
      }
    }

    @Test func aProjectedLayerKeepsItsSystemAndTurnsToDegreesWhenAsked() throws {
      let layer = try readVectorFile(path: fixture("squares.gpkg#utm"))
      #expect(layer.crs == CRS("EPSG:32718"))
      let degrees = try lonLat(layer)
      #expect(degrees.crs == .lonLat)
      let corner = try #require(degrees.features[0].shape?.polygons[0].shell.first)
      // The source's own corner; 1e-8 degrees is a millimeter, PROJ's inverse goes to nanometers.
      let source = [
        Point(x: -77, y: -12), Point(x: -76, y: -12), Point(x: -76, y: -11),
        Point(x: -77, y: -11),
      ]
      #expect(source.contains { abs($0.x - corner.x) < 1e-8 && abs($0.y - corner.y) < 1e-8 })
    }

    @Test func severalLayersWithoutAChoiceAreNoted() throws {
      var notes: [Diagnostic] = []
      let layer = try readVectorFile(path: fixture("squares.gpkg")) { notes.append($0) }
      #expect(layer.name.hasSuffix("squares.gpkg#districts"))
      #expect(notes.map(\.code) == [.layerMissing])
      #expect(notes[0].severity == .note)
    }

    @Test func aMissingLayerProposesTheNearestName() throws {
      let fault = try fault(reading: fixture("squares.gpkg#distrcts"))
      #expect(fault.code == .layerMissing)
      #expect(fault.what.en.contains("'districts', 'utm', 'heights', 'lines', 'curves'"))
      #expect(fault.fix?.en == "did you mean 'districts'?")
    }

    @Test func heightsAreNoted() throws {
      var notes: [Diagnostic] = []
      _ = try readVectorFile(path: fixture("squares.gpkg"), layer: "heights") { notes.append($0) }
      #expect(notes.map(\.code) == [.heightsDropped])
    }

    @Test func arcsBecomeChords() throws {
      let layer = try readVectorFile(path: fixture("squares.gpkg#curves"))
      let shell = try #require(layer.features[0].shape?.polygons[0].shell)
      #expect(shell.count > 80)
      // A circle of radius 1 about (1, 0).
      for point in shell {
        let (x, y) = (point.x - 1, point.y)
        #expect(abs((x * x + y * y).squareRoot() - 1) < 1e-12)
      }
    }

    @Test(
      arguments: [
        ("squares.gpkg#lines", DiagnosticCode.geometryUnusable, "feature 1"),
        ("latin.shp", .textEncoding, "feature 1"),
        ("two.zip", .archiveUnclear, nil),
        ("none.zip", .archiveUnclear, nil),
        ("make.sh", .gdalRefused, nil),
        ("/vsizip/nowhere.zip/a.gpkg", .gdalRefused, nil),
      ] as [(String, DiagnosticCode, String?)])
    func namesTheFault(_ name: String, _ code: DiagnosticCode, _ entry: String?) throws {
      let fault = try fault(reading: name.hasPrefix("/") ? name : fixture(name))
      #expect(fault.code == code)
      #expect(fault.entry == entry)
    }

    @Test func aStatedSystemServesLayersWithoutOne() throws {
      // latin.shp has no .prj, so anything may be stated; its text stops the reading later.
      var notes: [Diagnostic] = []
      _ = try readVectorFile(path: fixture("squares.fgb"), crs: CRS("EPSG:32718")) {
        notes.append($0)
      }
      #expect(notes.map(\.severity) == [.warning])
    }
  #else
    @Test func withoutGDALTheFormatIsNamed() throws {
      #expect(try fault(reading: fixture("squares.gpkg")).code == .needsGDAL)
    }
  #endif

  private func fixture(_ name: String) -> String { Checkout.fixture("geo/" + name) }

  private func text(_ feature: Feature, _ field: String) -> String {
    if case .text(let text) = feature.fields[field] { text } else { "" }
  }

  /// Shapefiles store all numbers of this layer in fields of their own kind; the rest agrees.
  private func asStored(in name: String) -> (FieldValue) -> FieldValue {
    { value in
      if case .integer(0) = value, !name.hasPrefix("text") { .number(0) } else { value }
    }
  }

  /// Shapes of equal rings, whatever their start and turning sense, which formats change.
  private func sameArea(_ a: MultiPolygon?, _ b: MultiPolygon?) -> Bool {
    rings(of: a) == rings(of: b)
  }

  private func rings(of shape: MultiPolygon?) -> Set<Set<Point>> {
    Set((shape?.polygons ?? []).flatMap { [$0.shell] + $0.holes }.map { Set($0) })
  }

  private func fault(reading path: String) throws -> Diagnostic {
    let error = #expect(throws: DiagnosticList.self) { try readVectorFile(path: path) }
    return try #require(error?.items.first)
  }
}
