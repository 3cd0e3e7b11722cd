// Quiebre · Statistics
// Numbers the units of a sample in the order in which they come, and checks them on the way.
// SPDX-License-Identifier: Apache-2.0

/// One pass over the rows of a design.
struct SurveyNumbering {
  private let columns: SurveyColumns
  private(set) var faults: [SurveyFault] = []
  private(set) var unitOfRow: [Int32] = []
  private(set) var first = SurveyStage()
  private(set) var second: SurveyStage?

  /// Which parent and code a number stands for.
  private struct Key: Hashable {
    let parent: Int32
    let code: Int32
  }

  private var strata: [Key: Int32] = [:]
  private var psus: [Key: Int32] = [:]
  private var units: [Key: Int32] = [:]
  private var rowOfPSU: [Int32] = []
  private var population = ParentPopulation(isSecondStage: false)
  private var secondPopulation = ParentPopulation(isSecondStage: true)

  init(_ columns: SurveyColumns) { self.columns = columns }

  var unitCount: Int { second?.parentOfUnit.count ?? first.parentOfUnit.count }

  mutating func run() {
    checkWeights()
    if columns.secondPopulation != nil { second = SurveyStage() }
    if columns.secondUnit != nil, columns.population != nil { second = second ?? SurveyStage() }
    unitOfRow.reserveCapacity(columns.weights.count)
    let homes = checkHomes()
    for row in columns.weights.indices { number(row, isCertain: homes[row]) }
    first.fraction = fractions(population, first)
    if var stage = second {
      stage.fraction = fractions(secondPopulation, stage)
      second = stage
    }
  }

  /// Faults of strata with a single unit; only asked for under the rule `fail`.
  mutating func refuseLonely(_ first: SurveyStage, _ second: SurveyStage?) {
    for parent in first.unitsOfParent.indices where first.isLonely(parent) {
      faults.append(.lonely(row: Int(first.rowOfParent[parent]), isSecondStage: false))
    }
    guard let second else { return }
    for psu in second.unitsOfParent.indices where second.isLonely(psu) {
      // Within a PSU drawn as if with replacement the second stage doesn't count.
      guard first.fraction[Int(first.parentOfUnit[psu])] > 0 else { continue }
      faults.append(.lonely(row: Int(second.rowOfParent[psu]), isSecondStage: true))
    }
  }

  private mutating func checkWeights() {
    for (row, weight) in columns.weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      faults.append(.badWeight(row: row))
    }
    if faults.isEmpty, !columns.weights.contains(where: { $0 > 0 }) { faults.append(.noWeight) }
  }

  /// Whether each row lies in a PSU taken with certainty; a PSU lies in one stratum and is wholly so or not.
  private mutating func checkHomes() -> [Bool] {
    let count = columns.weights.count
    let certain = columns.certainty ?? [Bool](repeating: false, count: count)
    guard let psu = columns.psu else { return certain }
    struct Home {
      let row: Int
      let stratum: Int32
      let isCertain: Bool
    }
    var homes: [Key: Home] = [:]
    var (split, varying): (Set<Key>, Set<Key>) = ([], [])
    var last: (key: Key, home: Home)?
    for row in 0..<count {
      let stratum = columns.stratum?[row] ?? 0
      let key = Key(parent: columns.isNested ? stratum : 0, code: psu[row])
      // Files are sorted by PSU as a rule: most rows look like the row before.
      let known = last?.key == key ? last?.home : homes[key]
      let home = known ?? Home(row: row, stratum: stratum, isCertain: certain[row])
      if known == nil { homes[key] = home }
      last = (key, home)
      // Once a cluster: the other rows say the same.
      if home.stratum != stratum, split.insert(key).inserted {
        faults.append(.psuInTwoStrata(row: row, firstRow: home.row))
      }
      if home.isCertain != certain[row], varying.insert(key).inserted {
        faults.append(.certaintyVaries(row: row, firstRow: home.row))
      }
    }
    return certain
  }

  private mutating func number(_ row: Int, isCertain: Bool) {
    let stratumCode = columns.stratum?[row] ?? 0
    let psuCode = columns.psu?[row] ?? Int32(row)
    let unitCode = columns.secondUnit?[row] ?? Int32(row)
    // A certainty PSU stands where a stratum stands, its units where PSUs stand.
    let stratum = parent(
      isCertain ? Key(parent: stratumCode, code: psuCode) : Key(parent: stratumCode, code: -1),
      row, isCertain)
    let psu = self.psu(Key(parent: stratum, code: isCertain ? unitCode : psuCode), row)
    let size = isCertain ? columns.secondPopulation?[row] : columns.population?[row]
    note(population.note(size, Int(stratum), row, firstRow: first.rowOfParent[Int(stratum)]))
    guard second != nil else {
      unitOfRow.append(psu)
      return
    }
    unitOfRow.append(unit(Key(parent: psu, code: isCertain ? Int32(row) : unitCode), row))
    // All that was drawn of a certainty PSU's dwelling is in the file: no third stage.
    let secondSize = isCertain ? 1 : columns.secondPopulation?[row]
    note(secondPopulation.note(secondSize, Int(psu), row, firstRow: rowOfPSU[Int(psu)]))
  }

  private mutating func note(_ fault: SurveyFault?) {
    if let fault { faults.append(fault) }
  }

  private mutating func parent(_ key: Key, _ row: Int, _ isCertain: Bool) -> Int32 {
    if let known = strata[key] { return known }
    let number = Int32(first.unitsOfParent.count)
    strata[key] = number
    first.unitsOfParent.append(0)
    first.rowOfParent.append(Int32(row))
    population.sizes.append(nil)
    return number
  }

  private mutating func psu(_ key: Key, _ row: Int) -> Int32 {
    if let known = psus[key] { return known }
    let number = Int32(first.parentOfUnit.count)
    psus[key] = number
    first.parentOfUnit.append(key.parent)
    first.unitsOfParent[Int(key.parent)] += 1
    rowOfPSU.append(Int32(row))
    second?.unitsOfParent.append(0)
    second?.rowOfParent.append(Int32(row))
    secondPopulation.sizes.append(nil)
    return number
  }

  private mutating func unit(_ key: Key, _ row: Int) -> Int32 {
    if let known = units[key] { return known }
    let number = Int32(second?.parentOfUnit.count ?? 0)
    units[key] = number
    second?.parentOfUnit.append(key.parent)
    second?.unitsOfParent[Int(key.parent)] += 1
    return number
  }

  /// Sampling fractions from population sizes (above 1) or from fractions as given.
  private mutating func fractions(
    _ population: ParentPopulation, _ stage: SurveyStage
  ) -> [Double] {
    stage.unitsOfParent.indices.map { parent in
      guard let size = population.sizes[parent] else { return 0 }
      let units = Double(stage.unitsOfParent[parent])
      guard size > 1 || (size == 1 && units == 1) else { return size }
      if size < units {
        faults.append(
          .populationTooSmall(
            row: Int(stage.rowOfParent[parent]), units: Int(units),
            isSecondStage: population.isSecondStage))
      }
      return units / size
    }
  }
}

/// The population sizes that rows state for their parents; all rows of a parent must agree.
private struct ParentPopulation {
  let isSecondStage: Bool
  var sizes: [Double?] = []

  init(isSecondStage: Bool) { self.isSecondStage = isSecondStage }

  /// Remembers a size; returns what is wrong with it.
  mutating func note(_ size: Double?, _ parent: Int, _ row: Int, firstRow: Int32) -> SurveyFault? {
    guard let size else { return nil }
    guard size > 0, size.isFinite else {
      return .badPopulation(row: row, isSecondStage: isSecondStage)
    }
    guard let before = sizes[parent] else {
      sizes[parent] = size
      return nil
    }
    guard before != size else { return nil }
    return .populationVaries(row: row, firstRow: Int(firstRow), isSecondStage: isSecondStage)
  }
}
