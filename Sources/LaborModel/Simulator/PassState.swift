// Quiebre · LaborModel
// What the pieces of a pass that are done have given, so that a pass may stop, go on or be shared.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// What one piece of work gave.
struct PieceResult: Sendable {
  /// [district of the piece][plan]; empty when only sums are wanted.
  let districts: [[DistrictOutcome]]
  let counts: Projection.Counts
}

/// Where the workers of a pass hand in their pieces.
///
/// Sums are exact, so neither the order of the pieces nor who did them can change a bit.
final class PassState: Sendable {
  let pieces: [WorkPiece]
  let ledger: SumLedger
  let tallies: Tallies
  /// By piece, and by province once its last piece is in.
  private let done: Guarded<[PieceResult?]>
  private let provinces: Guarded<[[AreaPath]?]>

  init(_ simulation: Simulation, blockSize: Int) {
    pieces = WorkPiece.pieces(of: simulation.population, blockSize: max(1, blockSize))
    ledger = SumLedger(
      departments: simulation.population.departmentCodes.count, plans: simulation.plans.count,
      years: simulation.years, draws: simulation.draws)
    tallies = Tallies(simulation)
    done = Guarded([PieceResult?](repeating: nil, count: pieces.count))
    provinces = Guarded([[AreaPath]?](repeating: nil, count: simulation.population.provinceCount))
  }

  func record(_ result: PieceResult, piece: Int) { done.withLock { $0[piece] = result } }

  func record(_ paths: [AreaPath], province: Int) { provinces.withLock { $0[province] = paths } }

  var results: [PieceResult?] { done.withLock { $0 } }
  var provincePaths: [[AreaPath]?] { provinces.withLock { $0 } }

  /// Pieces of a shard that nobody did yet.
  func pending(in shard: Shard) -> [Int] {
    let results = results
    return shard.pieces(of: pieces).filter { results[$0] == nil }
  }
}

/// One of several shares of a run's districts.
public struct Shard: Hashable, Sendable {
  /// 1 to `count`.
  public let number: Int
  public let count: Int

  /// All districts.
  public static let whole = Shard(number: 1, count: 1)

  public init(number: Int, count: Int) {
    precondition(count > 0 && (1...count).contains(number), "shards are numbered from 1")
    self.number = number
    self.count = count
  }

  /// The shard's pieces: consecutive ones, with about as many districts as the other shards'.
  func pieces(of all: [WorkPiece]) -> [Int] {
    let total = all.reduce(0) { $0 + $1.districts.count }
    var before = 0
    return all.indices.filter { index in
      defer { before += all[index].districts.count }
      return before * count / max(1, total) == number - 1
    }
  }
}
