// Quiebre · Statistics
// One pass over the rows of a logistic regression: likelihood, score and information at a point.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Outcomes, weights and offsets of rows.
struct BinaryRows: Sendable {
  /// 0 or 1.
  let outcomes: [Pack]
  /// Not negative; 0 in rows that don't count.
  let weights: [Pack]
  let offsets: [Pack]
}

/// What a pass sums up, in the coefficients of a basis.
struct LogisticPass: Sendable {
  let logLikelihood: Double
  /// Σ a(y − p)q.
  let score: [Double]
  /// Σ a·p(1 − p)·q·q'.
  let information: [[Double]]
  /// η per row.
  let logits: [Pack]

  init(
    _ rows: BinaryRows, basis: PackedColumns, at point: [Double], workers: Int
  ) {
    let size = point.count
    let count = 1 + size + size * (size + 1) / 2
    let blocks = inOrder(count: basis.blockCount, workers: workers) { index in
      BlockSums(rows, basis: basis, range: basis.block(index), at: point)
    }
    let sums = totals(blocks.map(\.sums), count: count)
    logLikelihood = sums[0]
    score = Array(sums[1...size])
    var square = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
    var next = 1 + size
    for row in 0..<size {
      for column in row..<size {
        square[row][column] = sums[next]
        square[column][row] = sums[next]
        next += 1
      }
    }
    information = square
    logits = blocks.flatMap(\.logits)
  }
}

/// The sums over one block: likelihood, score, upper triangle of the information.
private struct BlockSums: Sendable {
  let sums: [Double]
  let logits: [Pack]

  init(_ rows: BinaryRows, basis: PackedColumns, range: Range<Int>, at point: [Double]) {
    let stride = basis.packCount
    var logits = Array(rows.offsets[range])
    for (column, factor) in point.enumerated() {
      let first = column * stride + range.lowerBound
      for pack in logits.indices { logits[pack] += factor * basis.packs[first + pack] }
    }
    var likelihood = 0.0
    var residuals = logits
    var curvatures = logits
    for pack in logits.indices {
      let weight = rows.weights[range.lowerBound + pack]
      let chance = Chance(logits[pack])
      let outcome = rows.outcomes[range.lowerBound + pack]
      likelihood += laneSum(weight * chance.logLikelihood(outcome))
      residuals[pack] = weight * chance.residual(outcome)
      curvatures[pack] = weight * (chance.yes * chance.no)
    }
    var sums = [likelihood]
    for column in point.indices {
      var sum = Pack.zero
      let first = column * stride + range.lowerBound
      for pack in residuals.indices { sum += residuals[pack] * basis.packs[first + pack] }
      sums.append(laneSum(sum))
    }
    var weighted = curvatures
    for row in point.indices {
      let first = row * stride + range.lowerBound
      for pack in weighted.indices { weighted[pack] = curvatures[pack] * basis.packs[first + pack] }
      for column in row..<point.count {
        var sum = Pack.zero
        let other = column * stride + range.lowerBound
        for pack in weighted.indices { sum += weighted[pack] * basis.packs[other + pack] }
        sums.append(laneSum(sum))
      }
    }
    self.sums = sums
    self.logits = logits
  }
}

/// The chance at a logit and its complement, each with full relative precision.
struct Chance {
  let yes: Pack
  let no: Pack
  private let logit: Pack
  private let decay: Pack

  @inline(__always)
  init(_ logit: Pack) {
    let isNegative = logit .< 0
    decay = exp((-logit).replacing(with: logit, where: isNegative))
    let large = 1 / (1 + decay)
    let small = decay * large
    yes = large.replacing(with: small, where: isNegative)
    no = small.replacing(with: large, where: isNegative)
    self.logit = logit
  }

  /// y − p.
  @inline(__always)
  func residual(_ outcome: Pack) -> Pack { outcome * no - (1 - outcome) * yes }

  /// y·log p + (1 − y)·log(1 − p).
  @inline(__always)
  func logLikelihood(_ outcome: Pack) -> Pack {
    let isNegative = logit .< 0
    // min(η, 0) for an outcome of 1, −max(η, 0) for 0.
    let ofYes = Pack.zero.replacing(with: logit, where: isNegative)
    let ofNo = (-logit).replacing(with: Pack.zero, where: isNegative)
    return outcome * ofYes + (1 - outcome) * ofNo - logOfOnePlus(decay)
  }
}

/// log(1 + x) for x in 0...1, within some 2 units in the last place of the result's own size.
///
/// As `Compute.log`: Sun's fdlibm polynomial in s = f/(2 + f), f = x below √2 − 1 and (x − 1)/2 above.
@inline(__always)
func logOfOnePlus(_ x: Pack) -> Pack {
  let isLarge = x .> 0.41421356237309503
  let f = x.replacing(with: (x - 1) * 0.5, where: isLarge)
  let s = f / (2 + f)
  let z = s * s
  let w = z * z
  var even: Pack = w * 1.531383769920937332e-01 + 2.222219843214978396e-01
  even = w * (w * even + 3.999999999940941908e-01)
  var odd: Pack = w * 1.479819860511658591e-01 + 1.818357216161805012e-01
  odd = w * odd + 2.857142874366239149e-01
  odd = z * (w * odd + 6.666666666666735130e-01)
  let halfSquare: Pack = f * f * 0.5
  let value = f - (halfSquare - s * (halfSquare + (even + odd)))
  let doubled = (value + 1.90821492927058770002e-10) + 6.93147180369123816490e-01
  return value.replacing(with: doubled, where: isLarge)
}
