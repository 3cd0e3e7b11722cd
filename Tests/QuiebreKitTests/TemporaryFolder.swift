// Quiebre · QuiebreKitTests
// SPDX-License-Identifier: Apache-2.0

import Foundation
import QuiebreKit
import Support

/// A folder that goes with its last reference.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/quiebre-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a text file and gives its path.
  func write(_ text: String, as name: String) throws -> String {
    let file = path + "/" + name
    let parent = URL(fileURLWithPath: file).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// All files below the folder with their bytes, hidden ones too.
  func files(in folder: String = "") throws -> [String: Data] {
    let root = folder.isEmpty ? path : path + "/" + folder
    var found: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: root) ?? .init() {
      let file = URL(fileURLWithPath: root + "/" + name)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      found[name] = try Data(contentsOf: file)
    }
    return found
  }
}

/// A session on the embedded data.
func embeddedSession(workers: Int = 2) -> Session {
  var session = Session()
  session.geoFolder = Checkout.root + "/Geo"
  session.workers = workers
  return session
}

func shippedScenario(_ name: String) -> String { Checkout.root + "/Scenarios/\(name).toml" }
