// Quiebre · LaborModel
// In which years a line's money changes anything in one district.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// A line's years, counted from the base year: 0 = base.
///
/// One schedule serves district after district.
struct LineSchedule {
  private let years: Int
  private let lag: Int
  private let span: Int
  private let scale: [Double]
  private let version: [Int]
  private let moneyBuffer: LaneBuffer
  /// The year whose coverage holds in each year; 0 for the base year's.
  private let sourceBuffer: CountBuffer
  private let ownBuffer: CountBuffer
  /// How many of ``ownByYear`` count.
  private(set) var ownCount = 0
  private let activeBuffer: CountBuffer
  private let freshBuffer: CountBuffer
  /// Whether coverage ever differs from the base year's.
  private(set) var changes = false

  init(_ line: LineDraws, years: Int) {
    self.years = years
    lag = line.lag
    span = line.rampYears
    scale = line.scale
    version = line.version
    moneyBuffer = LaneBuffer(count: (years + 7) / 8)
    sourceBuffer = CountBuffer(count: years)
    ownBuffer = CountBuffer(count: years + 3)
    activeBuffer = CountBuffer(count: years)
    freshBuffer = CountBuffer(count: years)
  }

  /// Takes a district in hand; returns the first year in whose step the line changes anything.
  mutating func take(placed: [Centimos], district: Int) -> Int? {
    let (money, source) = (moneyBuffer.view, sourceBuffer.view)
    var first: Int?
    changes = false
    for year in 0..<years {
      money[scalar: year] = Float(Double(placed[year]) * scale[district])
      source[year] = UInt32(coverageSource(year))
      changes = changes || source[year] > 0
      var (active, fresh) = (false, false)
      for back in 0..<span {
        let here = self.source(in: year, back: back)
        active = active || here > 0
        fresh = fresh || here != self.source(in: year - 1, back: back)
      }
      activeBuffer.view[year] = active ? 1 : 0
      freshBuffer.view[year] = fresh ? 1 : 0
      if active, first == nil { first = year }
    }
    listOwn()
    return first
  }

  /// The years whose coverage must be worked out, in whole fours.
  private mutating func listOwn() {
    ownCount = 0
    for year in 1..<max(1, years) where sourceBuffer.view[year] == year && money(year) != 0 {
      ownBuffer.view[ownCount] = UInt32(year)
      ownCount += 1
    }
    while ownCount % 4 != 0 {
      ownBuffer.view[ownCount] = ownBuffer.view[ownCount - 1]
      ownCount += 1
    }
  }

  /// An earlier year while money and yield stay the same.
  private func coverageSource(_ year: Int) -> Int {
    let money = moneyBuffer.view
    let now = money[scalar: year]
    let unchanged = now == money[scalar: 0]
    if unchanged, now == 0 || version[year] == version[0] { return 0 }
    let repeated = now == money[scalar: year - 1] && version[year] == version[year - 1]
    return repeated ? Int(sourceBuffer.view[year - 1]) : year
  }

  /// Money of a year in the kernel's unit: children's share of T per unit of yield.
  func money(_ year: Int) -> Float { moneyBuffer.view[scalar: year] }

  /// The year whose coverage enters the ramp's mean of `year` from `back` years before; 0 = base.
  private func source(in year: Int, back: Int) -> Int {
    let from = year - lag - back
    return from > 0 ? Int(sourceBuffer.view[from]) : 0
  }

  /// Whether the ramp's mean differs from the base year's.
  func isActive(_ year: Int) -> Bool { activeBuffer.view[year] != 0 }

  /// Whether the ramp's mean isn't the one of the year before.
  func isFresh(_ year: Int) -> Bool { freshBuffer.view[year] != 0 }

  /// The same by year, as the kernels read it.
  var moneyByYear: LaneView { moneyBuffer.view }
  var sourceByYear: CountView { sourceBuffer.view }
  var ownByYear: CountView { ownBuffer.view }
  var freshByYear: CountView { freshBuffer.view }
}
