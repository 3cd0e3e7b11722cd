// Quiebre · LaborModel
// What the published rates say of each prior draw.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// Weights of draws by the normal likelihood of published rates.
enum Calibration {
  /// Likelihood weights that sum to 1.
  ///
  /// - Parameters:
  ///   - observed: Rates and their standard errors.
  ///   - simulated: One rate per draw, for each observed one.
  ///   - draws: How many draws there are.
  /// - Returns: One weight per draw; all equal if nothing is observed.
  static func weights(
    observed: [(rate: Double, standardError: Double)], simulated: [[Double]], draws: Int
  ) -> [Double] {
    var logs = [Double](repeating: 0, count: draws)
    for (index, figure) in observed.enumerated() {
      for draw in 0..<draws {
        let z = (simulated[index][draw] - figure.rate) / figure.standardError
        logs[draw] -= 0.5 * z * z
      }
    }
    let best = logs.max() ?? 0
    let raw = logs.map { Compute.exp($0 - best) }
    let total = fixedOrderSum(raw)
    return raw.map { $0 / total }
  }
}
