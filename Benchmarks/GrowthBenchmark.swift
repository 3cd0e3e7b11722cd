// Quiebre · Benchmarks
// How time and memory of the simulator grow with districts and draws.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import LaborModel

/// `simulate.growth`: one run at each of several sizes, with the most memory that it held.
///
/// Memory is what the process held at most during the run beyond what it held before, with the inputs
/// made. Each size is a process of its own, for memory once freed isn't given back. Only runs if
/// asked for by name: the largest takes a minute.
struct GrowthBenchmark {
  static let name = "simulate.growth"
  private static let sizes = [
    (1_874, 1_000), (5_000, 1_000), (20_000, 1_000), (100_000, 1_000), (1_874, 10_000),
    (100, 10_000), (100, 100_000),
  ]

  let workers: Int

  /// Runs all sizes, or the one that the filter names: `simulate.growth.1874x1000`.
  func run(filter: String) throws {
    let parts =
      filter.split(separator: ".").last?.split(separator: "x").compactMap { Int($0) } ?? []
    if parts.count == 2 { return try measure(districts: parts[0], draws: parts[1]) }
    print("districts     draws      cpu ms   ns of cpu a cell   peak MiB above the inputs")
    for (districts, draws) in GrowthBenchmark.sizes {
      let own = quoted(CommandLine.arguments[0])
      let command = "\(own) --filter \(GrowthBenchmark.name).\(districts)x\(draws)"
      guard let text = shell("\(command) --workers \(workers)") else { continue }
      print(text.split(separator: "\n").last ?? "")
    }
  }

  private func measure(districts: Int, draws: Int) throws {
    let country = MadeUpCountry(districts: districts)
    let plan = country.plan(draws: draws)
    let before = ProcessMemory.restartPeak()
    let start = Seconds.now()
    let projection = try project(
      plans: [plan], population: country.population, levels: country.levels,
      profile: MadeUpCountry.profile, options: ProjectionOptions(workers: workers))
    let time = Seconds.now().processor - start.processor
    let peak = ProcessMemory.peak() - before
    precondition(projection.scenarios[0].districts.count == districts, "an answer per district")
    let cells = Double(2 * districts * 13 * MadeUpCountry.years) * Double(draws)
    print(
      padded(String(districts), -9) + padded(String(draws), -10)
        + padded(fixed(time * 1e3, digits: 1), -12)
        + padded(fixed(time * 1e9 / cells, digits: 3), -19)
        + padded(fixed(Double(max(0, peak)) / 1024, digits: 1), -28))
  }
}

/// Resident memory of the process as Linux keeps it, in KiB.
private enum ProcessMemory {
  /// Sets the peak to what is held now, and gives that.
  static func restartPeak() -> Int {
    if let file = unsafe fopen("/proc/self/clear_refs", "w") {
      unsafe fputs("5", file)
      unsafe fclose(file)
    }
    return peak()
  }

  static func peak() -> Int {
    guard let file = unsafe fopen("/proc/self/status", "r") else { return 0 }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while unsafe fgets(&line, 256, file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("VmHWM:") else { continue }
      return Int(text.filter(\.isNumber)) ?? 0
    }
    return 0
  }
}
