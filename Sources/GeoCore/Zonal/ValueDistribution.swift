// Quiebre · GeoCore
// The distinct values under a shape with their weights: quantiles, majority, shares of classes.
// SPDX-License-Identifier: Apache-2.0

/// Distinct values in ascending order, each with its weight.
public struct ValueDistribution: Hashable, Sendable {
  public let values: [Double]
  /// Positive.
  public let weights: [Double]

  /// Gathers values with their positive weights, equal values into one.
  public init(of pairs: [(value: Double, weight: Double)]) {
    var builder = DistributionBuilder()
    for pair in pairs { builder.add(pair.value, pair.weight) }
    self = builder.finished()
  }

  /// Of distinct values in ascending order.
  init(values: [Double], weights: [Double]) {
    self.values = values
    self.weights = weights
  }

  /// How many distinct values there are.
  public var variety: Int { values.count }

  public var median: Double? { quantile(0.5) }

  /// The value with the greatest weight, the greater one among equals.
  public var majority: Double? { heaviest { $0 >= $1 } }

  /// The value with the least weight, the lesser one among equals.
  public var minority: Double? { heaviest { $0 < $1 } }

  private func heaviest(_ beats: (Double, Double) -> Bool) -> Double? {
    guard var best = weights.first, var value = values.first else { return nil }
    for index in values.indices.dropFirst() where beats(weights[index], best) {
      best = weights[index]
      value = values[index]
    }
    return value
  }

  /// The share of the weight that lies on some of the values; 0 without any.
  public func share(where isWanted: (Double) -> Bool) -> Double {
    var (all, wanted) = (0.0, 0.0)
    for (value, weight) in zip(values, weights) {
      all += weight
      if isWanted(value) { wanted += weight }
    }
    return all > 0 ? wanted / all : 0
  }

  /// The quantile `share`, between neighbors by exactextract's rule.
  ///
  /// The k-th of n distinct values stands at k·wₖ + (n − 1)·Σ_{j<k} wⱼ on a scale that ends at
  /// (n − 1)·Σw; the quantile is read off by straight lines between them.
  public func quantile(_ share: Double) -> Double? {
    precondition((0...1).contains(share), "a share")
    guard let first = values.first else { return nil }
    let gaps = Double(values.count - 1)
    let target = share * weights.reduce(0, +) * gaps
    var before = weights[0]
    var (value, place) = (first, 0.0)
    for index in values.indices.dropFirst() {
      let next = Double(index) * weights[index] + gaps * before
      if next > target {
        return value + (target - place) * (values[index] - value) / (next - place)
      }
      before += weights[index]
      (value, place) = (values[index], next)
    }
    return value
  }
}

/// Gathers a distribution cell by cell in bounded space: equal values are merged now and then.
///
/// When it merges depends on the cells given and on nothing else, so its sums have the same bits
/// however the cells are handed over.
struct DistributionBuilder: Sendable {
  private struct Cell {
    let value: Double
    var weight: Double
    let order: UInt32
  }

  private var values: [Double] = []
  private var weights: [Double] = []
  private var pending: [Cell] = []

  /// Bytes that a cell takes at most, while merging.
  static let bytesPerCell = 64

  /// Adds a cell; a value that follows itself is merged at once.
  mutating func add(_ value: Double, _ weight: Double) {
    if let last = pending.indices.last, pending[last].value == value {
      pending[last].weight += weight
      return
    }
    if pending.count >= Swift.max(1024, values.count) { merge() }
    pending.append(Cell(value: value, weight: weight, order: UInt32(pending.count)))
  }

  private mutating func merge() {
    pending.sort { $0.value < $1.value || ($0.value == $1.value && $0.order < $1.order) }
    var merged: [Double] = []
    var sums: [Double] = []
    merged.reserveCapacity(values.count + pending.count)
    sums.reserveCapacity(values.count + pending.count)
    var old = 0
    for cell in pending {
      while old < values.count, values[old] <= cell.value {
        merged.append(values[old])
        sums.append(weights[old])
        old += 1
      }
      if merged.last == cell.value {
        sums[sums.count - 1] += cell.weight
      } else {
        merged.append(cell.value)
        sums.append(cell.weight)
      }
    }
    merged += values[old...]
    sums += weights[old...]
    (values, weights) = (merged, sums)
    pending.removeAll(keepingCapacity: true)
  }

  /// What was gathered; the builder is empty afterwards.
  mutating func finished() -> ValueDistribution {
    merge()
    defer { self = DistributionBuilder() }
    return ValueDistribution(values: values, weights: weights)
  }
}
