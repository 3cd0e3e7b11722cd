// Quiebre · ScenarioFilesTests
// The scenarios of this repository load and check without any data.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import ScenarioFiles
import Support
import Testing

/// Reads scenario files of the checkout.
enum Shipped {
  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: Checkout.root + "/" + path)))
  }

  static func country() throws -> ScenarioFile {
    ScenarioFile(name: "geo:country.toml", bytes: try bytes("Geo/peru/country.toml"))
  }

  static func load(_ name: String, _ overrides: [Override] = []) throws -> LoadedScenario {
    try loadScenario(
      main: ScenarioFile(name: "Scenarios/" + name, bytes: bytes("Scenarios/" + name)),
      country: country(), overrides: overrides
    ) { (path, place) throws(Diagnostic) in
      guard let bytes = try? Self.bytes(path) else {
        throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
      }
      return ScenarioFile(name: path, bytes: bytes)
    }
  }
}

@Suite struct ShippedScenarioTests {
  static let names = [
    "first-try.toml", "pathfinder-2019.toml", "restart-2030.toml", "no-new-money.toml",
    "unreachable.toml", "commitments-2020.toml",
  ]

  @Test(arguments: names)
  func loadsWithoutWarnings(_ name: String) throws {
    let loaded = try Shipped.load(name)
    #expect(loaded.warnings.filter { $0.severity != .note } == [])
    #expect(loaded.scenario.id + ".toml" == name)
  }

  @Test func folderHoldsNoOtherScenario() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/Scenarios")
    #expect(Set(files.filter { $0.hasSuffix(".toml") }) == Set(Self.names))
  }
}
