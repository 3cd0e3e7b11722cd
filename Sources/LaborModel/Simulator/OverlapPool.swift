// Quiebre · LaborModel
// Programmes on the same child under `nested` and `additive`.
// SPDX-License-Identifier: Apache-2.0

/// Lines whose effects on a child don't multiply.
enum OverlapPool {
  /// One line: 1 − RR, and its coverage in the base year and now.
  struct Part {
    var reduction: Float = 0
    var before: Float = 0
    var now: Float = 0
  }

  /// The multiplier now over the base year's.
  ///
  /// Reorders `parts`.
  static func factor(_ parts: inout [Part], overlap: Plan.Overlap) -> Float {
    // Strongest first; equal ones keep their order, which doesn't matter to the result.
    if overlap == .nested {
      parts.sort { $0.reduction.magnitude > $1.reduction.magnitude }
    }
    let before = 1 - reduction(parts, \.before, overlap: overlap)
    let now = 1 - reduction(parts, \.now, overlap: overlap)
    return max(now, least) / max(before, least)
  }

  private static let least: Float = 1e-6

  /// Mean reduction over the children.
  ///
  /// `additive`: Σ c(1 − RR), at most 1. `nested`: whoever a smaller programme reaches is reached by
  /// the larger too, and only the strongest effect on a child counts; so each line acts on what
  /// its coverage has beyond that of all stronger ones.
  private static func reduction(
    _ parts: [Part], _ coverage: KeyPath<Part, Float>, overlap: Plan.Overlap
  ) -> Float {
    var (sum, reached): (Float, Float) = (0, 0)
    for part in parts {
      let covered = part[keyPath: coverage]
      sum += part.reduction * (overlap == .nested ? max(0, covered - reached) : covered)
      reached = max(reached, covered)
    }
    return min(1, sum)
  }
}
