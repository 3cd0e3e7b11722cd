// Quiebre · QuiebreKitTests
// `quiebre layer`: files that it writes, and layers that are not what they say.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import QuiebreKit
import Support
import Testing

/// A map of squares with wiggly borders of many points, one high block, as GeoJSON.
private func squares(side: Int, moved: (Double, Double) = (-75, -12), swapped: Bool = false)
  -> String
{
  func wiggle(_ x: Double, _ y: Double, _ dx: Double, _ dy: Double) -> [(Double, Double)] {
    (0..<10).map { step in
      let share = Double(step) / 10
      let off = [0, 0.01, -0.02, 0.015, 0.03, -0.01, 0.02, -0.03, 0.01, -0.015][step]
      return (x + dx * share + dy * off, y + dy * share + dx * off)
    }
  }
  let features = (0..<side * side).map { number -> String in
    let (x, y) = (Double(number % side), Double(number / side))
    let north = wiggle(x, y + 1, 1, 0) + [(x + 1, y + 1)]
    let east = wiggle(x + 1, y, 0, 1) + [(x + 1, y + 1)]
    let west = wiggle(x, y, 0, 1) + [(x, y + 1)]
    let south = wiggle(x, y, 1, 0) + [(x + 1, y)]
    let ring = south + east.dropFirst() + north.reversed().dropFirst() + west.reversed().dropFirst()
    let points = ring.map { point -> String in
      let (east, north) = (point.0 / 10 + moved.0, point.1 / 10 + moved.1)
      return swapped ? "[\(north),\(east)]" : "[\(east),\(north)]"
    }
    let isHigh = (2..<5).contains(number % side) && (2..<5).contains(number / side)
    let rate = Double((number * 37) % 11) / 10 + (isHigh ? 20 : 0)
    let code = String(repeating: "0", count: 6 - "\(number)".count) + "\(number)"
    return #"{"type":"Feature","properties":{"id":"\#(code)","rate":\#(rate)},"#
      + #""geometry":{"type":"Polygon","coordinates":[[\#(points.joined(separator: ","))]]}}"#
  }
  return #"{"type":"FeatureCollection","features":["# + "\n" + features.joined(separator: ",\n")
    + "\n]}\n"
}

private func layer(
  _ path: String, workers: Int = 2, _ change: (inout LayerRequest) -> Void = { _ in }
) -> Reply {
  var request = LayerRequest(layer: path)
  request.codeColumn = "id"
  change(&request)
  return examineLayer(request, session: embeddedSession(workers: workers))
}

private func text(_ path: String) throws -> String {
  String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
}

@Suite struct LayerVerbTests {
  @Test func aSoundLayerIsSaidToBeSound() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(squares(side: 7), as: "map.geojson")
    let reply = layer(path)
    #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
    // 7 × 7 squares: 84 edges and 72 corners.
    #expect(reply.text.contains("156"))
    #expect(reply.text.split(separator: "\n").count == 1)
  }

  @Test func neighborsAreWrittenWithTheirSharedLength() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(squares(side: 7), as: "map.geojson")
    let pairs = folder.path + "/pairs.csv"
    #expect(layer(path) { $0.neighbors = pairs }.exitCode == .done)
    let rows = try text(pairs).split(separator: "\n")
    #expect(rows.count == 157)
    #expect(rows.count { $0.hasSuffix("rook") } == 84)
    _ = layer(path) {
      $0.neighbors = pairs
      $0.needsBorder = true
    }
    #expect(try text(pairs).split(separator: "\n").count == 85)
  }

  @Test func hotSpotsAndSimplerShapesAreWrittenTogether() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(squares(side: 7), as: "map.geojson")
    let output = folder.path + "/out.geojson"
    func write(_ workers: Int) throws -> String {
      let reply = layer(path, workers: workers) {
        $0.hotspots = "rate"
        $0.simplify = 500
        $0.decimals = 4
        $0.output = output
      }
      #expect(reply.exitCode == .done, "\(reply.diagnostics.map(\.what.en))")
      #expect(reply.text.contains("Moran"))
      return try text(output)
    }
    let written = try write(1)
    #expect(try write(3) == written)
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(written.utf8)) as? [String: Any])
    let features = try #require(json["features"] as? [[String: Any]])
    #expect(features.count == 49)
    let spots = features.compactMap { ($0["properties"] as? [String: Any])?["hotspot"] as? String }
    // The middle of the block of nine is high; nothing outside is.
    #expect(spots[3 * 7 + 3] == "high")
    #expect(
      spots.enumerated().allSatisfy { index, spot in
        spot != "high" || ((2..<5).contains(index % 7) && (2..<5).contains(index / 7))
      })
    // The written layer still has all its neighbors and nothing else to say.
    let again = layer(output) { $0.codeColumn = "code" }
    #expect(again.text.contains("156"))
    #expect(again.text.split(separator: "\n").count == 1)
    #expect(written.utf8.count < squares(side: 7).utf8.count * 3 / 4 || written.contains("hotspot"))
  }

  @Test func swappedAxesAndMetersCalledDegreesAreBroken() throws {
    let folder = try TemporaryFolder()
    let meters = try folder.write(
      squares(side: 2, moved: (500_000, 8_600_000)), as: "meters.geojson")
    let reply = layer(meters)
    #expect(reply.text.contains("broken") || reply.exitCode == .dataInvalid)
    let folded = try folder.write(
      squares(side: 2, moved: (-100, -12), swapped: true), as: "swapped.geojson")
    let swapped = layer(folded)
    #expect(swapped.text.contains("broken") || swapped.exitCode == .dataInvalid)
  }

  @Test func columnsThatCantBeTestedAreRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(squares(side: 3), as: "map.geojson")
    for (column, code) in [("rates", DiagnosticCode.unknownAttribute), ("id", .spotsUntestable)] {
      let source = column == "id" ? try text(path).replacing("\"0000", with: "\"A") : nil
      if let source { _ = try folder.write(source, as: "map.geojson") }
      let reply = layer(path) {
        $0.hotspots = column
        $0.output = folder.path + "/out.csv"
        $0.format = .csv
      }
      #expect(reply.exitCode != .done)
      #expect(reply.diagnostics.contains { $0.code == code })
    }
  }
}
