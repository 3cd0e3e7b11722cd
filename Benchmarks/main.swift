// Quiebre · Benchmarks
// Starts the benchmarks: quiebre-bench [--filter TEXT] [--runs N] [--workers N] [--data FOLDER]
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Says how the simulator stands beside its Numba twin, measured right after it.
func compareWithTwin(_ own: Seconds, runs: Int, workers: Int) {
  guard let twin = NumbaTwin() else {
    print("no Numba twin: set QUIEBRE_PYTHON to a Python with numpy and numba")
    return
  }
  guard let other = twin.measure(runs: runs, workers: workers) else {
    print("the Numba twin failed")
    exit(1)
  }
  report("simulate.pair", own: own, beside: other, baseline: "baselines/simulate_twin.py (Numba)")
}

guard let options = BenchmarkOptions(CommandLine.arguments.dropFirst()) else {
  print("usage: quiebre-bench [--filter TEXT] [--runs N ≥ 7] [--workers N] [--data FOLDER]")
  exit(2)
}
let data = try BenchmarkData(folder: options.folder)
print("data: \(data.name); median of \(options.runs) runs, \(options.workers) workers")
// New areas add their list here.
let benchmarks =
  try readingBenchmarks(data) + joinBenchmarks(data, workers: options.workers)
  + simulateBenchmarks(workers: options.workers) + surveyBenchmarks()
  + runBenchmarks(workers: options.workers) + breakBenchmarks()
  + riskFitBenchmarks(workers: options.workers)
for benchmark in benchmarks where options.takes(benchmark.name) {
  let seconds = try measure(benchmark, runs: options.runs)
  if benchmark.name == "simulate.pair", let seconds {
    compareWithTwin(seconds, runs: options.runs, workers: options.workers)
  }
}
