// Quiebre · ScenarioFiles
// What a scenario needs from disk, and where it says so.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A file to load before the scenario can be planned or run.
public struct DataRequest: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case districts
    case changes
    case codings
    case table(id: String)
    case surface(id: String)
    case riskModel
    case riskCells
    case direct
    case population
    case populationByAge
    case populationSplit
    case populationGrowth
    case series
    case draws
    case deflator
    /// The table of a line's allocation; hand it to `plan` under its path.
    case allocation(line: String)
    /// Another scenario to take differences from.
    case baseline
  }

  public let kind: Kind
  public let file: FileReference
  /// The key that names the file: `line.transfers.allocation.file`.
  public let key: String

  /// `geo:…`, or a path that starts where the scenario's own path starts.
  public var path: String { file.path }
  public var layer: String? { file.layer }
  public var place: SourcePlace { file.place }
}
