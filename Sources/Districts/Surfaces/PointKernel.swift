// Quiebre · Districts
// Points under a kernel: means and shares around each district, counts spread over districts.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The work of joining points by a quartic (biweight) kernel, K(u) = (1 − u²)² for u < 1.
///
/// u is the straight-line distance on the WGS 84 ellipsoid between a point and the middle of a
/// district (a point inside it), over the bandwidth; it falls short of the geodesic by less than
/// 1e-5 of itself up to 100 km.
///
/// - `mean`: Σ K·value / Σ K of the points around (Nadaraya 1964, Watson 1964).
/// - `share`: Σ K of the points of a class / Σ K of those of any class.
/// - `sum`: each point's value is dealt out to the districts around it in proportion to K, so the total
///   is kept; a point with no middle within the bandwidth stays in the district that holds it.
///
/// There is no correction at the edge: beyond the border there are no points, and means there rest on
/// those inside.
struct PointKernel {
  let request: SurfaceRequest
  let registry: DistrictRegistry
  /// Kilometers.
  let bandwidth: Double

  func joined() throws -> SurfaceJoin {
    let points = try SurfacePoints(request)
    let shapes = registry.districts.map(\.shape)
    let middles = shapes.map { $0?.interiorPoint.map(EarthPoint.init) }
    let places = points.positions.map(EarthPoint.init)
    let placement = pointPlacement(of: points.positions, in: shapes)
    let reached = places.indices.map { point in
      placement.indices[point] != nil
        || middles.contains { $0.map { weight(places[point], $0) > 0 } ?? false }
    }
    guard reached.contains(true) else {
      throw DiagnosticList(.outsideDistricts(at: SourcePlace(file: points.file)))
    }
    let columns = try columns(points)
    let values =
      request.quantity == .sum
      ? dealt(points, places, middles, holders: placement.indices)
      : around(places, middles, columns: columns, points: points)
    var part = JoinPart(name: points.file, kind: .points, districts: shapes.count)
    part.unmatched = reached.indices.filter { !reached[$0] }.map {
      UnmatchedRow(row: points.rows[$0], code: points.label($0))
    }
    var join = SurfaceJoin(
      values, names: columns.map { ($0.name, $0.unit) }, codes: registry.districts.map(\.code),
      districtNames: registry.districts.map(\.name), part: part)
    join.warnings = surfaceWarnings(join, file: points.file)
    if !part.unmatched.isEmpty {
      join.warnings.append(.pointsOutside(part.unmatched, file: points.file))
    }
    return join
  }

  private func weight(_ a: EarthPoint, _ b: EarthPoint) -> Double {
    let share = a.squaredDistance(to: b) / (bandwidth * bandwidth)
    guard share < 1 else { return 0 }
    return (1 - share) * (1 - share)
  }

  /// A field, and what a point gives to it; `nil` = the point has no value.
  private struct Column {
    let name: String
    let unit: Field.Unit
    let value: (Int) -> Double?
  }

  private func columns(_ points: SurfacePoints) throws(DiagnosticList) -> [Column] {
    guard request.quantity == .share else {
      let usual: SurfaceStatistic = request.quantity == .sum ? .sum : .mean
      if let other = request.wanted.first(where: { $0 != usual }) {
        throw DiagnosticList(.statisticNotForPoints(other.suffix, file: points.file))
      }
      let scale = request.scale
      return [
        Column(name: request.field, unit: request.unit) { points.values[$0].map { $0 / scale } }
      ]
    }
    return try categoryClasses(request, texts: points.texts, file: points.file).map { wanted in
      let values = Set(wanted.values)
      return Column(name: "\(request.field)_\(wanted.name)", unit: .percent) { point in
        points.texts[point].map { values.contains($0) ? 1 : 0 }
      }
    }
  }

  /// Weighted means around the middle of each district.
  private func around(
    _ places: [EarthPoint], _ middles: [EarthPoint?], columns: [Column], points: SurfacePoints
  ) -> [SurfaceValue] {
    registry.districts.indices.map { district in
      guard let middle = middles[district] else { return .missing(quality: "no_shape") }
      var sums = [Double](repeating: 0, count: columns.count)
      var total = 0.0
      for point in places.indices {
        let weight = weight(places[point], middle)
        guard weight > 0, columns[0].value(point) != nil else { continue }
        total += weight
        for (index, column) in columns.enumerated() {
          sums[index] += weight * (column.value(point) ?? 0)
        }
      }
      if total > 0 { return .values(sums.map { $0 / total }) }
      guard request.fallback == .nearest, let shape = registry.districts[district].shape,
        let nearest = points.nearest(to: shape, within: request.within)
      else { return .missing(quality: "no_cell") }
      return .nearest(columns.map { $0.value(nearest) })
    }
  }

  /// Each point's value shared out among the districts around it, to the last part.
  private func dealt(
    _ points: SurfacePoints, _ places: [EarthPoint], _ middles: [EarthPoint?], holders: [Int?]
  ) -> [SurfaceValue] {
    var sums = [Double](repeating: 0, count: middles.count)
    for point in places.indices {
      guard let value = points.values[point] else { continue }
      var weights: [(district: Int, weight: Double)] = []
      for (district, middle) in middles.enumerated() {
        guard let middle else { continue }
        let weight = weight(places[point], middle)
        if weight > 0 { weights.append((district, weight)) }
      }
      let total = weights.reduce(0) { $0 + $1.weight }
      if total > 0 {
        for share in weights { sums[share.district] += value * (share.weight / total) }
      } else if let holder = holders[point] {
        sums[holder] += value
      }
    }
    return middles.indices.map {
      middles[$0] == nil ? .missing(quality: "no_shape") : .values([sums[$0] / request.scale])
    }
  }
}
