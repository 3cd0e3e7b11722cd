// Quiebre · Statistics
// Likelihood of a logistic model with a random intercept, group by group, with its exact gradient.
// SPDX-License-Identifier: Apache-2.0

import Compute

/// Rows sorted by group, every group filled up to whole packs by rows without weight.
struct GroupedRows: Sendable {
  let rows: BinaryRows
  let basis: PackedColumns
  /// Packs of each group.
  let ranges: [Range<Int>]

  /// Rows without weight are left out; `groupOf` is 0..<`groups` for each row.
  init(_ plain: BinaryRows, basis: PackedColumns, groupOf: [Int], groups: Int) {
    var members = [[Int]](repeating: [], count: groups)
    for (row, group) in groupOf.enumerated() where plain.weights[row / 8][row % 8] > 0 {
      members[group].append(row)
    }
    var places: [Int?] = []
    var ranges: [Range<Int>] = []
    for rows in members {
      let start = places.count / 8
      places += rows.map { $0 }
      while places.count % 8 != 0 { places.append(nil) }
      ranges.append(start..<(places.count / 8))
    }
    func moved(_ value: (Int) -> Double) -> [Double] { places.map { $0.map(value) ?? 0 } }
    self.rows = BinaryRows(
      outcomes: packed(moved { plain.outcomes[$0 / 8][$0 % 8] }),
      weights: packed(moved { plain.weights[$0 / 8][$0 % 8] }),
      offsets: packed(moved { plain.offsets[$0 / 8][$0 % 8] }))
    self.basis = PackedColumns(
      (0..<basis.columnCount).map { column in moved { basis[$0, column] } },
      rowCount: places.count)
    self.ranges = ranges
  }
}

/// One group's part of the likelihood at a point (γ, σ), and what is known of its intercept.
struct GroupPass: Sendable {
  let logLikelihood: Double
  /// By γ, then by σ.
  let gradient: [Double]
  /// The mode of the standardized intercept: where the next search begins.
  let mode: Double
  /// Mean and standard deviation of the standardized intercept, given the group's rows.
  let mean: Double
  let deviation: Double

  /// log ∫ Πᵢ P(yᵢ | η + σu)^aᵢ φ(u) du by quadrature around the mode (Liu and Pierce 1994).
  ///
  /// One point is Laplace's approximation. The gradient is that of the approximation itself: mode
  /// and scale of the nodes move with the point, and their derivatives are taken along.
  init(
    _ data: GroupedRows, group: Int, at point: [Double], spread sigma: Double, start: Double,
    rule: GaussHermiteRule
  ) {
    let worker = GroupWorker(data, range: data.ranges[group], at: point, sigma: sigma)
    let peak = worker.peak(from: start)
    let precision = 1 + sigma * sigma * peak.curvature
    let scale = 1 / precision.squareRoot()
    let nodes = rule.nodes.map { worker.node(peak.u + $0 * scale) }
    let logs = nodes.indices.map { k in
      Compute.log(rule.weights[k]) + nodes[k].height + rule.nodes[k] * rule.nodes[k] / 2
    }
    let top = logs.max() ?? 0
    let raw = logs.map { Compute.exp($0 - top) }
    let total = raw.reduce(0, +)
    let shares = raw.map { $0 / total }
    logLikelihood = top + Compute.log(total) - Compute.log(precision) / 2
    let mean = zip(shares, nodes).reduce(0) { $0 + $1.0 * $1.1.u }
    let spread = zip(shares, nodes).reduce(0) { $0 + $1.0 * ($1.1.u - mean) * ($1.1.u - mean) }
    self.mean = mean
    deviation = rule.nodes.count == 1 ? scale : spread.squareRoot()
    mode = peak.u
    gradient = worker.gradient(
      peak: peak, precision: precision, nodes: nodes, shares: shares, rule: rule)
  }
}

/// The rows of one group at one point.
private struct GroupWorker {
  struct Peak {
    let u: Double
    /// Σ a(y − p), Σ a·p(1 − p), Σ a·p(1 − p)(1 − 2p).
    let residual: Double
    let curvature: Double
    let skew: Double
  }

  struct Node {
    let u: Double
    /// Σ a·log P(y) − u²/2.
    let height: Double
    /// Σ a(y − p).
    let residual: Double
    let residuals: [Pack]
  }

  let data: GroupedRows
  let range: Range<Int>
  let sigma: Double
  let fixed: [Pack]

  init(_ data: GroupedRows, range: Range<Int>, at point: [Double], sigma: Double) {
    self.data = data
    self.range = range
    self.sigma = sigma
    var sums = Array(data.rows.offsets[range])
    for (column, factor) in point.enumerated() {
      let first = column * data.basis.packCount + range.lowerBound
      for pack in sums.indices { sums[pack] += factor * data.basis.packs[first + pack] }
    }
    fixed = sums
  }

  /// The mode of h(u), by Newton's method inside a bracket; h is concave.
  func peak(from start: Double) -> Peak {
    var (low, high) = (-Double.infinity, Double.infinity)
    var u = start
    for _ in 0..<200 {
      let here = sums(at: u)
      let slope = sigma * here.residual - u
      if slope > 0 { low = u } else { high = u }
      let step = slope / (1 + sigma * sigma * here.curvature)
      var next = u + max(-3, min(3, step))
      if !(next > low && next < high) {
        next = low.isFinite && high.isFinite ? (low + high) / 2 : u
      }
      if (next - u).magnitude <= 1e-14 * max(1, u.magnitude) { return here }
      u = next
    }
    return sums(at: u)
  }

  private func sums(at u: Double) -> Peak {
    var (residual, curvature, skew) = (Pack.zero, Pack.zero, Pack.zero)
    for (index, pack) in range.enumerated() {
      let weight = data.rows.weights[pack]
      let chance = Chance(fixed[index] + sigma * u)
      residual += weight * chance.residual(data.rows.outcomes[pack])
      let bend = weight * (chance.yes * chance.no)
      curvature += bend
      skew += bend * (chance.no - chance.yes)
    }
    return Peak(
      u: u, residual: laneSum(residual), curvature: laneSum(curvature), skew: laneSum(skew))
  }

  func node(_ u: Double) -> Node {
    var (height, residual) = (Pack.zero, Pack.zero)
    var residuals: [Pack] = []
    residuals.reserveCapacity(range.count)
    for (index, pack) in range.enumerated() {
      let weight = data.rows.weights[pack]
      let chance = Chance(fixed[index] + sigma * u)
      let outcome = data.rows.outcomes[pack]
      height += weight * chance.logLikelihood(outcome)
      let own = weight * chance.residual(outcome)
      residuals.append(own)
      residual += own
    }
    return Node(
      u: u, height: laneSum(height) - u * u / 2, residual: laneSum(residual),
      residuals: residuals)
  }

  /// d log L by γ and σ.
  ///
  /// With A = 1 + σ²Σa·p(1 − p) at the mode û and nodes uₖ = û + tₖ/√A of share πₖ:
  /// d log L = Σπₖ ∂h(uₖ) + (Σπₖ h'(uₖ))·dû − ½(1/A + A^(−3/2)·Σπₖ h'(uₖ)tₖ)·dA.
  func gradient(
    peak: Peak, precision: Double, nodes: [Node], shares: [Double], rule: GaussHermiteRule
  ) -> [Double] {
    let slopes = nodes.map { sigma * $0.residual - $0.u }
    let first = shares.indices.reduce(0) { $0 + shares[$1] * slopes[$1] }
    let second = shares.indices.reduce(0) { $0 + shares[$1] * slopes[$1] * rule.nodes[$1] }
    let rest = 0.5 / precision + 0.5 * second / (precision * precision.squareRoot())
    let bend = sigma * sigma * sigma * peak.skew
    // What multiplies dû, once the mode's part of dA is counted in.
    let ofMode = first - rest * bend
    var rowParts: [Pack] = []
    rowParts.reserveCapacity(range.count)
    for (index, pack) in range.enumerated() {
      let chance = Chance(fixed[index] + sigma * peak.u)
      let curve = data.rows.weights[pack] * (chance.yes * chance.no)
      let skew = curve * (chance.no - chance.yes)
      var part = curve * (-ofMode * sigma / precision) - skew * (rest * sigma * sigma)
      for (share, node) in zip(shares, nodes) { part += share * node.residuals[index] }
      rowParts.append(part)
    }
    var gradient = (0..<data.basis.columnCount).map { column in
      let first = column * data.basis.packCount + range.lowerBound
      var sum = Pack.zero
      for pack in rowParts.indices { sum += rowParts[pack] * data.basis.packs[first + pack] }
      return laneSum(sum)
    }
    let modeBySigma = (peak.residual - sigma * peak.u * peak.curvature) / precision
    let precisionBySigma = 2 * sigma * peak.curvature + sigma * sigma * peak.skew * peak.u
    let direct = zip(shares, nodes).reduce(0) { $0 + $1.0 * $1.1.u * $1.1.residual }
    gradient.append(direct + ofMode * modeBySigma - rest * precisionBySigma)
    return gradient
  }
}
