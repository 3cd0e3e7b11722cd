// Quiebre · ScenarioFiles
// A scenario as written, checked and merged: typed, with defaults filled in, nothing read from disk.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Statistics

/// What all layers of a scenario say together.
///
/// Shares are shares (0.226), points are shares too (0.003 for 0.3 pp), money is in céntimos.
public struct Scenario: Hashable, Sendable {
  public var id: String
  public var name: LocalizedText
  public var note: LocalizedText?
  public var version: Int
  /// The `group` of the national series that counts as "working".
  public var definition: String
  /// The scenario that differences are taken from; `nil` = this one with base-year money kept.
  public var baseline: FileReference?
  public var country: CountrySettings
  public var data: DataSettings
  /// In the order of the files.
  public var tables: [TableSource]
  public var surfaces: [SurfaceSource]
  public var risk: RiskSettings
  public var population: PopulationSettings
  public var series: SeriesSettings
  public var simulation: SimulationSettings
  public var money: MoneySettings
  public var lines: [BudgetLine]
  public var interactions: [PairInteraction]
  public var constraints: [BudgetConstraint]
  public var targets: [ScenarioTarget]
  public var optimize: OptimizeSettings?
  public var output: OutputSettings
}

/// A file that a scenario names.
public struct FileReference: Hashable, Sendable {
  /// As written, without `#layer`.
  public var written: String
  /// `geo:…` kept as written; any other path joined to the folder of the file that names it and
  /// normalized, so that it starts where that file's own name starts.
  public var path: String
  /// What stands behind `#`.
  public var layer: String?
  /// Where the path is written.
  public var place: SourcePlace

  public init(written: String, path: String, layer: String?, place: SourcePlace) {
    self.written = written
    self.path = path
    self.layer = layer
    self.place = place
  }
}

/// `[country]`: what only the country layer says.
public struct CountrySettings: Hashable, Sendable {
  /// Budget classification: field names in the order in which people know them, and their codes'
  /// patterns (`#` = a digit, `*` alone = anything, all else stands for itself).
  public var classification: [(field: String, pattern: String)] {
    zip(classificationFields, classificationPatterns).map { ($0, $1) }
  }
  public var classificationFields: [String]
  public var classificationPatterns: [String]
  public var execution: Distribution?
  public var leakage: Distribution?
  public var ceiling: Distribution?
  /// Sign of the currency for people: `S/`.
  public var currencySign: String?
  public var name: LocalizedText?
}

/// `[data]`: the districts.
public struct DataSettings: Hashable, Sendable {
  public enum Coding: String, CaseIterable, Hashable, Sendable { case inei, reniec, own }
  public enum Geometry: String, CaseIterable, Hashable, Sendable { case real, schematic }
  public enum Repair: String, CaseIterable, Hashable, Sendable { case structure, linework, none }
  public enum Contiguity: String, CaseIterable, Hashable, Sendable { case queen, rook }

  public var country: String
  public var districts: FileReference
  public var code: String
  public var coding: Coding
  public var vintage: Int
  public var changes: FileReference?
  public var codings: FileReference?
  /// Columns of the districts' names: `district`, `province`, `department`.
  public var names: [String: String]
  /// Characters of the code: `department`, `province`, `district` (all of it).
  public var levels: [String: Int]
  /// `nil` = the file's own stamp, else real.
  public var geometry: Geometry?
  public var repair: Repair
  public var areaCRS: String?
  public var contiguity: Contiguity
  /// Meters.
  public var gap: Double
}

/// How the codes of a table are to be read; `nil` = as `data` says.
public struct TableCodes: Hashable, Sendable {
  public var column: String?
  public var coding: DataSettings.Coding?
  public var vintage: Int?
}

/// `[table.x]`: facts by district code.
public struct TableSource: Hashable, Sendable {
  public var id: String
  public var file: FileReference
  /// Fields in file order, each with its column; empty = every numeric column under its own name.
  public var fields: [(field: String, column: String)] { zip(names, columns).map { ($0, $1) } }
  public var names: [String]
  public var columns: [String]
  /// Fields in percent; their values are divided by 100.
  public var percentFields: Set<String>
  public var codes: TableCodes
}

/// `[surface.x]`: a raster, polygons, points or a table that gives each district a value.
public struct SurfaceSource: Hashable, Sendable {
  public enum Quantity: String, CaseIterable, Hashable, Sendable { case mean, sum, share }
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case raster, polygons, points, table
  }
  public enum Fallback: String, CaseIterable, Hashable, Sendable { case none, nearest }
  public enum Method: String, CaseIterable, Hashable, Sendable { case inside, kernel, nearest }
  /// Two columns, or two bands, that hold the 5 and 95 % limits.
  public enum Interval: Hashable, Sendable {
    case columns(String, String)
    case bands(Int, Int)
  }

  public var id: String
  public var file: FileReference
  public var quantity: Quantity
  /// `nil` = by the type of the file.
  public var kind: Kind?
  /// `"%"`, a free text, or `nil` for a plain number.
  public var unit: String?
  /// In the unit of the file (22.6 for percent).
  public var valid: ClosedRange<Double>?
  public var stats: [String]
  public var value: String?
  public var band: Int
  public var classNames: [String]
  public var classValues: [[String]]
  public var weight: String?
  public var weightPlace: SourcePlace?
  public var crs: String?
  public var noData: Double?
  public var fallback: Fallback
  public var method: Method
  /// Kilometers.
  public var bandwidth: Double?
  /// Kilometers.
  public var within: Double?
  public var xyColumns: [String]?
  public var interval: Interval?
  public var codes: TableCodes
}

/// `[risk]`: what stands for MIRTI.
public struct RiskSettings: Hashable, Sendable {
  public enum Source: Hashable, Sendable {
    case surface(String)
    case model(FileReference)
  }
  public enum ClassRule: String, CaseIterable, Hashable, Sendable {
    case fixed, equal, quantile, jenks
  }

  public var source: Source
  public var cells: FileReference?
  public var direct: FileReference?
  public var damping: Bool
  /// Error of a surface or table that brings no interval: standard deviation on the logit scale.
  public var logitError: Double?
  public var classRule: ClassRule
  /// Cut points as shares, for the rule `fixed`.
  public var mediumFrom: Double?
  public var highFrom: Double?
}

/// `[population]`.
public struct PopulationSettings: Hashable, Sendable {
  public enum Growth: Hashable, Sendable {
    /// A ratio a year.
    case ratio(Double)
    case file(FileReference)
  }
  public var file: FileReference?
  public var children: String
  public var byAge: FileReference?
  /// `nil` = even.
  public var split: FileReference?
  public var growth: Growth
}

/// `[series]`: the national figures and how they are read.
public struct SeriesSettings: Hashable, Sendable {
  public enum Methods: Hashable, Sendable {
    case refuse
    case offset
    case known(ratio: Double, standardError: Double)
  }
  public enum Scale: String, CaseIterable, Hashable, Sendable { case identity, log, logit }

  public var file: FileReference
  /// `nil` = the file's own `shock` column.
  public var shockYears: [Int]?
  public var methods: Methods
  public var scale: Scale
  /// `nil` = by the length of the series.
  public var joinpoints: Int?
  public var side: Int
  public var alpha: Double
  public var nullDraws: Int
  public var bayes: Bool
  /// Share; `nil` = the last known.
  public var nextStandardError: Double?
  /// Of the errors of two surveys in a row.
  public var surveyCorrelation: Double
}

/// `[optimize]`, checked but not acted on yet.
public struct OptimizeSettings: Hashable, Sendable {
  public enum Objective: String, CaseIterable, Hashable, Sendable {
    case childYears = "child_years"
    case rate
    case goal = "p_goal"
    case breaks = "p_break"
    case tail = "cvar"
    case equity
  }
  public var objective: Objective
  public var target: String?
  public var lines: [String]?
  public var years: ClosedRange<Int>?
  public var extra: Int64
  public var step: Int64
  public var probability: Double?
  public var tail: Double
  public var equity: Formula?
  public var fresh: Int
  public var gap: Double
}

/// `[output]`.
public struct OutputSettings: Hashable, Sendable {
  public enum Time: String, CaseIterable, Hashable, Sendable { case wide, long }
  public enum CSV: String, CaseIterable, Hashable, Sendable { case point, comma }
  public var formats: [String]
  public var time: Time
  /// Meters.
  public var simplify: Double
  public var csv: CSV
  /// 25 and 75 % and P(goal) of every district and year in the tables.
  public var quartiles: Bool
  /// How many districts are called the worst; `nil` = a tenth of them, at most 100.
  public var worst: Int?
  /// By district: the higher the poorer, and the share of children in rural places; `nil` = not asked.
  public var poverty: Formula?
  public var rural: Formula?
}
