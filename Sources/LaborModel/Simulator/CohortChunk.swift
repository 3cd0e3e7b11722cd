// Quiebre · LaborModel
// One district's 13 ages over one chunk of draws: the stationary profile, and the yearly step.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// The yearly multipliers of one step, by age group: rows [group] of a chunk's vectors.
struct StepMultipliers {
  /// m_e and m_e − 1.
  let entry: LaneView
  let entryLessOne: LaneView
  /// m_x and m_x − 1; and whether any m_x differs from 1.
  let exit: LaneView
  let exitLessOne: LaneView
  var exitMoves: Bool
}

/// The state v = w − w0 and what a step needs, in lanes.
///
/// Rows are [vector][age]: the ages of one vector lie together. The state is the *deviation* from the stationary profile: with e = e0·m_e and x = X·m_x,
/// v' = v·(1 − x − e) + e0(1 − w0)(m_e − 1) − X·w0·(m_x − 1). Where nothing moves, v stays 0 to the
/// last bit, in single precision too.
struct CohortChunk {
  static let ages = 13
  private static let size = DrawGrid.chunk * ages

  private let w0 = LaneBuffer(count: size)
  private let e0 = LaneBuffer(count: size)
  /// e0·(1 − w0) of the age below (age 5: w0 itself), and X·w0 of the age below.
  private let gain = LaneBuffer(count: size)
  private let loss = LaneBuffer(count: size)
  /// X by age, after the rules that keep entry inside [0, 0.9].
  private let exit = LaneBuffer(count: size)
  /// Largest e0 and X of each vector.
  private let largestEntry = LaneBuffer(count: DrawGrid.chunk)
  private let largestExit = LaneBuffer(count: DrawGrid.chunk)
  /// Some X was changed by the rules, so that X differs between ages.
  private var adjusted = false
  private(set) var raised = 0
  private(set) var lowered = 0
  private(set) var capped = 0

  mutating func resetCounts() { (raised, lowered, capped) = (0, 0, 0) }

  mutating func count(capped extra: Int) { capped += extra }

  /// Makes the stationary profile and its entry probabilities.
  ///
  /// - Parameters:
  ///   - logit: α_d + level + error of each draw: a chunk's vectors.
  ///   - ageOdds: exp of the age profile's logit, 13.
  ///   - exitRate: X of each draw.
  ///   - counted: How many of the chunk's draws count.
  mutating func prepare(
    logit: LaneView, ageOdds: [Float], exitRate: LaneView, counted: Int
  ) {
    adjusted = false
    let one = Lanes(repeating: 1)
    let (w0, e0, gain, loss, exit) = (w0.view, e0.view, gain.view, loss.view, self.exit.view)
    for vector in 0..<DrawGrid.chunk {
      let row = vector * CohortChunk.ages
      let odds = exp(logit[vector])
      let x = exitRate[vector]
      var below = odds * ageOdds[0]
      var rest = one / (one + below)
      w0[row] = below * rest
      e0[row] = below * rest
      gain[row] = below * rest
      var (least, most) = (Lanes(repeating: 1), Lanes(repeating: 0))
      for age in 1..<CohortChunk.ages {
        let here = odds * ageOdds[age]
        let restHere = one / (one + here)
        let entry = (here - below) * restHere + below * x
        w0[row + age] = here * restHere
        e0[row + age] = entry
        gain[row + age] = entry * rest
        loss[row + age] = x * w0[row + age - 1]
        exit[row + age] = x
        least = lesser(least, entry)
        most = greater(most, entry)
        (below, rest) = (here, restHere)
      }
      largestEntry.view[vector] = greater(most, w0[row])
      largestExit.view[vector] = x
      if least.min() < 0 || most.max() > CohortChunk.highestEntry {
        adjust(vector: vector, counted: counted)
      }
    }
  }

  private static let highestEntry: Float = 0.9

  /// Bends X where entry would be negative or above 0.9, so that the profile stands still.
  private mutating func adjust(vector: Int, counted: Int) {
    adjusted = true
    let (w0, e0, gain, loss, exit) = (w0.view, e0.view, gain.view, loss.view, self.exit.view)
    for lane in 0..<8 {
      let counts = vector * 8 + lane < counted
      var (entries, exits): (Float, Float) = (w0[vector * CohortChunk.ages][lane], 0)
      for age in 1..<CohortChunk.ages {
        let cell = vector * CohortChunk.ages + age
        let (from, to) = (w0[cell - 1][lane], w0[cell][lane])
        var (entry, rate) = (e0[cell][lane], exit[cell][lane])
        if entry < 0 {
          (entry, rate) = (0, 1 - to / from)
          raised += counts ? 1 : 0
        } else if entry > CohortChunk.highestEntry {
          let top = CohortChunk.highestEntry
          rate = (top * (1 - from) - to + from) / from
          entry = top
          if rate < 0 { (entry, rate) = ((to - from) / (1 - from), 0) }
          lowered += counts ? 1 : 0
        }
        e0[cell][lane] = entry
        exit[cell][lane] = rate
        gain[cell][lane] = entry * (1 - from)
        loss[cell][lane] = rate * from
        (entries, exits) = (max(entries, entry), max(exits, rate))
      }
      largestEntry.view[vector][lane] = entries
      largestExit.view[vector][lane] = exits
    }
  }

  /// Σ weight·w0 over the lower and the upper ages, of one vector.
  func level(vector: Int, weights: AgeWeights) -> (lower: Lanes, upper: Lanes) {
    let row = w0.view.from(vector * CohortChunk.ages)
    var (lower, upper) = (Lanes(), Lanes())
    for age in 0..<9 { lower += row[age] * weights.values[age] }
    for age in 9..<13 { upper += row[age] * weights.values[age] }
    return (lower, upper)
  }

  /// One year for one vector: every cohort grows a year older; returns the weighted sums of v.
  @inline(__always)
  private func plainStep(
    _ vector: Int, _ state: LaneView, _ move: StepMultipliers, groupOf: GroupMap,
    weights: AgeWeights, exitRate: Lanes, byAge: Bool
  ) -> (lower: Lanes, upper: Lanes) {
    let start = vector * CohortChunk.ages
    let one = Lanes(repeating: 1)
    let (e0, gain, loss, exit) = (e0.view, gain.view, loss.view, self.exit.view)
    var (lower, upper) = (Lanes(), Lanes())
    var age = CohortChunk.ages - 1
    while age >= 1 {
      let cell = start + age
      let group = groupOf[age] * DrawGrid.chunk + vector
      let x = byAge ? exit[cell] : exitRate
      let stay = one - (move.exitMoves ? x * move.exit[group] : x)
      let entered = e0[cell] * move.entry[group]
      var next = state[cell - 1] * (stay - entered) + gain[cell] * move.entryLessOne[group]
      if move.exitMoves { next -= loss[cell] * move.exitLessOne[group] }
      state[cell] = next
      if age >= 9 {
        upper += next * weights.values[age]
      } else {
        lower += next * weights.values[age]
      }
      age -= 1
    }
    let youngest = gain[start] * move.entryLessOne[groupOf[0] * DrawGrid.chunk + vector]
    state[start] = youngest
    lower += youngest * weights.values[0]
    return (lower, upper)
  }

  /// The same where a probability may pass 1: it is held there, and counted.
  private func cappedStep(
    _ vector: Int, _ state: LaneView, _ move: StepMultipliers, groupOf: GroupMap,
    weights: AgeWeights, counted: Int, held: inout Int
  ) -> (lower: Lanes, upper: Lanes) {
    let start = vector * CohortChunk.ages
    let one = Lanes(repeating: 1)
    let (w0, e0, gain, loss, exit) = (w0.view, e0.view, gain.view, loss.view, self.exit.view)
    let real = counted - vector * 8
    var (lower, upper) = (Lanes(), Lanes())
    for age in stride(from: CohortChunk.ages - 1, through: 0, by: -1) {
      let cell = start + age
      let group = groupOf[age] * DrawGrid.chunk + vector
      let rawEntry = e0[cell] * move.entry[group]
      let entryOver = rawEntry .> one
      let entered = rawEntry.replacing(with: one, where: entryOver)
      var next: Lanes
      if age == 0 {
        next = (gain[cell] * move.entryLessOne[group])
          .replacing(with: one - w0[cell], where: entryOver)
        for lane in 0..<8 where entryOver[lane] && lane < real { held += 1 }
      } else {
        let rawExit = move.exitMoves ? exit[cell] * move.exit[group] : exit[cell]
        let exitOver = rawExit .> one
        let stay = one - rawExit.replacing(with: one, where: exitOver)
        let room = one - w0[cell - 1]
        let gained = (gain[cell] * move.entryLessOne[group])
          .replacing(with: room - gain[cell], where: entryOver)
        next = state[cell - 1] * (stay - entered) + gained
        if move.exitMoves {
          next -= (loss[cell] * move.exitLessOne[group])
            .replacing(with: w0[cell - 1] - loss[cell], where: exitOver)
        }
        for lane in 0..<8 where (entryOver[lane] || exitOver[lane]) && lane < real { held += 1 }
      }
      state[cell] = next
      if age >= 9 {
        upper += next * weights.values[age]
      } else {
        lower += next * weights.values[age]
      }
    }
    return (lower, upper)
  }

  /// One year for the whole chunk.
  ///
  /// - Parameters:
  ///   - state: v, rows [vector][age]; replaced by the next year's.
  ///   - move: The multipliers of the step.
  ///   - groupOf: The age group of each age, of `groups`.
  ///   - groups: How many age groups there are.
  ///   - weights: The weight of each age in its group's rate.
  ///   - exitRate: X of each draw (where the rules changed nothing).
  ///   - counted: How many of the chunk's draws count.
  ///   - lower: Gets Σ weight·v of ages 5-13.
  ///   - upper: Gets the same of ages 14-17.
  mutating func step(
    _ state: LaneView, _ move: StepMultipliers, groupOf: GroupMap, groups: Int,
    weights: AgeWeights, exitRate: LaneView, counted: Int, lower: LaneView, upper: LaneView
  ) {
    for vector in 0..<DrawGrid.chunk {
      let sums: (lower: Lanes, upper: Lanes)
      if mayPassOne(vector, move, groups: groups) {
        sums = cappedStep(
          vector, state, move, groupOf: groupOf, weights: weights, counted: counted,
          held: &capped)
      } else if adjusted {
        sums = plainStep(
          vector, state, move, groupOf: groupOf, weights: weights, exitRate: exitRate[vector],
          byAge: true)
      } else {
        sums = plainStep(
          vector, state, move, groupOf: groupOf, weights: weights, exitRate: exitRate[vector],
          byAge: false)
      }
      (lower[vector], upper[vector]) = sums
    }
  }

  private func mayPassOne(_ vector: Int, _ move: StepMultipliers, groups: Int) -> Bool {
    var most = Lanes()
    for group in 0..<groups {
      let cell = group * DrawGrid.chunk + vector
      most = greater(most, move.entry[cell] * largestEntry.view[vector])
      if move.exitMoves { most = greater(most, move.exit[cell] * largestExit.view[vector]) }
    }
    return most.max() > 1
  }
}

/// The group of each age.
typealias GroupMap = InlineArray<13, Int>

/// The weight of each age in its group's rate: children over the children of ages 5-13 or 14-17.
struct AgeWeights {
  let values: InlineArray<13, Float>

  /// Equal weights where a group has no children.
  init(children: [Double]) {
    let lower = StationaryProfiles.weights(Array(children[0..<9]))
    let upper = StationaryProfiles.weights(Array(children[9..<13]))
    values = InlineArray { Float($0 < 9 ? lower[$0] : upper[$0 - 9]) }
  }
}

/// The smaller of each pair of lanes.
@inline(__always)
func lesser(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }

/// The larger of each pair of lanes.
@inline(__always)
func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }
