// Quiebre · Statistics
// Who counts as whose neighbor, and how much.
// SPDX-License-Identifier: Apache-2.0

/// Neighbors of areas with weights, row by row.
public struct SpatialWeights: Hashable, Sendable {
  /// Where each area's neighbors begin; one more than there are areas.
  let starts: [Int]
  let neighbors: [Int32]
  let weights: [Double]

  public var count: Int { starts.count - 1 }

  /// Weight 1 for each neighbor.
  ///
  /// - Parameter neighbors: For each area the numbers of its neighbors, without itself.
  public init(neighbors: [[Int]]) {
    self.init(
      neighbors: neighbors, weights: neighbors.map { [Double](repeating: 1, count: $0.count) })
  }

  /// Weights as given, such as lengths of shared borders.
  ///
  /// - Parameters:
  ///   - neighbors: For each area the numbers of its neighbors, without itself.
  ///   - weights: One positive weight per neighbor.
  public init(neighbors: [[Int]], weights: [[Double]]) {
    precondition(
      neighbors.count == weights.count
        && zip(neighbors, weights).allSatisfy { $0.count == $1.count },
      "one weight per neighbor")
    var starts = [0]
    for (area, row) in neighbors.enumerated() {
      precondition(
        row.allSatisfy { neighbors.indices.contains($0) && $0 != area }, "neighbors are other areas"
      )
      starts.append(starts[area] + row.count)
    }
    self.init(
      starts: starts, neighbors: neighbors.flatMap { $0.map { Int32($0) } },
      weights: weights.flatMap { $0 })
  }

  private init(starts: [Int], neighbors: [Int32], weights: [Double]) {
    self.starts = starts
    self.neighbors = neighbors
    self.weights = weights
  }

  /// The neighbors among some areas, which are numbered anew in the order given.
  ///
  /// - Parameter areas: The areas to keep, each once.
  /// - Returns: Weights as they are, not standardized anew.
  public func restricted(to areas: [Int]) -> SpatialWeights {
    var numbers = [Int32](repeating: -1, count: count)
    for (number, area) in areas.enumerated() { numbers[area] = Int32(number) }
    var starts = [0]
    var kept: [Int32] = []
    var weights: [Double] = []
    for area in areas {
      for index in row(area) where numbers[Int(neighbors[index])] >= 0 {
        kept.append(numbers[Int(neighbors[index])])
        weights.append(self.weights[index])
      }
      starts.append(kept.count)
    }
    return SpatialWeights(starts: starts, neighbors: kept, weights: weights)
  }

  /// Weights that sum to 1 in each row that has any.
  public func rowStandardized() -> SpatialWeights {
    var result = weights
    for area in 0..<count {
      let sum = row(area).reduce(0) { $0 + weights[$1] }
      for index in row(area) { result[index] = weights[index] / sum }
    }
    return SpatialWeights(starts: starts, neighbors: neighbors, weights: result)
  }

  /// How many neighbors an area has.
  public func neighborCount(of area: Int) -> Int { starts[area + 1] - starts[area] }

  /// The entries of an area's row.
  func row(_ area: Int) -> Range<Int> { starts[area]..<starts[area + 1] }

  /// The weighted sum over each area's neighbors.
  func lags(_ values: [Double]) -> [Double] {
    (0..<count).map { area in
      row(area).reduce(0) { $0 + weights[$1] * values[Int(neighbors[$1])] }
    }
  }

  /// The sums S0, S1 and S2 of Cliff and Ord (1981): of the weights, of the squares of each pair's two
  /// weights together (halved), and of the squares of each area's row and column together.
  func sums() -> (s0: Double, s1: Double, s2: Double) {
    var rows = [Double](repeating: 0, count: count)
    var columns = rows
    var (s0, s1) = (0.0, 0.0)
    for area in 0..<count {
      for index in row(area) {
        let (other, weight) = (Int(neighbors[index]), weights[index])
        let back = row(other).first { Int(neighbors[$0]) == area }.map { weights[$0] } ?? 0
        // ½ Σ (w_ij + w_ji)²; a pair with one weight only is met once.
        s1 += (weight + back) * (weight + back) * (back == 0 ? 1 : 0.5)
        s0 += weight
        rows[area] += weight
        columns[other] += weight
      }
    }
    let s2 = zip(rows, columns).reduce(0) { $0 + ($1.0 + $1.1) * ($1.0 + $1.1) }
    return (s0, s1, s2)
  }
}

/// Why values over areas can't be tested.
public enum SpatialFault: Error, Hashable, Sendable {
  /// Moments need more areas than this many.
  case tooFewAreas(needed: Int)
  /// All areas have the same value.
  case constant
  /// The value of this area isn't finite.
  case notFinite(area: Int)
  /// No area has a neighbor.
  case noNeighbors
}

/// Values less their mean, and the sum of their squares.
struct CenteredValues {
  let mean: Double
  let deviations: [Double]
  let sumOfSquares: Double

  init(_ values: [Double], areas: Int) throws(SpatialFault) {
    precondition(values.count == areas, "one value per area")
    guard values.count > 3 else { throw .tooFewAreas(needed: 4) }
    if let area = values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(area: area) }
    let mean = values.reduce(0, +) / Double(values.count)
    deviations = values.map { $0 - mean }
    self.mean = mean
    sumOfSquares = deviations.reduce(0) { $0 + $1 * $1 }
    let scale = values.reduce(0) { max($0, abs($1)) }
    // Rounding alone leaves less than this of a constant.
    guard sumOfSquares > 1e-28 * scale * scale * Double(values.count) else { throw .constant }
  }
}
