// Quiebre · QuiebreKitTests
// The import table of ARCHITECTURE.md, held against every source file.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Support
import Testing

/// One Swift source file, as far as the rules look at it.
private struct Source {
  /// Below `Sources`, such as `GeoCore/Grids/Raster.swift`.
  let path: String
  let text: String

  var module: String { String(path.prefix { $0 != "/" }) }

  var imports: [String] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let position = words.firstIndex(of: "import"), position <= 2,
        words[..<position].allSatisfy({ $0 == "public" || $0 == "internal" || $0.hasPrefix("@") }),
        position + 1 < words.count
      else { return nil }
      return String(words[position + 1])
    }
  }

  static let all: [Source] = {
    let folder = Checkout.root + "/Sources"
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) else {
        return nil
      }
      return Source(path: path, text: text)
    }
  }()
}

@Suite("Architecture")
struct ArchitectureTests {
  private static let architecture =
    (try? String(contentsOfFile: Checkout.root + "/ARCHITECTURE.md", encoding: .utf8)) ?? ""

  /// Rows of the module table: module → modules that it may import.
  private static let allowed: [String: Set<String>] = {
    var table: [String: Set<String>] = [:]
    for line in architecture.split(separator: "\n") where line.hasPrefix("| `") {
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count == 6 else { continue }
      let imports = codeWords(in: cells[3])
      for module in codeWords(in: cells[1]) { table[module] = Set(imports) }
    }
    return table
  }()

  private static func codeWords(in text: Substring) -> [String] {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// Modules of the toolchain, and which of ours may use each; a file name narrows it further.
  private static let system: [String: @Sendable (String) -> Bool] = [
    "Dispatch": { $0 == "Compute/ConcurrentMap.swift" },
    "Synchronization": { path in
      [
        "Compute/", "GeoFiles/GDAL/", "LaborModel/Simulator/",
        "quiebre/",
      ].contains { path.hasPrefix($0) }
    },
    "Glibc": { path in
      ["GeoFiles/", "QuiebreKit/Files/", "quiebre/", "quiebre-geodata/"].contains {
        path.hasPrefix($0)
      }
    },
    "FoundationEssentials": { _ in false },
    "Foundation": { _ in false },
  ]

  @Test func theTableNamesEveryModule() {
    #expect(Set(Source.all.map(\.module)).isSubset(of: Set(Self.allowed.keys)))
  }

  @Test func importsFollowTheTable() {
    for source in Source.all {
      for name in source.imports where Self.system[name] == nil {
        #expect(
          Self.allowed[source.module]?.contains(name) == true,
          "\(source.path) imports \(name)")
      }
    }
  }

  @Test func systemModulesStayInTheirFiles() {
    for source in Source.all {
      for name in source.imports {
        guard let rule = Self.system[name] else { continue }
        #expect(rule(source.path), "\(source.path) imports \(name)")
      }
    }
  }

  /// Each C library has one file (or folder) that owns its pointers.
  @Test(arguments: ["CGEOS", "CPROJ", "CGDAL", "TOMLBridge", "JSONBridge", "LaneKernels"])
  func eachLibraryHasOneOwner(library: String) {
    let owners = Set(
      Source.all.filter { $0.imports.contains(library) }.map {
        $0.path.split(separator: "/").dropLast().joined(separator: "/")
      })
    #expect(owners.count <= 2, "\(library): \(owners.sorted())")
  }

  @Test func pureModulesHaveNoHiddenInput() {
    let pure: Set = ["Compute", "Statistics", "LaborModel", "GeoCore", "Reports", "Districts"]
    let words = [
      ".random(", " Date(", "(Date(", " print(", "FileManager", "getenv(", "ProcessInfo",
    ]
    for source in Source.all where pure.contains(source.module) {
      for word in words { #expect(!source.text.contains(word), "\(source.path): \(word)") }
    }
  }

  @Test func filesNamedInThePapersExist() throws {
    let names = Self.codeWords(in: Self.architecture[...]).filter {
      $0.hasSuffix(".swift") && $0.contains("/")
    }
    #expect(names.count >= 10)
    for name in names {
      let found = ["Sources/", "", "Tests/"].contains {
        FileManager.default.fileExists(atPath: Checkout.root + "/" + $0 + name)
      }
      #expect(found, "ARCHITECTURE.md names \(name)")
    }
  }

  @Test func noFileIsLongerThanAReaderCanHold() {
    for source in Source.all {
      let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 450, "\(source.path) has \(lines) lines")
    }
  }
}
