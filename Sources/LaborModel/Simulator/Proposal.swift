// Quiebre · LaborModel
// A normal law of the common scores that draws where the published rates are met.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// N(m, A⁻¹) over the common scores, and its mixture with the prior N(0, 1).
struct Proposal: Sendable {
  /// Share of draws that the mixture takes from the prior: no weight exceeds 1/share times the
  /// likelihood, wherever the normal part is wrong.
  static let priorShare = 0.1

  let coordinates: [CommonCoordinate]
  let mean: [Double]
  /// Of the precision matrix A.
  let precision: Cholesky

  init(coordinates: [CommonCoordinate], mean: [Double], precision: Cholesky) {
    self.coordinates = coordinates
    self.mean = mean
    self.precision = precision
  }

  /// The prior itself.
  init(prior coordinates: [CommonCoordinate]) {
    self.init(
      coordinates: coordinates, mean: coordinates.map { _ in 0 },
      precision: Cholesky(identity: coordinates.count))
  }

  /// m + C⁻ᵀε: the scores of one draw.
  func scores(_ noise: [Double]) -> [Double] {
    zip(mean, precision.solveUpper(noise)).map { $0 + $1 }
  }

  /// log of the normal part's density over the prior's.
  func logRatio(_ scores: [Double]) -> Double {
    let noise = precision.multiplyUpper(zip(scores, mean).map { $0 - $1 })
    return precision.halfLogDeterminant
      + 0.5 * (fixedOrderSum(scores, weights: scores) - fixedOrderSum(noise, weights: noise))
  }

  /// log of the mixture's density over the prior's.
  func logMixtureRatio(_ scores: [Double]) -> Double {
    logSum([(1 - Proposal.priorShare, logRatio(scores)), (Proposal.priorShare, 0)])
  }

  /// Scores of the first `count` draws from the normal part, or from the mixture.
  ///
  /// Each draw's scores depend on its own number alone.
  func draws(_ field: RandomField, since: Int, count: Int, mixed: Bool) -> CommonScores {
    let noise = coordinates.map { $0.stream(field, since: since).normals(count: count) }
    let choice = field.stream(.proposalPart)
    var rows = noise
    for draw in 0..<count where !mixed || choice.uniform(draw) >= Proposal.priorShare {
      let point = scores(noise.map { $0[draw] })
      for index in rows.indices { rows[index][draw] = point[index] }
    }
    return CommonScores(coordinates: coordinates, rows: rows)
  }
}

/// log Σ share·eˡᵒᵍ without overflow.
func logSum(_ parts: [(share: Double, log: Double)]) -> Double {
  let best = parts.map(\.log).max() ?? 0
  return best + Compute.log(fixedOrderSum(parts.map { $0.share * Compute.exp($0.log - best) }))
}
