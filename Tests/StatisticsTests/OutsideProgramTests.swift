// Quiebre · StatisticsTests
// Public series as R sees them: strucchange, segmented, metafor, lm; numbers beside commands.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Statistics

/// R 4.2.2 with strucchange 1.5-3, segmented 1.6-2 and metafor 3.8-1 (Debian 12); the commands stand
/// in `Tests/Oracles/break-test.R`, and `RscriptTests.swift` runs them where R is there.
@Suite("Break test against R")
struct OutsideProgramTests {
  /// R's `Nile`: annual flow at Aswan 1871-1970, 10⁸ m³ (Cobb 1978).
  static let nile: [Double] = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960,
    1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940,
    833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768,
    845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897, 822, 1010, 771,
    676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797,
    923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
  ]

  /// R's `UKDriverDeaths` summed by year, 1969-1984, thousands (Harvey and Durbin 1986).
  static let drivers: [Double] = [
    19.951, 21.939, 22.309, 23.540, 23.850, 21.460, 19.213, 19.229, 19.363, 20.441, 19.970,
    18.932, 19.149, 19.460, 15.472, 16.421,
  ]

  private func series(_ rates: [Double], from year: Double, error: Double? = nil) -> KeptSeries {
    KeptSeries(
      rates.enumerated().map {
        Observation(year: year + Double($0), rate: $1, standardError: error)
      }, BreakSettings())
  }

  private func search(_ series: KeptSeries) throws -> JoinpointSearch {
    var settings = BreakSettings()
    settings.nullDraws = 99
    return try #require(JoinpointSearch(series, settings: settings))
  }

  /// `lm(y ~ t + pmax(t - k, 0))` for every k.
  @Test func nileBendsWhereLeastSquaresSaysSo() throws {
    let found = try search(series(Self.nile, from: 1871))
    #expect(isClose(found.lineSumOfSquares, 2_221_263.64792679, 1e-4))
    #expect(found.best.year == 1913 && isClose(found.best.sumOfSquares, 1_833_664.25862783, 1e-4))
  }

  /// Numbers of `segmented(lm(y ~ t), ~t, psi = …, control = seg.control(tol = 1e-14))`.
  ///
  /// Its error treats the bend as estimated, as ours must; its bend may lie between two years. On a
  /// year it gives that year's figure to the first line or the second, as rounding falls: here its
  /// 1913 ended at 1913.0000006.
  @Test(
    arguments: [
      (nile, 1871, 1913, 96, -8.173683048323, 1.698359815039, 0.7516644137044, 1.112677941891),
      (
        drivers, 1969, 1971.426741434724, 12, 1.178999982463, 0.8888816815804, -0.5097967041846,
        0.09318011884406
      ),
    ] as [([Double], Double, Double, Int, Double, Double, Double, Double)])
  func paceHasSegmentedsError(
    rates: [Double], year: Double, bend: Double, freedom: Int, before: Double,
    beforeError: Double, after: Double, afterError: Double
  ) throws {
    let fit = PaceFit(
      series: series(rates, from: year), joinpoints: [bend], areSearched: true, tolerance: 1,
      alpha: 0.05)
    let last = try #require(fit.tests(segment: 1).first)
    #expect(last.mode == .scaled && last.degreesOfFreedom == freedom)
    #expect(isClose(last.slope, after, 2e-6) && isClose(last.standardError, afterError, 2e-6))
    let first = try #require(fit.tests(segment: 0).first)
    #expect(isClose(first.slope, before, 2e-6) && isClose(first.standardError, beforeError, 2e-6))
  }

  /// `breakpoints(y ~ t, breaks = 1)`: 1898 for the Nile, 1973 for the drivers.
  @Test func jumpsAreThoseOfStrucchange() throws {
    let nile = try #require(JumpCheck(series(Self.nile, from: 1871), side: 2))
    #expect(nile.lastBefore == 1898 && isClose(nile.sumOfSquares, 1_580_175.07642697, 1e-4))
    let drivers = try #require(JumpCheck(series(Self.drivers, from: 1969), side: 2))
    #expect(drivers.lastBefore == 1973 && isClose(drivers.sumOfSquares, 13.8027958909083, 1e-9))
  }

  /// `lm` over all pairs of years at least three apart; the milder BIC would take the bend.
  @Test func driversHaveTheirTwoBestBendsAndBIC3TakesNone() throws {
    let found = try search(series(Self.drivers, from: 1969))
    let sums = [
      19.4029984525203, 19.3220227385480, 22.2301042938312, 26.5124893699301, 28.9585214931905,
      29.5242672533223, 29.2616628138151, 28.3609670127620, 27.6979996259325, 27.3232383207793,
      26.4719349676967, 26.0522166720020,
    ]
    #expect(found.candidates.map(\.year) == (1971...1982).map(Double.init))
    for (candidate, sum) in zip(found.candidates, sums) {
      #expect(isClose(candidate.sumOfSquares, sum, 1e-9))
    }
    let strict = [1.01945125236389, 1.05509077337643, 1.28106881707178]
    for (value, expected) in zip(found.bic3, strict) { #expect(isClose(value, expected, 1e-11)) }
    let mild = [1.01945125236389, 0.881803978236443, 0.934495226791812]
    for (value, expected) in zip(found.bic, mild) { #expect(isClose(value, expected, 1e-11)) }
    #expect(found.bic3.count == 3)
  }

  /// `rma(r, e^2, mods = ~ I(yr - mean(yr)) + pmax(yr - 2015, 0), method = "REML")`, threshold 1e-14:
  /// τ² = 0.545526749638905, slope 0.130276124354419 ± 0.171188939557168 with the bend held fixed,
  /// and Q* / (n − p) = 0.97079, so that the multiplier must not go below 1.
  @Test func extraNoiseIsMetaforsREML() throws {
    let rates = [30.1, 28.2, 27.9, 25.1, 25.6, 22.8, 22.9, 21.2, 23.0, 21.1, 22.4, 21.0, 22.6]
    let errors = [0.5, 0.5, 0.6, 0.5, 0.4, 0.4, 0.5, 0.4, 0.4, 0.4, 0.5, 0.4, 0.4]
    let rows = rates.indices.map {
      Observation(year: Double(2008 + $0), rate: rates[$0], standardError: errors[$0])
    }
    let tests = try testStagnation(
      rows, settings: BreakSettings(tolerance: 0.3, since: 2015)
    ).pace
    #expect(isClose(tests[0].slope, 0.12177952544628, 1e-12))
    #expect(isClose(tests[0].standardError, 0.0835811141752788, 1e-12))
    #expect(isClose(tests[1].extraNoise, 0.7385978267223, 1e-6))
    #expect(isClose(tests[1].slope, 0.130276124354419, 1e-6))
    #expect(isClose(tests[1].standardError, 0.171188939557168, 1e-6))
  }

  /// The obvious search, a fit for every set, on 14 made-up years.
  @Test(arguments: [2, 3])
  func combinationsAreThoseOfOneFitEach(count: Int) throws {
    let rates = [30, 29, 26, 27, 24, 21, 21, 22, 20.5, 21, 18, 16.5, 17, 15]
    let made = series(rates, from: 2001, error: 0.5)
    let line = try #require(made.fit(joinpoints: []))
    var best: (sum: Double, years: [Double]) = (.infinity, [])
    func extend(_ chosen: [Int], from first: Int) {
      if chosen.count == count {
        let years = chosen.map { made.times[$0] }
        if let sum = made.fit(joinpoints: years)?.sumOfSquares, sum < best.sum {
          best = (sum, years)
        }
        return
      }
      for next in stride(from: first, to: made.count - 2, by: 1) {
        extend(chosen + [next], from: next + 3)
      }
    }
    extend([], from: 2)
    let found = JoinpointCombinations(made, line: line, side: 2).best(count: count)
    #expect(found == best.years)
    #expect(JoinpointCombinations(made, line: line, side: 2).best(count: 5) == nil)
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    (a - b).magnitude <= tolerance
  }
}
