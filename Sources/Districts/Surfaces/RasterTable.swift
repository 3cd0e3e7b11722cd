// Quiebre · Districts
// Statistics of a raster's bands under polygons as a table, for use without a scenario.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
public import GeoCore

/// What is wanted of a raster.
public struct RasterTableRequest: Sendable {
  /// A statistic, or the shares of all values, under the name of its column.
  public struct Wanted: Sendable {
    public enum Kind: Hashable, Sendable {
      case statistic(SurfaceStatistic)
      /// One column per value that occurs, `frac_3`.
      case shares(weighted: Bool)
    }

    public let name: String
    public let kind: Kind

    /// Reads a name as typed: those of ``SurfaceStatistic``, `frac` or `weighted_frac`.
    public init?(_ name: String) {
      self.name = name
      if name == "frac" || name == "weighted_frac" {
        kind = .shares(weighted: name != "frac")
      } else if let statistic = SurfaceStatistic(name) {
        kind = .statistic(statistic)
      } else {
        return nil
      }
    }

    /// The names that are read, quantiles by an example.
    public static let names = SurfaceStatistic.names + ["frac", "weighted_frac"]

    public var isWeighted: Bool {
      switch kind {
      case .statistic(let statistic): statistic.isWeighted
      case .shares(let weighted): weighted
      }
    }

    var needsDistribution: Bool {
      switch kind {
      case .statistic(let statistic): statistic.needsDistribution
      case .shares: true
      }
    }
  }

  public var bands: [any RasterRows]
  /// What the columns of each band start with: `band_2_`; empty for the only one.
  public var prefixes: [String]
  public var weight: (any RasterRows)?
  public var wanted: [Wanted]
  /// The detail is set by what is wanted.
  public var options: ZonalOptions

  public init(
    bands: [any RasterRows], prefixes: [String], weight: (any RasterRows)?, wanted: [Wanted],
    options: ZonalOptions
  ) {
    self.bands = bands
    self.prefixes = prefixes
    self.weight = weight
    self.wanted = wanted
    self.options = options
    self.options.detail = wanted.contains(where: \.needsDistribution) ? .distribution : .moments
  }
}

/// Works out the table.
///
/// - Parameters:
///   - request: Bands, weights and statistics.
///   - shapes: In longitude and latitude; `nil` for a polygon without one.
///   - codes: Of the polygons, for messages.
///   - onCells: Gets the covered cells of one strip after another; see
///     ``ZonalPass/outcomes(under:onCells:)``.
/// - Returns: Columns band by band, in the order wanted.
/// - Throws: Q318, Q319, Q341, Q342, Q393, Q394, the faults of invalid shapes, and what reading throws.
public func rasterTable(
  _ request: RasterTableRequest, under shapes: [MultiPolygon?], codes: [String],
  onCells: (([CoveredCell]) throws -> Void)? = nil
) throws -> SurfaceTable {
  let name = request.bands[0].name
  if request.weight == nil, let wanted = request.wanted.first(where: \.isWeighted) {
    throw DiagnosticList(.weightMissing(wanted.name, file: name))
  }
  do {
    let placed = try shapesOnGrid(shapes, of: request.bands[0], workers: request.options.workers)
    let pass = try ZonalPass(
      bands: request.bands, weight: request.weight, options: request.options)
    let outcomes = try pass.outcomes(under: placed, onCells: onCells)
    return try RasterTableRows(request: request, outcomes: outcomes, codes: codes).table()
  } catch let error as ZonalError {
    throw DiagnosticList(.zonal(error, file: name))
  } catch let error as CRSError {
    throw DiagnosticList(.cannotTransform("\(error)", file: name))
  }
}

/// Turns outcomes into columns.
private struct RasterTableRows {
  let request: RasterTableRequest
  let outcomes: [[ZonalOutcome]]
  let codes: [String]

  func table() throws -> SurfaceTable {
    var columns: [SurfaceTable.Column] = []
    var quality = codes.map { _ in "ok" }
    var report = JoinReport()
    var warnings: [Diagnostic] = []
    for (band, bandOutcomes) in outcomes.enumerated() {
      let raster = request.bands[band]
      try checkOutcomes(bandOutcomes, codes: codes, file: raster.name)
      let centers = try CellCenters(grid: raster.grid, crs: raster.crs)
      let own = try bandColumns(band, bandOutcomes, centers)
      columns += own
      let join = SurfaceJoin(
        bandOutcomes.enumerated().map { row, outcome in
          surfaceValue(outcome, own.map { $0.values[row] })
        },
        names: own.map { ($0.name, .plain) }, codes: codes, districtNames: codes,
        part: JoinPart(name: raster.name, kind: .raster, districts: codes.count))
      quality = zip(quality, join.quality).map(worseQuality)
      report.parts.append(join.part)
      warnings += emptyWarnings(join, file: raster.name)
    }
    return SurfaceTable(columns: columns, quality: quality, report: report, warnings: warnings)
  }

  private func surfaceValue(_ outcome: ZonalOutcome, _ values: [Double?]) -> SurfaceValue {
    if outcome == .noShape { return .missing(quality: "no_shape") }
    return outcome.summary == nil ? .missing(quality: "no_cell") : .values(values)
  }

  private func emptyWarnings(_ join: SurfaceJoin, file: String) -> [Diagnostic] {
    let empty = codes.indices.filter { join.quality[$0] == "no_cell" }.map { codes[$0] }
    return empty.isEmpty ? [] : [.polygonsWithoutCell(empty, of: codes.count, file: file)]
  }

  private func bandColumns(
    _ band: Int, _ outcomes: [ZonalOutcome], _ centers: CellCenters
  ) throws(DiagnosticList) -> [SurfaceTable.Column] {
    let prefix = request.prefixes[band]
    var columns: [SurfaceTable.Column] = []
    for wanted in request.wanted {
      switch wanted.kind {
      case .statistic(let statistic):
        let values = outcomes.map { outcome in
          outcome.summary.flatMap { statistic.value(of: $0, center: centers.center) }
        }
        columns.append(SurfaceTable.Column(name: prefix + wanted.name, values: values))
      case .shares(let weighted):
        let found = outcomes.map { outcome in
          weighted ? outcome.summary?.weighted?.distribution : outcome.summary?.distribution
        }
        columns += try shareColumns(found, prefix + wanted.name, file: request.bands[band].name)
      }
    }
    return columns
  }

  /// One column per value that occurs under any polygon.
  private func shareColumns(
    _ distributions: [ValueDistribution?], _ name: String, file: String
  ) throws(DiagnosticList) -> [SurfaceTable.Column] {
    var distinct: Set<Double> = []
    for distribution in distributions { distinct.formUnion(distribution?.values ?? []) }
    guard distinct.count <= mostClasses else {
      throw DiagnosticList(.tooManyClasses(distinct.count, file: file))
    }
    return distinct.sorted().map { wanted in
      SurfaceTable.Column(
        name: "\(name)_\(classText(wanted))",
        values: distributions.map { $0?.share { $0 == wanted } })
    }
  }
}
