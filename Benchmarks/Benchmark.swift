// Quiebre · Benchmarks
// What a benchmark is: named, sized, checked, with its set-up outside the timed part.
// SPDX-License-Identifier: Apache-2.0

/// A named measurement at stepped sizes.
struct Benchmark {
  /// `area.what`, as `--filter` takes it.
  let name: String
  /// What one run is compared with, in the same process.
  let baseline: String
  /// Makes the runs of a size, in districts; `nil` if the data holds fewer.
  let prepare: (_ size: Int) throws -> Trial?
}

/// Two ways to the same end at one size, ready to run.
struct Trial {
  /// What a run works through, for a rate.
  let amount: Double
  let unit: String
  let subject: () throws -> Double
  let baseline: () throws -> Double
  /// Whether the values that both gave are right; a wrong answer is no measurement.
  let isRight: (_ subject: Double, _ baseline: Double) -> Bool
}

/// A benchmark that gave a wrong answer.
struct WrongAnswer: Error {
  let benchmark: String
  let size: Int
  let subject: Double
  let baseline: Double
}
