// Quiebre · StatisticsTests
// Moran's I, Local Moran and G* against esda, against every possible neighborhood and closed forms.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Testing

@testable import Statistics

/// What esda gives on one lattice.
struct SpatialTable: Sendable, CustomTestStringConvertible {
  let isRook: Bool
  /// Index, expectation, normal and permutation variance, two-sided p, folded p of 99,999 shuffles.
  let moran: [Double]
  let values: [Double]
  let expectations: [Double]
  let variances: [Double]
  /// 1 high-high, 2 low-high, 3 low-low, 4 high-low.
  let quadrants: [Int]
  let localP: [Double]
  let shares: [Double]
  let z: [Double]
  let starP: [Double]

  var testDescription: String { isRook ? "rook" : "queen" }
}

/// Neighbors on a lattice, numbered by rows.
private func lattice(rows: Int, columns: Int, rook: Bool) -> [[Int]] {
  (0..<rows * columns).map { cell in
    (0..<rows * columns).filter { other in
      let down = abs(cell / columns - other / columns)
      let across = abs(cell % columns - other % columns)
      return rook ? down + across == 1 : max(down, across) == 1
    }
  }
}

private let latticeValues = (0..<30).map { cell -> Double in
  let scatter = (cell * 37) % 101
  return Double(scatter) + 3 * Double(cell / 6) + 0.5 * Double(cell % 6)
}

private func codes(_ count: Int) -> [EntityCode] { (0..<count).map { EntityCode("area \($0)") } }

/// Equal up to rounding, as the issue asks: 1e-12 of values of order 1.
private func agrees(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-12 * max(1, abs(b)) }

/// 4.5 standard errors of the difference of two sampled shares.
private func isWithinSampling(_ a: Double, of b: Double, draws: Double, esda: Double = 99_999)
  -> Bool
{
  let variance = max(b * (1 - b), 1 / draws) * (1 / draws + 1 / esda)
  return abs(a - b) <= 4.5 * variance.squareRoot()
}

@Suite struct SpatialStatisticsTests {
  @Test(arguments: [SpatialTable.rook, .queen])
  func moranAgreesWithESDA(_ table: SpatialTable) throws {
    let weights = SpatialWeights(neighbors: lattice(rows: 5, columns: 6, rook: table.isRook))
      .rowStandardized()
    let moran = try MoranIndex(
      latticeValues, weights, permutations: 9999, codes: codes(30), seed: 7, workers: 2)
    #expect(agrees(moran.value, table.moran[0]))
    #expect(agrees(moran.expectation, table.moran[1]))
    #expect(agrees(moran.normalVariance, table.moran[2]))
    #expect(agrees(moran.permutationVariance, table.moran[3]))
    #expect(agrees(moran.normalP, table.moran[4]))
    #expect(isWithinSampling(try #require(moran.foldedP), of: table.moran[5], draws: 9999))
  }

  @Test(arguments: [SpatialTable.rook, .queen])
  func localMoranAgreesWithESDA(_ table: SpatialTable) throws {
    let weights = SpatialWeights(neighbors: lattice(rows: 5, columns: 6, rook: table.isRook))
      .rowStandardized()
    let local = try localMoran(
      latticeValues, weights, plan: PermutationPlan(count: 9999, seed: 7, codes: codes(30)),
      workers: 2)
    let quadrants: [MoranQuadrant] = [.highHigh, .lowHigh, .lowLow, .highLow]
    for (area, found) in local.enumerated() {
      #expect(agrees(found.value, table.values[area]))
      // esda's moments belong to an index that is 30/29 of this one.
      #expect(agrees(found.expectation * 30 / 29, table.expectations[area]))
      #expect(agrees(found.variance * 900 / 841, table.variances[area]))
      #expect(found.quadrant == quadrants[table.quadrants[area] - 1])
      #expect(isWithinSampling(found.foldedP, of: table.localP[area], draws: 9999))
    }
  }

  @Test(arguments: [SpatialTable.rook, .queen])
  func gStarAgreesWithESDA(_ table: SpatialTable) throws {
    let weights = SpatialWeights(neighbors: lattice(rows: 5, columns: 6, rook: table.isRook))
    let plan = PermutationPlan(count: 9999, seed: 7, codes: codes(30))
    let found = try getisOrdStar(latticeValues, weights, plan: plan, workers: 2)
    let standardized = try getisOrdStar(
      latticeValues, weights.rowStandardized(), plan: plan, workers: 2)
    for area in found.indices {
      #expect(agrees(found[area].share, table.shares[area]))
      #expect(agrees(found[area].z, table.z[area]))
      #expect(isWithinSampling(found[area].foldedP, of: table.starP[area], draws: 9999))
      // The scale of a row doesn't matter.
      #expect(agrees(standardized[area].z, table.z[area]))
    }
  }

  /// The slow twin: all C(15, k) neighborhoods that an area of a 4 × 4 lattice can have.
  @Test func sampledSharesApproachAllPossibleNeighborhoods() throws {
    let values = (0..<16).map { Double(($0 * 29) % 53) }
    let neighbors = lattice(rows: 4, columns: 4, rook: true)
    let weights = SpatialWeights(neighbors: neighbors).rowStandardized()
    let local = try localMoran(
      values, weights, plan: PermutationPlan(count: 20_000, seed: 3, codes: codes(16)), workers: 2)
    for area in values.indices {
      let others = values.indices.filter { $0 != area }.map { values[$0] }
      let sums = subsetSums(others, choosing: neighbors[area].count)
      let own = neighbors[area].reduce(0) { $0 + values[$1] }
      let above = Double(sums.count { $0 >= own }) / Double(sums.count)
      let below = Double(sums.count { $0 <= own }) / Double(sums.count)
      // No table beside it: the share is exact.
      #expect(
        isWithinSampling(local[area].foldedP, of: min(above, below), draws: 20_000, esda: .infinity)
      )
    }
  }

  @Test func momentsAreThoseOfAllPossibleNeighborhoods() throws {
    let values = (0..<16).map { Double(($0 * 29) % 53) }
    let neighbors = lattice(rows: 4, columns: 4, rook: true)
    let weights = SpatialWeights(neighbors: neighbors).rowStandardized()
    let local = try localMoran(
      values, weights, plan: PermutationPlan(count: 1, seed: 3, codes: codes(16)), workers: 1)
    let mean = values.reduce(0, +) / 16
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    for area in values.indices {
      let others = values.indices.filter { $0 != area }.map { values[$0] - mean }
      let count = neighbors[area].count
      let draws = subsetSums(others, choosing: count).map {
        15 * (values[area] - mean) * $0 / Double(count) / squares
      }
      let average = draws.reduce(0, +) / Double(draws.count)
      let spread = draws.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(draws.count)
      #expect(agrees(local[area].expectation, average))
      #expect(agrees(local[area].variance, spread))
    }
  }

  @Test func theOrderOfAreasAndTheWorkersDontMatter() throws {
    let neighbors = lattice(rows: 5, columns: 6, rook: false)
    let weights = SpatialWeights(neighbors: neighbors).rowStandardized()
    let names = codes(30)
    let plan = PermutationPlan(count: 499, seed: 11, codes: names)
    let plain = try localMoran(latticeValues, weights, plan: plan, workers: 1)
    for workers in [2, 3, 8] {
      #expect(try localMoran(latticeValues, weights, plan: plan, workers: workers) == plain)
    }
    let order = (0..<30).map { ($0 * 7 + 3) % 30 }
    let turned = try localMoran(
      order.map { latticeValues[$0] }, weights.restricted(to: order),
      plan: PermutationPlan(count: 499, seed: 11, codes: order.map { names[$0] }), workers: 2)
    for (area, found) in zip(order, turned) { #expect(found.foldedP == plain[area].foldedP) }
  }

  @Test func moreNeighborsThanHalfTheMapWork() throws {
    let everyone = (0..<6).map { area in (0..<6).filter { $0 != area } }
    let values = [1.0, 2, 4, 8, 16, 32]
    let local = try localMoran(
      values, SpatialWeights(neighbors: everyone),
      plan: PermutationPlan(count: 99, seed: 1, codes: codes(6)), workers: 1)
    // All others are neighbors in every permutation: each draw is a tie.
    #expect(local.allSatisfy { $0.foldedP == 1 && $0.spot(falseDiscovery: 0.05) == .none })
  }

  @Test func islandsAreNotTested() throws {
    var neighbors = lattice(rows: 5, columns: 6, rook: true)
    for other in neighbors[0] { neighbors[other].removeAll { $0 == 0 } }
    neighbors[0] = []
    let plan = PermutationPlan(count: 199, seed: 1, codes: codes(30))
    let weights = SpatialWeights(neighbors: neighbors).rowStandardized()
    let local = try localMoran(latticeValues, weights, plan: plan, workers: 1)
    #expect(local[0].value == 0)
    #expect(local[0].foldedP == 1 && local[0].adjustedP == 1)
    #expect(local[0].z == 0)
    let star = try getisOrdStar(latticeValues, weights, plan: plan, workers: 1)
    #expect(star[0].foldedP == 1 && star[0].adjustedP == 1)
  }

  @Test func aBlockOfHighValuesIsAHotSpotAndNothingElse() throws {
    // A 20 × 20 map of noise with a block of 5 × 5 lifted by ten times the noise.
    let side = 20
    let values = (0..<side * side).map { cell -> Double in
      let noise = Double((cell * 7919) % 1009) / 1009
      let isLifted = (4..<9).contains(cell / side) && (4..<9).contains(cell % side)
      return noise + (isLifted ? 10 : 0)
    }
    let weights = SpatialWeights(neighbors: lattice(rows: side, columns: side, rook: false))
      .rowStandardized()
    let plan = PermutationPlan(count: 9999, seed: 5, codes: codes(side * side))
    let local = try localMoran(values, weights, plan: plan, workers: 2)
    let spots = local.map { $0.spot(falseDiscovery: 0.05) }
    for (cell, spot) in spots.enumerated() {
      let (row, column) = (cell / side, cell % side)
      let isLifted = (4..<9).contains(row) && (4..<9).contains(column)
      // A corner has 3 of its 8 neighbors in the block: by chance that happens once in a hundred.
      let isCorner = [4, 8].contains(row) && [4, 8].contains(column)
      if isLifted && !isCorner { #expect(spot == .high) }
      if !isLifted { #expect(spot != .high) }
    }
    #expect(try MoranIndex(values, weights).z > 10)
  }

  @Test func valuesThatCantBeTestedAreRefused() throws {
    let weights = SpatialWeights(neighbors: lattice(rows: 2, columns: 3, rook: true))
    #expect(throws: SpatialFault.constant) {
      try MoranIndex([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], weights)
    }
    #expect(throws: SpatialFault.notFinite(area: 2)) {
      try MoranIndex([1, 2, .nan, 3, 4, 5], weights)
    }
    #expect(throws: SpatialFault.tooFewAreas(needed: 4)) {
      try MoranIndex([1, 2, 3], SpatialWeights(neighbors: [[1], [0], []]))
    }
    #expect(throws: SpatialFault.noNeighbors) {
      try MoranIndex([1, 2, 3, 5], SpatialWeights(neighbors: [[], [], [], []]))
    }
  }
}

/// The sums of all subsets of a size.
private func subsetSums(_ values: [Double], choosing count: Int, from start: Int = 0) -> [Double] {
  guard count > 0 else { return [0] }
  guard start < values.count else { return [] }
  return subsetSums(values, choosing: count - 1, from: start + 1).map { $0 + values[start] }
    + subsetSums(values, choosing: count, from: start + 1)
}
