// Quiebre · GeodataTests
// The embedded country folder, read once, and what is made from it.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore
import GeoFiles
import Support

@testable import quiebre_geodata

/// Geo/peru as the tests see it.
enum PeruFolder {
  static let path = Checkout.root + "/Geo/peru"

  static func bytes(_ file: String) throws -> [UInt8] {
    try InputFile(reading: "\(path)/\(file)").bytes
  }

  static func table(_ file: String) throws -> CSVTable {
    try CSVTable(bytes: bytes(file), name: file)
  }

  static func column(_ name: String, of table: CSVTable) throws -> [String] {
    try table.trimmedTexts(table.requiredColumn(name))
  }

  static let inputs = Result { try GeodataInputs(read: bytes) }
  static let derived = Result { try DerivedGeodata(inputs.get(), workers: 2) }
}
