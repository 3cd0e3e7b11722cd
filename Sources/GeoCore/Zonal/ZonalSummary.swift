// Quiebre · GeoCore
// What a raster says under a shape: the statistics and their definitions.
// SPDX-License-Identifier: Apache-2.0

/// Statistics of the cells under one shape that hold data.
///
/// Definitions are those of exactextract. With cᵢ the covered fraction of a cell, vᵢ its value and
/// aᵢ its true area (equal for all cells on a projected grid), a cell weighs wᵢ = cᵢ·aᵢ. Cells
/// without data count nowhere.
public struct ZonalSummary: Hashable, Sendable {
  /// The mean Σwᵢvᵢ / Σwᵢ.
  public let mean: Double
  /// The sum Σcᵢvᵢ, for rasters of counts.
  public let sum: Double
  /// The number of cells Σcᵢ.
  public let count: Double
  /// The ground with data Σwᵢ, in km².
  public let area: Double
  /// The share of the shape's area, in and outside the grid, that lies on cells with data: 0...1.
  ///
  /// In the grid's plane. Under ``CellRule/cellCenter``, the share of the centers found in it.
  public let coverage: Double
  /// The smallest and largest value of the cells touched.
  public let min: Double
  public let max: Double
  /// Where they lie: the northernmost such cell, and the westernmost in its row.
  public let minCell: CellPlace
  public let maxCell: CellPlace
  /// The variance Σwᵢ(vᵢ − mean)² / Σwᵢ.
  public let variance: Double
  /// Values with their weights wᵢ; `nil` unless asked for.
  public let distribution: ValueDistribution?
  /// The same by a weight raster; `nil` without one, or if its weights add up to 0 here.
  public let weighted: WeightedSummary?

  public var stdev: Double { variance.squareRoot() }
  /// The standard deviation over the mean; `nil` for a mean of 0.
  public var variation: Double? { mean == 0 ? nil : stdev / mean }
}

/// Statistics of the cells under one shape that hold data and a weight.
///
/// With uᵢ the value of the weight raster, a cell weighs wᵢ = cᵢ·aᵢ·uᵢ.
public struct WeightedSummary: Hashable, Sendable {
  /// The mean Σwᵢvᵢ / Σwᵢ.
  public let mean: Double
  /// The sum Σcᵢuᵢvᵢ: cases, from a rate and people per cell.
  public let sum: Double
  /// The weights under the shape Σcᵢuᵢ, where there is data.
  public let total: Double
  /// The variance Σwᵢ(vᵢ − mean)² / Σwᵢ.
  public let variance: Double
  /// Values with their weights wᵢ; `nil` unless asked for.
  public let distribution: ValueDistribution?

  public var stdev: Double { variance.squareRoot() }
  /// The standard deviation over the mean; `nil` for a mean of 0.
  public var variation: Double? { mean == 0 ? nil : stdev / mean }
}

/// A cell of a grid, counted from 0 from the north-west corner.
public struct CellPlace: Hashable, Sendable {
  public let row: Int
  public let column: Int

  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}

/// What came out for one shape: a summary, or why there is none.
public enum ZonalOutcome: Hashable, Sendable {
  case summary(ZonalSummary)
  /// No shape was given, or an empty one.
  case noShape
  /// The shape doesn't touch the grid.
  case outsideGrid
  /// No cell that the shape counts holds data.
  case onlyNoData
  /// The shape is not valid: so many cells have a covered fraction outside 0...1, or a coordinate
  /// is not finite (0 cells).
  case invalidShape(cells: Int)

  public var summary: ZonalSummary? {
    guard case .summary(let summary) = self else { return nil }
    return summary
  }
}

/// Why rasters can't be summed up.
public enum ZonalError: Error, Hashable, Sendable, CustomStringConvertible {
  case weightCRSDiffers(raster: String, weight: String)
  /// The weight raster holds a negative value, in the grid's row and column from 0.
  case negativeWeight(weight: String, row: Int, column: Int)
  /// A shape has more distinct values than the memory setting holds: bytes needed and given.
  case tooManyValues(bytes: Int, memory: Int)

  public var description: String {
    switch self {
    case .weightCRSDiffers(let raster, let weight):
      "\(weight) has another coordinate reference system than \(raster)"
    case .negativeWeight(let weight, let row, let column):
      "\(weight) is negative in row \(row + 1), column \(column + 1)"
    case .tooManyValues(let bytes, let memory):
      "quantiles and classes need \(bytes) bytes under one shape; \(memory) are given"
    }
  }
}
