// Quiebre · StatisticsTests
// Runs R where it is installed and holds the numbers written in tests against it.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Support
import Testing

@testable import Statistics

private let program = "/usr/bin/Rscript"
private let isRThere =
  FileManager.default.isExecutableFile(atPath: program)
  && ["strucchange", "segmented", "metafor"].allSatisfy { package in
    ["/usr/lib/R/site-library/", "/usr/local/lib/R/site-library/"].contains {
      FileManager.default.fileExists(atPath: $0 + package)
    }
  }

/// A development test: without `Rscript` and the packages it is skipped.
@Suite("R, live", .enabled(if: isRThere))
struct RscriptTests {
  private static func numbers() throws -> [String: Double] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--vanilla", Checkout.root + "/Tests/Oracles/break-test.R"]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    var numbers: [String: Double] = [:]
    for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t")
      if parts.count == 2 { numbers[String(parts[0])] = Double(parts[1]) }
    }
    return numbers
  }

  @Test func breakTestAgreesWithR() throws {
    let numbers = try Self.numbers()
    func same(_ value: Double, _ key: String, _ tolerance: Double = 1e-9) throws {
      let expected = try #require(numbers[key])
      #expect((value - expected).magnitude <= tolerance * max(1, expected.magnitude), "\(key)")
    }
    let studies: [(String, [Double], Double)] = [
      ("nile", OutsideProgramTests.nile, 1871), ("drivers", OutsideProgramTests.drivers, 1969),
    ]
    for (name, rates, year) in studies {
      let series = KeptSeries(
        rates.enumerated().map {
          Observation(year: year + Double($0), rate: $1, standardError: nil)
        }, BreakSettings())
      let search = try #require(JoinpointSearch(series, settings: BreakSettings()))
      try same(search.lineSumOfSquares, name + ".line")
      try same(search.best.year, name + ".bend")
      try same(search.best.sumOfSquares, name + ".bend.rss")
      let jump = try #require(JumpCheck(series, side: 2))
      try same(jump.lastBefore, name + ".jump")
      try same(jump.sumOfSquares, name + ".jump.rss")
      // Its bend isn't bound to a year.
      let bend = try #require(numbers[name + ".psi"])
      let fit = PaceFit(
        series: series, joinpoints: [bend], areSearched: true, tolerance: 1, alpha: 0.05)
      let last = try #require(fit.tests(segment: 1).first)
      try same(last.slope, name + ".after", 1e-5)
      try same(last.standardError, name + ".after.se", 1e-5)
      for k in search.bic3.indices where numbers[name + ".bic3.\(k)"] != nil {
        try same(search.bic3[k], name + ".bic3.\(k)")
        try same(search.bic[k], name + ".bic.\(k)")
      }
    }
    let adjusted = adjustedForDiscovery(ManyAreasTests.pValues)
    let careful = adjustedForDiscovery(ManyAreasTests.pValues, dependence: .any)
    for index in adjusted.indices {
      try same(adjusted[index], "bh.\(index + 1)")
      try same(careful[index], "by.\(index + 1)")
    }
  }
}
