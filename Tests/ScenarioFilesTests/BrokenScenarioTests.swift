// Quiebre · ScenarioFilesTests
// Every code of Q1, Q2 and Q4 has a broken file; each fault is found at its place.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import ScenarioFiles
import Support
import Testing

/// A fault as the head of a fixture states it: `# expect: Q204 5:1 6`.
struct ExpectedFault: Hashable, CustomStringConvertible {
  let code: String
  let file: String
  let position: String
  let length: Int?

  init(code: String, file: String, position: String, length: Int?) {
    self.code = code
    self.file = file
    self.position = position
    self.length = length
  }

  init(_ fault: Diagnostic, withLength: Bool) {
    code = fault.code.rawValue
    file = fault.place?.file ?? ""
    position = "\(fault.place?.line ?? 0):\(fault.place?.column ?? 0)"
    length = withLength ? fault.place?.length : nil
  }

  var description: String { "\(code) \(file) \(position) \(length.map(String.init) ?? "-")" }
}

enum BrokenFiles {
  static let folder = Checkout.fixture("broken")

  static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return all.filter { $0.hasSuffix(".toml") && $0.contains("Q") }.sorted()
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }

  static func expected(_ name: String) throws -> [ExpectedFault] {
    String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n")
      .prefix { $0.hasPrefix("# expect: ") }
      .map { line in
        var words = line.dropFirst("# expect: ".count).split(separator: " ").map(String.init)
        let code = words.removeFirst()
        let file = words.first?.contains(":") == false ? words.removeFirst() : name
        return ExpectedFault(
          code: code, file: file, position: words[0],
          length: words.count > 1 ? Int(words[1]) : nil)
      }
  }

  /// Loads and plans, as a run does, and gives everything that was found.
  static func faults(_ name: String) throws -> [Diagnostic] {
    do {
      let loaded = try loadScenario(
        main: ScenarioFile(name: name, bytes: bytes(name)), country: Shipped.country()
      ) { (path, place) throws(Diagnostic) in
        guard let bytes = try? Self.bytes(path) else {
          throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
        }
        return ScenarioFile(name: path, bytes: bytes)
      }
      var tables: [String: CSVTable] = [:]
      for request in loaded.requests where !request.path.hasPrefix("geo:") {
        tables[request.path] = try CSVTable(bytes: bytes(request.path), name: request.path)
      }
      let planned = try loaded.plan(SmallCountry.inputs(tables: tables))
      return loaded.warnings + planned.warnings
    } catch let list as DiagnosticList {
      return list.items
    }
  }
}

@Suite struct BrokenScenarioTests {
  @Test(arguments: BrokenFiles.names)
  func eachFaultIsFoundAtItsPlace(_ name: String) throws {
    let expected = try BrokenFiles.expected(name)
    let faults = try BrokenFiles.faults(name)
    let found = faults.enumerated().map { index, fault in
      ExpectedFault(
        fault, withLength: index < expected.count ? expected[index].length != nil : true)
    }
    #expect(!expected.isEmpty)
    #expect(Set(found) == Set(expected), "\(found)")
  }

  @Test(arguments: BrokenFiles.names)
  func eachMessageSpeaksBothLanguages(_ name: String) throws {
    for fault in try BrokenFiles.faults(name) {
      let texts = [fault.what, fault.caret, fault.why].compactMap(\.self)
      for text in texts { #expect(text.en != text.es, "\(text.en)") }
    }
  }

  @Test func everyCodeHasAFixture() throws {
    let shown = Set(try BrokenFiles.names.flatMap { try BrokenFiles.expected($0).map(\.code) })
    // Q130 on are faults of JSON.
    let pages = CodePage.all.map(\.code.rawValue).filter {
      ($0.hasPrefix("Q1") && $0 < "Q130") || $0.hasPrefix("Q2") || $0.hasPrefix("Q4")
    }
    // Shown by tests of their own: a country layer that extends, and --set.
    #expect(pages.filter { !shown.contains($0) && !["Q202", "Q226"].contains($0) } == [])
  }

  /// The whole text of each message, so that a change of wording is seen; `QUIEBRE_RECORD=1` writes
  /// them anew.
  @Test(arguments: Language.allCases)
  func messagesAreAsRecorded(_ language: Language) throws {
    let renderer = DiagnosticRenderer(language: language)
    var text = ""
    for name in BrokenFiles.names {
      text += "## \(name)\n" + renderer.text(try BrokenFiles.faults(name)) + "\n"
    }
    let path = BrokenFiles.folder + "/messages.\(language.rawValue).txt"
    if ProcessInfo.processInfo.environment["QUIEBRE_RECORD"] == "1" {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(text == (try? String(contentsOfFile: path, encoding: .utf8)))
  }
}
