// Quiebre · GeodataTests
// Every data file under Geo is the one that its SOURCE.md describes.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Foundation
import GeoFiles
import Support
import Testing

@Suite("Checksums")
struct ChecksumTests {
  private static let geo = Checkout.root + "/Geo"
  private static let dataFormats: Set = ["csv", "geojson", "asc", "json"]

  static let files: [String] =
    (FileManager.default.enumerator(atPath: geo)?.compactMap { $0 as? String } ?? []).sorted()

  /// The lines `digest  name` of a SOURCE.md.
  private static func digests(in source: String) throws -> [String: String] {
    let text = try String(contentsOfFile: "\(geo)/\(source)", encoding: .utf8)
    let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
      let words = line.split(separator: " ")
      guard words.count == 2, words[0].count == 64, words[0].allSatisfy(\.isHexDigit) else {
        return nil
      }
      return (String(words[1]), String(words[0]))
    }
    return Dictionary(pairs) { first, _ in first }
  }

  @Test(arguments: files.filter { $0.hasSuffix("SOURCE.md") })
  func sourceFilesNameWhatStandsBesideThem(source: String) throws {
    let folder = source.dropLast("SOURCE.md".count)
    let named = try Self.digests(in: source)
    let beside = Self.files.filter { file in
      file.hasPrefix(folder) && !file.dropFirst(folder.count).contains("/")
        && Self.dataFormats.contains(String(file.split(separator: ".").last ?? ""))
    }.map { String($0.dropFirst(folder.count)) }
    #expect(Set(named.keys) == Set(beside))
    for (name, digest) in named {
      let found = try InputFile(reading: "\(Self.geo)/\(folder)\(name)").sha256
      #expect(found == digest, "\(folder)\(name)")
    }
  }

  @Test func everyFolderWithDataHasASource() {
    let folders = Self.files.filter { file in
      Self.dataFormats.contains(String(file.split(separator: ".").last ?? ""))
    }.map { $0.split(separator: "/").dropLast().joined(separator: "/") }
    #expect(Set(folders).count == 3)
    for folder in Set(folders) { #expect(Self.files.contains(folder + "/SOURCE.md")) }
  }

  @Test func textFilesHaveNoCarriageReturnAndNoMark() throws {
    for file in Self.files where file.hasSuffix(".csv") || file.hasSuffix(".geojson") {
      let bytes = try InputFile(reading: "\(Self.geo)/\(file)").bytes
      #expect(!bytes.contains(0x0D), "\(file)")
      #expect(bytes.prefix(3) != [0xEF, 0xBB, 0xBF], "\(file)")
      #expect(bytes.last == 0x0A, "\(file)")
    }
  }

  /// The public snapshots that facts were carried from may not be redistributed as files.
  @Test func noFileIsACopyOfASourceTable() throws {
    let sources =
      ProcessInfo.processInfo.environment["QUIEBRE_DATA"] ?? Checkout.root + "/../shared/data"
    guard let names = FileManager.default.enumerator(atPath: sources) else { return }
    let manager = FileManager.default
    func size(_ path: String) -> Int? {
      (try? manager.attributesOfItem(atPath: path))?[.size] as? Int
    }
    var bySize: [Int: [String]] = [:]
    for case let name as String in names {
      let path = "\(sources)/\(name)"
      if let size = size(path) { bySize[size, default: []].append(path) }
    }
    for file in Self.files {
      let path = "\(Self.geo)/\(file)"
      for source in size(path).flatMap({ bySize[$0] }) ?? [] {
        #expect(!manager.contentsEqual(atPath: path, andPath: source), "\(file)")
      }
    }
  }
}
