// Quiebre · Districts
// What a registry is made of: the polygons, the tables, and how their columns are to be read.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats
public import GeoCore

/// A table by district code.
public struct DistrictTable: Sendable {
  public var table: CSVTable
  public var codeColumn: String
  /// The coding of its codes; `nil`: the registry's.
  public var coding: String?
  /// The vintage of its codes; `nil`: the registry's.
  ///
  /// Another one lets the table of changes act.
  public var vintage: Int?
  /// The column of district names, as evidence of the coding; `nil` finds it.
  public var nameColumn: String?
  /// The columns to take as fields; empty takes every column of numbers.
  public var fields: [FieldRequest]
  /// Unit of fields that are taken without being named.
  public var units: [String: Field.Unit]

  public init(
    _ table: CSVTable, codeColumn: String, coding: String? = nil, vintage: Int? = nil,
    nameColumn: String? = nil, fields: [FieldRequest] = [], units: [String: Field.Unit] = [:]
  ) {
    self.table = table
    self.codeColumn = codeColumn
    self.coding = coding
    self.vintage = vintage
    self.nameColumn = nameColumn
    self.fields = fields
    self.units = units
  }
}

/// A column to be taken as a field.
public struct FieldRequest: Hashable, Sendable {
  public var name: String
  public var column: String
  public var unit: Field.Unit

  public init(name: String, column: String, unit: Field.Unit = .plain) {
    self.name = name
    self.column = column
    self.unit = unit
  }
}

/// The columns that hold names.
public struct NameColumns: Hashable, Sendable {
  public var district: String
  public var province: String?
  public var department: String?

  public init(district: String, province: String? = nil, department: String? = nil) {
    self.district = district
    self.province = province
    self.department = department
  }
}

/// The files behind a registry.
///
/// At least `layer` or `facts` must be given.
public struct RegistrySources: Sendable {
  /// The polygons, longitude/latitude; their codes define the registry when given.
  public var layer: FeatureLayer?
  /// Names, children and further facts; its codes define the registry without a layer.
  public var facts: DistrictTable?
  /// Children 5-17; `nil`: a column of `facts`.
  public var population: DistrictTable?
  /// Children by single age, long form: code, `year`, `age`, `children`.
  public var byAge: DistrictTable?
  /// The planner's own tables, whose columns become fields.
  public var tables: [DistrictTable]
  public var changes: ChangeTable?
  public var codings: CodingTable?

  public init(
    layer: FeatureLayer? = nil, facts: DistrictTable? = nil, population: DistrictTable? = nil,
    byAge: DistrictTable? = nil, tables: [DistrictTable] = [], changes: ChangeTable? = nil,
    codings: CodingTable? = nil
  ) {
    self.layer = layer
    self.facts = facts
    self.population = population
    self.byAge = byAge
    self.tables = tables
    self.changes = changes
    self.codings = codings
  }
}

/// How the sources are to be read.
public struct RegistrySettings: Sendable {
  public var rules: CodeRules
  /// Attribute of the layer that holds the code; a feature's id stands in for it.
  public var codeColumn: String
  /// What coding the registry's codes are: `inei`, `reniec`, or `own` (then nothing is compared).
  public var coding: String
  /// The vintage of the registry's codes.
  public var vintage: Int?
  /// Where names stand in the layer and in the facts.
  public var layerNames: NameColumns?
  public var factNames: NameColumns?
  /// The column of children 5-17, in `population` or `facts`.
  public var childrenColumn: String
  /// The year to take from `byAge`; `nil`: it must hold only one.
  public var populationYear: Int?
  /// 13 weights for ages 5 to 17 where single ages aren't known; `nil`: evenly.
  public var ageWeights: [Double]?
  /// Puts back zeros that a spreadsheet took from codes; without it they are errors.
  public var restoreZeros: Bool
  /// Fills missing children by the mean of the province, else of the department; counted.
  public var imputeChildren: Bool
  /// How invalid shapes are mended.
  public var repair: RepairMode
  /// Threads at most; results don't depend on it.
  public var workers: Int
  /// Whether shapes are schematic; `nil`: what the layer's stamp `geometry` says, else no.
  public var schematic: Bool?

  public init(
    rules: CodeRules, codeColumn: String = "ubigeo", coding: String, vintage: Int? = nil,
    layerNames: NameColumns? = nil, factNames: NameColumns? = nil,
    childrenColumn: String = "children", populationYear: Int? = nil, ageWeights: [Double]? = nil,
    restoreZeros: Bool = false, imputeChildren: Bool = false, repair: RepairMode = .structure,
    workers: Int = 1, schematic: Bool? = nil
  ) {
    self.rules = rules
    self.codeColumn = codeColumn
    self.coding = coding
    self.vintage = vintage
    self.layerNames = layerNames
    self.factNames = factNames
    self.childrenColumn = childrenColumn
    self.populationYear = populationYear
    self.ageWeights = ageWeights
    self.restoreZeros = restoreZeros
    self.imputeChildren = imputeChildren
    self.repair = repair
    self.workers = workers
    self.schematic = schematic
  }
}

/// A registry, how its sources met, and what must be said besides.
public struct BuiltRegistry: Sendable {
  public var registry: DistrictRegistry
  public var report: JoinReport
  /// Warnings and notes; errors are thrown instead.
  public var warnings: [Diagnostic]
  /// Position of each district's feature in the layer; `nil` without a layer.
  public var featureOf: [Int]?
}
