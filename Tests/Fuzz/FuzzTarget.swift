// Quiebre · Fuzz
// What libFuzzer calls with bytes of its own making; built only by `make fuzz`.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore
import GeoFiles
import Glibc

/// What is tried, named by `QUIEBRE_FUZZ_TARGET`.
private enum Target: String {
  case geojson, grid, csv, toml, coverage
}

private let target: Target = {
  let name = unsafe getenv("QUIEBRE_FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
  guard let target = Target(rawValue: name) else {
    fatalError("QUIEBRE_FUZZ_TARGET: geojson, grid, csv, toml or coverage")
  }
  return target
}()

/// libFuzzer's entry point; a broken promise ends the program, which keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  switch target {
  case .geojson: readLayer(bytes)
  case .grid: readGrid(bytes)
  case .csv: readTable(bytes)
  case .toml: readSettings(bytes)
  case .coverage: compareCoverage(bytes)
  }
  return 0
}

/// A refused file has an error, and each fault names the file.
private func checkRefusal(_ list: DiagnosticList) {
  precondition(list.hasErrors, "refused without an error")
  for item in list.items {
    precondition(item.place?.file.hasPrefix("fuzz") == true, "a fault without its file")
  }
}

private func readLayer(_ bytes: [UInt8]) {
  do throws(DiagnosticList) {
    let layer = try readGeoJSON(bytes: bytes, name: "fuzz")
    for polygon in layer.features.flatMap({ $0.shape?.polygons ?? [] }) {
      for ring in [polygon.shell] + polygon.holes {
        precondition(ring.count >= 4 && ring.first == ring.last, "an open ring")
        precondition(ring.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "a number that isn't")
      }
    }
  } catch {
    checkRefusal(error)
  }
}

private func readGrid(_ bytes: [UInt8]) {
  do throws(DiagnosticList) {
    let raster = try readAsciiGrid(bytes: bytes, name: "fuzz", crs: .lonLat)
    precondition(raster.values.count == raster.grid.columns * raster.grid.rows, "cells missing")
    precondition(raster.values.allSatisfy { !$0.isInfinite }, "an infinite value")
    precondition(raster.grid.cellWidth > 0 && raster.grid.north.isFinite, "a grid nowhere")
  } catch {
    checkRefusal(error)
  }
}

private func readTable(_ bytes: [UInt8]) {
  do throws(DiagnosticList) {
    let table = try CSVTable(bytes: bytes, name: "fuzz.csv")
    for row in 0..<table.rowCount {
      for column in table.columns.indices { _ = table.text(column, row) }
    }
  } catch {
    checkRefusal(error)
  }
}

private func readSettings(_ bytes: [UInt8]) {
  do throws(DiagnosticList) { _ = try readTOML(bytes, file: "fuzz.toml") } catch {
    checkRefusal(error)
  }
}
