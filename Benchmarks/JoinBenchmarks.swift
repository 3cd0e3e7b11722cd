// Quiebre · Benchmarks
// Joining a raster to districts.
// SPDX-License-Identifier: Apache-2.0

import GeoCore
import GeoFiles

/// Elevation under districts on several threads against one; made-up fine rasters on one thread.
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
    },
    fineBenchmark("join.cells10", perDegree: 100, shapes),
    fineBenchmark("join.cells40", perDegree: 400, shapes),
    overlapBenchmark("join.squares", hexagons: false, shapes, workers: workers),
    overlapBenchmark("join.hexagons", hexagons: true, shapes, workers: workers),
  ]
}

/// Sum, mean, count, least and greatest value of a made-up raster of so many cells per degree over
/// the districts' box, in memory, one thread: the work of `baselines/join_twin.py`.
private func fineBenchmark(
  _ name: String, perDegree: Int, _ shapes: [MultiPolygon?]
) -> Benchmark {
  Benchmark(name: name, baseline: "covered fractions alone") { size in
    // The raster is the country's whatever the size: only the largest says something.
    guard size == sizes.last, shapes.count >= size else { return nil }
    let raster = madeUpRaster(perDegree: perDegree, under: shapes)
    let some = Array(shapes[..<size])
    return Trial(
      amount: Double(raster.values.count) / 1e6, unit: "Mcells",
      subject: {
        try zonalSummaries(of: raster, under: some, workers: 1).reduce(0) { $0 + ($1?.count ?? 0) }
      },
      baseline: {
        some.reduce(0) { $0 + ($1.map { coverage(of: $0, on: raster.grid).sum } ?? 0) }
      },
      isRight: { abs($0 - $1) < 1e-6 * $1 })
  }
}

/// Ground that districts share with squares or hexagons of a tenth of a degree, one thread: the work
/// of `baselines/overlap_twin.py`.
private func overlapBenchmark(
  _ name: String, hexagons: Bool, _ shapes: [MultiPolygon?], workers: Int
) -> Benchmark {
  Benchmark(name: name, baseline: "\(workers) workers") { size in
    guard shapes.count >= size else { return nil }
    let some = Array(shapes[..<size])
    let cells = madeUpCells(hexagons: hexagons, over: some)
    let shared = { (workers: Int) in
      try overlapAreas(targets: some, sources: cells, workers: workers).joined().reduce(0) {
        $0 + $1.area
      }
    }
    return Trial(
      amount: Double(cells.count) / 1000, unit: "kcells", subject: { try shared(1) },
      baseline: { try shared(workers) }, isRight: { $0 == $1 && $0 > 0 })
  }
}

/// Cells over the box of the shapes, as `overlap_twin.py` makes them.
private func madeUpCells(hexagons: Bool, over shapes: [MultiPolygon?]) -> [MultiPolygon?] {
  let box = shapes.compactMap { $0?.boundingBox }.reduce(nil) { (all: BoundingBox?, next) in
    all?.union(next) ?? next
  }
  guard let box else { return [] }
  let (width, height) = hexagons ? (0.1, 0.0875) : (0.1, 0.1)
  var cells: [MultiPolygon?] = []
  for row in 0...Int((box.maxY - box.minY) / height) {
    for column in 0...Int((box.maxX - box.minX) / width) {
      let shift = hexagons && row % 2 == 1 ? width / 2 : 0
      let (x, y) = (box.minX + Double(column) * width + shift, box.minY + Double(row) * height)
      let corners: [(Double, Double)] =
        hexagons
        ? [
          (0, 0.03), (0.05, 0), (0.1, 0.03), (0.1, 0.0875), (0.05, 0.1175), (0, 0.0875), (0, 0.03),
        ]
        : [(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1), (0, 0)]
      cells.append(
        MultiPolygon([Polygon(shell: corners.map { Point(x: x + $0.0, y: y + $0.1) })]))
    }
  }
  return cells
}

/// Cells of 1/`perDegree` degree with whole numbers below 10,007, as `join_twin.py` makes them.
private func madeUpRaster(perDegree: Int, under shapes: [MultiPolygon?]) -> Raster {
  let box = shapes.compactMap { $0?.boundingBox }.reduce(nil) { (all: BoundingBox?, next) in
    all?.union(next) ?? next
  }
  let (west, north) = (box?.minX.rounded(.down) ?? 0, box?.maxY.rounded(.up) ?? 0)
  let columns = Int((box?.maxX.rounded(.up) ?? 0) - west) * perDegree
  let rows = Int(north - (box?.minY.rounded(.down) ?? 0)) * perDegree
  var values: [Double] = []
  values.reserveCapacity(columns * rows)
  for row in 0..<rows {
    for column in 0..<columns {
      values.append(Double((row * 7919 + column * 104_729) % 10_007))
    }
  }
  let cell = 1 / Double(perDegree)
  return Raster(
    name: "made up",
    grid: Grid(
      columns: columns, rows: rows, west: west, north: north, cellWidth: cell, cellHeight: cell),
    crs: .lonLat, values: values)
}

private func sumOfMeans(
  of raster: Raster, under shapes: [MultiPolygon?], workers: Int
) throws -> Double {
  try zonalSummaries(of: raster, under: shapes, workers: workers).reduce(0) {
    $0 + ($1?.mean ?? 0)
  }
}
