// Quiebre · LaborModel
// In which years a line's money changes anything in one district.
// SPDX-License-Identifier: Apache-2.0

/// Years are counted from the base year: 0 = base.
struct LineSchedule {
  /// Money of each year, in the kernel's unit (children's share of T per unit of yield).
  private(set) var money: [Float] = []
  /// The year whose coverage holds in each year.
  ///
  /// An earlier one while money and yield stay the same, −1 for the base year's.
  private(set) var source: [Int] = []
  /// Whether the ramp's mean differs from the base year's, and whether it is new in that year.
  private(set) var isActive: [Bool] = []
  private(set) var isFresh: [Bool] = []
  private var lag = 0

  /// First year in whose step the line changes anything; `nil` if it never does.
  var firstActive: Int? { isActive.firstIndex(of: true) }

  mutating func set(line: LineDraws, placed: [Centimos], district: Int) {
    let scale = line.scale[district]
    lag = line.lag
    money.removeAll(keepingCapacity: true)
    source.removeAll(keepingCapacity: true)
    isActive.removeAll(keepingCapacity: true)
    isFresh.removeAll(keepingCapacity: true)
    for year in placed.indices {
      money.append(Float(Double(placed[year]) * scale))
      source.append(coverageSource(year, version: line.version))
      var (active, fresh) = (false, false)
      for back in 0..<line.rampYears {
        let here = source(in: year, back: back)
        active = active || here >= 0
        fresh = fresh || here != source(in: year - 1, back: back)
      }
      isActive.append(active)
      isFresh.append(fresh)
    }
  }

  private func coverageSource(_ year: Int, version: [Int]) -> Int {
    let unchanged = money[year] == money[0]
    if unchanged, money[year] == 0 || version[year] == version[0] { return -1 }
    let repeated = money[year] == money[year - 1]
    return repeated && version[year] == version[year - 1] ? source[year - 1] : year
  }

  /// The year whose coverage enters the ramp's mean of `year` from `back` years before; −1 = base.
  func source(in year: Int, back: Int) -> Int {
    let from = year - lag - back
    return from > 0 ? source[from] : -1
  }
}
