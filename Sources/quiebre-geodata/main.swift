// Quiebre · quiebre-geodata
// Makes the derived files of a country folder: quiebre-geodata Geo/peru
// SPDX-License-Identifier: Apache-2.0

import GeoFiles
import Glibc

private func run() throws {
  guard CommandLine.arguments.count == 2, let folder = CommandLine.arguments.last else {
    throw GeodataFault(file: "usage", what: "quiebre-geodata <country folder>, e.g. Geo/peru")
  }
  let inputs = try GeodataInputs { try InputFile(reading: "\(folder)/\($0)").bytes }
  let workers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  for file in try DerivedGeodata(inputs, workers: workers).files {
    try replaceFile(at: "\(folder)/\(file.path)", with: file.bytes)
    print("\(folder)/\(file.path): \(file.bytes.count) bytes")
  }
}

/// Writes beside the target, then renames: a broken run leaves the old file.
private func replaceFile(at path: String, with bytes: [UInt8]) throws {
  let draft = path + ".partial"
  guard let file = unsafe fopen(draft, "wb") else {
    throw GeodataFault(file: path, what: "can't be written")
  }
  let written = unsafe fwrite(bytes, 1, bytes.count, file)
  guard unsafe fclose(file) == 0, written == bytes.count, unsafe rename(draft, path) == 0 else {
    throw GeodataFault(file: path, what: "can't be written whole")
  }
}

do {
  try run()
} catch {
  let message = Array("quiebre-geodata: \(error)\n".utf8)
  _ = unsafe write(STDERR_FILENO, message, message.count)
  exit(1)
}
