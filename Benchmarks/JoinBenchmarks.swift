// Quiebre · Benchmarks
// Joining a raster to districts.
// SPDX-License-Identifier: Apache-2.0

import GeoCore
import GeoFiles

/// Elevation under districts by covered fraction, on several threads against one.
func joinBenchmarks(_ data: BenchmarkData, workers: Int) throws -> [Benchmark] {
  let shapes = try data.layer().features.map(\.shape)
  let raster = try readAsciiGrid(
    bytes: data.elevation.bytes, name: data.elevation.path, crs: .lonLat)
  return [
    Benchmark(name: "join.elevation", baseline: "one worker") { size in
      guard shapes.count >= size else { return nil }
      let some = Array(shapes[..<size])
      return Trial(
        amount: Double(size), unit: "districts",
        subject: { try sumOfMeans(of: raster, under: some, workers: workers) },
        baseline: { try sumOfMeans(of: raster, under: some, workers: 1) },
        // Not one bit may depend on the number of threads.
        isRight: { $0 == $1 && $0.isFinite })
    }
  ]
}

private func sumOfMeans(
  of raster: Raster, under shapes: [MultiPolygon?], workers: Int
) throws -> Double {
  try zonalSummaries(of: raster, under: shapes, workers: workers).reduce(0) {
    $0 + ($1?.mean ?? 0)
  }
}
