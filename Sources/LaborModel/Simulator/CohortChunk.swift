// Quiebre · LaborModel
// One district's 13 ages over one chunk of draws: the stationary profile, and the yearly step.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// The state v = w − w0 and what a step needs, in lanes.
///
/// Rows are [vector][age]: the ages of one vector lie together. The state is the *deviation* from the
/// stationary profile: with e = e0·m_e and x = X·m_x,
/// v' = v·(1 − x − e) + e0(1 − w0)(m_e − 1) − X·w0·(m_x − 1). Where nothing moves, v stays 0 to the
/// last bit, in single precision too. The loops are `LaneKernels/cohort.c` and `path.c`.
@safe
struct CohortChunk {
  static let ages = Int(LK_AGES)
  /// Ages 5-13 are the first nine.
  static let lowerAges = Int(LK_LOWER_AGES)

  /// Rows [vector] of stationary profiles: see `LK_PROFILE`.
  private let profile = LaneBuffer(count: DrawGrid.chunk * Int(LK_PROFILE))

  /// Makes the stationary profile and its entry probabilities.
  ///
  /// - Parameters:
  ///   - logit: α_d + level + error of each draw: a chunk's vectors.
  ///   - ageOdds: exp of the age profile's logit, 13.
  ///   - exitRate: X of each draw.
  ///   - vectors: How many vectors the chunk has.
  ///   - counted: How many of its draws count.
  /// - Returns: At how many ages and draws X was raised, or lowered.
  func prepare(
    logit: LaneView, ageOdds: [Float], exitRate: LaneView, vectors: Int, counted: Int
  ) -> (raised: Int, lowered: Int) {
    let bent = unsafe lk_prepare(
      profile.view.floats, logit.floats, ageOdds, exitRate.floats, Int64(vectors), Int64(counted))
    return (Int(bent.raised), Int(bent.lowered))
  }

  /// Rates of ages 5-13 and 14-17, by vector.
  typealias Rates = (lower: LaneView, upper: LaneView)

  /// Σ weight·w0, by vector.
  func level(weights: AgeWeights, vectors: Int, into level: Rates) {
    unsafe lk_level(
      profile.view.floats, weights.values, Int64(vectors), level.lower.floats,
      level.upper.floats)
  }

  /// Steps of the whole chunk: in each, every cohort grows a year older.
  ///
  /// - Parameters:
  ///   - state: v, rows [vector][age]; replaced by the last year's.
  ///   - steps: Which steps.
  ///   - moves: The multipliers.
  ///   - weights: The weight of each age in its group's rate.
  ///   - vectors: How many vectors the chunk has.
  ///   - counted: How many of its draws count.
  ///   - level: Σ weight·w0, from ``level(weights:vectors:into:)``.
  ///   - rates: Gets level + Σ weight·v: rows [year][5-13, 14-17] at the chunk.
  ///   - stride: Vectors from row to row of the rates.
  /// - Returns: How many chances had to be held at 1.
  func walk(
    _ state: LaneView, steps: Range<Int>, moves: lk_moves, weights: AgeWeights, vectors: Int,
    counted: Int, level: Rates, rates: LaneView, stride: Int
  ) -> Int {
    let held = unsafe weights.values.withUnsafeBufferPointer { weights in
      let path = unsafe lk_path(
        from: Int64(steps.lowerBound), to: Int64(steps.upperBound), weights: weights.baseAddress,
        lower_level: level.lower.floats, upper_level: level.upper.floats, rates: rates.floats,
        stride: Int64(stride))
      return unsafe withUnsafePointer(to: moves) { moves in
        unsafe withUnsafePointer(to: path) { path in
          unsafe lk_walk(
            profile.view.floats, state.floats, moves, path, Int64(vectors), Int64(counted))
        }
      }
    }
    return Int(held)
  }
}

/// The weight of each age in its group's rate: children over the children of ages 5-13 or 14-17.
struct AgeWeights {
  let values: [Float]

  /// Equal weights where a group has no children.
  init(children: [Double]) {
    let lower = StationaryProfiles.weights(Array(children[0..<9]))
    let upper = StationaryProfiles.weights(Array(children[9..<13]))
    values = (lower + upper).map { Float($0) }
  }
}
