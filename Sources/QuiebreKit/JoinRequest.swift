// Quiebre · QuiebreKit
// What `quiebre join` is asked, with its defaults.
// SPDX-License-Identifier: Apache-2.0

import Districts

/// `quiebre join`: a scenario's joins, a table's codes, or districts × a raster or polygons.
public struct JoinRequest: Hashable, Sendable {
  /// How the rows of polygons × a raster are written.
  public enum Format: String, CaseIterable, Hashable, Sendable {
    case csv
    case geojson
    case gpkg
  }

  /// A scenario (`.toml`) or a table (`.csv`).
  public var subject: String?
  public var districts: String?
  public var codeColumn: String?
  /// A raster, or polygons with values.
  public var surface: String?
  /// The columns of polygons that are read; empty = the only one.
  public var values: [String] = []
  /// The column that names polygons in reports; `nil` = their numbers.
  public var surfaceID: String?
  /// From 1; `nil` = all.
  public var bands: [Int]?
  public var weights: String?
  public var statistics: [String] = []
  public var usesCellCenters = false
  /// All cells count alike, whatever ground they cover.
  public var countsCellsAlike = false
  /// A further value that means "no data", as stored.
  public var noData: Double?
  /// For rasters and their caches, in MiB.
  public var memory = 256
  public var format = Format.csv
  public var output: String?
  /// Where the covered cells go.
  public var cells: String?
  /// Where the overlaps of districts and polygons go, as CSV.
  public var areas: String?
  /// Where the join report goes: CSV, JSON or text, by its ending.
  public var report: String?
  public var tableToFix: String?
  /// `inei,reniec` or `reniec,inei`, for the table in `subject`.
  public var recoding: String?
  /// Columns of counts to deal out to today's districts, for the table in `subject`.
  public var split: [String] = []
  /// The year of the table's districts.
  public var vintage: Int?
  /// `120699` → `120604`, `120606`: codes of the table that stand for several districts.
  public var units: [String: [String]] = [:]
  public var json = false

  public init(subject: String?) { self.subject = subject }

  /// Whether the surface is a layer of polygons, by its ending.
  public var hasPolygons: Bool {
    guard let surface else { return false }
    let file = surface.lastIndex(of: "#").map { surface[..<$0] } ?? surface[...]
    let name = file.lowercased()
    return [".geojson", ".json", ".gpkg", ".shp", ".fgb"].contains(where: name.hasSuffix)
  }

  /// Whether there is something to join.
  public var isComplete: Bool {
    subject != nil || tableToFix != nil || (districts != nil && surface != nil)
  }
}

/// The names that `--stats` takes, quantiles by an example.
public let joinStatistics = RasterTableRequest.Wanted.names
