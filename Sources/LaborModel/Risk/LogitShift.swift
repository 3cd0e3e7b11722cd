// Quiebre · LaborModel
// One shift of all logits that brings a weighted mean of rates to a published rate.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// The weighted mean of logistic(η_d + shift).
func meanRate(of logits: [Double], weights: [Double], shift: Double) -> Double {
  var (sum, total) = (0.0, 0.0)
  for index in logits.indices {
    sum += weights[index] * logistic(logits[index] + shift)
    total += weights[index]
  }
  return sum / total
}

/// The shift δ with Σ w·logistic(η + δ)/Σ w = `rate`, by bisection to the last bit.
///
/// - Parameters:
///   - rate: Share to meet.
///   - logits: One per district; infinite ones stay what they are.
///   - weights: Children; at least one is positive.
/// - Returns: The shift, or `nil` if none meets the rate.
func shiftToMeet(_ rate: Double, logits: [Double], weights: [Double]) -> Double? {
  func mean(_ shift: Double) -> Double { meanRate(of: logits, weights: weights, shift: shift) }
  var (low, high) = (-1.0, 1.0)
  while mean(low) > rate {
    low *= 2
    guard low > -1e4 else { return nil }
  }
  while mean(high) < rate {
    high *= 2
    guard high < 1e4 else { return nil }
  }
  // All logits infinite: every shift meets the rate, or none would have got here.
  guard mean(low) < mean(high) else { return 0 }
  while true {
    let middle = low + (high - low) / 2
    guard middle > low, middle < high else {
      return mean(high) - rate <= rate - mean(low) ? high : low
    }
    if mean(middle) < rate { low = middle } else { high = middle }
  }
}

/// Shifts for many draws at once, by Newton's method held within two logits a step.
///
/// - Parameters:
///   - rates: Share to meet, one per draw.
///   - start: First guess, one per draw.
///   - members: The districts that count.
///   - weights: Children of all districts.
///   - logits: `[district][draw]`, of a block of draws.
/// - Returns: One shift per draw. Each draw stops by itself once its step is below 1e-12, so that
///   its result doesn't depend on the draws beside it.
func shiftsToMeet(
  _ rates: [Double], from start: [Double], members: [Int], weights: [Double],
  logits: (_ district: Int) -> ArraySlice<Double>
) -> [Double] {
  let count = rates.count
  var shifts = start
  var isDone = [Bool](repeating: false, count: count)
  let total = members.reduce(0) { $0 + weights[$1] }
  for _ in 0..<60 where isDone.contains(false) {
    var sums = [Double](repeating: 0, count: count)
    var slopes = sums
    for district in members {
      let (weight, column) = (weights[district] / total, logits(district))
      var index = column.startIndex
      for draw in 0..<count {
        let chance = logistic(column[index] + shifts[draw])
        sums[draw] += weight * chance
        slopes[draw] += weight * (chance * (1 - chance))
        index &+= 1
      }
    }
    for draw in 0..<count where !isDone[draw] {
      let wanted = slopes[draw] > 0 ? (rates[draw] - sums[draw]) / slopes[draw] : 0
      let step = max(-2, min(2, wanted))
      shifts[draw] += step
      isDone[draw] = step.magnitude < 1e-12
    }
  }
  return shifts
}
