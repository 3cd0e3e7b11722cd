// Quiebre · GeoCore
// How a raster is summed up: which cells, what of them, in how much memory.
// SPDX-License-Identifier: Apache-2.0

public import Compute

/// How much is worked out for each shape.
public enum ZonalDetail: Hashable, Sendable {
  /// All but median, quantiles, majority, minority, variety and shares of classes.
  case moments
  /// Everything; keeps each shape's distinct values.
  case distribution
}

/// How large cells count.
public enum CellSize: String, CaseIterable, Hashable, Sendable {
  /// By their true area on the ellipsoid, on a grid in degrees; a projected one has equal cells.
  case ground
  /// All alike, as exactextract counts them unless told otherwise.
  case equal
}

/// How a raster is summed up.
public struct ZonalOptions: Sendable {
  public var rule = CellRule.coveredFraction
  public var detail = ZonalDetail.moments
  public var size = CellSize.ground
  /// Bytes for cells and distributions, at most; rasters in memory aside.
  public var memory = 256 << 20
  /// Threads at most; the result doesn't depend on it, to the last bit.
  public var workers = 1
  public var cancellation: CancellationFlag?

  public init() {}
}
