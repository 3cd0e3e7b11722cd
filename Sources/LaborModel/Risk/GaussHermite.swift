// Quiebre · LaborModel
// The mean chance over a district's unknown error.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Statistics

/// E[logistic(η + u)] with u ~ N(0, σ²).
///
/// Gauss and Hermite's rule is off by less than 1e-11 for σ up to 2, and by 1e-7 for σ = 3.
func meanChance(
  logit: Double, spread: Double, by quadrature: RiskOptions.Quadrature
) -> Double {
  guard spread > 0 else { return logistic(logit) }
  guard quadrature == .gaussHermite else {
    return logistic(logit / (1 + 0.346 * spread * spread).squareRoot())
  }
  var total = 0.0
  for (node, weight) in spread <= 0.8 ? usualRule : wideRule {
    let step = spread * node
    // Both signs of a node together: a middle one counts half of its weight twice.
    total += weight * (logistic(logit + step) + logistic(logit - step))
  }
  return total
}

private let usualRule = upperHalf(points: 15)
private let wideRule = upperHalf(points: 64)

/// Nodes from 0 up; the weight of a node at 0 is halved.
private func upperHalf(points: Int) -> [(node: Double, weight: Double)] {
  let rule = GaussHermiteRule(points: points)
  return (points / 2..<points).map { index in
    let node = rule.nodes[index]
    return (node, node == 0 ? rule.weights[index] / 2 : rule.weights[index])
  }
}
