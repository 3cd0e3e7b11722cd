// Quiebre · Benchmarks
// Reading files.
// SPDX-License-Identifier: Apache-2.0

import Formats
import GeoCore
import GeoFiles

/// GeoJSON to features, against one look at every byte of the text.
func readingBenchmarks(_ data: BenchmarkData) -> [Benchmark] {
  [
    Benchmark(name: "read.geojson", baseline: "adding up its bytes") { size in
      guard let text = try data.text(ofFirst: size) else { return nil }
      let sum = Double(text.reduce(0) { $0 &+ Int($1) })
      return Trial(
        amount: Double(text.count) / 1e6, unit: "MB",
        subject: { try Double(readGeoJSON(bytes: text, name: "bench").features.count) },
        baseline: { Double(text.reduce(0) { $0 &+ Int($1) }) },
        isRight: { count, bytes in count == Double(size) && bytes == sum })
    },
    Benchmark(name: "hash.sha256", baseline: "adding up its bytes") { size in
      guard let text = try data.text(ofFirst: size) else { return nil }
      let digest = SHA256.hash(text)
      return Trial(
        amount: Double(text.count) / 1e6, unit: "MB",
        subject: { SHA256.hash(text) == digest ? 1 : 0 },
        baseline: { Double(text.reduce(0) { $0 &+ Int($1) }) },
        isRight: { isSame, _ in isSame == 1 })
    },
  ]
}
