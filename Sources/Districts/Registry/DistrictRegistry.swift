// Quiebre · Districts
// The districts of one vintage, in the order of their codes, with upper levels and fields.
// SPDX-License-Identifier: Apache-2.0

public import GeoCore

/// One district: the smallest area that money, risk and results are given for.
public struct District: Hashable, Sendable {
  /// The code as text, leading zeros kept: `010101`.
  public let code: String
  public let name: String
  public let province: String
  public let department: String
  /// Longitude/latitude; `nil` if the layer has no shape for this code.
  public let shape: MultiPolygon?

  public init(
    code: String, name: String, province: String, department: String, shape: MultiPolygon?
  ) {
    self.code = code
    self.name = name
    self.province = province
    self.department = department
    self.shape = shape
  }
}

/// An upper level: a province or a department, and the districts in it.
public struct UpperArea: Hashable, Sendable {
  /// The first characters of its districts' codes.
  public let code: String
  public let name: String
  /// Indices into ``DistrictRegistry/districts``, ascending.
  public let members: [Int]

  public init(code: String, name: String, members: [Int]) {
    self.code = code
    self.name = name
    self.members = members
  }
}

/// One column of facts by district, for formulas, scores and tables.
public struct Field: Hashable, Sendable {
  public enum Unit: String, Hashable, Sendable {
    case plain
    /// Values are shares (0.226 for 22.6 %).
    case percent
  }

  public enum Values: Hashable, Sendable {
    /// `nil` where the table gives none.
    case numbers([Double?])
    case texts([String?])
  }

  public let name: String
  public let unit: Unit
  /// One per district, in registry order.
  public let values: Values

  public init(name: String, unit: Unit, values: Values) {
    self.name = name
    self.unit = unit
    self.values = values
  }
}

/// All districts of a run, sorted by code, with their facts.
public struct DistrictRegistry: Sendable {
  public let districts: [District]
  public let provinces: [UpperArea]
  public let departments: [UpperArea]
  /// Index into `provinces` and `departments` of each district.
  public let provinceOf: [Int]
  public let departmentOf: [Int]
  /// Children 5-17 in the base year, persons; one per district.
  public let children: [Double]
  /// Children by single age 5...17: 13 numbers per district, summing to `children`.
  public let childrenByAge: [[Double]]
  public let fields: [String: Field]
  /// `ok`, `nearest`, `imputed`, `no_cell`, `no_row` or `no_shape`; one per district.
  public let quality: [String]
  /// Whether the shapes are schematic (no areas, borders or neighbours may be read off them).
  public let schematic: Bool

  public init(
    districts: [District], provinces: [UpperArea], departments: [UpperArea],
    provinceOf: [Int], departmentOf: [Int], children: [Double], childrenByAge: [[Double]],
    fields: [String: Field], quality: [String], schematic: Bool
  ) {
    self.districts = districts
    self.provinces = provinces
    self.departments = departments
    self.provinceOf = provinceOf
    self.departmentOf = departmentOf
    self.children = children
    self.childrenByAge = childrenByAge
    self.fields = fields
    self.quality = quality
    self.schematic = schematic
  }
}
