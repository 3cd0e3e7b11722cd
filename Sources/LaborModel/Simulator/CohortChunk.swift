// Quiebre · LaborModel
// One district's 13 ages over one chunk of draws: the stationary profile, and the yearly step.
// SPDX-License-Identifier: Apache-2.0

internal import Compute

/// What moves entry and exit in one step, by age group: rows [group] of a chunk's vectors.
struct StepMultipliers {
  /// m_e and m_e − 1.
  let entry: LaneView
  let entryLessOne: LaneView
  /// m_x and m_x − 1, used if any m_x differs from 1.
  let exit: LaneView
  let exitLessOne: LaneView
  var exitMoves: Bool
  var groups: Int
}

/// The state v = w − w0 and what a step needs, in lanes.
///
/// Rows are [vector][age]: the ages of one vector lie together. The state is the *deviation* from the
/// stationary profile: with e = e0·m_e and x = X·m_x,
/// v' = v·(1 − x − e) + e0(1 − w0)(m_e − 1) − X·w0·(m_x − 1). Where nothing moves, v stays 0 to the
/// last bit, in single precision too.
struct CohortChunk {
  static let ages = 13
  /// Ages 5-13 are the first nine.
  static let lowerAges = 9
  private static let size = DrawGrid.chunk * ages

  private let w0 = LaneBuffer(count: size)
  private let e0 = LaneBuffer(count: size)
  /// e0·(1 − w0) of the age below (age 5: w0 itself), and X·w0 of the age below.
  private let gain = LaneBuffer(count: size)
  private let loss = LaneBuffer(count: size)
  /// X by age, after the rules that keep entry inside [0, 0.9].
  private let exit = LaneBuffer(count: size)
  /// Largest e0 of ages up to 13 and above, and largest X, of each vector.
  private let lowerEntry = LaneBuffer(count: DrawGrid.chunk)
  private let upperEntry = LaneBuffer(count: DrawGrid.chunk)
  private let largestExit = LaneBuffer(count: DrawGrid.chunk)
  /// Not 0 in vectors in which the rules changed some X, so that it differs between ages.
  private let adjusted = LaneBuffer(count: DrawGrid.chunk)

  // MARK: The stationary profile

  /// Makes the stationary profile and its entry probabilities.
  ///
  /// - Parameters:
  ///   - logit: α_d + level + error of each draw: a chunk's vectors.
  ///   - ageOdds: exp of the age profile's logit, 13.
  ///   - exitRate: X of each draw.
  ///   - counted: How many of the chunk's draws count.
  /// - Returns: At how many ages and draws X was raised, or lowered.
  func prepare(
    logit: LaneView, ageOdds: [Float], exitRate: LaneView, counted: Int
  ) -> (raised: Int, lowered: Int) {
    var bent = (raised: 0, lowered: 0)
    let one = Lanes(repeating: 1)
    let (w0, e0, gain, loss, exit) = (w0.view, e0.view, gain.view, loss.view, self.exit.view)
    for vector in 0..<DrawGrid.chunk {
      let row = vector * CohortChunk.ages
      let odds = exp(logit[vector])
      let x = exitRate[vector]
      var below = odds * ageOdds[0]
      var rest = one / (one + below)
      var share = below * rest
      w0[row] = share
      e0[row] = share
      gain[row] = share
      var (least, most, mostLower) = (one, share, share)
      for age in 1..<CohortChunk.ages {
        let here = odds * ageOdds[age]
        let restHere = one / (one + here)
        let entry = (here - below) * restHere + below * x
        e0[row + age] = entry
        gain[row + age] = entry * rest
        loss[row + age] = x * share
        exit[row + age] = x
        share = here * restHere
        w0[row + age] = share
        least = lesser(least, entry)
        most = greater(most, entry)
        if age < CohortChunk.lowerAges { mostLower = most }
        (below, rest) = (here, restHere)
      }
      lowerEntry.view[vector] = mostLower
      upperEntry.view[vector] = most
      largestExit.view[vector] = x
      let outside =
        anyLane(least .< Lanes()) || anyLane(most .> Lanes(repeating: CohortChunk.highestEntry))
      adjusted.view[vector] = Lanes(repeating: outside ? 1 : 0)
      guard outside else { continue }
      let here = adjust(vector: vector, counted: counted)
      bent.raised += here.raised
      bent.lowered += here.lowered
    }
    return bent
  }

  private static let highestEntry: Float = 0.9

  /// Bends X where entry would be negative or above 0.9, so that the profile stands still.
  private func adjust(vector: Int, counted: Int) -> (raised: Int, lowered: Int) {
    let (w0, e0, gain, loss, exit) = (w0.view, e0.view, gain.view, loss.view, self.exit.view)
    let (zero, one) = (Lanes(), Lanes(repeating: 1))
    let top = Lanes(repeating: CohortChunk.highestEntry)
    let row = vector * CohortChunk.ages
    let real = countedLanes(counted - vector * 8)
    var (entries, exits) = (w0[row], zero)
    var lowerEntries = entries
    var (upward, downward) = (SIMD8<Int32>(), SIMD8<Int32>())
    for age in 1..<CohortChunk.ages {
      let (from, to) = (w0[row + age - 1], w0[row + age])
      var (entry, rate) = (e0[row + age], exit[row + age])
      let (under, over) = (entry .< zero, entry .> top)
      let room = one - from
      let bent = (top * room - to + from) / from
      // Not even X = 0 holds entry at 0.9: then entry is what the profile's rise needs.
      let steep = over .& (bent .< zero)
      entry = entry.replacing(with: zero, where: under).replacing(with: top, where: over)
        .replacing(with: (to - from) / room, where: steep)
      rate = rate.replacing(with: one - to / from, where: under)
        .replacing(with: bent, where: over).replacing(with: zero, where: steep)
      upward &+= real.replacing(with: 0, where: .!under)
      downward &+= real.replacing(with: 0, where: .!over)
      e0[row + age] = entry
      exit[row + age] = rate
      gain[row + age] = entry * room
      loss[row + age] = rate * from
      (entries, exits) = (greater(entries, entry), greater(exits, rate))
      if age < CohortChunk.lowerAges { lowerEntries = entries }
    }
    lowerEntry.view[vector] = lowerEntries
    upperEntry.view[vector] = entries
    largestExit.view[vector] = exits
    return (Int(upward.wrappedSum()), Int(downward.wrappedSum()))
  }

  /// Σ weight·w0 over ages 5-13 and 14-17, of one vector.
  func level(vector: Int, weights: AgeWeights) -> (lower: Lanes, upper: Lanes) {
    let row = w0.view.from(vector * CohortChunk.ages)
    var (lower, upper) = (Lanes(), Lanes())
    for age in 0..<CohortChunk.lowerAges { lower += row[age] * weights.values[age] }
    for age in CohortChunk.lowerAges..<CohortChunk.ages {
      upper += row[age] * weights.values[age]
    }
    return (lower, upper)
  }

  // MARK: The yearly step

  /// One year for the whole chunk: every cohort grows a year older.
  ///
  /// - Parameters:
  ///   - state: v, rows [vector][age]; replaced by the next year's.
  ///   - move: The multipliers of the step.
  ///   - runs: Ages that share an age group, from old to young.
  ///   - weights: The weight of each age in its group's rate.
  ///   - exitRate: X of each draw (where the rules changed nothing).
  ///   - counted: How many of the chunk's draws count.
  ///   - lower: Gets Σ weight·v of ages 5-13.
  ///   - upper: Gets the same of ages 14-17.
  /// - Returns: How many chances had to be held at 1.
  func step(
    _ state: LaneView, _ move: StepMultipliers, runs: [AgeRun], weights: AgeWeights,
    exitRate: LaneView, counted: Int, lower: LaneView, upper: LaneView
  ) -> Int {
    var held = 0
    for vector in 0..<DrawGrid.chunk {
      let cells = state.from(vector * CohortChunk.ages)
      let may = mayPassOne(vector, move)
      let byAge = adjusted.view[vector][0] != 0
      let x = exitRate[vector]
      var (low, high) = (Lanes(), Lanes())
      for run in runs {
        let sum: Lanes
        if run.isUpper ? may.upper : may.lower {
          sum = cappedStep(
            vector, cells, move, run, weights, counted: counted, held: &held)
        } else if byAge {
          sum = plainStep(vector, cells, move, run, weights, x, byAge: true)
        } else {
          sum = plainStep(vector, cells, move, run, weights, x, byAge: false)
        }
        if run.isUpper { high += sum } else { low += sum }
      }
      (lower[vector], upper[vector]) = (low, high)
    }
    return held
  }

  /// One year of a run's ages, from old to young; returns Σ weight·v.
  @inline(__always)
  private func plainStep(
    _ vector: Int, _ state: LaneView, _ move: StepMultipliers, _ run: AgeRun,
    _ weights: AgeWeights, _ exitRate: Lanes, byAge: Bool
  ) -> Lanes {
    let start = vector * CohortChunk.ages
    let one = Lanes(repeating: 1)
    let (e0, gain) = (e0.view.from(start), gain.view.from(start))
    let (loss, exit) = (loss.view.from(start), exit.view.from(start))
    let group = run.group * DrawGrid.chunk + vector
    let (entry, entryLessOne) = (move.entry[group], move.entryLessOne[group])
    var sum = Lanes()
    if move.exitMoves {
      let (out, outLessOne) = (move.exit[group], move.exitLessOne[group])
      let stay = one - exitRate * out
      var age = run.oldest
      while age >= run.youngest {
        let left = byAge ? one - exit[age] * out : stay
        let next =
          state[age - 1] * (left - e0[age] * entry) + gain[age] * entryLessOne
          - loss[age] * outLessOne
        state[age] = next
        sum += next * weights.values[age]
        age &-= 1
      }
    } else {
      let stay = one - exitRate
      var age = run.oldest
      while age >= run.youngest {
        let left = byAge ? one - exit[age] : stay
        let next = state[age - 1] * (left - e0[age] * entry) + gain[age] * entryLessOne
        state[age] = next
        sum += next * weights.values[age]
        age &-= 1
      }
    }
    if run.holdsYoungest {
      state[0] = gain[0] * entryLessOne
      sum += state[0] * weights.values[0]
    }
    return sum
  }

  /// The same where a probability may pass 1: it is held there, and counted.
  private func cappedStep(
    _ vector: Int, _ state: LaneView, _ move: StepMultipliers, _ run: AgeRun,
    _ weights: AgeWeights, counted: Int, held total: inout Int
  ) -> Lanes {
    let start = vector * CohortChunk.ages
    let (zero, one) = (Lanes(), Lanes(repeating: 1))
    let (w0, e0, gain) = (w0.view.from(start), e0.view.from(start), gain.view.from(start))
    let (loss, exit) = (loss.view.from(start), exit.view.from(start))
    let real = countedLanes(counted - vector * 8)
    let group = run.group * DrawGrid.chunk + vector
    let (entry, entryLessOne) = (move.entry[group], move.entryLessOne[group])
    let out = move.exitMoves ? move.exit[group] : one
    let outLessOne = move.exitMoves ? move.exitLessOne[group] : zero
    var held = SIMD8<Int32>()
    var sum = zero
    var age = run.oldest
    while age >= run.youngest {
      let (rawEntry, rawExit) = (e0[age] * entry, exit[age] * out)
      let (entryOver, exitOver) = (rawEntry .> one, rawExit .> one)
      let stay = one - rawExit.replacing(with: one, where: exitOver)
      let gained = (gain[age] * entryLessOne)
        .replacing(with: (one - w0[age - 1]) - gain[age], where: entryOver)
      let lost = (loss[age] * outLessOne)
        .replacing(with: w0[age - 1] - loss[age], where: exitOver)
      let entered = rawEntry.replacing(with: one, where: entryOver)
      let next = state[age - 1] * (stay - entered) + gained - lost
      state[age] = next
      sum += next * weights.values[age]
      held &+= real.replacing(with: 0, where: .!(entryOver .| exitOver))
      age &-= 1
    }
    if run.holdsYoungest {
      let over = e0[0] * entry .> one
      state[0] = (gain[0] * entryLessOne).replacing(with: one - w0[0], where: over)
      sum += state[0] * weights.values[0]
      held &+= real.replacing(with: 0, where: .!over)
    }
    total += Int(held.wrappedSum())
    return sum
  }

  /// Whether a chance of ages 5-13, or of ages 14-17, may pass 1.
  private func mayPassOne(_ vector: Int, _ move: StepMultipliers) -> (lower: Bool, upper: Bool) {
    var (entry, out) = (Lanes(), Lanes())
    for group in 0..<move.groups {
      let cell = group * DrawGrid.chunk + vector
      entry = greater(entry, move.entry[cell])
      if move.exitMoves { out = greater(out, move.exit[cell]) }
    }
    let one = Lanes(repeating: 1)
    let over = LaneBits(largestExit.view[vector] * out .> one)
    let upper = LaneBits(upperEntry.view[vector] * entry .> one) | over
    guard upper.isAny else { return (false, false) }
    return ((LaneBits(lowerEntry.view[vector] * entry .> one) | over).isAny, true)
  }

  /// 1 in the first `count` lanes.
  private func countedLanes(_ count: Int) -> SIMD8<Int32> {
    let places = SIMD8<Int32>(0, 1, 2, 3, 4, 5, 6, 7)
    let limit = SIMD8<Int32>(repeating: Int32(max(0, min(8, count))))
    return SIMD8<Int32>(repeating: 1).replacing(with: 0, where: places .>= limit)
  }
}

/// Neighboring ages of one age group, from old to young; indices, 0 = age 5.
struct AgeRun: Hashable, Sendable {
  let group: Int
  /// Oldest and youngest of the ages above 5; none if the oldest is below the youngest.
  let oldest: Int
  let youngest: Int
  /// Age 5 is one of them.
  let holdsYoungest: Bool
  /// Ages 14-17.
  let isUpper: Bool
}

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
