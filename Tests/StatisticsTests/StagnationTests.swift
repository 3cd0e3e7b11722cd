// Quiebre · StatisticsTests
// The break test on observed series: the worked example of break-test.md section 10, corner cases.
// SPDX-License-Identifier: Apache-2.0

import Statistics
import Testing

@Suite("Stagnation of an observed series")
struct StagnationTests {
  /// "Provincia Inventada" of break-test.md section 10.
  ///
  /// The tolerances below are half a unit of the last digit printed there.
  static let invented: [Observation] = zip(
    [22.0, 20.9, 19.4, 18.2, 18.0, 18.3, 17.9, 18.1],
    [0.50, 0.50, 0.45, 0.45, 0.40, 0.40, 0.40, 0.40]
  ).enumerated().map { index, row in
    Observation(year: Double(2010 + index), rate: row.0, standardError: row.1, row: index + 2)
  }

  private func settings(tolerance: Double? = 0.3, since: Double? = nil) -> BreakSettings {
    BreakSettings(target: 12, deadline: 2024, tolerance: tolerance, since: since)
  }

  @Test func workedExampleFindsTheJoinpoint() throws {
    let result = try testStagnation(Self.invented, settings: settings())
    let search = try #require(result.search)
    #expect(isClose(search.lineSumOfSquares, 22.0214, 5e-5))
    let expected = [(2012.0, 5.0026), (2013, 0.6765), (2014, 4.0051), (2015, 10.8646)]
    #expect(search.candidates.map(\.year) == expected.map(\.0))
    for (candidate, row) in zip(search.candidates, expected) {
      #expect(isClose(candidate.sumOfSquares, row.1, 5e-5))
    }
    #expect(search.best.year == 2013 && search.plausible == [2013, 2014])
    #expect(isClose(search.likelihoodRatio, 21.345, 5e-4))
    #expect(isClose(search.lineSumOfSquares / search.best.sumOfSquares, 32.550, 5e-3))
    #expect(search.isSupported && search.chosen == [2013] && !search.isPerfectFit)
  }

  /// The 95 % point of 9,999 simulated values has a standard error of √(0.05·0.95/9999)/density;
  /// the density there is about 0.02, so 0.11: four of them are allowed.
  @Test func workedExampleHasItsPValues() throws {
    let search = try #require(testStagnation(Self.invented, settings: settings()).search)
    #expect(isClose(try #require(search.criticalValue), 5.29, 0.44))
    // No simulated value reaches 21.345, so p is the floor 1/(N + 1).
    #expect(search.samplingP == 1e-4)
    #expect(search.isExact && search.permutations == 40_320)
    #expect(search.permutationP == 16.0 / 40_320)
  }

  /// The paper's 0.00002 is the floor of 49,999 draws.
  @Test func workedExampleHasItsSamplingPToThePrintedDigit() throws {
    var settings = settings()
    settings.nullDraws = 49_999
    let search = try #require(testStagnation(Self.invented, settings: settings).search)
    #expect(search.samplingP == 0.00002)
  }

  @Test func workedExampleIsUndeterminedWithASearchedYear() throws {
    let result = try testStagnation(Self.invented, settings: settings())
    let last = try #require(result.pace.first { $0.mode == .sampling })
    let before = try #require(result.paceBefore.first { $0.mode == .sampling })
    #expect(isClose(before.slope, -1.3047, 5e-5) && isClose(before.standardError, 0.2125, 5e-5))
    #expect(isClose(last.slope, -0.0278, 5e-5) && isClose(last.standardError, 0.1789, 5e-5))
    #expect(isClose(last.low, -0.322, 5e-4) && isClose(last.high, 0.266, 5e-4))
    #expect(isClose(last.pStagnant, 0.064, 5e-4) && isClose(last.smallestTolerance, 0.322, 5e-4))
    #expect(result.label == .undetermined && result.stagnation == .possible)
    #expect(result.labelBefore == .falling && result.tolerance?.rule == .given)
  }

  @Test func workedExampleIsStagnantWithTheYearFixedInAdvance() throws {
    let result = try testStagnation(Self.invented, settings: settings(since: 2013))
    let last = try #require(result.pace.first { $0.mode == .sampling })
    #expect(isClose(last.slope, -0.0278, 5e-5) && isClose(last.standardError, 0.1238, 5e-5))
    #expect(isClose(last.low, -0.231, 5e-4) && isClose(last.high, 0.176, 5e-4))
    #expect(isClose(last.pStagnant, 0.014, 5e-4) && isClose(last.smallestTolerance, 0.231, 5e-4))
    #expect(last.label == .stagnant && result.search == nil)
    // n − p = 8 − 3 = 5, so the additive mode counts; t quantiles on 5 widen its interval to
    // 0.0278 + 2.015·0.1238 = 0.277, still below 0.30.
    #expect(result.additiveCounts && result.pace.map(\.label) == [.stagnant, .stagnant])
    #expect(result.label == .stagnant && result.stagnation == .shown)
  }

  @Test func workedExampleHasItsDefaultTolerance() throws {
    for (since, p) in [(nil, 0.37), (2013, 0.32)] as [(Double?, Double)] {
      let result = try testStagnation(
        Self.invented, settings: settings(tolerance: nil, since: since))
      #expect(result.tolerance?.rule == .shareOfNeededPace)
      #expect(isClose(try #require(result.tolerance?.value), 0.0871, 5e-5))
      #expect(isClose(try #require(result.pace.first?.pStagnant), p, 5e-3))
      #expect(result.label == .undetermined)
    }
  }

  /// No noise beyond sampling is found: w is at its boundary.
  ///
  /// The error is that of the sampling mode, for the multiplier is never below 1, and Student's t on
  /// n − p = 4 widens the interval: 0.0278 + 2.1318·0.1789 = 0.409 (t table).
  @Test func workedExampleHasNoExtraNoiseAndAWiderInterval() throws {
    let result = try testStagnation(Self.invented, settings: settings())
    let (sampling, additive) = (result.pace[0], result.pace[1])
    #expect(additive.extraNoise == 0 && additive.degreesOfFreedom == 4)
    #expect(isClose(additive.standardError, sampling.standardError, 1e-12))
    #expect(isClose(additive.smallestTolerance, 0.409, 5e-4))
    #expect(result.smallestTolerance == additive.smallestTolerance)
  }

  @Test func workedExampleHasItsLevel() throws {
    let level = try #require(testStagnation(Self.invented, settings: settings()).level)
    #expect(isClose(level.value, 18.0956, 5e-5) && level.from == 2013)
    #expect(isClose(try #require(level.standardError), 0.1828, 5e-5))
  }

  @Test(arguments: 1...3)
  func shortSeriesHaveNoLineAndSayWhatIsMissing(count: Int) throws {
    let result = try testStagnation(Array(Self.invented.prefix(count)), settings: settings())
    #expect(result.pace.isEmpty && result.search == nil)
    #expect(result.label == .undetermined && result.yearsMissing == 7 - count)
  }

  @Test func fourToSixYearsGiveALineAndNoVerdict() throws {
    let result = try testStagnation(Array(Self.invented.suffix(5)), settings: settings())
    #expect(result.pace.count == 2 && result.search == nil && result.joinpoints.isEmpty)
    #expect(result.label == .undetermined && result.yearsMissing == 2)
  }

  @Test func equalRatesHaveNoJoinpointAndAFlatSlope() throws {
    var flat = Self.invented
    for index in flat.indices { flat[index].rate = 18 }
    let result = try testStagnation(flat, settings: settings())
    let search = try #require(result.search)
    #expect(search.likelihoodRatio == 0 && search.samplingP == 1 && search.permutationP == 1)
    #expect(!search.isSupported && search.isPerfectFit)
    let pace = try #require(result.pace.first)
    #expect(isClose(pace.slope, 0, 1e-14))
    // All errors 0.4 or more: SE = 1/√Σw(t − t̄)² ≈ 0.069, so ±0.113 lies inside ±0.30.
    #expect(result.label == .stagnant && result.stagnation == .no)
    #expect(isClose(try #require(result.level).value, 18, 1e-14))
  }

  @Test func shockYearsAreShownAndLeftOut() throws {
    var series = Self.invented
    series.insert(
      Observation(year: 2018, rate: 26, standardError: 0.4, isShock: true), at: series.count)
    let result = try testStagnation(series, settings: settings())
    #expect(result.leftOut.map(\.reason) == [.shock])
    #expect(result.used == Self.invented)
    #expect(try result.pace == testStagnation(Self.invented, settings: settings()).pace)
  }

  @Test func shockAfterTheJoinpointTakesTheCandidateAway() throws {
    var series = Self.invented
    series[6].isShock = true
    let search = try #require(testStagnation(series, settings: settings()).search)
    // 2015 keeps only 2017 strictly after it.
    #expect(search.candidates.map(\.year) == [2012, 2013, 2014])
  }

  @Test func unknownErrorsAllowOnlyTheScaledMode() throws {
    var series = Self.invented
    series[3].standardError = nil
    let result = try testStagnation(series, settings: settings())
    #expect(result.errors == .unknown && result.pace.map(\.mode) == [.scaled])
    #expect(result.search?.samplingP == nil && result.detectable == nil)
    #expect(result.level?.standardError == nil)
  }

  @Test func faultsNameEveryRowAtOnce() {
    var series = Self.invented
    series[1].standardError = 0
    series[2].rate = 130
    series[4].year = 2013
    series[5].isModelled = true
    series[7].method = "ENDES"
    #expect {
      try testStagnation(series, settings: settings())
    } throws: { error in
      (error as? SeriesFaults)?.items.map(\.problem) == [
        .errorNotPositive(0), .rateOutside(130), .yearNotAfterPrevious(2013), .modelled,
        .methodsDiffer(["", "ENDES"]),
      ]
    }
  }

  @Test func perfectFitIsSaidAndTakesNoLogarithm() throws {
    var series = Self.invented
    for index in series.indices {
      series[index].rate = index < 4 ? 20 - Double(index) : 17
      series[index].standardError = 0.5
    }
    for year in 2018...2022 {
      series.append(Observation(year: Double(year), rate: 17, standardError: 0.5))
    }
    let search = try #require(testStagnation(series, settings: settings()).search)
    #expect(search.isPerfectFit && search.best.year == 2013 && search.isSupported)
    #expect(search.chosen == [2013])
  }

  /// Only 2016 lies after a bend in 2015, and 2016 alone has the new method.
  @Test func offsetAndBendThatCannotBeToldApartAreDropped() throws {
    var series = Array(Self.invented.prefix(7))
    for index in 0..<6 { series[index].method = "paper" }
    series[6].method = "tablet"
    var offset = settings()
    offset.methods = .offset
    offset.side = 1
    let search = try #require(testStagnation(series, settings: offset).search)
    #expect(search.inseparable == [2015])
    #expect(search.candidates.map(\.year) == [2011, 2012, 2013, 2014])
  }

  /// By hand: r = 0.9 ± 0.05 makes 20 ± 0.5 into 18 with √(0.81·0.25 + 400·0.0025) = 1.0966.
  @Test func ratioConvertsTheOlderMethod() throws {
    var series = Self.invented
    for index in 0..<3 { series[index].method = "paper" }
    var old = settings(since: 2012)
    old.methods = .ratio(value: 0.9, standardError: 0.05)
    let ratio = try testStagnation(series, settings: old)
    var converted = Self.invented
    for index in 0..<3 {
      let (y, s) = (converted[index].rate, converted[index].standardError ?? 0)
      converted[index].rate = 0.9 * y
      converted[index].standardError = (0.81 * s * s + y * y * 0.0025).squareRoot()
    }
    let plain = try testStagnation(converted, settings: settings(since: 2012))
    #expect(isClose(ratio.pace[0].slope, plain.pace[0].slope, 1e-12))
    #expect(isClose(ratio.pace[0].standardError, plain.pace[0].standardError, 1e-12))
  }

  /// A made-up series of 13 noisy years, fitted by an independent program: NumPy 2.4.6 (normal
  /// equations on the columns of break-test 2.1 and 2.4) and scipy 1.17.1 (minimize_scalar on the
  /// restricted likelihood to 1e-12; that pins w to about 1e-6, hence the tolerance).
  @Test func noisySeriesMeetsNumPyInEveryMode() throws {
    let rates = [30.1, 28.2, 27.9, 25.1, 25.6, 22.8, 22.9, 21.2, 23.0, 21.1, 22.4, 21.0, 22.6]
    let errors = [0.5, 0.5, 0.6, 0.5, 0.4, 0.4, 0.5, 0.4, 0.4, 0.4, 0.5, 0.4, 0.4]
    let series = rates.indices.map {
      Observation(year: Double(2008 + $0), rate: rates[$0], standardError: errors[$0])
    }
    let result = try testStagnation(series, settings: settings())
    let search = try #require(result.search)
    #expect(isClose(search.lineSumOfSquares, 135.32264846519857, 1e-9))
    #expect(search.best.year == 2015 && isClose(search.best.sumOfSquares, 39.384121441703144, 1e-9))
    #expect(search.chosen == [2015] && !search.isExact && search.permutations == 9_999)
    for (found, expected) in zip(search.bic3, [2.73732015158, 2.09493235216, 2.62850902405]) {
      #expect(isClose(found, expected, 1e-10))
    }
    #expect(search.bic3.count == 3)
    let (sampling, additive) = (result.pace[0], result.pace[1])
    #expect(isClose(sampling.slope, 0.12177952544628234, 1e-11))
    #expect(isClose(sampling.standardError, 0.1264911064067351, 1e-11))
    #expect(isClose(additive.extraNoise, 0.7385978331808831, 1e-6))
    #expect(isClose(additive.slope, 0.1302761243984949, 1e-6))
    #expect(isClose(additive.standardError, 0.2758656324156614, 1e-6))
    #expect(isClose(additive.low, -0.37541673405804576, 2e-6))
    #expect(isClose(additive.high, 0.6359689828550356, 2e-6))
    #expect(additive.degreesOfFreedom == 9)
    #expect(sampling.label == .undetermined && additive.label == .undetermined)
    var unknown = series
    unknown[0].standardError = nil
    let scaled = try testStagnation(unknown, settings: settings()).pace[0]
    #expect(isClose(scaled.slope, 0.13384615384615417, 1e-11))
    #expect(isClose(scaled.standardError, 0.28126165692841903, 1e-11))
  }

  /// The worked example on other scales, fitted by NumPy 2.4.6: normal equations on ln y and on the
  /// log odds, errors s/y and s/(y(1 − y/100)); slopes back in pp at the last rate, 18.1.
  @Test(
    arguments: [
      (.log, 20.13874967658617, 0.7603267054264446, -0.037190138965581716, 0.17932964866397844),
      (.logit, 20.58880224357431, 0.7312280585949539, -0.03470470916613987, 0.17923259870733416),
    ] as [(BreakSettings.Scale, Double, Double, Double, Double)])
  func otherScalesMeetNumPy(
    scale: BreakSettings.Scale, line: Double, bent: Double, slope: Double, error: Double
  ) throws {
    var scaled = settings()
    scaled.scale = scale
    let result = try testStagnation(Self.invented, settings: scaled)
    let search = try #require(result.search)
    #expect(isClose(search.lineSumOfSquares, line, 1e-9) && search.best.year == 2013)
    #expect(isClose(search.best.sumOfSquares, bent, 1e-9))
    #expect(isClose(result.pace[0].slope, slope, 1e-10))
    #expect(isClose(result.pace[0].standardError, error, 1e-10))
    #expect(isClose(try #require(result.level).value, 18.0956, 5e-5))
    #expect(result.label == .undetermined && result.scale == scale)
  }

  @Test func rateOfNothingHasNoPlaceOnTheLogScale() throws {
    var series = Self.invented
    series[2].rate = 0
    var scaled = settings()
    scaled.scale = .log
    #expect {
      try testStagnation(series, settings: scaled)
    } throws: { error in
      (error as? SeriesFaults)?.items.map(\.problem) == [.offTheScale(0, .log)]
        && (error as? SeriesFaults)?.items[0].row == 4
    }
    series[2].isShock = true
    #expect(throws: Never.self) { try testStagnation(series, settings: scaled) }
  }

  /// Adding a constant to one method's figures must change nothing but that method's offset.
  @Test func offsetTakesUpAnyShiftOfAMethod() throws {
    var (series, shifted) = (Self.invented, Self.invented)
    for index in 0..<4 {
      series[index].method = "paper"
      shifted[index].method = "paper"
      shifted[index].rate += 3
    }
    var offset = settings(since: 2013)
    offset.methods = .offset
    let (a, b) = try (
      testStagnation(series, settings: offset), testStagnation(shifted, settings: offset)
    )
    #expect(isClose(a.pace[0].slope, b.pace[0].slope, 1e-11))
    #expect(a.pace[0].standardError == b.pace[0].standardError)
    #expect(a.level == b.level)
  }

  /// Peru's group A, 2015-2019, design factor 2.0 on simple random errors of 0.27 pp
  /// (national_series.csv, sampling_error.csv): design.md section 11 states Δ* = 0.41, and 0.416
  /// for the default tolerance of a 1 % target in 2025.
  @Test func peruUntilTwentyNineteenIsBarelyStagnant() throws {
    let rows = [(2015.0, 26.4), (2018, 26.1), (2019, 25.97)].map {
      Observation(year: $0.0, rate: $0.1, standardError: 0.54, errorIsApproximate: true)
    }
    let result = try testStagnation(
      rows, settings: BreakSettings(target: 1, deadline: 2025, since: 2015))
    #expect(isClose(try #require(result.tolerance?.value), 0.416, 5e-4))
    #expect(isClose(result.pace[0].smallestTolerance, 0.41, 0.01))
    #expect(!result.additiveCounts && result.errors == .approximate)
    #expect(result.label == .stagnant && result.stagnation == .shown)
    let given = try testStagnation(
      rows, settings: BreakSettings(tolerance: 0.3, since: 2015))
    #expect(given.label == .undetermined && given.stagnation == .possible)
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    (a - b).magnitude <= tolerance
  }
}
