// Quiebre · quiebre-geodata
// The derived files of a country folder as bytes.
// SPDX-License-Identifier: Apache-2.0

import Formats
import GeoCore

/// A file by its path inside the country folder.
struct DerivedFile: Sendable {
  let path: String
  let bytes: [UInt8]
}

/// What is made from the tables of a country folder.
struct DerivedGeodata: Sendable {
  /// Cells of the surfaces per degree: 0.05°, about 5.5 km.
  static let cellsPerDegree = 20

  let inputs: GeodataInputs
  /// One per district.
  let shapes: [MultiPolygon]
  let surface: RiskSurface

  /// Makes shapes and surfaces; the same for any number of workers.
  init(_ inputs: GeodataInputs, workers: Int) throws {
    guard let grid = gridAround(inputs.departments, cellsPerDegree: Self.cellsPerDegree) else {
      throw CoverageError(description: "no department has a shape")
    }
    self.inputs = inputs
    shapes = try schematicDistricts(
      inputs.districts, places: inputs.places, departments: inputs.departments, workers: workers)
    surface = riskSurface(
      places: inputs.scoredPlaces(), departments: inputs.departments, grid: grid)
  }

  /// All derived files as bytes.
  var files: [DerivedFile] {
    [
      DerivedFile(path: "districts.geojson", bytes: districtLayer(inputs.districts, shapes)),
      DerivedFile(
        path: "risk/risk.asc",
        bytes: asciiGrid(surface.grid, hundredths(surface.risk.map { 100 * $0 }))),
      DerivedFile(
        path: "risk/children.asc",
        bytes: asciiGrid(surface.grid, conservedHundredths(surface.children))),
      DerivedFile(path: "risk/cells.csv", bytes: cellTable(inputs)),
    ]
  }
}

/// The districts as RFC 7946 GeoJSON, one feature a line, stamped as schematic.
func districtLayer(_ districts: [GeoDistrict], _ shapes: [MultiPolygon]) -> [UInt8] {
  var json = JSONWriter(reservingBytes: 1 << 22)
  json.object(.rows) { json in
    json.member("type", "FeatureCollection")
    json.object("quiebre", .compact) { $0.member("geometry", "schematic") }
    json.array("features", .rows) { json in
      for (district, shape) in zip(districts, shapes) {
        json.object(.compact) { json in
          json.member("type", "Feature")
          json.object("properties", .compact) { json in
            json.member("ubigeo", district.code)
            json.member("district", district.name)
            json.member("province", district.province)
            json.member("department", district.department)
          }
          json.object("geometry", .compact) { write(shape, to: &$0) }
        }
      }
    }
  }
  json.endLine()
  return json.finished()
}

private func write(_ shape: MultiPolygon, to json: inout JSONWriter) {
  let isSingle = shape.polygons.count == 1
  json.member("type", isSingle ? "Polygon" : "MultiPolygon")
  json.array("coordinates", .compact) { json in
    for polygon in shape.polygons {
      if isSingle {
        write(polygon, to: &json)
      } else {
        json.array(.compact) { write(polygon, to: &$0) }
      }
    }
  }
}

private func write(_ polygon: Polygon, to json: inout JSONWriter) {
  for ring in [polygon.shell] + polygon.holes {
    json.array(.compact) { json in
      for point in ring.compactMap({ LatticePoint($0) }) {
        json.position(scaledX: point.x, scaledY: point.y, decimals: LatticePoint.decimals)
      }
    }
  }
}

/// Values in hundredths; `nil` where there are none.
func hundredths(_ values: [Double]) -> [Int64?] {
  values.map { DecimalScaling.scaled($0, decimals: 2) }
}

/// Values in hundredths whose sum is that of the values, rounded once: each cell gets what the
/// rounded running sum grows by.
func conservedHundredths(_ values: [Double]) -> [Int64?] {
  var sum = 0.0
  var placed: Int64 = 0
  return values.map { value in
    guard !value.isNaN, value.isFinite else { return nil }
    sum += value
    let upToHere = Int64((100 * sum).rounded())
    defer { placed = upToHere }
    return upToHere - placed
  }
}

/// An ESRI ASCII grid of values in hundredths, without zeros at their ends.
func asciiGrid(_ grid: Grid, _ values: [Int64?]) -> [UInt8] {
  let cellsPerDegree = Int64((1 / grid.cellWidth).rounded())
  let noData: Int64 = -9
  let south = Int64((grid.north / grid.cellHeight).rounded()) - Int64(grid.rows)
  let west = Int64((grid.west / grid.cellWidth).rounded())
  var bytes: [UInt8] = []
  func header(_ name: String, _ value: Int64, decimals: Int) {
    bytes += Array("\(name) ".utf8)
    NumberText.appendTrimmed(scaled: value, decimals: decimals, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
  header("ncols", Int64(grid.columns), decimals: 0)
  header("nrows", Int64(grid.rows), decimals: 0)
  header("xllcorner", west * (1000 / cellsPerDegree), decimals: 3)
  header("yllcorner", south * (1000 / cellsPerDegree), decimals: 3)
  header("cellsize", 1000 / cellsPerDegree, decimals: 3)
  header("NODATA_value", noData, decimals: 0)
  for row in 0..<grid.rows {
    for column in 0..<grid.columns {
      if column > 0 { bytes.append(UInt8(ascii: " ")) }
      if let value = values[row * grid.columns + column] {
        NumberText.appendTrimmed(scaled: value, decimals: 2, to: &bytes)
      } else {
        NumberText.append(Int(noData), to: &bytes)
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }
  return bytes
}

/// The urban and rural children of each district with the model's columns.
func cellTable(_ inputs: GeodataInputs) -> [UInt8] {
  var children = [[Int]](repeating: [0, 0], count: inputs.districts.count)
  for place in inputs.places { children[place.district][place.isRural ? 1 : 0] += place.children }
  var lines = ["ubigeo," + inputs.model.terms.map { $0.name + "," }.joined() + "n"]
  for (index, district) in inputs.districts.enumerated() {
    for area in 0...1 where children[index][area] > 0 {
      let cells = inputs.model.terms.indices.map { term in
        inputs.model.terms[term].name == PlaceModel.areaColumn
          ? (area == 1 ? "100" : "0") : inputs.covariates.texts[term][index]
      }
      lines.append("\(district.code),\(cells.joined(separator: ",")),\(children[index][area])")
    }
  }
  return Array((lines.joined(separator: "\n") + "\n").utf8)
}
