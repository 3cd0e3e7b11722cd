// Quiebre · LaborModel
// Working children per draw, summed over districts so that no order can change the sum.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels

/// Working children per plan, year, age group (5-13, 14-17) and draw.
///
/// Each district's contribution is rounded to a multiple of 2⁻²⁰ child. Such sums are exact in a
/// `Double` up to 2³² children, hence the same for any blocks and any number of threads. Rows of
/// later plans hold the difference to the first one, which most districts don't touch.
struct AreaSums: Sendable {
  private let years: Int
  private let vectors: Int
  private var values: [SIMD8<Double>]

  /// All sums as plain numbers, for files.
  var numbers: [Double] {
    values.flatMap { lanes in (0..<8).map { lanes[$0] } }
  }

  /// How many numbers there are.
  static func length(plans: Int, years: Int, draws: DrawGrid) -> Int {
    plans * years * 2 * draws.padded
  }

  /// Sums from ``numbers``.
  init(plans: Int, years: Int, draws: DrawGrid, numbers: [Double]) {
    self.init(plans: plans, years: years, draws: draws)
    precondition(numbers.count == values.count * 8, "one number per sum")
    for index in values.indices {
      for lane in 0..<8 { values[index][lane] = numbers[index * 8 + lane] }
    }
  }

  init(plans: Int, years: Int, draws: DrawGrid) {
    self.years = years
    vectors = draws.vectors
    values = [SIMD8<Double>](repeating: .zero, count: plans * years * 2 * draws.vectors)
  }

  mutating func reset() {
    for index in values.indices { values[index] = .zero }
  }

  /// Adds children · rates of the first plan, and returns Σ share · rate.
  mutating func add(
    year: Int, group: Int, children: Double, rates: LaneView, shares: WeightLanes
  ) -> Double {
    let start = (year * 2 + group) * vectors
    return unsafe add(to: start) { sums, vectors in
      unsafe shares.withNumbers { shares in
        unsafe lk_add(sums, rates.floats, children, shares, vectors)
      }
    }
  }

  /// Adds children · (rates − first plan's rates) of a later plan, and returns Σ share · rate.
  mutating func add(
    plan: Int, year: Int, group: Int, children: Double, rates: LaneView, reference: LaneView,
    shares: WeightLanes
  ) -> Double {
    let start = ((plan * years + year) * 2 + group) * vectors
    return unsafe add(to: start) { sums, vectors in
      unsafe shares.withNumbers { shares in
        unsafe lk_add_difference(
          sums, rates.floats, reference.floats, children, shares, vectors)
      }
    }
  }

  private mutating func add(
    to start: Int, _ kernel: (UnsafeMutablePointer<Double>, Int64) -> Double
  ) -> Double {
    let vectors = vectors
    return unsafe values.withUnsafeMutableBytes { bytes in
      let numbers = unsafe bytes.assumingMemoryBound(to: Double.self)
      guard let base = numbers.baseAddress else { return 0 }
      return unsafe kernel(base + start * 8, Int64(vectors))
    }
  }

  /// Adds another area's sums, exactly.
  mutating func add(_ other: AreaSums) {
    for index in values.indices { values[index] += other.values[index] }
  }

  /// Working children of one plan, year and group: one number per padded draw.
  func working(plan: Int, year: Int, group: Int) -> [Double] {
    let first = (year * 2 + group) * vectors
    let later = ((plan * years + year) * 2 + group) * vectors
    return (0..<vectors * 8).map { draw in
      let common = values[first + draw / 8][draw % 8]
      return plan == 0 ? common : common + values[later + draw / 8][draw % 8]
    }
  }

  /// Writes the rates of an area to a row of lanes, and returns Σ share · rate; 0 without children.
  func rates(
    plan: Int, year: Int, groups: [Int], children: Double, into row: LaneView,
    shares: WeightLanes
  ) -> Double {
    let scale = children > 0 ? 1 / children : 0
    var mean = SIMD8<Double>.zero
    for vector in 0..<vectors {
      var working = SIMD8<Double>.zero
      for group in groups {
        working += values[(year * 2 + group) * vectors + vector]
        if plan > 0 { working += values[((plan * years + year) * 2 + group) * vectors + vector] }
      }
      let rate = working * scale
      mean += rate * shares[vector]
      row[vector] = Lanes(rate)
    }
    return mean.sum()
  }

  /// Most children that the exact sums can hold.
  static let mostChildren = 0x1p31
}

/// The draws' weights in vectors.
struct WeightLanes: Sendable {
  private let values: [SIMD8<Double>]

  init(_ weights: DrawWeights) {
    values = stride(from: 0, to: weights.shares.count, by: 8).map { start in
      var lanes = SIMD8<Double>.zero
      for lane in 0..<8 { lanes[lane] = weights.shares[start + lane] }
      return lanes
    }
  }

  subscript(vector: Int) -> SIMD8<Double> { values[vector] }

  /// Gives the kernels the weights as plain numbers.
  func withNumbers(_ body: (UnsafePointer<Double>) -> Double) -> Double {
    unsafe values.withUnsafeBytes { bytes in
      guard let base = unsafe bytes.assumingMemoryBound(to: Double.self).baseAddress else {
        return 0
      }
      return unsafe body(base)
    }
  }
}

/// Where workers hand in the sums of their districts.
final class SumLedger: Sendable {
  /// Provinces of which some parts are in.
  typealias Open = [Int: (left: Int, sums: AreaSums)]

  private let provinces: Guarded<Open>
  /// `nil` where nothing was handed in yet, or where the sums were taken.
  private let departments: [Guarded<AreaSums?>]
  private let empty: @Sendable () -> AreaSums

  init(departments count: Int, plans: Int, years: Int, draws: DrawGrid) {
    provinces = Guarded([:])
    departments = (0..<count).map { _ in Guarded(nil) }
    empty = { AreaSums(plans: plans, years: years, draws: draws) }
  }

  /// Adds a part of a province; gives the province's sums to whoever brings the last part.
  func hand(
    in sums: AreaSums, province: Int, department: Int, parts: Int
  ) -> AreaSums? {
    add(sums, department: department)
    guard parts > 1 else { return sums }
    return add(sums, province: province, missing: parts - 1, parts: parts)
  }

  /// Adds sums of a department.
  func add(_ sums: AreaSums, department: Int) {
    departments[department].withLock { own in
      if own == nil { own = sums } else { own?.add(sums) }
    }
  }

  /// Adds sums of all but `missing` of a province's parts; gives the province's sums to whoever
  /// brings the last part.
  func add(_ sums: AreaSums, province: Int, missing: Int, parts: Int) -> AreaSums? {
    provinces.withLock { open in
      guard var entry = open.removeValue(forKey: province) else {
        open[province] = (left: missing, sums: sums)
        return nil
      }
      entry.sums.add(sums)
      entry.left -= parts - missing
      guard entry.left > 0 else { return entry.sums }
      open[province] = entry
      return nil
    }
  }

  /// What is in so far, for a checkpoint: no worker may be under way.
  var open: Open { provinces.withLock { $0 } }

  /// The sums of departments in which something was handed in.
  var started: [(department: Int, sums: AreaSums)] {
    departments.enumerated().compactMap { index, guarded in
      guarded.withLock { $0 }.map { (index, $0) }
    }
  }

  /// Adds up all departments, once all work is done.
  func national(into sums: inout AreaSums) {
    for department in departments {
      if let own = department.withLock({ $0 }) { sums.add(own) }
    }
  }

  /// The sums of a department, which the ledger keeps no longer.
  func take(department: Int) -> AreaSums {
    departments[department].withLock { own in
      defer { own = nil }
      return own ?? empty()
    }
  }
}
