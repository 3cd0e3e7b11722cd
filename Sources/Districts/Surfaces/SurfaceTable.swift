// Quiebre · Districts
// What a surface says under polygons as a table, for use without a scenario.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// One row per polygon.
public struct SurfaceTable: Sendable {
  public struct Column: Sendable {
    public let name: String
    public let values: [Double?]
  }

  public let columns: [Column]
  /// `ok`, `no_cell` or `no_shape`; the worst of all bands.
  public let quality: [String]
  /// How each band, or the layer, met the polygons.
  public let report: JoinReport
  public let warnings: [Diagnostic]
}
