// Quiebre · GeoCore
// What a raster says under a shape: the statistics and their definitions.
// SPDX-License-Identifier: Apache-2.0

/// Statistics of the cells under one shape that hold data.
///
/// Definitions are those of exactextract. With cᵢ the covered fraction of a cell, vᵢ its value, aᵢ
/// its true area (equal for all cells on a projected grid) and uᵢ its value in the weight raster
/// (1 without one), a cell weighs wᵢ = cᵢ·aᵢ·uᵢ. Cells without data, or without a weight, count
/// nowhere.
public struct ZonalSummary: Hashable, Sendable {
  /// The mean Σwᵢvᵢ / Σwᵢ.
  public let mean: Double
  /// The sum Σcᵢvᵢ, for rasters of counts; weights don't enter.
  public let sum: Double
  /// The number of cells Σcᵢ.
  public let count: Double
  /// The total weight Σwᵢ: km² of ground with data, times the unit of the weight raster.
  public let weight: Double
  /// The share of the shape's area, in and outside the grid, that lies on cells with data: 0...1.
  ///
  /// In the grid's plane. Under ``CellRule/cellCenter``, the share of the centers found in it.
  public let coverage: Double
  /// The smallest and largest value of the cells touched, weights aside.
  public let min: Double
  public let max: Double
  /// The variance Σwᵢ(vᵢ − mean)² / Σwᵢ.
  public let variance: Double
  /// Values with their weights; `nil` unless asked for.
  public let distribution: ValueDistribution?

  public var stdev: Double { variance.squareRoot() }
  /// The 0.5 quantile; `nil` without a distribution.
  public var median: Double? { distribution?.quantile(0.5) }
  /// The value with the greatest weight, the greater one among equals; `nil` without a
  /// distribution.
  public var majority: Double? { distribution?.majority }
}

/// Distinct values in ascending order, each with its weight.
public struct ValueDistribution: Hashable, Sendable {
  public let values: [Double]
  /// Positive.
  public let weights: [Double]

  /// Merges equal values; weights of the same value are added in the order given.
  init(merging cells: [(value: Double, weight: Double)]) {
    var values: [Double] = []
    var weights: [Double] = []
    let order = cells.indices.sorted {
      (cells[$0].value, $0) < (cells[$1].value, $1)
    }
    for index in order where cells[index].weight > 0 {
      if values.last == cells[index].value {
        weights[weights.count - 1] += cells[index].weight
      } else {
        values.append(cells[index].value)
        weights.append(cells[index].weight)
      }
    }
    self.values = values
    self.weights = weights
  }

  /// The quantile `share`, between neighbors by exactextract's rule.
  ///
  /// The k-th of n distinct values stands at k·wₖ + (n − 1)·Σ_{j<k} wⱼ on a scale that ends at
  /// (n − 1)·Σw; the quantile is read off by straight lines between them.
  public func quantile(_ share: Double) -> Double? {
    precondition((0...1).contains(share), "a share")
    guard let first = values.first else { return nil }
    let gaps = Double(values.count - 1)
    let target = share * weights.reduce(0, +) * gaps
    var before = weights[0]
    var (value, place) = (first, 0.0)
    for index in values.indices.dropFirst() {
      let next = Double(index) * weights[index] + gaps * before
      if next > target {
        return value + (target - place) * (values[index] - value) / (next - place)
      }
      before += weights[index]
      (value, place) = (values[index], next)
    }
    return value
  }

  var majority: Double? {
    var best: (value: Double, weight: Double)?
    for (value, weight) in zip(values, weights) where weight >= best?.weight ?? 0 {
      best = (value, weight)
    }
    return best?.value
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
  /// The cells hold data, but their weights add up to 0.
  case noWeight
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
  /// The weight raster's cells don't fit those of the raster.
  case weightGridDiffers(raster: String, weight: String)
  case weightCRSDiffers(raster: String, weight: String)
  /// The weight raster holds a negative value, in the grid's row and column from 0.
  case negativeWeight(weight: String, row: Int, column: Int)

  public var description: String {
    switch self {
    case .weightGridDiffers(let raster, let weight):
      "cells of \(weight) don't fit those of \(raster): size and edges must agree"
    case .weightCRSDiffers(let raster, let weight):
      "\(weight) has another coordinate reference system than \(raster)"
    case .negativeWeight(let weight, let row, let column):
      "\(weight) is negative in row \(row + 1), column \(column + 1)"
    }
  }
}
