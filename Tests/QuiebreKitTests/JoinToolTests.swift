// Quiebre · QuiebreKitTests
// `quiebre join` without a scenario: what the table of Scenarios/JOIN.md says of rasters and polygons.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

/// The rows of a reply, by code and column.
struct JoinedTable {
  let columns: [String]
  let rows: [String: [String: String]]
  let order: [String]

  init(_ text: String) {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    columns = lines.first.map { $0.map { $0.replacing("\u{FEFF}", with: "") } } ?? []
    var rows: [String: [String: String]] = [:]
    var order: [String] = []
    for line in lines.dropFirst() {
      rows[line[0]] = Dictionary(zip(columns, line)) { first, _ in first }
      order.append(line[0])
    }
    (self.rows, self.order) = (rows, order)
  }

  func number(_ code: String, _ column: String) -> Double? {
    text(code, column).flatMap(Double.init)
  }

  func text(_ code: String, _ column: String) -> String? { rows[code]?[column] }
}

private func geo(_ name: String) -> String { Checkout.fixture("geo/" + name) }
private func fixture(_ name: String) -> String { Checkout.fixture("join/" + name) }

private func joined(
  _ surface: String, polygons: String = fixture("areas.geojson"), stats: String = "mean,count",
  workers: Int = 2, _ change: (inout JoinRequest) -> Void = { _ in }
) -> Reply {
  var request = JoinRequest(subject: nil)
  request.districts = polygons
  request.codeColumn = "id"
  request.surface = surface
  request.statistics = stats.split(separator: ",").map(String.init)
  request.countsCellsAlike = true
  change(&request)
  return join(request, session: embeddedSession(workers: workers))
}

/// One grid of six cells, 1 2 3 over 4 – 6.25, stored in many ways.
@Suite struct JoinToolTests {
  #if GDAL
    static let sameGrid = ["grid.asc", "plain.tif", "east.tif", "masked.tif"]
  #else
    static let sameGrid = ["grid.asc"]
  #endif

  @Test(arguments: sameGrid)
  func everyWayToStoreARasterGivesTheHandSums(_ name: String) {
    let stats =
      "count,sum,mean,min,max,variance,stdev,cv,median,majority,minority,variety,coverage,"
      + "min_lon,min_lat,max_lon,max_lat"
    let reply = joined(geo(name), stats: stats)
    let table = JoinedTable(reply.text)
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    // Cells 1, 2, 4 of four; median and quantiles lie between the middles of equal parts.
    let whole: [(String, Double)] = [
      ("count", 3), ("sum", 7), ("mean", 7 / 3.0), ("min", 1), ("max", 4),
      ("variance", 14 / 9.0), ("stdev", (14 / 9.0).squareRoot()),
      ("cv", (14 / 9.0).squareRoot() / (7 / 3.0)), ("median", 2), ("majority", 4),
      ("minority", 1), ("variety", 3), ("coverage", 0.75), ("min_lon", -79.75),
      ("min_lat", -9.25), ("max_lon", -79.75), ("max_lat", -9.75),
    ]
    for (column, expected) in whole {
      #expect(abs((table.number("whole", column) ?? .nan) - expected) < 1e-12, "\(column)")
    }
    // A triangle of 0.02 square degrees in a cell of 0.25.
    #expect(abs((table.number("small", "count") ?? 0) - 0.08) < 1e-12)
    #expect(table.number("small", "mean") == 3)
    #expect(table.number("small", "coverage") == 1)
    #expect(table.number("partly", "count") == 1)
    #expect(table.number("partly", "coverage") == 0.25)
    #expect(table.text("outside", "quality") == "no_cell")
    #expect(table.text("outside", "mean") == "")
    #expect(table.text("shapeless", "quality") == "no_shape")
    #expect(table.order == ["whole", "small", "partly", "outside", "shapeless", "dateline"])
    // A text grid doesn't say its system.
    #expect(reply.diagnostics.map(\.code).filter { $0 != .crsAssumed } == [.noValidCell])
  }

  @Test func centersCountWholeCells() {
    let table = JoinedTable(joined(geo("grid.asc")) { $0.usesCellCenters = true }.text)
    #expect(table.number("whole", "count") == 3)
    // The triangle reaches from −78.825 to −78.775 where the center of its cell, −78.75, lies.
    #expect(table.text("small", "quality") == "no_cell")
    #expect(table.number("partly", "count") == 1)
  }

  @Test func groundWeighsTheNorthernRowLess() {
    let table = JoinedTable(
      joined(geo("grid.asc"), stats: "mean,area,count") { $0.countsCellsAlike = false }.text)
    // Cells of half a degree at 9.25° and 9.75° south, in proportion to sin 9.5° − sin 9° and so on
    // to 2e-5 (a sphere): 0.0086129 and 0.0086007.
    let (upper, lower) = (0.0086129, 0.0086007)
    let expected = (3 * upper + 4 * lower) / (2 * upper + lower)
    #expect(abs((table.number("whole", "mean") ?? 0) - expected) < 1e-4)
    #expect((table.number("whole", "mean") ?? 0) < 7 / 3.0)
    // Half a degree square near the equator: 55.3 km by 54.9 km.
    #expect(abs((table.number("whole", "area") ?? 0) - 3 * 55.3 * 54.9) < 30)
  }

  @Test func sharesGetAColumnPerValue() {
    let table = JoinedTable(joined(geo("grid.asc"), stats: "frac").text)
    #expect(table.columns == ["code", "frac_1", "frac_2", "frac_3", "frac_4", "quality"])
    #expect(abs((table.number("whole", "frac_4") ?? 0) - 1 / 3.0) < 1e-12)
    #expect(table.number("whole", "frac_3") == 0)
    #expect(table.number("partly", "frac_3") == 1)
  }

  @Test(arguments: [
    ("avg", DiagnosticCode.unknownStatistic, ExitCode.usage),
    ("weighted_mean", .weightMissing, .usage), ("q101", .unknownStatistic, .usage),
  ])
  func aStatisticThatCannotBeIsNamed(_ name: String, _ code: DiagnosticCode, _ exit: ExitCode) {
    let reply = joined(geo("grid.asc"), stats: name)
    #expect(reply.diagnostics.map(\.code) == [code])
    #expect(reply.exitCode == exit)
  }

  @Test func geoJSONKeepsShapesAndColumns() throws {
    let folder = try TemporaryFolder()
    let reply = joined(geo("grid.asc")) {
      $0.output = folder.path + "/out.geojson"
      $0.format = .geojson
    }
    #expect(reply.exitCode == .done)
    let data = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/out.geojson"))
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let features = try #require(object["features"] as? [[String: Any]])
    #expect(features.count == 6)
    let properties = try #require(features[0]["properties"] as? [String: Any])
    #expect(Set(properties.keys) == ["code", "mean", "count", "quality", "order"])
    #expect(properties["order"] as? Int == 1)
    let geometry = try #require(features[0]["geometry"] as? [String: Any])
    let rings = try #require(geometry["coordinates"] as? [[[Double]]])
    #expect(rings == [[[-80, -10], [-79, -10], [-79, -9], [-80, -9], [-80, -10]]])
    #expect(features[4]["geometry"] is NSNull)
    // What was written is read again, and joins as before.
    let again = joined(geo("grid.asc"), polygons: folder.path + "/out.geojson") {
      $0.codeColumn = "code"
    }
    #expect(again.text == joined(geo("grid.asc")).text)
  }

  @Test func coveredCellsAddUpToTheCount() throws {
    let folder = try TemporaryFolder()
    let reply = joined(geo("grid.asc")) { $0.cells = folder.path + "/cells.csv" }
    #expect(reply.exitCode == .done)
    let text = try String(contentsOfFile: folder.path + "/cells.csv", encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(
      lines[0].joined(separator: ",").hasSuffix("code,row,column,x,y,fraction,cell_area,value"))
    // Row by row, polygon by polygon; the cell without data has no value.
    #expect(
      lines.dropFirst().map { $0[0...4].joined(separator: " ") } == [
        "whole 1 1 -79.75 -9.25", "whole 1 2 -79.25 -9.25", "small 1 3 -78.75 -9.25",
        "partly 1 3 -78.75 -9.25", "whole 2 1 -79.75 -9.75", "whole 2 2 -79.25 -9.75",
      ])
    #expect(lines.dropFirst().map { String($0[7]) } == ["1.0", "2.0", "3.0", "3.0", "4.0", ""])
    #expect(abs((Double(lines[3][5]) ?? 0) - 0.08) < 1e-12)
  }

  #if GDAL
    @Test func southUpIsTurned() {
      // The same cells stored from the south: 4 – 6.25 lies north now.
      let table = JoinedTable(joined(geo("southup.tif"), stats: "mean,max_lat").text)
      #expect(table.number("small", "mean") == 6.25)
      #expect(table.number("whole", "max_lat") == -9.25)
    }

    @Test func bandsStandSideBySide() {
      let all = JoinedTable(joined(geo("two.tif"), stats: "mean").text)
      #expect(all.columns == ["code", "band_1_mean", "band_2_mean", "quality"])
      #expect(all.number("whole", "band_1_mean") == all.number("whole", "band_2_mean"))
      let second = JoinedTable(joined(geo("two.tif"), stats: "mean") { $0.bands = [2] }.text)
      #expect(second.columns == ["code", "mean", "quality"])
      #expect(joined(geo("two.tif")) { $0.bands = [3] }.diagnostics.map(\.code) == [.bandMissing])
    }

    @Test func scaleAndOffsetAreApplied() {
      let table = JoinedTable(joined(geo("scaled.tif"), stats: "min,max").text)
      #expect(table.number("whole", "min") == 100.1)
      #expect(table.number("whole", "max") == 100.4)
    }

    @Test func aStatedNoDataValueCounts() {
      let table = { (noData: Double?) in
        JoinedTable(joined(geo("untagged.tif"), stats: "min") { $0.noData = noData }.text)
      }
      #expect(table(nil).number("whole", "min") == -1)
      #expect(table(-1).number("whole", "min") == 1)
    }

    /// NaN, +∞ and −∞ hold no data; neither does the tagged −9999 unless the tag is NaN.
    @Test func valuesThatAreNoNumbersCountNowhere() throws {
      let folder = try TemporaryFolder()
      let box = try folder.write(
        #"{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Polygon","#
          + #""coordinates":[[[-80,-10],[-78,-10],[-78,-9],[-80,-9],[-80,-10]]]}}"#,
        as: "box.geojson")
      let tagged = JoinedTable(
        joined(fixture("special.tif"), polygons: box, stats: "count,sum").text)
      #expect(tagged.number("a", "count") == 4)
      #expect(tagged.number("a", "sum") == 10)
      let open = JoinedTable(joined(fixture("nantag.tif"), polygons: box, stats: "count,sum").text)
      #expect(open.number("a", "count") == 5)
      #expect(open.number("a", "sum") == -9989)
    }

    /// Cells of 45° by longitudes 0…360: columns 4 and 5 of the second row, 12 and 13, meet at 180°.
    @Test func aPolygonOnTheDateLineMeetsAGlobalGrid() {
      let table = JoinedTable(
        joined(fixture("world.tif"), stats: "mean,min,max,coverage,max_lon").text)
      #expect(abs((table.number("dateline", "mean") ?? 0) - 12.5) < 1e-12)
      #expect(table.number("dateline", "min") == 12)
      #expect(table.number("dateline", "max") == 13)
      #expect(table.number("dateline", "max_lon") == -157.5)
      #expect(abs((table.number("dateline", "coverage") ?? 0) - 1) < 1e-12)
    }

    @Test(arguments: [
      ("geo/rotated.tif", DiagnosticCode.rasterRotated), ("join/across.tif", .longitudesAcross),
      ("geo/complex.tif", .bandUnusable), ("geo/unplaced.tif", .rasterWithoutPlace),
      ("geo/empty.tif", .onlyNoData), ("join/cut.tif", .gdalRefused),
      ("geo/utm.tif", .cannotTransform), ("geo/none.zip", .gdalRefused),
    ])
    func whatCannotBeJoinedIsRefused(_ name: String, _ code: DiagnosticCode) {
      let reply = joined(Checkout.fixture(name))
      #expect(reply.exitCode == .dataInvalid)
      #expect(reply.diagnostics.filter { $0.severity == .error }.map(\.code) == [code])
      #expect(reply.text.isEmpty)
    }

    @Test func geoPackagesHoldTheSameAndHaveTheSameBytes() throws {
      let folder = try TemporaryFolder()
      for (name, workers) in [("a", 1), ("b", 3)] {
        let reply = joined(geo("plain.tif"), workers: workers) {
          $0.output = folder.path + "/\(name).gpkg"
          $0.format = .gpkg
        }
        #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
      }
      let files = try folder.files()
      #expect(files["a.gpkg"] == files["b.gpkg"])
      let again = joined(geo("grid.asc"), polygons: folder.path + "/a.gpkg") {
        $0.codeColumn = "code"
      }
      #expect(again.text == joined(geo("grid.asc")).text)
    }
  #endif
}

#if GDAL
  /// 96 × 80 cells in tiles of 16: what exactextract says, and that reading decides nothing.
  @Suite struct JoinTilesTests {
    private static let oracle = JoinedTable(
      (try? String(contentsOfFile: fixture("expected.csv"), encoding: .utf8)) ?? "")

    /// `expected.csv` is exactextract's (`oracle.py`); its fractions are single precision.
    @Test func statisticsAgreeWithExactextract() {
      let columns = Self.oracle.columns.dropFirst()
      #expect(columns.count == 21)
      let reply = joined(
        fixture("tiles.tif"), polygons: fixture("stars.geojson"),
        stats: columns.joined(separator: ",")
      ) { $0.weights = fixture("people.tif") }
      #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
      let table = JoinedTable(reply.text)
      for code in Self.oracle.order {
        for column in columns {
          guard let expected = Self.oracle.number(code, column), !expected.isNaN else { continue }
          let found = table.number(code, column) ?? .nan
          #expect(abs(found - expected) <= 2e-6 * max(1, abs(expected)), "\(code) \(column)")
        }
      }
    }

    /// Tiles or rows of blocks, one to eight threads, memory from 1 MiB: the same bytes.
    @Test(arguments: ["tiles.tif", "rows.tif"], [1, 2, 256])
    func tilesMemoryAndThreadsChangeNoByte(_ name: String, _ memory: Int) throws {
      let folder = try TemporaryFolder()
      func run(_ surface: String, memory: Int, workers: Int) throws -> (String, Data) {
        let cells = folder.path + "/cells.csv"
        let reply = joined(
          fixture(surface), polygons: fixture("stars.geojson"),
          stats: "mean,sum,median,q05,weighted_mean,weighted_median,majority,max_lon",
          workers: workers
        ) {
          $0.weights = fixture("people.tif")
          $0.memory = memory
          $0.cells = cells
        }
        return (reply.text, try Data(contentsOf: URL(fileURLWithPath: cells)))
      }
      let usual = try run("tiles.tif", memory: 256, workers: 1)
      #expect(!usual.0.isEmpty && usual.1.count > 100_000)
      for workers in [1, 2, 3, 8] {
        let other = try run(name, memory: memory, workers: workers)
        #expect(other.0 == usual.0)
        #expect(other.1 == usual.1)
      }
    }

    @Test func weightsOnTheSameGridAreTakenAsTheyAre() {
      let table = JoinedTable(
        joined(geo("plain.tif"), stats: "weighted_mean,weighted_sum,mean") {
          $0.weights = fixture("weights.tif")
        }.text)
      // Values 1, 2, 4 with weights 1, 0, 3.
      #expect(table.number("whole", "weighted_mean") == 13 / 4.0)
      #expect(table.number("whole", "weighted_sum") == 13)
      #expect(abs((table.number("whole", "mean") ?? 0) - 7 / 3.0) < 1e-12)
    }

    /// Cells of a quarter degree, four to a cell: 1 and 3 over 5 and 7 in the first, 9 elsewhere.
    @Test func finerWeightsAreSummedUnderTheCell() {
      let table = JoinedTable(
        joined(geo("plain.tif"), stats: "weighted_mean,weighted_sum") {
          $0.weights = fixture("fine.tif")
        }.text)
      // Values 1 and 2 weigh 16 and 36; there are no weights further south.
      #expect(table.number("whole", "weighted_mean") == 88 / 52.0)
      #expect(table.number("whole", "weighted_sum") == 88)
    }

    @Test func weightsThatCannotBeAreRefused() {
      for name in ["join/minus.tif", "geo/utm.tif"] {
        let reply = joined(geo("plain.tif"), stats: "weighted_mean") {
          $0.weights = Checkout.fixture(name)
        }
        #expect(reply.diagnostics.filter { $0.severity == .error }.map(\.code) == [.cannotJoin])
        #expect(reply.exitCode == .dataInvalid)
      }
    }

    @Test func weightsThatNothingUsesAreSaid() {
      let reply = joined(geo("plain.tif"), stats: "mean") { $0.weights = fixture("weights.tif") }
      #expect(reply.exitCode == .done)
      #expect(reply.diagnostics.map(\.code).contains(.weightUnused))
    }
  }
#endif
