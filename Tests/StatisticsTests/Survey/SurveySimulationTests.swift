// Quiebre · StatisticsTests
// Samples drawn over and over from a known population: are errors and intervals what they claim?
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Survey simulation")
struct SurveySimulationTests {
  /// 4 strata of 60 clusters of 20 children; in some clusters most work, in most few.
  private struct Population {
    /// [stratum][cluster][child]: 1 if working.
    let works: [[[Double]]]
    let share: Double

    init() {
      var random = Xorshift(state: 87)
      works = (0..<4).map { stratum in
        (0..<60).map { _ in
          let chance = random.uniform() < 0.15 + 0.06 * Double(stratum) ? 0.7 : 0.08
          return (0..<20).map { _ in random.uniform() < chance ? 1 : 0 }
        }
      }
      share = works.joined().joined().reduce(0, +) / 4800
    }
  }

  private struct Xorshift {
    var state: UInt64

    mutating func uniform() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) * 0x1p-53
    }

    /// `count` of `total`, each set as likely.
    mutating func drawn(_ count: Int, of total: Int) -> [Int] {
      var all = Array(0..<total)
      for index in 0..<count {
        all.swapAt(index, index + Int(uniform() * Double(total - index)))
      }
      return Array(all[..<count])
    }
  }

  private struct Tally {
    var covered = 0
    var variances = 0.0
    var squares = 0.0
  }

  /// 8 clusters a stratum, 6 children a cluster, without replacement at both stages.
  private func tally(samples: Int, ignoringClusters: Bool) throws -> Tally {
    let population = Population()
    var random = Xorshift(state: 2019)
    var tally = Tally()
    for _ in 0..<samples {
      var works: [Double] = []
      var (stratum, psu): ([Int32], [Int32]) = ([], [])
      for h in 0..<4 {
        for cluster in random.drawn(8, of: 60) {
          for child in random.drawn(6, of: 20) {
            works.append(population.works[h][cluster][child])
            stratum.append(Int32(h))
            psu.append(Int32(h * 60 + cluster))
          }
        }
      }
      var columns = SurveyColumns(weights: [Double](repeating: 25, count: works.count))
      columns.stratum = stratum
      columns.psu = ignoringClusters ? nil : psu
      if !ignoringClusters {
        columns.population = [Double](repeating: 60, count: works.count)
        columns.secondPopulation = [Double](repeating: 20, count: works.count)
      }
      let found = try SurveyDesign(columns, lonelyRule: .fail).estimates(
        of: SurveyTarget(.proportion, of: works), in: .whole(rows: works.count))[0]
      let (value, error) = try (#require(found.value), #require(found.standardError))
      let interval = try #require(found.interval)
      if (interval.low...interval.high).contains(population.share) { tally.covered += 1 }
      tally.variances += error * error
      tally.squares += (value - population.share) * (value - population.share)
    }
    return tally
  }

  /// 1,000 samples: coverage has an error of 0.7 points, the ratio of variances one of 4.5 %.
  @Test func intervalsCoverAndVariancesAreUnbiased() throws {
    let found = try tally(samples: 1000, ignoringClusters: false)
    #expect((930...970).contains(found.covered), "\(found.covered)")
    #expect((0.86...1.14).contains(found.variances / found.squares), "\(found)")
  }

  /// The slip that surveys are known for: rows taken for a simple random sample.
  @Test func withoutClustersTheyDoNot() throws {
    let found = try tally(samples: 1000, ignoringClusters: true)
    #expect(found.covered < 915, "\(found.covered)")
    #expect(found.variances / found.squares < 0.86, "\(found)")
  }
}
