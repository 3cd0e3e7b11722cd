// Quiebre · Benchmarks
// The main job of README, from the scenario file to the finished folder.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import QuiebreKit

/// `run.whole`: `quiebre run Scenarios/pathfinder-2019.toml` inside the library, all workers against
/// one; both must give the same result hash.
func runBenchmarks(workers: Int) -> [Benchmark] {
  [
    Benchmark(name: "run.whole", baseline: "one worker") { size in
      guard size == sizes.last else { return nil }
      return Trial(
        amount: 1, unit: "runs", subject: { wholeRun(workers: workers) },
        baseline: { wholeRun(workers: 1) }, isRight: { $0 == $1 && $0 > 0 })
    }
  ]
}

/// The result hash's first eight digits, which end the folder's name; 0 if the run failed.
private func wholeRun(workers: Int) -> Double {
  let root = "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
  let folder = "/tmp/quiebre-bench-\(getpid())"
  var request = RunRequest(scenarios: [root + "/Scenarios/pathfinder-2019.toml"])
  request.output = folder
  request.force = true
  var session = Session()
  session.workers = workers
  session.geoFolder = root + "/Geo"
  let reply = run(request, session: session)
  _ = shell("rm -rf \(quoted(folder))")
  // The first words are the folder: …/pathfinder-2019-<eight digits>.
  guard reply.exitCode == .done, let name = reply.text.split(separator: " ").first,
    let digits = name.split(separator: "-").last
  else { return 0 }
  return UInt32(digits, radix: 16).map(Double.init) ?? 0
}
