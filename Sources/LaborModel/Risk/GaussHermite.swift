// Quiebre · LaborModel
// The mean chance over a district's unknown error.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// E[logistic(η + u)] with u ~ N(0, σ²).
func meanChance(
  logit: Double, spread: Double, by quadrature: RiskOptions.Quadrature
) -> Double {
  guard spread > 0 else { return logistic(logit) }
  guard quadrature == .gaussHermite else {
    return logistic(logit / (1 + 0.346 * spread * spread).squareRoot())
  }
  var total = 0.0
  for (node, weight) in hermiteRule {
    let step = spread * node
    // Both signs of a node together: the middle one counts half of its weight twice.
    total += weight * (logistic(logit + step) + logistic(logit - step))
  }
  return total
}

/// Nodes and weights of the 15-point rule for the standard normal distribution.
///
/// NumPy 2.4.6: polynomial.hermite_e.hermegauss(15), weights divided by their sum; the weight of
/// the middle node is halved because it is used twice.
private let hermiteRule: [(node: Double, weight: Double)] = [
  (0, 0.31825951825951815 / 2), (0.799129068324548, 0.23246229360973225),
  (1.6067100690287297, 0.08941779539984437), (2.432436827009758, 0.017365774492137616),
  (3.2890824243987664, 0.001567357503549956), (4.1962077112690155, 5.642146405189029e-05),
  (5.190093591304781, 5.975419597920599e-07), (6.363947888829839, 8.589649899633252e-10),
]
