// Quiebre · ToolTests
// The flags of `quiebre join`, and its manual against what the program knows.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

@testable import quiebre

@Suite("Join flags")
struct JoinFlagTests {
  private func request(_ words: String) throws -> JoinRequest {
    try Invocation(parsing: ["join"] + words.split(separator: " ").map(String.init)).joinRequest()
  }

  private let basic = "--districts d.geojson --by id --surface r.tif "

  @Test func everyFlagReachesTheRequest() throws {
    let all = try request(
      basic + "--band 1,3 --nodata -1 --weights w.tif --stats mean,q05 --rule center --area equal "
        + "--cells c.csv --memory 64 --to gpkg --out o.gpkg --json")
    #expect(all.districts == "d.geojson" && all.codeColumn == "id" && all.surface == "r.tif")
    #expect(all.bands == [1, 3] && all.noData == -1 && all.weights == "w.tif")
    #expect(all.statistics == ["mean", "q05"])
    #expect(all.usesCellCenters && all.countsCellsAlike && all.json)
    #expect(all.cells == "c.csv" && all.memory == 64 && all.format == .gpkg)
    let plain = try request(basic)
    #expect(plain.bands == nil && plain.memory == 256 && plain.format == .csv)
    #expect(try request(basic + "--band all --rule centers").usesCellCenters)
  }

  @Test func flagsOfPolygonsReachTheRequest() throws {
    let request = try request(
      "--districts d.geojson --by id --surface p.gpkg#crops --value people,rate --surface-id n "
        + "--stats sum --areas a.csv --report r.json")
    #expect(request.hasPolygons && request.values == ["people", "rate"])
    #expect(request.surfaceID == "n" && request.areas == "a.csv" && request.report == "r.json")
  }

  /// Never ignored: a flag that the surface has no use for.
  @Test(arguments: [
    ("r.tif", "--value v"), ("r.tif", "--areas a.csv"), ("r.asc", "--surface-id n"),
    ("p.geojson", "--band 1"), ("p.shp", "--weights w.tif"), ("p.gpkg#x", "--cells c.csv"),
    ("p.fgb", "--rule center"), ("p.json", "--report r.xml"),
  ])
  func flagsOfTheOtherKindAreRefused(_ surface: String, _ words: String) {
    #expect(throws: UsageError.self) {
      try request("--districts d.geojson --surface \(surface) " + words)
    }
  }

  @Test(arguments: [
    ("o.csv", JoinRequest.Format.csv), ("o.geojson", .geojson), ("O.JSON", .geojson),
    ("o.gpkg", .gpkg),
  ])
  func theEndingNamesTheFormat(_ name: String, _ format: JoinRequest.Format) throws {
    #expect(try request(basic + "--out " + name).format == format)
  }

  @Test(arguments: [
    "--out o.txt", "--to shp --out o.shp", "--to gpkg", "--band 0", "--band 1,", "--band 1,1",
    "--band x", "--memory 0", "--rule half", "--area sphere", "--nodata none",
  ])
  func whatMakesNoSenseIsRefused(_ words: String) {
    #expect(throws: UsageError.self) { try request(basic + words) }
  }

  @Test func withoutASurfaceThereIsNothingToJoin() {
    #expect(throws: UsageError.self) { try request("--districts d.geojson") }
  }

  /// The example of the manual prints what it says, up to the dots.
  @Test func theManualSaysWhatIsPrinted() throws {
    let manual = try String(contentsOfFile: Checkout.root + "/Scenarios/JOIN.md", encoding: .utf8)
    let block = try #require(
      manual.components(separatedBy: "```").first { $0.hasPrefix("\n$ quiebre join ") })
    let lines = block.split(separator: "\n").map(String.init)
    let words = lines[0].dropFirst("$ quiebre ".count).split(separator: " ").map {
      $0.hasPrefix("Geo/") ? Checkout.root + "/" + $0 : String($0)
    }
    var session = Session()
    session.workers = 2
    let reply = join(try Invocation(parsing: words).joinRequest(), session: session)
    #expect(reply.exitCode == .done)
    let printed = reply.text.replacing("\u{FEFF}", with: "").split(separator: "\n").map(String.init)
    #expect(Array(printed.prefix(lines.count - 2)) == Array(lines[1..<(lines.count - 1)]))
    #expect(lines.last == "…")
  }

  /// The manual has a row for every flag of the surface and every statistic.
  @Test func theManualNamesFlagsAndStatistics() throws {
    let manual = try String(contentsOfFile: Checkout.root + "/Scenarios/JOIN.md", encoding: .utf8)
    for flag in Verb.surfaceFlags { #expect(manual.contains("`\(flag.name)`"), "\(flag.name)") }
    for name in joinStatistics { #expect(manual.contains("`\(name)`"), "\(name)") }
  }
}
