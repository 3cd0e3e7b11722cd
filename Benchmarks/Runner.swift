// Quiebre · Benchmarks
// Runs subject and baseline in turn and prints medians and ratios.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Seconds of processor time, all threads, and of the wall clock.
struct Seconds {
  var processor: Double
  var wall: Double

  static func now() -> Seconds {
    Seconds(processor: read(CLOCK_PROCESS_CPUTIME_ID), wall: read(CLOCK_MONOTONIC))
  }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The sizes that show growth, in districts.
let sizes = [25, 250, 1_874]

/// Measures a benchmark at every size that its data allows.
///
/// Runs of subject and baseline alternate, so that a change of the machine's pace meets both. The
/// first pair warms up and is not counted.
///
/// - Returns: The subject's medians at the largest size measured.
@discardableResult
func measure(_ benchmark: Benchmark, runs: Int) throws -> Seconds? {
  var last: Seconds?
  for size in sizes {
    guard let trial = try benchmark.prepare(size) else { continue }
    var subject: [Seconds] = []
    var baseline: [Seconds] = []
    for run in 0...runs {
      let (mine, myAnswer) = try timed(trial.subject)
      let (other, itsAnswer) = try timed(trial.baseline)
      guard trial.isRight(myAnswer, itsAnswer) else {
        throw WrongAnswer(
          benchmark: benchmark.name, size: size, subject: myAnswer, baseline: itsAnswer)
      }
      guard run > 0 else { continue }
      subject.append(mine)
      baseline.append(other)
    }
    report(benchmark, size: size, trial: trial, subject: subject, baseline: baseline)
    last = Seconds(
      processor: median(subject.map(\.processor)), wall: median(subject.map(\.wall)))
  }
  return last
}

/// The ratios to a baseline that ran as a program of its own, right after the subject.
func report(_ name: String, own: Seconds, beside other: Seconds, baseline: String) {
  let columns = [
    padded(name, 24), padded("", -6), padded(fixed(other.wall * 1e3, digits: 3), -11) + " ms",
    padded(fixed(other.processor * 1e3, digits: 3), -11) + " ms cpu",
    padded(fixed(own.wall / other.wall, digits: 2), -8) + " ×",
    padded(fixed(own.processor / other.processor, digits: 2), -8) + " × cpu of", baseline,
  ]
  print(columns.joined(separator: " "))
}

private func timed(_ body: () throws -> Double) rethrows -> (Seconds, Double) {
  let start = Seconds.now()
  let answer = try body()
  let end = Seconds.now()
  return (
    Seconds(processor: end.processor - start.processor, wall: end.wall - start.wall), answer
  )
}

private func report(
  _ benchmark: Benchmark, size: Int, trial: Trial, subject: [Seconds], baseline: [Seconds]
) {
  let wall = median(subject.map(\.wall))
  let processor = median(subject.map(\.processor))
  let columns = [
    padded(benchmark.name, 24), padded(String(size), -6),
    padded(fixed(wall * 1e3, digits: 3), -11) + " ms",
    padded(fixed(processor * 1e3, digits: 3), -11) + " ms cpu",
    padded(fixed(trial.amount / wall, digits: 1), -10) + " \(trial.unit)/s",
    padded(fixed(wall / median(baseline.map(\.wall)), digits: 2), -8) + " ×",
    padded(fixed(processor / median(baseline.map(\.processor)), digits: 2), -8) + " × cpu of",
    benchmark.baseline,
  ]
  print(columns.joined(separator: " "))
}

private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Text filled with spaces to a width; a negative width fills on the left.
func padded(_ text: String, _ width: Int) -> String {
  let fill = String(repeating: " ", count: max(abs(width) - text.count, 0))
  return width < 0 ? fill + text : text + fill
}

func fixed(_ value: Double, digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  let whole = Int((value * scale).rounded())
  let fraction = String(whole % Int(scale))
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return "\(whole / Int(scale)).\(zeros)\(fraction)"
}
