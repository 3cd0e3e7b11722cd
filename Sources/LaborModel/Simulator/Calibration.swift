// Quiebre · LaborModel
// What the published rates say of each draw.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// Weights of draws by the normal likelihood of published rates.
enum Calibration {
  /// Weights that sum to 1: likelihood × prior / proposal.
  ///
  /// - Parameters:
  ///   - observed: Rates and their standard errors.
  ///   - simulated: One rate per draw, for each observed one.
  ///   - draws: How many draws there are.
  ///   - logRatios: log of the density that each draw comes from over the prior's; `nil` if the draws
  ///     are the prior's.
  /// - Returns: One weight per draw; all equal if nothing is observed.
  static func weights(
    observed: [(rate: Double, standardError: Double)], simulated: [[Double]], draws: Int,
    logRatios: [Double]? = nil
  ) -> [Double] {
    var logs = logLikelihoods(observed: observed, simulated: simulated, draws: draws)
    if let logRatios { for draw in 0..<draws { logs[draw] -= logRatios[draw] } }
    let best = logs.max() ?? 0
    let raw = logs.map { Compute.exp($0 - best) }
    let total = fixedOrderSum(raw)
    return raw.map { $0 / total }
  }

  /// log of the likelihood of each draw, up to a constant.
  static func logLikelihoods(
    observed: [(rate: Double, standardError: Double)], simulated: [[Double]], draws: Int
  ) -> [Double] {
    var logs = [Double](repeating: 0, count: draws)
    for (index, figure) in observed.enumerated() {
      for draw in 0..<draws {
        let z = (simulated[index][draw] - figure.rate) / figure.standardError
        logs[draw] -= 0.5 * z * z
      }
    }
    return logs
  }
}
