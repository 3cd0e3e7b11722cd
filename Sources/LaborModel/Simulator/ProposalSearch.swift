// Quiebre · LaborModel
// Finds the proposal: pilot draws, a linear fit of the rates on the scores, Bayes' rule.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// Rounds of pilot draws that lead from the prior to a proposal.
///
/// Only how many draws count hangs on it: the weights correct for whatever it finds.
struct ProposalSearch {
  static let rounds = 3
  /// Draws of each round.
  static let pilots = 256
  /// The proposal takes the published rates for this much less certain (variance), so that its tails
  /// reach further than the target's.
  static let widening = 1.2

  let coordinates: [CommonCoordinate]
  let observed: [(rate: Double, standardError: Double)]
  let since: Int
  let seed: UInt64

  /// One round: what was drawn, from what, and log L up to a constant.
  private struct Round {
    let proposal: Proposal
    let scores: CommonScores
    let logLikelihoods: [Double]
  }

  /// The seed of a round's draws: never the run's own, whose draws must not know the proposal.
  func seed(round: Int) -> UInt64 { seed &+ UInt64(round + 1) &* 0x9e37_79b9_7f4a_7c15 }

  /// The proposal that promises the most effective draws, or `nil` for the prior.
  ///
  /// - Parameter simulate: Rates [observed year][draw] at given scores, under a seed.
  /// - Returns: Nothing that hangs on the run's own draws.
  func proposal(
    _ simulate: (_ scores: CommonScores, _ seed: UInt64) throws -> [[Double]]
  ) rethrows -> Proposal? {
    guard !coordinates.isEmpty, coordinates.count * 4 <= ProposalSearch.pilots else { return nil }
    var rounds: [Round] = []
    var candidates: [Proposal] = []
    var current = Proposal(prior: coordinates)
    for index in 0..<ProposalSearch.rounds {
      let field = RandomField(seed: seed(round: index))
      let noise = Proposal(prior: coordinates).draws(
        field, since: since, count: ProposalSearch.pilots, mixed: false)
      let scores = current.draws(
        field, since: since, count: ProposalSearch.pilots, mixed: false)
      let rates = try simulate(scores, field.seed)
      rounds.append(
        Round(
          proposal: current, scores: scores,
          logLikelihoods: Calibration.logLikelihoods(
            observed: observed, simulated: rates, draws: ProposalSearch.pilots)))
      guard let next = posterior(current, noise: noise.rows, rates: rates) else { break }
      candidates.append(next)
      current = next
    }
    return best(of: candidates, after: rounds)
  }

  /// The normal law that the rates' linear fit gives by Bayes' rule.
  private func posterior(_ at: Proposal, noise: [[Double]], rates: [[Double]]) -> Proposal? {
    let responses = rates.map { $0.map(Compute.logit) }
    guard responses.allSatisfy({ $0.allSatisfy(\.isFinite) }),
      let fit = LinearFit(columns: noise, responses: responses)
    else { return nil }
    var variance = fit.residualCovariance
    for (index, figure) in observed.enumerated() {
      let error = figure.standardError / (figure.rate * (1 - figure.rate))
      variance[index][index] += error * error
    }
    // The slopes by score: noise = C'(z − m).
    let slopes = fit.slopes.map(at.precision.multiplyLower)
    let misfit = slopes.indices.map { index in
      Compute.logit(observed[index].rate) - fit.intercepts[index]
        + fixedOrderSum(slopes[index], weights: at.mean)
    }
    guard let root = Cholesky(variance) else { return nil }
    // Rows [coordinate][figure], in units of the figures' errors.
    let scaled = coordinates.indices.map { column in root.solveLower(slopes.map { $0[column] }) }
    func precision(widened factor: Double) -> Cholesky? {
      Cholesky(
        scaled.indices.map { row in
          scaled.indices.map { column in
            fixedOrderSum(scaled[row], weights: scaled[column]) / factor + (row == column ? 1 : 0)
          }
        })
    }
    let target = root.solveLower(misfit)
    guard let sharp = precision(widened: 1), let wide = precision(widened: ProposalSearch.widening)
    else { return nil }
    let mean = sharp.solve(scaled.map { fixedOrderSum($0, weights: target) })
    guard mean.allSatisfy(\.isFinite) else { return nil }
    return Proposal(coordinates: coordinates, mean: mean, precision: wide)
  }

  /// The candidate with the largest effective share of draws, estimated on all pilot draws together;
  /// `nil` if the prior's is about as large.
  private func best(of candidates: [Proposal], after rounds: [Round]) -> Proposal? {
    let points = rounds.flatMap { round in
      (0..<ProposalSearch.pilots).map { (round.scores.point($0), round.logLikelihoods[$0]) }
    }
    let share = 1 / Double(rounds.count)
    // log of likelihood × prior over the density that the pilot draws have in all rounds together.
    let weights = points.map { point, likelihood in
      likelihood - logSum(rounds.map { (share, $0.proposal.logRatio(point)) })
    }
    let total = logSum(weights.map { (1, $0) })
    // (Σw)² / Σ w·(likelihood × prior / q): larger is better.
    func score(_ logRatio: ([Double]) -> Double) -> Double {
      2 * total
        - logSum(points.indices.map { (1, weights[$0] + points[$0].1 - logRatio(points[$0].0)) })
    }
    // A proposal must promise a twentieth more than the prior to be worth its trouble.
    var (winner, highest) = (Proposal?.none, score { _ in 0 } + Compute.log(1.05))
    for candidate in candidates {
      let reached = score(candidate.logMixtureRatio)
      if reached > highest { (winner, highest) = (candidate, reached) }
    }
    return winner
  }
}

/// Least squares of several responses on the same columns and an intercept.
struct LinearFit {
  let intercepts: [Double]
  /// [response][column].
  let slopes: [[Double]]
  /// [response][response].
  let residualCovariance: [[Double]]

  /// `nil` if the columns depend on each other or leave no degree of freedom.
  init?(columns: [[Double]], responses: [[Double]]) {
    let count = columns.first?.count ?? 0
    let freedom = count - columns.count - 1
    guard freedom > 0 else { return nil }
    let design = [[Double](repeating: 1, count: count)] + columns
    let gram = design.map { row in design.map { fixedOrderSum(row, weights: $0) } }
    guard let root = Cholesky(gram) else { return nil }
    let solutions = responses.map { response in
      root.solve(design.map { fixedOrderSum($0, weights: response) })
    }
    let residuals = zip(responses, solutions).map { response, solution in
      response.indices.map { draw in
        var fitted = 0.0
        for (column, coefficient) in zip(design, solution) { fitted += column[draw] * coefficient }
        return response[draw] - fitted
      }
    }
    intercepts = solutions.map { $0[0] }
    slopes = solutions.map { Array($0.dropFirst()) }
    residualCovariance = residuals.map { row in
      residuals.map { fixedOrderSum(row, weights: $0) / Double(freedom) }
    }
  }
}
