// Quiebre · QuiebreKitTests
// `quiebre join` of polygons: closed forms, tobler's numbers, books that balance, faults.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

private func fixture(_ name: String) -> String { Checkout.fixture("join/" + name) }

private func joined(
  _ districts: String, _ surface: String, by: String, _ stats: String, values: [String],
  workers: Int = 2, _ change: (inout JoinRequest) -> Void = { _ in }
) -> Reply {
  var request = JoinRequest(subject: nil)
  request.districts = districts
  request.codeColumn = by
  request.surface = surface
  request.statistics = stats.split(separator: ",").map(String.init)
  request.values = values
  change(&request)
  return join(request, session: embeddedSession(workers: workers))
}

/// A layer of boxes between two parallels, where ground is in proportion to width.
private func boxes(_ rows: [(id: String, west: Double, east: Double, value: String)]) -> String {
  let features = rows.map { row in
    let (w, e) = (row.west, row.east)
    return #"{"type":"Feature","properties":{"id":"\#(row.id)","v":\#(row.value)},"geometry":"#
      + #"{"type":"Polygon","coordinates":[[[\#(w),-1],[\#(e),-1],[\#(e),0],[\#(w),0],[\#(w),-1]]]}}"#
  }
  return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ",\n"))]}"#
}

@Suite struct JoinPolygonTests {
  private let districts = boxes([("a", 0, 1, "0"), ("b", 1, 2, "0"), ("c", 5, 6, "0")])

  private func small(
    _ surface: String, _ stats: String, _ change: (inout JoinRequest) -> Void = { _ in }
  ) throws -> Reply {
    let folder = try TemporaryFolder()
    let (one, two) = (folder.path + "/d.geojson", folder.path + "/s.geojson")
    try districts.write(toFile: one, atomically: true, encoding: .utf8)
    try surface.write(toFile: two, atomically: true, encoding: .utf8)
    return joined(one, two, by: "id", stats, values: ["v"], change)
  }

  /// 100 over half of a, all of b and half a degree beyond: by width 25, 50 and 25.
  @Test func countsAreSharedOutAndRatesAveraged() throws {
    let reply = try small(
      boxes([("x", 0.5, 2.5, "100"), ("y", 0, 0.5, "8")]), "sum,mean,count,min,max,coverage")
    #expect(reply.exitCode == .done)
    let table = JoinedTable(reply.text)
    let expected: [(String, String, Double)] = [
      ("a", "sum", 33), ("a", "mean", 54), ("a", "count", 2), ("a", "min", 8), ("a", "max", 100),
      ("a", "coverage", 1), ("b", "sum", 50), ("b", "mean", 100), ("b", "coverage", 1),
    ]
    for (code, column, value) in expected {
      #expect(abs((table.number(code, column) ?? .nan) - value) < 1e-10, "\(code) \(column)")
    }
    #expect(table.text("c", "quality") == "no_cell")
    #expect(table.text("c", "sum") == "")
    #expect(reply.diagnostics.map(\.code) == [.noValidCell])
  }

  /// What lies on no district, and what lies in two polygons, is in the report to the last km².
  @Test func theReportBalances() throws {
    let folder = try TemporaryFolder()
    let reply = try small(boxes([("x", 0.5, 2.5, "100"), ("y", 0, 1, "8")]), "sum") {
      $0.json = true
      $0.surfaceID = "id"
      $0.areas = folder.path + "/areas.csv"
      $0.report = folder.path + "/report.csv"
      $0.output = folder.path + "/o.csv"
    }
    let parts = try #require(
      try JSONSerialization.jsonObject(with: Data(reply.text.utf8)) as? [[String: Any]])
    let ground = try #require(parts[0]["ground"] as? [String: Any])
    let total = try #require((ground["totals"] as? [[String: Any]])?.first)
    for (key, value) in [("total", 108.0), ("shared", 83), ("uncovered", 25), ("doubled", 0)] {
      #expect(abs((total[key] as? Double ?? .nan) - value) < 1e-6, "\(key)")
    }
    let rest = try #require((ground["uncovered"] as? [[String: Any]])?.first)
    #expect(rest["code"] as? String == "x")
    #expect(abs((rest["share"] as? Double ?? .nan) - 0.25) < 1e-9)
    let overlap = try #require((ground["overlaps"] as? [[String: Any]])?.first)
    #expect(overlap["layer"] as? String == "surface")
    #expect(overlap["first"] as? String == "x" && overlap["second"] as? String == "y")
    let areas = try String(contentsOfFile: folder.path + "/areas.csv", encoding: .utf8)
      .replacing("\u{FEFF}", with: "").split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(areas[0] == ["code", "source", "area_km2", "share_of_source", "share_of_district"])
    #expect(areas.dropFirst().map { $0[0] + $0[1] } == ["ax", "ay", "bx", "x"])
    let shares = areas.dropFirst().compactMap { Double($0[3]) }
    for (share, expected) in zip(shares, [0.25, 1, 0.5, 0.25]) {
      #expect(abs(share - expected) < 1e-12)
    }
    let report = try String(contentsOfFile: folder.path + "/report.csv", encoding: .utf8)
    #expect(report.contains("s.geojson,polygons,uncovered,x,1,"))
    #expect(report.contains("s.geojson,polygons,overlap_surface,x,,"))
    #expect(report.contains("s.geojson,polygons,missing,c,,"))
  }

  /// See Tests/Oracles/areal.py: geopandas 1.2.0 in an equal-area projection, where tobler 0.13.0 says
  /// the same to single precision.
  ///
  /// Its edges are cut to 0.0005 degrees, which leaves some 10⁻¹¹.
  @Test func geopandasSaysTheSame() throws {
    let table = JoinedTable(
      joined(
        fixture("zones.geojson"), fixture("parcels.geojson"), by: "zone", "sum,mean,frac",
        values: ["people"]
      ).text)
    let rates = JoinedTable(
      joined(
        fixture("zones.geojson"), fixture("parcels.geojson"), by: "zone", "mean", values: ["rate"]
      ).text)
    let crops = JoinedTable(
      joined(
        fixture("zones.geojson"), fixture("parcels.geojson"), by: "zone", "frac", values: ["crop"]
      ).text)
    let lines = try String(contentsOfFile: fixture("areal.csv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(lines.count == 13)
    func compare(_ found: Double?, _ text: String) {
      let expected = Double(text) ?? .nan
      #expect(abs((found ?? .nan) - expected) <= 1e-8 * max(1, abs(expected)), "\(text)")
    }
    for line in lines.dropFirst() {
      if table.text(line[0], "quality") == "no_cell" {
        #expect(line.dropFirst().allSatisfy { Double($0) == 0 })
        continue
      }
      compare(table.number(line[0], "sum"), line[1])
      compare(rates.number(line[0], "mean"), line[2])
      for (index, crop) in ["cacao", "coffee", "rice"].enumerated() {
        compare(crops.number(line[0], "frac_\(crop)"), line[3 + index])
      }
    }
  }

  @Test func severalColumnsHaveTheirNameInFront() throws {
    let reply = joined(
      fixture("zones.geojson"), fixture("parcels.geojson"), by: "zone", "sum,median",
      values: ["people", "rate"])
    #expect(
      JoinedTable(reply.text).columns == [
        "code", "people_sum", "people_median", "rate_sum", "rate_median", "quality",
      ])
    for workers in [1, 3, 8] {
      let again = joined(
        fixture("zones.geojson"), fixture("parcels.geojson"), by: "zone", "sum,median",
        values: ["people", "rate"], workers: workers)
      #expect(again.text == reply.text)
    }
  }

  @Test(arguments: [
    ("min_lon", ["v"], DiagnosticCode.cannotJoin), ("mean", ["w"], .missingColumn),
    ("mean", [], .missingColumn),
  ])
  func whatCannotBeIsNamed(_ stats: String, _ values: [String], _ code: DiagnosticCode) throws {
    let reply = try small(boxes([("x", 0, 1, "1")]), stats) { $0.values = values }
    #expect(reply.diagnostics.map(\.code) == [code])
    #expect(reply.exitCode == .dataInvalid)
  }

  /// A bow tie of the district's width: mended, said so, and its two triangles count.
  @Test func invalidPolygonsAreMendedAndSaidSo() throws {
    let tie =
      #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"v":6},"geometry":"#
      + #"{"type":"Polygon","coordinates":[[[0,-1],[1,0],[1,-1],[0,0],[0,-1]]]}}]}"#
    let folder = try TemporaryFolder()
    let reply = try small(tie, "sum,mean") { $0.output = folder.path + "/o.csv" }
    #expect(reply.text.contains("1 repaired"))
    let table = JoinedTable(try small(tie, "sum,mean").text)
    #expect(abs((table.number("a", "sum") ?? 0) - 6) < 1e-10)
  }

  /// Latitude first: the layer would lie on the districts the other way around.
  @Test func swappedAxesAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/swapped.geojson"
    try
      #"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"v":6},"geometry":"#
      .appending(
        #"{"type":"Polygon","coordinates":[[[-12,-76],[-11,-75],[-12,-75],[-12,-76]]]}}]}"#
      )
      .write(toFile: path, atomically: true, encoding: .utf8)
    let reply = joined(fixture("zones.geojson"), path, by: "zone", "mean", values: ["v"])
    #expect(reply.diagnostics.map(\.code) == [.suspiciousCoordinates])
    #expect(reply.exitCode == .dataInvalid)
  }
}
