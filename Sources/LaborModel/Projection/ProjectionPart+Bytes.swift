// Quiebre · LaborModel
// A part of a run to bytes and back: whole numbers and float64, little-endian, all bits kept.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

extension ProjectionPart {
  /// Writes the part, some megabytes at a time.
  ///
  /// - Parameter write: Gets the bytes in their order.
  public func encode(_ write: ([UInt8]) throws -> Void) rethrows {
    var coder = PartEncoder()
    coder.whole([
      layout.plans, layout.years, layout.draws, layout.districts, layout.provinces,
      layout.departments, layout.pieces,
    ])
    coder.numbers(weights)
    coder.whole([pieces.count, provinces.count, open.count, departments.count])
    for (index, result) in pieces.sorted(by: { $0.key < $1.key }) {
      coder.whole([index])
      coder.piece(result)
      try coder.flush(write)
    }
    for (index, paths) in provinces.sorted(by: { $0.key < $1.key }) {
      coder.whole([index, paths.count])
      for path in paths { coder.path(path) }
      try coder.flush(write)
    }
    for (index, entry) in open.sorted(by: { $0.key < $1.key }) {
      coder.whole([index, entry.left])
      coder.numbers(entry.sums.numbers)
      try coder.flush(write)
    }
    for (index, sums) in departments.sorted(by: { $0.key < $1.key }) {
      coder.whole([index])
      coder.numbers(sums.numbers)
      try coder.flush(write)
    }
    coder.numbers(tallies.factors)
    coder.lists(tallies.worst)
    try coder.flush(write, all: true)
  }

  /// Reads what ``encode(_:)`` wrote; `nil` if it can't have been written by it.
  public init?(decoding bytes: [UInt8], in range: Range<Int>) {
    var coder = PartDecoder(bytes: bytes, range: range)
    guard let part = coder.part() else { return nil }
    self = part
  }
}

/// Appends numbers to bytes.
private struct PartEncoder {
  private var bytes: [UInt8] = []
  private static let block = 1 << 22

  mutating func flush(_ write: ([UInt8]) throws -> Void, all: Bool = false) rethrows {
    guard all || bytes.count >= PartEncoder.block else { return }
    try write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func whole(_ values: [Int]) {
    let words = values.map { UInt64(bitPattern: Int64($0)).littleEndian }
    unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  /// A list of numbers, its length first.
  mutating func numbers(_ values: [Double]) {
    whole([values.count])
    let words = values.map(\.bitPattern.littleEndian)
    unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  mutating func lists(_ lists: [[Double]]) {
    whole([lists.count])
    for list in lists { numbers(list) }
  }

  mutating func path(_ path: AreaPath) {
    lists(path.bands.map { $0.flatMap { [$0.p05, $0.p50, $0.p95] } })
    lists(path.means)
    lists(path.medians)
  }

  mutating func piece(_ result: PieceResult) {
    let counts = result.counts
    whole([counts.exitRaised, counts.exitLowered, counts.capped, counts.cells])
    whole([counts.cappedByPlan.count] + counts.cappedByPlan)
    whole([result.districts.count])
    for plans in result.districts {
      whole([plans.count])
      for outcome in plans { self.outcome(outcome) }
    }
  }

  private mutating func outcome(_ outcome: DistrictOutcome) {
    path(outcome.path)
    numbers(outcome.middleHalves.flatMap { [$0.p25, $0.p75] })
    numbers(outcome.goalByYear)
    let change = outcome.changeAgainstBaseline
    numbers([change.p05, change.p50, change.p95, outcome.avoided])
    numbers(outcome.probabilityOfGoal.map { [$0] } ?? [])
    numbers(outcome.probabilityOfBreak.map { [$0] } ?? [])
    numbers(outcome.coverage)
  }
}

/// Reads numbers from bytes; `nil` wherever they end early or don't add up.
private struct PartDecoder {
  let bytes: [UInt8]
  var place: Int
  let end: Int

  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    end = range.upperBound
  }

  private mutating func word() -> UInt64? {
    guard end - place >= 8 else { return nil }
    var value: UInt64 = 0
    for index in (0..<8).reversed() { value = value << 8 | UInt64(bytes[place + index]) }
    place += 8
    return value
  }

  /// A whole number that isn't negative.
  private mutating func whole() -> Int? { word().flatMap { Int(exactly: $0) } }

  /// A number of things that take at least `size` words each.
  private mutating func count(words size: Int = 1) -> Int? {
    guard let count = whole(), count <= (end - place) / (8 * size) else { return nil }
    return count
  }

  private mutating func numbers() -> [Double]? {
    guard let count = count() else { return nil }
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      guard let word = word() else { return nil }
      values.append(Double(bitPattern: word))
    }
    return values
  }

  private mutating func list<Value>(_ read: (inout PartDecoder) -> Value?) -> [Value]? {
    guard let count = count() else { return nil }
    var values: [Value] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      guard let value = read(&self) else { return nil }
      values.append(value)
    }
    return values
  }

  private mutating func path() -> AreaPath? {
    guard let bands = list({ $0.numbers() }), bands.allSatisfy({ $0.count % 3 == 0 }),
      let means = list({ $0.numbers() }), let medians = list({ $0.numbers() })
    else { return nil }
    return AreaPath(
      bands: bands.map { flat in
        stride(from: 0, to: flat.count, by: 3).map {
          Band(p05: flat[$0], p50: flat[$0 + 1], p95: flat[$0 + 2])
        }
      }, means: means, medians: medians)
  }

  private mutating func outcome() -> DistrictOutcome? {
    guard let path = path(), let middle = numbers(), middle.count % 2 == 0,
      let goals = numbers(), let change = numbers(), change.count == 4,
      let goal = numbers(), let breaks = numbers(), let coverage = numbers()
    else { return nil }
    return DistrictOutcome(
      path: path,
      middleHalves: stride(from: 0, to: middle.count, by: 2).map {
        MiddleHalf(p25: middle[$0], p75: middle[$0 + 1])
      },
      goalByYear: goals,
      changeAgainstBaseline: Band(p05: change[0], p50: change[1], p95: change[2]),
      avoided: change[3], probabilityOfGoal: goal.first, probabilityOfBreak: breaks.first,
      coverage: coverage)
  }

  private mutating func piece() -> PieceResult? {
    guard let raised = whole(), let lowered = whole(), let capped = whole(), let cells = whole(),
      let byPlan = list({ $0.whole() }),
      let districts = list({ $0.list { $0.outcome() } })
    else { return nil }
    return PieceResult(
      districts: districts,
      counts: Projection.Counts(
        exitRaised: raised, exitLowered: lowered, capped: capped, cells: cells,
        cappedByPlan: byPlan))
  }

  private mutating func layout() -> ProjectionPart.Layout? {
    guard let plans = whole(), let years = whole(), let draws = whole(), let districts = whole(),
      let provinces = whole(), let departments = whole(), let pieces = whole()
    else { return nil }
    return ProjectionPart.Layout(
      plans: plans, years: years, draws: draws, districts: districts, provinces: provinces,
      departments: departments, pieces: pieces)
  }

  private mutating func sums(_ layout: ProjectionPart.Layout) -> AreaSums? {
    guard let numbers = numbers() else { return nil }
    let draws = DrawGrid(count: layout.draws)
    guard layout.plans < 1 << 20, layout.years < 1 << 20, layout.draws < 1 << 22,
      numbers.count == AreaSums.length(plans: layout.plans, years: layout.years, draws: draws)
    else { return nil }
    return AreaSums(plans: layout.plans, years: layout.years, draws: draws, numbers: numbers)
  }

  mutating func part() -> ProjectionPart? {
    guard let layout = layout(), let weights = numbers(), weights.count == layout.draws,
      let done = count(), let provinces = count(), let open = count(), let departments = count()
    else { return nil }
    var part = ProjectionPart(
      layout: layout, weights: weights, pieces: [:], provinces: [:], open: [:], departments: [:],
      tallies: TallyContents(factors: [], worst: []))
    for _ in 0..<done {
      guard let index = whole(), index < layout.pieces, let result = piece() else { return nil }
      part.pieces[index] = result
    }
    for _ in 0..<provinces {
      guard let index = whole(), index < layout.provinces, let paths = list({ $0.path() }) else {
        return nil
      }
      part.provinces[index] = paths
    }
    for _ in 0..<open {
      guard let index = whole(), index < layout.provinces, let left = whole(),
        let sums = sums(layout)
      else { return nil }
      part.open[index] = (left: left, sums: sums)
    }
    for _ in 0..<departments {
      guard let index = whole(), index < layout.departments, let sums = sums(layout) else {
        return nil
      }
      part.departments[index] = sums
    }
    guard let factors = numbers(), let worst = list({ $0.numbers() }) else { return nil }
    part.tallies = TallyContents(factors: factors, worst: worst)
    return place == end && part.pieces.count == done ? part : nil
  }
}
