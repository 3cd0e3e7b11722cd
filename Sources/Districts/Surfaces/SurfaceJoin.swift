// Quiebre · Districts
// What a surface gave the districts.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// Fields from a surface, with what is known about every district's value.
public struct SurfaceJoin: Sendable {
  /// One per statistic, class or limit; `nil` where a district got no value.
  public var fields: [Field]
  /// `ok`, `nearest`, `no_cell`, `no_row` or `no_shape`; one per district.
  public var quality: [String]
  public var part: JoinPart
  public var warnings: [Diagnostic]
}

extension DistrictRegistry {
  /// The registry with the fields of a surface; each district keeps the worse of two qualities.
  public func adding(_ join: SurfaceJoin) -> DistrictRegistry {
    var fields = self.fields
    for field in join.fields { fields[field.name] = field }
    return DistrictRegistry(
      districts: districts, provinces: provinces, departments: departments,
      provinceOf: provinceOf, departmentOf: departmentOf, children: children,
      childrenByAge: childrenByAge, fields: fields,
      quality: zip(quality, join.quality).map(worseQuality), schematic: schematic)
  }
}

/// The worse of two qualities: a missing value outweighs a replaced one.
func worseQuality(_ a: String, _ b: String) -> String {
  let order = ["ok", "nearest", "imputed", "no_cell", "no_row", "no_shape"]
  let (first, second) = (order.firstIndex(of: a) ?? 0, order.firstIndex(of: b) ?? 0)
  return first >= second ? a : b
}

/// One district's values from a surface: one per field, or why there are none.
enum SurfaceValue {
  case values([Double?])
  case nearest([Double?])
  case missing(quality: String)

  /// The first value, if there is one.
  var first: Double? {
    switch self {
    case .values(let cells), .nearest(let cells): cells.first ?? nil
    case .missing: nil
    }
  }
}

extension SurfaceJoin {
  /// Gathers the districts' values into fields, quality and report.
  init(
    _ values: [SurfaceValue], names: [(name: String, unit: Field.Unit)], codes: [String],
    districtNames: [String], part: JoinPart, warnings: [Diagnostic] = []
  ) {
    var columns = [[Double?]](repeating: [], count: names.count)
    var quality: [String] = []
    var part = part
    for (district, value) in values.enumerated() {
      switch value {
      case .values(let row):
        for (column, cell) in row.enumerated() { columns[column].append(cell) }
        quality.append("ok")
        part.matched += 1
      case .nearest(let row):
        for (column, cell) in row.enumerated() { columns[column].append(cell) }
        quality.append("nearest")
        part.matched += 1
        part.nearest.append(codes[district])
      case .missing(let reason):
        for column in columns.indices { columns[column].append(nil) }
        quality.append(reason)
        part.missing.append(
          MissingDistrict(code: codes[district], name: districtNames[district]))
      }
    }
    fields = zip(names, columns).map {
      Field(name: $0.name, unit: $0.unit, values: .numbers($1))
    }
    self.quality = quality
    self.part = part
    self.warnings = warnings
  }
}
