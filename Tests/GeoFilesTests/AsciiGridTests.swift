// Quiebre · GeoFilesTests
// ESRI ASCII grids: what is read, and each fault at its place.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoCore
import GeoFiles
import Testing

@Suite("ESRI ASCII grid")
struct AsciiGridTests {
  static let plain = """
    ncols 3
    nrows 2
    xllcorner -80
    yllcorner -10
    cellsize 0.5
    NODATA_value -1
    1 2 3
    4 -1 6.25

    """

  @Test func readsHeaderAndValues() throws {
    let raster = try read(Self.plain)
    let grid = Grid(
      columns: 3, rows: 2, west: -80, north: -9, cellWidth: 0.5, cellHeight: 0.5)
    #expect(raster.grid == grid)
    #expect(raster.crs == .lonLat)
    #expect(raster.values[4].isNaN)
    #expect(raster.values.filter { !$0.isNaN } == [1, 2, 3, 4, 6.25])
  }

  @Test(arguments: [
    "NCOLS 3\nNROWS 2\nXLLCENTER -79.75\nYLLCENTER -9.75\nCELLSIZE 0.5\nNoData_Value -1\n",
    "nodata_value -1\ndy 0.5\ndx 0.5\nyllcorner -10\nxllcenter -79.75\nnrows 2\nncols 3\n",
    "\u{FEFF}ncols\t3\r\nnrows  2\r\nxllcorner -8e1\r\n"
      + "yllcorner -10.0\r\ncellsize .5\r\nNODATA_value -1\r\n",
  ])
  func headersInAnyOrderAndCaseMeanTheSame(_ header: String) throws {
    let raster = try read(header + "1 2 3\r\n4 -1 6.25")
    #expect(raster.grid == (try read(Self.plain)).grid)
    #expect(raster.values.filter { !$0.isNaN } == [1, 2, 3, 4, 6.25])
  }

  @Test func rowsMayRunOverSeveralLines() throws {
    let raster = try read(Self.plain.replacing("1 2 3\n4 -1", with: "1 2\n3 4\n-1"))
    #expect(raster.values.filter { !$0.isNaN } == [1, 2, 3, 4, 6.25])
  }

  @Test func wordsForNoNumberAndInfinityAreEmptyCells() throws {
    let raster = try read(Self.plain.replacing("1 2 3", with: "nan NaN inf"))
    #expect(raster.values.filter { !$0.isNaN } == [4, 6.25])
  }

  @Test func theDefaultOfTheFormatCountsAsEmptyAndIsNoted() throws {
    var notes: [Diagnostic] = []
    let text = Self.plain.replacing("NODATA_value -1\n", with: "").replacing(
      " -1 ", with: " -9999 ")
    let raster = try readAsciiGrid(bytes: Array(text.utf8), name: "r.asc") { notes.append($0) }
    #expect(raster.values[4].isNaN)
    #expect(notes.map(\.code) == [.crsAssumed, .noDataAssumed])
  }

  @Test func theStatedValueIsEmptyBesideTheHeadersOwn() throws {
    let raster = try readAsciiGrid(bytes: Array(Self.plain.utf8), name: "r.asc", nodata: 6.25)
    #expect(raster.values.filter { !$0.isNaN } == [1, 2, 3, 4])
  }

  @Test func metersWithoutAStatedSystemAreRefused() throws {
    let text = Self.plain.replacing("-80", with: "500000").replacing("-10", with: "8000000")
    let faults = try faults(of: text)
    #expect(faults.map(\.code) == [.crsUnknown])
    let stated = try readAsciiGrid(
      bytes: Array(text.utf8), name: "r.asc", crs: CRS("EPSG:32718"))
    #expect(stated.crs == CRS("EPSG:32718"))
  }

  @Test func theProjectionFileWinsOverTheStatedSystem() throws {
    var notes: [Diagnostic] = []
    let utm = "PROJCS[\"WGS 84 / UTM zone 18S\"]"
    let raster = try readAsciiGrid(
      bytes: Array(Self.plain.utf8), name: "r.asc", projection: utm, crs: .lonLat
    ) { notes.append($0) }
    #expect(raster.crs == CRS(utm))
    #expect(notes.map(\.severity) == [.warning])
  }

  // As written by gdal_translate -of AAIGrid of GDAL 3.6.2.
  @Test func theProjectionFileOfGDALForDegreesIsLonLat() throws {
    let wkt = """
      GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],\
      PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]
      """
    let raster = try readAsciiGrid(
      bytes: Array(Self.plain.utf8), name: "r.asc", projection: wkt)
    #expect(raster.crs == .lonLat)
  }

  @Test func aProjectionFileOfAnotherKindIsRefused() throws {
    let error = #expect(throws: DiagnosticList.self) {
      try readAsciiGrid(
        bytes: Array(Self.plain.utf8), name: "r.asc", projection: "Projection UTM\nZone 18")
    }
    #expect(error?.items.map(\.code) == [.crsUnknown])
  }

  @Test func longitudesBeyond180AreTurned() throws {
    let east = try readAsciiGrid(
      bytes: Array(Self.plain.replacing("-80", with: "280").utf8), name: "r.asc", crs: .lonLat)
    #expect(east.grid.west == -80)
    let globe = "ncols 4\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 90\n1 2 3 4\n"
    let turned = try readAsciiGrid(bytes: Array(globe.utf8), name: "r.asc", crs: .lonLat)
    #expect(turned.grid.west == -180)
    #expect(turned.values == [3, 4, 1, 2])
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: String
    let new: String
    let code: DiagnosticCode
    let entry: String?
    var line = 0
    var column = 0
  }

  static let broken = [
    Broken(
      testDescription: "no nrows", old: "nrows 2\n", new: "", code: .gridHeader, entry: "nrows",
      line: 1, column: 1),
    Broken(
      testDescription: "misspelt", old: "ncols", new: "ncol", code: .gridHeader, entry: "ncol",
      line: 1, column: 1),
    Broken(
      testDescription: "twice", old: "nrows 2", new: "nrows 2\nNROWS 2", code: .gridHeader,
      entry: "nrows", line: 3, column: 1),
    Broken(
      testDescription: "corner and center", old: "nrows 2", new: "nrows 2\nxllcenter 1",
      code: .gridHeader, entry: "xllcenter", line: 3, column: 11),
    Broken(
      testDescription: "negative cell", old: "cellsize 0.5", new: "cellsize -0.5",
      code: .gridHeader, entry: "dx", line: 5, column: 10),
    Broken(
      testDescription: "columns with a fraction", old: "ncols 3", new: "ncols 3.5",
      code: .gridHeader, entry: "ncols", line: 1, column: 7),
    Broken(
      testDescription: "header without number", old: "nrows 2", new: "nrows", code: .gridHeader,
      entry: "nrows", line: 2, column: 1),
    Broken(
      testDescription: "header with a word", old: "cellsize 0.5", new: "cellsize 0,5",
      code: .gridHeader, entry: "cellsize", line: 5, column: 10),
    Broken(
      testDescription: "more rows than the file can hold", old: "nrows 2", new: "nrows 2000000",
      code: .gridCount, entry: "row 3", line: 8),
    Broken(
      testDescription: "an overflow of cells", old: "ncols 3\nnrows 2",
      new: "ncols 9000000000000000000\nnrows 9000000000000000000", code: .gridHeader,
      entry: "nrows", line: 2, column: 7),
    Broken(
      testDescription: "decimal comma", old: "6.25", new: "6,25", code: .gridValue,
      entry: "row 2, value 3", line: 8, column: 6),
    Broken(
      testDescription: "text", old: "2 3", new: "S.I. 3", code: .gridValue,
      entry: "row 1, value 2", line: 7, column: 3),
    Broken(
      testDescription: "hexadecimal", old: "2 3", new: "0x2 3", code: .gridValue,
      entry: "row 1, value 2", line: 7, column: 3),
    Broken(
      testDescription: "row too short", old: "4 -1 6.25", new: "4 -1", code: .gridCount,
      entry: "row 2", line: 8),
    Broken(
      testDescription: "row too long", old: "1 2 3", new: "1 2 3 3", code: .gridCount,
      entry: "row 1", line: 7),
    Broken(
      testDescription: "a row missing", old: "4 -1 6.25\n", new: "", code: .gridCount,
      entry: "row 2", line: 7),
    Broken(
      testDescription: "a row too many", old: "1 2 3\n", new: "1 2 3\n1 2 3\n",
      code: .gridCount, entry: "row 3", line: 9),
    Broken(
      testDescription: "no data at all", old: "1 2 3\n4 -1 6.25", new: "-1 -1 -1\n-1 -1 nan",
      code: .gridWithoutData, entry: nil),
  ]

  @Test(arguments: broken)
  func namesTheFaultAndItsPlace(_ row: Broken) throws {
    let fault = try #require(try faults(of: Self.plain.replacing(row.old, with: row.new)).first)
    #expect(fault.code == row.code)
    #expect(fault.entry == row.entry)
    #expect(fault.place?.file == "r.asc")
    #expect(fault.place?.line == row.line)
    #expect(fault.place?.column == row.column)
  }

  @Test func aValueLostInOneRowAndWonInAnotherIsSeen() throws {
    let text = Self.plain.replacing("nrows 2", with: "nrows 3").replacing(
      "1 2 3\n", with: "1 2 3\n1 2 3 3\n"
    ).replacing("4 -1 6.25", with: "4 -1")
    #expect(try faults(of: text).map(\.entry) == ["row 2", "row 3"])
  }

  @Test func stopsAfterFiftyFaults() throws {
    let text = Self.plain.replacing("4 -1", with: String(repeating: "x ", count: 300))
    #expect(try faults(of: text).count == 50)
  }

  private func read(_ text: String) throws -> Raster {
    try readAsciiGrid(bytes: Array(text.utf8), name: "r.asc")
  }

  private func faults(of text: String) throws -> [Diagnostic] {
    let error = #expect(throws: DiagnosticList.self) { try read(text) }
    return try #require(error).items
  }
}
