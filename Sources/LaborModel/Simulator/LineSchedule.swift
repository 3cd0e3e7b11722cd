// Quiebre · LaborModel
// In which years a line's money changes anything in one district.
// SPDX-License-Identifier: Apache-2.0

/// Years are counted from the base year: 0 = base.
struct LineSchedule {
  /// Money of each year, in the kernel's unit (children's share of T per unit of yield).
  private(set) var money: [Float] = []
  /// The year whose coverage holds in each year: an earlier one while money and yield stay the
  /// same, −1 for the base year's.
  private(set) var source: [Int] = []
  private var lag = 0
  private var span = 1

  mutating func set(line: LineDraws, placed: [Centimos], district: Int) {
    let scale = line.scale[district]
    lag = line.lag
    span = line.rampYears
    money.removeAll(keepingCapacity: true)
    source.removeAll(keepingCapacity: true)
    for year in placed.indices {
      money.append(Float(Double(placed[year]) * scale))
      let version = line.version[year]
      if money[year] == money[0], version == line.version[0] || money[year] == 0 {
        source.append(-1)
      } else if money[year] == money[year - 1], version == line.version[year - 1] {
        source.append(source[year - 1])
      } else {
        source.append(year)
      }
    }
  }

  /// First year in whose step the line changes anything; `nil` if it never does.
  var firstActive: Int? { source.firstIndex { $0 >= 0 }.map { $0 + lag } }

  /// The year whose coverage enters the ramp's mean of `year` from `back` years before; −1 = base.
  func source(in year: Int, back: Int) -> Int {
    let from = year - lag - back
    return from > 0 ? source[from] : -1
  }

  func isActive(in year: Int) -> Bool {
    (0..<span).contains { source(in: year, back: $0) >= 0 }
  }

  /// Whether the ramp's mean is the one of the year before.
  func repeats(in year: Int) -> Bool {
    (0..<span).allSatisfy { source(in: year, back: $0) == source(in: year - 1, back: $0) }
  }
}
