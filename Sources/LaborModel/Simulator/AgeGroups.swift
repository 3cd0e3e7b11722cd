// Quiebre · LaborModel
// Ages that the same set of lines acts on, and the factors whose product moves them.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import Statistics

/// What multiplies the yearly chances of one or several age groups.
enum Factor: Hashable, Sendable {
  /// One line by itself. Indices are positions among the acting lines.
  case single(Int)
  /// Two lines with a declared interaction (its index in the plan).
  case pair(Int, Int, interaction: Int)
  /// All lines of an age group under `nested` or `additive`.
  case pool([Int])

  var lines: [Int] {
    switch self {
    case .single(let line): [line]
    case .pair(let first, let second, _): [first, second]
    case .pool(let lines): lines
    }
  }
}

/// The grouping of the 13 ages by the lines that act on them.
struct AgeGroups: Hashable, Sendable {
  struct Group: Hashable, Sendable {
    /// The group whose product this one continues (an earlier one), and the further factors.
    var parent: Int?
    var factors: [Int]
  }

  /// Group of each age, 0 = age 5.
  let groupOf: [Int]
  let groups: [Group]
  let factors: [Factor]

  /// Groups the ages.
  ///
  /// - Parameters:
  ///   - windows: Ages (after the step) of each acting line.
  ///   - overlap: How lines on one child combine.
  ///   - interactions: Pairs of acting lines, with the plan's index.
  init(
    windows: [ClosedRange<Int>], overlap: Plan.Overlap,
    interactions: [(first: Int, second: Int, index: Int)]
  ) {
    var all: [Factor] = []
    /// A list, not a set: order must not depend on hashing.
    var sets: [[Int]] = []
    var setOf: [Int] = []
    for age in 5...17 {
      let acting = windows.indices.filter { windows[$0].contains(age) }
      let set = AgeGroups.factors(of: acting, overlap: overlap, interactions: interactions).map {
        factor in
        if let known = all.firstIndex(of: factor) { return known }
        all.append(factor)
        return all.count - 1
      }.sorted()
      if let known = sets.firstIndex(of: set) {
        setOf.append(known)
      } else {
        sets.append(set)
        setOf.append(sets.count - 1)
      }
    }
    let order = sets.indices.sorted { (sets[$0].count, $0) < (sets[$1].count, $1) }
    var made: [Group] = []
    for (position, set) in order.enumerated() {
      let parent = (0..<position).filter { Set(sets[order[$0]]).isSubset(of: sets[set]) }
        .max { sets[order[$0]].count < sets[order[$1]].count }
      let known = parent.map { sets[order[$0]] } ?? []
      made.append(Group(parent: parent, factors: sets[set].filter { !known.contains($0) }))
    }
    groups = made
    groupOf = setOf.map { set in order.firstIndex(of: set) ?? 0 }
    factors = all
  }

  private static func factors(
    of acting: [Int], overlap: Plan.Overlap,
    interactions: [(first: Int, second: Int, index: Int)]
  ) -> [Factor] {
    guard !acting.isEmpty else { return [] }
    guard overlap == .product else {
      return acting.count == 1 ? [.single(acting[0])] : [.pool(acting)]
    }
    let pairs = interactions.filter { acting.contains($0.first) && acting.contains($0.second) }
    let paired = pairs.flatMap { [$0.first, $0.second] }
    return pairs.map { .pair($0.first, $0.second, interaction: $0.index) }
      + acting.filter { !paired.contains($0) }.map { .single($0) }
  }
}
