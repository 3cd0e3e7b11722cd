// Quiebre · Districts
// Examines a layer: each shape by itself, then all of them as a coverage.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import GeoCore

/// What to look for, and where lines are drawn.
public struct HealthSettings: Hashable, Sendable {
  public var unit = CoordinateUnit.degrees
  public var repair = RepairMode.structure
  /// A gap at least this large (km²) and this wide on average (m) is a lake, not an error.
  public var lakeArea = 1.0
  public var lakeWidth = 250.0
  /// Overlaps and gaps below this (km²) are rests of rounding, counted together.
  public var dustArea = 1e-5
  public var workers = 1

  public init() {}
}

/// A layer's health, and the shapes to work with.
public struct ExaminedLayer: Sendable {
  public let health: LayerHealth
  /// Repaired where they were invalid; `nil` where there is none.
  public let shapes: [MultiPolygon?]
}

/// Examines a layer of polygons.
///
/// Overlaps and gaps are those of the repaired shapes, exact to a tenth of a millimeter or so;
/// neighbors are found with the usual snapping tolerance. Nothing is filled or cut.
///
/// - Parameters:
///   - shapes: In longitude and latitude, or in a plane; `nil` for none.
///   - codes: One per shape.
///   - name: The layer as messages name it.
///   - suspicion: What seems wrong with the layer's coordinates as they stand in the file.
///   - settings: What to look for.
/// - Returns: The findings and the repaired shapes.
/// - Throws: ``ShapeError`` for a shape that can't be worked on.
public func examinedLayer(
  _ shapes: [MultiPolygon?], codes: [String], name: String, suspicion: AxisSuspicion? = nil,
  settings: HealthSettings = HealthSettings()
) throws -> ExaminedLayer {
  precondition(shapes.count == codes.count, "one code per shape")
  let examinations = try examinedShapes(
    shapes, repair: settings.repair, workers: settings.workers)
  let repaired = examinations.map { $0?.shape }
  var findings: [HealthFinding] = []
  if let suspicion {
    findings.append(HealthFinding(.axes, codes: [], detail: suspicion.rawValue))
  }
  for index in shapes.indices {
    findings += shapeFindings(shapes[index], examinations[index], codes[index], settings.unit)
  }
  let exact = try ArcTable(
    repaired, tolerance: settings.unit == .degrees ? 1e-9 : 1e-4, workers: settings.workers)
  findings += coverageFindings(exact, codes, settings)
  let snapped = try ArcTable(
    repaired,
    tolerance: settings.unit == .degrees ? ArcTable.defaultDegrees : ArcTable.defaultMeters,
    workers: settings.workers)
  let contiguity = snapped.contiguity(in: settings.unit)
  for island in contiguity.islands(.queen) where repaired[island]?.isEmpty == false {
    findings.append(HealthFinding(.island, codes: [codes[island]]))
  }
  let areas = repaired.map { shape in
    settings.unit == .degrees
      ? shape?.ellipsoidalArea ?? 0 : (shape?.planarArea ?? 0) / 1_000_000
  }
  let health = LayerHealth(
    name: name, features: shapes.count, findings: ordered(findings), area: fixedOrderSum(areas),
    queenPairs: contiguity.pairs.count, rookPairs: contiguity.pairs(.rook).count)
  return ExaminedLayer(health: health, shapes: repaired)
}

/// What one shape shows by itself.
private func shapeFindings(
  _ shape: MultiPolygon?, _ examination: ShapeExamination?, _ code: String,
  _ unit: CoordinateUnit
) -> [HealthFinding] {
  guard let shape, let examination, !shape.isEmpty else {
    return [HealthFinding(.missing, codes: [code])]
  }
  var findings: [HealthFinding] = []
  if let fault = examination.fault {
    findings.append(
      HealthFinding(
        .invalid, codes: [code], at: fault.at.x.isNaN ? nil : fault.at, area: examination.gained,
        lost: examination.lost, detail: fault.reason))
  }
  if examination.shape.planarArea == 0 {
    findings.append(HealthFinding(.collapsed, codes: [code], at: shape.polygons.first?.shell.first))
  }
  let faults = ringFaults(of: shape, in: unit)
  for (ringKind, kind) in [
    (RingFault.Kind.spike, HealthFinding.Kind.spike), (.repeatedVertex, .repeatedVertex),
    (.sense, .ringSense),
  ] {
    let some = faults.filter { $0.kind == ringKind }
    guard let first = some.first else { continue }
    findings.append(
      HealthFinding(kind, codes: [code], at: first.at, detail: "\(some.count)"))
  }
  return findings
}

/// Overlaps, gaps and lakes.
private func coverageFindings(
  _ table: ArcTable, _ codes: [String], _ settings: HealthSettings
) -> [HealthFinding] {
  let (overlaps, gaps) = table.coverageFaults(in: settings.unit)
  var findings = overlaps.map { overlap in
    HealthFinding(
      .overlap, codes: [codes[overlap.first], codes[overlap.second]], at: overlap.at,
      area: overlap.area, detail: "\(overlap.pieces)")
  }
  findings += gaps.map { gap in
    let isLake = gap.area >= settings.lakeArea && gap.meanWidth >= settings.lakeWidth
    return HealthFinding(
      isLake ? .lake : .gap, codes: gap.owners.map { codes[$0] }, at: gap.at, area: gap.area)
  }
  let dust = findings.filter { ($0.area ?? 0) < settings.dustArea }
  guard !dust.isEmpty else { return findings }
  return findings.filter { ($0.area ?? 0) >= settings.dustArea } + [
    HealthFinding(
      .dust, codes: [], area: dust.reduce(0) { $0 + ($1.area ?? 0) }, detail: "\(dust.count)")
  ]
}

/// By gravity and kind, the largest first, then by code.
private func ordered(_ findings: [HealthFinding]) -> [HealthFinding] {
  let rank = Dictionary(
    uniqueKeysWithValues: HealthFinding.Kind.allCases.enumerated().map { ($1, $0) })
  return findings.enumerated().sorted { a, b in
    let (first, second) = (rank[a.element.kind] ?? 0, rank[b.element.kind] ?? 0)
    if first != second { return first < second }
    let (one, other) = (a.element.area ?? 0, b.element.area ?? 0)
    if one != other { return one > other }
    return a.offset < b.offset
  }.map(\.element)
}
