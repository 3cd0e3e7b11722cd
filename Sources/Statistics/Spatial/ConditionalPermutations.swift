// Quiebre · Statistics
// Neighborhoods filled by chance while the area itself keeps its value.
// SPDX-License-Identifier: Apache-2.0

public import Compute

extension RandomQuantity {
  /// Which other areas fill a neighborhood in one permutation.
  static let spatialNeighborhood = RandomQuantity(rawValue: 251)
  /// By how many places an area turns the choice.
  static let spatialTurn = RandomQuantity(rawValue: 252)
}

/// How often and with which random numbers neighborhoods are filled.
public struct PermutationPlan: Hashable, Sendable {
  /// 1 to 65,536.
  public let count: Int
  public let seed: UInt64
  /// Who each area is; results don't depend on the order of areas.
  public let codes: [EntityCode]

  public init(count: Int = 999, seed: UInt64, codes: [EntityCode]) {
    precondition((1...0x10000).contains(count), "the permutation is part of a random address")
    self.count = count
    self.seed = seed
    self.codes = codes
  }
}

/// Random neighborhoods for every area (Anselin 1995: conditional permutation).
///
/// Permutation r draws places without replacement, addressed by (seed, r); an area with k neighbors
/// takes the first k of them, turned by a number of its own, addressed by (seed, its code), among the
/// other areas in the order of their codes. So every neighborhood is equally likely for each area,
/// areas don't share their luck, and drawing costs little beside summing.
struct ConditionalPermutations: Sendable {
  private let count: Int
  /// Place c of permutation r at `c · count + r`.
  private let places: [Int32]
  /// The areas in the order of their codes, and where each of them stands.
  private let order: [Int]
  private let position: [Int]
  private let turns: [Int]

  /// Draws the places; `largest` is the most neighbors that an area has.
  init(_ plan: PermutationPlan, largest: Int) {
    let areas = plan.codes.count
    precondition(largest < areas, "neighbors are other areas")
    let field = RandomField(seed: plan.seed)
    count = plan.count
    var places = [Int32](repeating: 0, count: largest * plan.count)
    var pool = (0..<Int32(areas - 1)).map { $0 }
    var swaps = [Int](repeating: 0, count: largest)
    for permutation in 0..<plan.count {
      let stream = field.stream(.spatialNeighborhood, year: permutation)
      for place in 0..<largest {
        swaps[place] = place + Int(stream.uniform(place) * Double(pool.count - place))
        pool.swapAt(place, swaps[place])
        places[place * plan.count + permutation] = pool[place]
      }
      // Undone, so that a permutation depends on its own numbers only.
      for place in (0..<largest).reversed() { pool.swapAt(place, swaps[place]) }
    }
    self.places = places
    let order = plan.codes.indices.sorted {
      (plan.codes[$0].value, $0) < (plan.codes[$1].value, $1)
    }
    var position = [Int](repeating: 0, count: areas)
    for (place, area) in order.enumerated() { position[area] = place }
    self.order = order
    self.position = position
    turns = plan.codes.map { code in
      Int(field.stream(.spatialTurn, entity: code).uniform(0) * Double(max(1, areas - 1)))
    }
  }

  /// Folded shares of the lags of all areas: how far out the lag at hand lies among the random ones.
  ///
  /// One per area; 1 for an area without neighbors. Lags that differ by `slack` are ties.
  func foldedShares(
    _ values: [Double], _ weights: SpatialWeights, lags: [Double], slack: Double, workers: Int
  ) throws -> [Double] {
    let ordered = order.map { values[$0] }
    let block = 16
    return try concurrentMap(
      count: (values.count + block - 1) / block, workers: workers,
      scratch: {
        (others: [Double](repeating: 0, count: ordered.count - 1), sums: [Double]())
      },
      { scratch, index in
        (index * block..<min(values.count, (index + 1) * block)).map { area in
          guard weights.neighborCount(of: area) > 0 else { return 1.0 }
          fill(&scratch.others, from: ordered, without: area)
          addLags(of: area, weights, scratch.others, to: &scratch.sums)
          return foldedShare(of: scratch.sums, around: lags[area], slack: slack)
        }
      }
    ).flatMap { $0 }
  }

  /// The values of all other areas, turned by the area's own number.
  private func fill(_ others: inout [Double], from ordered: [Double], without area: Int) {
    let (own, turn) = (position[area], turns[area])
    // Place q of the others is area q, or q + 1 from the area's own place on.
    var source = turn < own ? turn : turn + 1
    for index in others.indices {
      if source == ordered.count { source = own == 0 ? 1 : 0 }
      others[index] = ordered[source]
      source += source + 1 == own ? 2 : 1
    }
  }

  private func addLags(
    of area: Int, _ weights: SpatialWeights, _ others: [Double], to sums: inout [Double]
  ) {
    if sums.count != count { sums = [Double](repeating: 0, count: count) }
    for index in sums.indices { sums[index] = 0 }
    let row = weights.row(area)
    for (place, entry) in row.enumerated() {
      let weight = weights.weights[entry]
      let start = place * count
      for index in 0..<count {
        sums[index] += weight * others[Int(places[start + index])]
      }
    }
  }
}
