// Quiebre · Benchmarks
// A layer's borders: neighbors, hot spots, simplification, dissolving.
// SPDX-License-Identifier: Apache-2.0

import Compute
import GeoCore
import GeoFiles
import Statistics

/// What `baselines/layer_twin.py` does with libpysal, esda and GEOS, one thread, on the same layer.
func topologyBenchmarks(_ data: BenchmarkData, workers: Int) throws -> [Benchmark] {
  let features = try data.layer().features
  let shapes = features.map(\.shape)
  return [
    Benchmark(name: "layer.neighbors", baseline: "\(workers) workers") { size in
      guard shapes.count >= size else { return nil }
      let some = Array(shapes[..<size])
      return Trial(
        amount: points(of: some), unit: "points",
        subject: { try pairs(of: some, workers: 1) },
        baseline: { try pairs(of: some, workers: workers) }, isRight: { $0 == $1 && $0 > 0 })
    },
    Benchmark(name: "layer.hotspots", baseline: "G* with 999 permutations") { size in
      guard shapes.count >= size else { return nil }
      let some = Array(shapes[..<size])
      let table = try ArcTable(some, tolerance: ArcTable.defaultDegrees, workers: workers)
      let weights = SpatialWeights(neighbors: table.contiguity(in: .degrees).neighbors(.queen))
        .rowStandardized()
      let values = some.map { $0?.boundingBox.map { $0.minX + $0.maxY } ?? 0 }
      let plan = PermutationPlan(
        count: 999, seed: 1, codes: some.indices.map { EntityCode("\($0)") })
      return Trial(
        amount: Double(999 * size), unit: "neighborhoods",
        subject: {
          try localMoran(values, weights, plan: plan, workers: 1).reduce(0) { $0 + $1.foldedP }
        },
        baseline: {
          try getisOrdStar(values, weights, plan: plan, workers: 1).reduce(0) { $0 + $1.foldedP }
        },
        // The same neighborhoods, ranked the same way.
        isRight: { abs($0 - $1) < 1e-9 })
    },
    Benchmark(name: "layer.simplify", baseline: "the table alone") { size in
      guard shapes.count >= size else { return nil }
      let some = Array(shapes[..<size])
      return Trial(
        amount: points(of: some), unit: "points",
        subject: {
          let table = try ArcTable(some, tolerance: 1e-9, workers: 1)
          let simple = table.simplified(.within(meters: 700), in: .degrees).table
          return Double(simple.shapes().count { !$0.isEmpty })
        },
        baseline: {
          let table = try ArcTable(some, tolerance: 1e-9, workers: 1)
          return Double(Set(table.faces.flatMap(\.owners)).count)
        },
        isRight: { $0 == $1 })
    },
    Benchmark(name: "layer.dissolve", baseline: "the table alone") { size in
      guard shapes.count >= size else { return nil }
      let some = Array(shapes[..<size])
      return Trial(
        amount: points(of: some), unit: "points",
        subject: {
          let table = try ArcTable(some, tolerance: 1e-9, workers: 1)
          let groups = some.indices.map { $0 / 10 }
          return Double(
            table.dissolved(groups, count: (size + 9) / 10).count { !$0.isEmpty })
        },
        baseline: {
          _ = try ArcTable(some, tolerance: 1e-9, workers: 1)
          return Double((size + 9) / 10)
        },
        isRight: { $0 == $1 })
    },
  ]
}

private func points(of shapes: [MultiPolygon?]) -> Double {
  Double(shapes.reduce(0) { $0 + ($1?.pointCount ?? 0) })
}

/// Queen and rook pairs with their lengths.
private func pairs(of shapes: [MultiPolygon?], workers: Int) throws -> Double {
  let table = try ArcTable(shapes, tolerance: ArcTable.defaultDegrees, workers: workers)
  let found = table.contiguity(in: .degrees)
  return Double(found.pairs.count + found.pairs(.rook).count)
}
