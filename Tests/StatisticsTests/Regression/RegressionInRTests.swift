// Quiebre · StatisticsTests
// R run again: its answers are still those of Tests/Fixtures/regression/expected.txt.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Regression in R")
struct RegressionInRTests {
  private static let program = "/usr/bin/Rscript"
  private static let isThere = FileManager.default.isExecutableFile(atPath: program)

  private func output(_ arguments: [String]) throws -> (text: String, status: Int32) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: RegressionFixture.folder)
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (String(decoding: data, as: UTF8.self), process.terminationStatus)
  }

  /// Skipped without R or one of its packages; optimizers of other versions may differ a little.
  @Test(.enabled(if: isThere)) func saysTheSameToday() throws {
    let packages = "for (p in c('survey', 'lme4', 'pROC')) library(p, character.only = TRUE)"
    guard try output(["-e", packages]).status == 0 else { return }
    let found = RegressionFixture.parse(try output(["expected.R"]).text)
    let expected = RegressionFixture.expected
    #expect(Set(found.keys) == Set(expected.keys) && expected.count > 30)
    for (name, values) in expected {
      #expect(
        agree(found[name] ?? [], values, within: name.hasPrefix("mixed") ? 1e-3 : 1e-9), "\(name)")
    }
  }
}
