// Quiebre · Benchmarks
// Starts the benchmarks: quiebre-bench [--filter TEXT] [--runs N] [--workers N] [--data FOLDER]
// SPDX-License-Identifier: Apache-2.0

import GeoFiles
import Glibc

/// Says how a benchmark stands beside its twin in Python, measured right after it.
func compareWithTwin(
  _ name: String, _ own: Seconds, _ options: BenchmarkOptions, districts: String
) {
  let twin: PythonTwin?
  let (needs, arguments, label): (String, String, String)
  switch name {
  case "simulate.pair":
    (needs, label) = ("numba, numpy", "baselines/simulate_twin.py (Numba)")
    twin = PythonTwin("simulate_twin.py", needs: needs)
    arguments = "--runs \(options.runs) --threads \(options.workers)"
  case "join.cells10", "join.cells40":
    (needs, label) = ("exactextract, numpy", "baselines/join_twin.py (exactextract)")
    twin = PythonTwin("join_twin.py", needs: needs)
    arguments =
      "--runs 3 --per-degree \(name == "join.cells10" ? 100 : 400) "
      + "--districts \(quoted(districts))"
  case "join.squares", "join.hexagons":
    (needs, label) = ("geopandas, tobler, shapely", "baselines/overlap_twin.py (the faster of two)")
    twin = PythonTwin("overlap_twin.py", needs: needs)
    arguments = "--runs 3 --what \(name.dropFirst("join.".count)) --districts \(quoted(districts))"
  case "layer.neighbors", "layer.hotspots", "layer.simplify", "layer.dissolve":
    (needs, label) = ("geopandas, libpysal, esda, shapely", "baselines/layer_twin.py")
    twin = PythonTwin("layer_twin.py", needs: needs)
    arguments =
      "--runs 5 --what \(name.dropFirst("layer.".count)) --districts \(quoted(districts))"
  default: return
  }
  guard let twin else {
    print("no twin of \(name): set QUIEBRE_PYTHON to a Python with \(needs)")
    return
  }
  guard let other = twin.measure(arguments) else {
    print("the twin \(twin.script) failed")
    exit(1)
  }
  report(name, own: own, beside: other, baseline: label)
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
  + topologyBenchmarks(data, workers: options.workers)
  + simulateBenchmarks(workers: options.workers) + surveyBenchmarks()
  + runBenchmarks(workers: options.workers) + breakBenchmarks()
  + riskFitBenchmarks(workers: options.workers)
if options.filter.hasPrefix(GrowthBenchmark.name) {
  try GrowthBenchmark(workers: options.workers).run(filter: options.filter)
}
for benchmark in benchmarks where options.takes(benchmark.name) {
  let seconds = try measure(benchmark, runs: options.runs)
  if let seconds {
    compareWithTwin(
      benchmark.name, seconds, options, districts: data.districts.path)
  }
}
