// Quiebre · GeoCore
// Where the shapes of a layer overlap and where they leave gaps, with true areas.
// SPDX-License-Identifier: Apache-2.0

/// Ground that two shapes share.
public struct CoverageOverlap: Hashable, Sendable {
  /// Indices in the layer, the lower one first.
  public let first: Int
  public let second: Int
  /// In km².
  public let area: Double
  /// How many separate pieces it has.
  public let pieces: Int
  /// A point in the largest piece.
  public let at: Point
}

/// Ground of no shape that shapes surround.
public struct CoverageGap: Hashable, Sendable {
  /// The shapes around it, ascending.
  public let owners: [Int]
  /// In km².
  public let area: Double
  /// All borders around it, in km.
  public let perimeter: Double
  public let at: Point

  /// How wide a strip of this area and length would be, in meters.
  public var meanWidth: Double { perimeter > 0 ? 2000 * area / perimeter : 0 }
}

extension ArcTable {
  /// The overlaps of the layer, pair by pair, and its gaps in the order of the table.
  ///
  /// - Parameter unit: What the coordinates measure.
  /// - Returns: Both lists; ground in three shapes counts for each of their pairs.
  public func coverageFaults(
    in unit: CoordinateUnit
  ) -> (overlaps: [CoverageOverlap], gaps: [CoverageGap]) {
    let lengths = arcLengths(in: unit)
    var pieces: [(first: Int, second: Int, area: Double, at: Point)] = []
    var gaps: [CoverageGap] = []
    for face in faces.dropFirst() where face.owners.count != 1 {
      let rings = face.rings.map { halves(ofRing: $0) }
      let area = rings.reduce(0) { $0 + signedKilometers(ring($1), unit) }
      let at = place(in: rings)
      if face.owners.isEmpty {
        let around = rings.joined()
        let owners = around.reduce(into: Set<Int>()) {
          $0.formUnion(faces[Int(faceOfHalf[Int($1 ^ 1)])].owners)
        }
        gaps.append(
          CoverageGap(
            owners: owners.sorted(), area: area,
            perimeter: around.reduce(0) { $0 + lengths[Int($1) / 2] } / 1000, at: at))
      }
      for (index, first) in face.owners.enumerated() {
        for second in face.owners[(index + 1)...] { pieces.append((first, second, area, at)) }
      }
    }
    return (joined(pieces), gaps)
  }

  private func joined(
    _ pieces: [(first: Int, second: Int, area: Double, at: Point)]
  ) -> [CoverageOverlap] {
    let sorted = pieces.sorted {
      ($0.first, $0.second, $1.area, $0.at.x) < ($1.first, $1.second, $0.area, $1.at.x)
    }
    var overlaps: [CoverageOverlap] = []
    for piece in sorted {
      if let last = overlaps.last, last.first == piece.first, last.second == piece.second {
        overlaps[overlaps.count - 1] = CoverageOverlap(
          first: last.first, second: last.second, area: last.area + piece.area,
          pieces: last.pieces + 1, at: last.at)
      } else {
        overlaps.append(
          CoverageOverlap(
            first: piece.first, second: piece.second, area: piece.area, pieces: 1, at: piece.at))
      }
    }
    return overlaps
  }

  /// A point inside a face.
  private func place(in rings: [[Int32]]) -> Point {
    let lines = rings.map(ring)
    let polygon = Polygon(shell: lines[0], holes: Array(lines.dropFirst()))
    return MultiPolygon([polygon]).interiorPoint ?? lines[0][0]
  }
}

/// The signed area of a ring in km².
private func signedKilometers(_ ring: [Point], _ unit: CoordinateUnit) -> Double {
  unit == .degrees ? ringEllipsoidalArea(ring) : signedArea(of: ring) / 1_000_000
}
