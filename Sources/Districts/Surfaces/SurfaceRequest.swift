// Quiebre · Districts
// A surface to be joined to the districts: where it comes from, what it measures, what is wanted.
// SPDX-License-Identifier: Apache-2.0

public import Formats
public import GeoCore

/// A raster, polygons, points or a table that gives districts a value.
public struct SurfaceRequest: Sendable {
  public enum Source: Sendable {
    /// One band.
    case raster(Raster)
    /// One row per district.
    case table(DistrictTable)
    /// Point features, longitude/latitude or the layer's CRS.
    case points(FeatureLayer)
    /// Points in a table with columns of coordinates.
    case pointTable(CSVTable, x: String, y: String, crs: CRS)
    case polygons(FeatureLayer)
  }

  public enum Quantity: String, CaseIterable, Hashable, Sendable {
    /// A rate or probability.
    case mean
    /// A count.
    case sum
    /// Categories.
    case share
  }

  public enum Fallback: String, CaseIterable, Hashable, Sendable {
    case none
    /// The valid cell or point nearest to a point inside the district.
    case nearest
  }

  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Points in the district.
    case inside
    /// The point nearest to a point inside the district.
    case nearest
    /// Points around the district, see ``SurfaceRequest/bandwidth``.
    case kernel
  }

  /// What stands for 5 and 95 %.
  public enum Interval: Sendable {
    case columns(String, String)
    /// Bands on the grid of the surface. A district's limit is the mean of the band.
    case rasters(Raster, Raster)
  }

  /// A class of a categorical surface and the values that belong to it.
  public struct CategoryClass: Hashable, Sendable {
    public var name: String
    public var values: [String]

    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// The field that the surface gives; shares give `field_class`.
  public var field: String
  public var source: Source
  public var quantity: Quantity
  /// ``Field/Unit/percent``: the file holds per cent, the field holds shares.
  public var unit: Field.Unit
  /// What values are possible, in the unit of the file; others are errors.
  public var valid: ClosedRange<Double>?
  /// The first names the field, others `field_statistic`; empty: by quantity.
  public var statistics: [SurfaceStatistic]
  /// The column or attribute that holds the values; `nil`: the only one, or 1 per point.
  public var value: String?
  /// Classes of a share; empty: every value is one.
  public var classes: [CategoryClass]
  /// Weights of a raster's cells (children per cell).
  public var weight: Raster?
  public var fallback: Fallback
  public var method: Method
  public var interval: Interval?
  /// Radius of the kernel around each point, km; required for ``Method/kernel``.
  public var bandwidth: Double?
  /// How far the nearest point or cell may lie from a point inside the district, km; `nil`: anywhere.
  public var within: Double?
  /// Which cells a district counts.
  public var rule: CellRule

  public init(
    field: String, source: Source, quantity: Quantity, unit: Field.Unit = .plain,
    valid: ClosedRange<Double>? = nil, statistics: [SurfaceStatistic] = [], value: String? = nil,
    classes: [CategoryClass] = [], weight: Raster? = nil, fallback: Fallback = .none,
    method: Method = .inside, interval: Interval? = nil, bandwidth: Double? = nil,
    within: Double? = nil, rule: CellRule = .coveredFraction
  ) {
    self.field = field
    self.source = source
    self.quantity = quantity
    self.unit = unit
    self.valid = valid ?? (unit == .percent ? 0...100 : nil)
    self.statistics = statistics
    self.value = value
    self.classes = classes
    self.weight = weight
    self.fallback = fallback
    self.method = method
    self.interval = interval
    self.bandwidth = bandwidth
    self.within = within
    self.rule = rule
  }

  /// The statistics asked for, else the one that the quantity means.
  var wanted: [SurfaceStatistic] {
    if !statistics.isEmpty { return statistics }
    return quantity == .sum ? [.sum] : [.mean]
  }

  var name: String {
    switch source {
    case .raster(let raster): raster.name
    case .table(let table): table.table.name
    case .points(let layer), .polygons(let layer): layer.name
    case .pointTable(let table, _, _, _): table.name
    }
  }

  /// Values of the file to values of the field.
  var scale: Double { unit == .percent ? 100 : 1 }

  func fieldName(_ index: Int, _ statistic: SurfaceStatistic) -> String {
    index == 0 ? field : "\(field)_\(statistic.suffix)"
  }
}
