// Quiebre · Statistics
// The variance of a sum of scores under a design, by what the totals of units differ within parents.
// SPDX-License-Identifier: Apache-2.0

/// Adds the scores of one domain's rows to their units, then works out the variance of the sum.
///
/// For a stratum of n PSUs with totals tᵢ, of a population of N: (1 − n/N)·n/(n − 1)·Σ(tᵢ − t̄)². With
/// a second stage each PSU adds n/N times the same for its own units (Cochran 1977, section 10.4). Units
/// that the domain doesn't touch have a total of zero and count. Work is proportional to the units
/// touched, so that 1,891 districts cost no more than one country.
struct LinearizedVariance {
  private let design: SurveyDesign
  private var units: Touched
  private var psus: Touched
  private var parents: ParentSums

  init(_ design: SurveyDesign) {
    self.design = design
    units = Touched(count: design.unitCount)
    psus = Touched(count: design.second == nil ? 0 : design.psuCount)
    parents = ParentSums(count: max(design.stratumCount, design.psuCount))
  }

  mutating func add(_ score: Double, row: Int) { units.add(score, to: Int(design.unitOfRow[row])) }

  /// The variance of what was added since the last call; then starts anew.
  mutating func finish() -> Double {
    defer { units.clear() }
    guard let second = design.second else { return variance(of: units, in: design.first) }
    for unit in units.list {
      psus.add(units.totals[Int(unit)], to: Int(second.parentOfUnit[Int(unit)]))
    }
    defer { psus.clear() }
    let outer = variance(of: psus, in: design.first)
    let inner = variance(of: units, in: second) { [design] psu in
      design.first.fraction[Int(design.first.parentOfUnit[psu])]
    }
    return outer + inner
  }

  private mutating func variance(
    of units: Touched, in stage: SurveyStage, weight: ((Int) -> Double)? = nil
  ) -> Double {
    defer { parents.clear() }
    for unit in units.list {
      parents.add(units.totals[Int(unit)], to: Int(stage.parentOfUnit[Int(unit)]))
    }
    for unit in units.list {
      let parent = Int(stage.parentOfUnit[Int(unit)])
      let deviation =
        units.totals[Int(unit)] - parents.sums[parent] / Double(stage.unitsOfParent[parent])
      parents.squares[parent] += deviation * deviation
    }
    var total = 0.0
    var (known, unknown) = (0, 0)
    for parent in parents.list.map(Int.init) {
      let count = Double(stage.unitsOfParent[parent])
      let rest = (1 - stage.fraction[parent]) * (weight?(parent) ?? 1)
      if stage.isLonely(parent) {
        switch design.lonelyRule {
        case .fail, .certainty: known += 1
        case .adjust:
          known += 1
          total += rest * parents.sums[parent] * parents.sums[parent]
        case .average: unknown += 1
        }
        continue
      }
      known += 1
      guard count > 1 else { continue }
      let mean = parents.sums[parent] / count
      let untouched = count - Double(parents.touched[parent])
      total += rest * count / (count - 1) * (parents.squares[parent] + untouched * mean * mean)
    }
    // Strata that can't tell stand in for the mean of those that can.
    if unknown > 0 { total = known > 0 ? total * Double(known + unknown) / Double(known) : .nan }
    return total
  }
}

/// Totals of units with the list of those that aren't empty.
private struct Touched {
  private(set) var totals: [Double]
  private(set) var list: [Int32] = []
  private var isListed: [Bool]

  init(count: Int) {
    totals = [Double](repeating: 0, count: count)
    isListed = [Bool](repeating: false, count: count)
  }

  mutating func add(_ score: Double, to unit: Int) {
    if !isListed[unit] {
      isListed[unit] = true
      list.append(Int32(unit))
    }
    totals[unit] += score
  }

  mutating func clear() {
    for unit in list {
      totals[Int(unit)] = 0
      isListed[Int(unit)] = false
    }
    list.removeAll(keepingCapacity: true)
  }
}

/// What parents need to know of their units.
private struct ParentSums {
  private(set) var sums: [Double]
  var squares: [Double]
  private(set) var touched: [Int32]
  private(set) var list: [Int32] = []

  init(count: Int) {
    sums = [Double](repeating: 0, count: count)
    squares = sums
    touched = [Int32](repeating: 0, count: count)
  }

  mutating func add(_ total: Double, to parent: Int) {
    if touched[parent] == 0 { list.append(Int32(parent)) }
    touched[parent] += 1
    sums[parent] += total
  }

  mutating func clear() {
    for parent in list {
      sums[Int(parent)] = 0
      squares[Int(parent)] = 0
      touched[Int(parent)] = 0
    }
    list.removeAll(keepingCapacity: true)
  }
}
