// Quiebre · LaborModelTests
// Runs in shards, stopped and continued: the bytes of a run that was never taken apart.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import LaborModel
import Statistics
import Testing

@Suite("Parts of a run")
struct ProjectionPartTests {
  /// Six provinces of unlike size in three departments, one province across two of them.
  private struct World {
    let population: Population
    let levels: DistrictLevels
    let plan: Plan
    let observed = [
      ObservedRate(year: 2015, rate: 0.26, standardError: 0.01),
      ObservedRate(year: 2016, rate: 0.262, standardError: 0.01),
    ]

    init() {
      let sizes = [1, 7, 3, 4, 2, 6]
      let province = sizes.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element) }
      let count = province.count
      population = Population(
        codes: (0..<count).map { "D\($0 + 100)" },
        childrenByAge: (0..<count).map { [Double](repeating: Double(10 + $0 * 7), count: 13) },
        departmentOf: (0..<count).map { $0 < 5 ? 0 : $0 < 14 ? 1 : 2 },
        departmentCodes: ["A", "B", "C"], provinceOf: province, provinceCount: sizes.count)
      levels = DistrictLevels(
        rate: (0..<count).map { 0.1 + 0.015 * Double($0) },
        logitError: (0..<count).map { $0 % 3 == 0 ? 0 : 0.2 })
      let line = PlanLine.sample(
        placed: (0..<count).map { [100, 900 + $0 * 50, 2_000, 2_000, 2_000, 2_000, 2_000] },
        exit: Distribution(.triangular(low: 1, central: 1.1, high: 1.4)))
      let goal = Plan.Target(
        id: "goal", indicator: .rate(value: 0.2), deadline: 2021, probability: 0.5, ages: 5...17,
        area: nil)
      plan = .sample(
        replicas: 50, dynamics: .lively, lines: [line], targets: [goal], calibrate: true)
    }

    func ready(workers: Int = 1, weights: [Double]? = nil, cancellation: CancellationFlag? = nil)
      throws -> PreparedSimulation
    {
      try PreparedSimulation(
        plan: plan, population: population, levels: levels, profile: profile, observed: observed,
        weights: weights,
        options: ProjectionOptions(workers: workers, blockSize: 2, cancellation: cancellation))
    }
  }

  private let world = World()

  private func expectSame(_ found: Projection?, _ due: Projection) {
    guard let found else {
      Issue.record("no projection")
      return
    }
    for (mine, other) in [
      (found.baseline, due.baseline), (found.scenarios[0], due.scenarios[0]),
    ] {
      #expect(mine.national == other.national)
      #expect(mine.nationalPath == other.nationalPath)
      #expect(mine.departments == other.departments)
      #expect(mine.departmentPaths == other.departmentPaths)
      #expect(mine.provincePaths == other.provincePaths)
      #expect(mine.districts == other.districts)
      #expect(mine.avoided == other.avoided)
    }
    #expect(found.weights == due.weights)
    #expect(found.counts == due.counts)
    #expect(found.parameters == due.parameters)
  }

  /// Through bytes and back.
  private func stored(_ part: ProjectionPart) throws -> ProjectionPart {
    var bytes: [UInt8] = [1, 2, 3]
    part.encode { bytes += $0 }
    return try #require(ProjectionPart(decoding: bytes, in: 3..<bytes.count))
  }

  @Test("shards put together in any order are the whole run", arguments: [1, 2, 3, 5, 40], [1, 3])
  func shards(count: Int, workers: Int) throws {
    let whole = try world.ready().project([world.plan])
    let parts = try (1...count).map { number -> ProjectionPart in
      let shard = Shard(number: number, count: count)
      let part = try world.ready(workers: workers).part(of: [world.plan], shard: shard)
      return try stored(#require(part))
    }
    #expect(parts.map(\.progress.done).reduce(0, +) == parts[0].progress.total)
    let merging = try world.ready(workers: workers, weights: parts[0].weights)
    expectSame(try merging.project([world.plan], from: parts.reversed()), whole)
  }

  @Test func `shards hold about as many districts each`() throws {
    for number in 1...4 {
      let part = try world.ready().part(
        of: [world.plan], shard: Shard(number: number, count: 4))
      // 23 districts in pieces of at most 2, so 6 give or take one piece.
      let done = try #require(part).progress.done
      #expect((2...5).contains(done))
    }
  }

  @Test("a run stopped at any piece goes on to the same bytes", arguments: 1...14, [1, 2])
  func interrupted(after pieces: Int, workers: Int) throws {
    let whole = try world.ready().project([world.plan])
    let flag = CancellationFlag()
    let kept = Guarded<[ProjectionPart]>([])
    let counter = Guarded(0)
    let checkpoint = Checkpoint(
      isDue: {
        let now = counter.withLock { count in
          count += 1
          return count
        }
        if now == pieces { flag.cancel() }
        return false
      }, save: { part in kept.withLock { $0.append(part) } })
    let first = try world.ready(workers: workers, cancellation: flag)
    #expect(throws: Cancelled.self) {
      _ = try first.part(of: [world.plan], checkpoint: checkpoint)
    }
    let saved = try #require(kept.withLock { $0.last })
    #expect(saved.progress.done >= pieces)
    let rest = try world.ready(weights: saved.weights).part(
      of: [world.plan], continuing: [stored(saved)])
    let part = try #require(rest)
    #expect(part.isWhole)
    expectSame(try world.ready().project([world.plan], from: [part]), whole)
  }

  @Test func `checkpoints on the way change nothing`() throws {
    let whole = try world.ready().project([world.plan])
    let saved = Guarded<[Int]>([])
    let checkpoint = Checkpoint(
      isDue: { true }, save: { part in saved.withLock { $0.append(part.progress.done) } })
    let part = try world.ready(workers: 2).part(of: [world.plan], checkpoint: checkpoint)
    let done = saved.withLock { $0 }
    #expect(done.count > 3 && done == done.sorted())
    expectSame(try world.ready().project([world.plan], from: [#require(part)]), whole)
  }

  @Test func `parts of another run and doubled ones are refused`() throws {
    let ready = try world.ready()
    let parts = try (1...2).map { number -> ProjectionPart in
      try #require(try ready.part(of: [world.plan], shard: Shard(number: number, count: 2)))
    }
    let doubled = try ready.project([world.plan], from: [parts[0], parts[1], parts[0]])
    #expect(doubled.map(\.base) == nil)
    // What is missing is simulated.
    let half = try ready.project([world.plan], from: [parts[1]])
    expectSame(half, try ready.project([world.plan]))
    #expect(!parts[0].isDisjoint(with: parts[0]))
    #expect(parts[0].isDisjoint(with: parts[1]))
    var other = world.plan
    other.seed = 1
    let stranger = try PreparedSimulation(
      plan: other, population: world.population, levels: world.levels, profile: profile,
      observed: world.observed, options: ProjectionOptions(blockSize: 2))
    let strange = try stranger.project([other], from: parts)
    #expect(strange.map(\.base) == nil)
    let foreign = try stranger.part(of: [other], shard: Shard(number: 2, count: 2))
    #expect(!parts[0].fits(try #require(foreign)))
  }

  @Test func `bytes cut short or changed in their counts are no part`() throws {
    let part = try #require(
      try world.ready().part(of: [world.plan], shard: Shard(number: 1, count: 6)))
    var bytes: [UInt8] = []
    part.encode { bytes += $0 }
    for length in stride(from: 0, to: bytes.count, by: 97) {
      #expect(ProjectionPart(decoding: bytes, in: 0..<length) == nil)
    }
    // Any one byte of the whole numbers at the head; none may crash or be read beyond the end.
    for index in 0..<56 {
      var broken = bytes
      broken[index] ^= 0x40
      _ = ProjectionPart(decoding: broken, in: 0..<broken.count)
    }
    #expect(ProjectionPart(decoding: bytes + [0], in: 0..<bytes.count + 1) == nil)
  }

  @Test func `no change of a number crashes, whatever its checksum says`() throws {
    let ready = try world.ready()
    let part = try #require(
      try ready.part(of: [world.plan], shard: Shard(number: 2, count: 6)))
    var bytes: [UInt8] = []
    part.encode { bytes += $0 }
    var accepted = 0
    // The counts of weights, pieces, districts, paths and their lengths lie among these words.
    for place in stride(from: 0, to: min(bytes.count, 6_000), by: 8) {
      for change in [UInt8(1), 0x10] {
        var broken = bytes
        broken[place] ^= change
        guard let found = ProjectionPart(decoding: broken, in: 0..<broken.count) else { continue }
        if try ready.project([world.plan], from: [found]) != nil { accepted += 1 }
      }
    }
    // Numbers of the answers themselves can't be told from right ones; only the seal can.
    #expect(accepted > 0)
  }
}
