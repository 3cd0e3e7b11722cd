// Quiebre · Benchmarks
// Starts the benchmarks: quiebre-bench [--filter TEXT] [--runs N] [--workers N] [--data FOLDER]
// SPDX-License-Identifier: Apache-2.0

import Glibc

guard let options = BenchmarkOptions(CommandLine.arguments.dropFirst()) else {
  print("usage: quiebre-bench [--filter TEXT] [--runs N ≥ 7] [--workers N] [--data FOLDER]")
  exit(2)
}
let data = try BenchmarkData(folder: options.folder)
print("data: \(data.name); median of \(options.runs) runs, \(options.workers) workers")
// New areas (whole run) add their list here.
let benchmarks =
  try readingBenchmarks(data) + joinBenchmarks(data, workers: options.workers)
  + simulateBenchmarks(workers: options.workers) + surveyBenchmarks()
for benchmark in benchmarks where options.takes(benchmark.name) {
  try measure(benchmark, runs: options.runs)
}
