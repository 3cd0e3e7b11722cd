// Quiebre · StatisticsTests
// Expected values: R 4.2.2, package survey 4.1-1, `Rscript Tests/Fixtures/survey/expected.R`.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Statistics
import Support
import Testing

@Suite("Survey estimates")
struct SurveyEstimateTests {
  struct Expected: Sendable {
    let rule: LonelyRule
    let statistic: SurveyTarget.Statistic
    let value: Double
    let standardError: Double
    let designEffect: Double
  }

  static let national: [Expected] = [
    Expected(
      rule: .adjust, statistic: .mean, value: 6.20860670864065, standardError: 1.1140554191905,
      designEffect: 1.57912288644758),
    Expected(
      rule: .adjust, statistic: .proportion, value: 0.318962343616911,
      standardError: 0.0463030213532113, designEffect: 1.57916715995256),
    Expected(
      rule: .adjust, statistic: .total, value: 13533.4, standardError: 2146.7990888918,
      designEffect: 1.8856332976309),
    Expected(
      rule: .adjust, statistic: .ratio, value: 0.291597322879667,
      standardError: 0.0732933404728429, designEffect: 1.72026938984535),
    Expected(
      rule: .certainty, statistic: .mean, value: 6.20860670864065,
      standardError: 1.11272285848416, designEffect: 1.57534745737471),
    Expected(
      rule: .certainty, statistic: .proportion, value: 0.318962343616911,
      standardError: 0.0461463711022483, designEffect: 1.56850010335125),
    Expected(
      rule: .certainty, statistic: .total, value: 13533.4, standardError: 2099.97022016186,
      designEffect: 1.80426658490539),
    Expected(
      rule: .certainty, statistic: .ratio, value: 0.291597322879667,
      standardError: 0.0731927178571324, designEffect: 1.71554920152728),
    Expected(
      rule: .average, statistic: .mean, value: 6.20860670864065,
      standardError: 1.28486168375855, designEffect: 2.10046327649961),
    Expected(
      rule: .average, statistic: .proportion, value: 0.318962343616911,
      standardError: 0.0532852395560148, designEffect: 2.091333471135),
    Expected(
      rule: .average, statistic: .total, value: 13533.4, standardError: 2424.8367438013,
      designEffect: 2.40568877987385),
    Expected(
      rule: .average, statistic: .ratio, value: 0.291597322879667,
      standardError: 0.0845156707150714, designEffect: 2.28739893536971),
  ]

  private func target(_ statistic: SurveyTarget.Statistic, _ data: Microdata) -> SurveyTarget {
    switch statistic {
    case .mean: SurveyTarget(.mean, of: data.numbers("hours"))
    case .proportion, .total: SurveyTarget(statistic, of: data.works())
    case .ratio:
      SurveyTarget(.ratio, of: data.numbers("farm_hours"), over: data.numbers("hours"))
    }
  }

  @Test(arguments: national)
  func theNationIsAsInR(expected: Expected) throws {
    let data = try Microdata.children()
    let found = try data.design(expected.rule).estimates(
      of: target(expected.statistic, data), in: .whole(rows: data.rows.count))[0]
    #expect(isClose(found.value, expected.value))
    #expect(isClose(found.standardError, expected.standardError))
    #expect(isClose(found.designEffect, expected.designEffect))
    #expect(found.degreesOfFreedom == 12)
    #expect(found.lonelyStrata == 1)
    #expect(found.cases == 161)
  }

  struct Domain: Sendable {
    let by: String
    let label: String
    let numbers: [Double]
    let degreesOfFreedom: Int
    let cases: Int
  }

  static let domains: [Domain] = [
    Domain(
      by: "sex", label: "F", numbers: [0.326510856930056, 0.043107789785608, 0.55773413114339],
      degreesOfFreedom: 12, cases: 67),
    Domain(
      by: "sex", label: "M", numbers: [0.313903841195677, 0.0589074211353858, 1.49844687907298],
      degreesOfFreedom: 12, cases: 94),
    Domain(
      by: "area", label: "rural",
      numbers: [0.339949929345651, 0.0493567212143604, 0.825114764557201],
      degreesOfFreedom: 4, cases: 77),
    Domain(
      by: "area", label: "urban",
      numbers: [0.290323928921326, 0.106394526229257, 4.56009266523324], degreesOfFreedom: 5,
      cases: 84),
    Domain(
      by: "stratum", label: "jungle",
      numbers: [0.346386981947623, 0.17608120293262, 6.5733230293898], degreesOfFreedom: 3,
      cases: 49),
    Domain(
      by: "schooling", label: "none",
      numbers: [0.23919801360757, 0.105581986514082, 1.22512512619276], degreesOfFreedom: 7,
      cases: 21),
    Domain(
      by: "schooling", label: "secondary",
      numbers: [0.413146902845794, 0.0612049369876294, 1.08152620812381], degreesOfFreedom: 12,
      cases: 71),
  ]

  @Test(arguments: domains)
  func aDomainKeepsTheWholeDesign(expected: Domain) throws {
    let data = try Microdata.children()
    let found = try data.design().estimates(
      of: SurveyTarget(.proportion, of: data.works()),
      in: data.domains(expected.by, [expected.label]))[0]
    #expect(isClose(found.value, expected.numbers[0]))
    #expect(isClose(found.standardError, expected.numbers[1]))
    #expect(isClose(found.designEffect, expected.numbers[2]))
    #expect(found.degreesOfFreedom == expected.degreesOfFreedom)
    #expect(found.cases == expected.cases)
  }

  @Test func domainsTogetherAreDomainsAlone() throws {
    let data = try Microdata.children()
    let design = try data.design()
    let target = SurveyTarget(.total, of: data.works())
    let labels = ["none", "primary", "secondary"]
    let together = design.estimates(of: target, in: data.domains("schooling", labels))
    for (index, label) in labels.enumerated() {
      #expect(
        design.estimates(of: target, in: data.domains("schooling", [label]))[0]
          == together[index])
    }
  }

  @Test func aFinitePopulationNarrowsTheError() throws {
    let data = try Microdata.children()
    var columns = data.columns()
    columns.population = data.numbers("clusters_total")
    let design = try SurveyDesign(columns, lonelyRule: .adjust)
    let found = design.estimates(
      of: SurveyTarget(.proportion, of: data.works()), in: .whole(rows: data.rows.count))[0]
    #expect(isClose(found.standardError, 0.0440870780872221))
    #expect(isClose(found.designEffect, 1.43708731354224))
    // The same by shares instead of numbers.
    let units = data.domains("stratum", ["coast", "highlands", "jungle", "island"]).ofRow
    let drawn: [Double] = [6, 5, 4, 1]
    columns.population = zip(data.numbers("clusters_total"), units).map { drawn[Int($1)] / $0 }
    let shares = try SurveyDesign(columns, lonelyRule: .adjust).estimates(
      of: SurveyTarget(.proportion, of: data.works()), in: .whole(rows: data.rows.count))[0]
    #expect(isClose(shares.standardError, 0.0440870780872221))
  }

  @Test func bothStagesOfAFinitePopulationCount() throws {
    let data = try Microdata.children()
    let design = try data.twoStageDesign()
    let all = SurveyDomains.whole(rows: data.rows.count)
    let share = design.estimates(of: SurveyTarget(.proportion, of: data.works()), in: all)[0]
    #expect(isClose(share.standardError, 0.0464537224646162))
    let total = design.estimates(of: SurveyTarget(.total, of: data.works()), in: all)[0]
    #expect(isClose(total.standardError, 2158.29116041551))
    let rural = design.estimates(
      of: SurveyTarget(.proportion, of: data.works()), in: data.domains("area", ["rural"]))[0]
    #expect(isClose(rural.standardError, 0.0523735945556081))
  }

  @Test func unitsOfACertainClusterAreItsPSUs() throws {
    let data = try Microdata.children()
    var columns = data.columns()
    columns.certainty = data.texts("certain").map { $0 == "yes" }
    columns.secondUnit = data.codes("dwelling")
    let found = try SurveyDesign(columns, lonelyRule: .adjust).estimates(
      of: SurveyTarget(.proportion, of: data.works()), in: .whole(rows: data.rows.count))[0]
    #expect(isClose(found.standardError, 0.0473694919982354))
    #expect(isClose(found.designEffect, 1.65274897933419))
    #expect(found.degreesOfFreedom == 13)
  }

  /// R: line `planning` of `expected.R`.
  @Test func theNextSurveyCanBePlannedOnIt() throws {
    let data = try Microdata.children()
    let found = try data.design().estimates(
      of: SurveyTarget(.proportion, of: data.works()), in: .whole(rows: data.rows.count))[0]
    #expect(isClose(found.weightEffect, 1.39018872539249))
    #expect(isClose(found.clusterSize, 10.9627329192547))
    #expect(isClose(found.intraclassCorrelation, 0.0136445745077839, 1e-11))
    // What was taken apart gives the design effect again.
    var plan = SamplePlan(share: 0.3, goal: .cases(1))
    let correlation = try #require(found.intraclassCorrelation)
    let effect = try #require(found.weightEffect)
    plan.designEffect = .modeled(
      correlation: correlation, weightVariation: (effect - 1).squareRoot())
    plan.clusterSize = 11
    // At 11 instead of 10.96 cases a cluster.
    let again = plan.outcome(clusters: 10).designEffect
    #expect((again / (found.designEffect ?? 0) - 1).magnitude < 1e-3)
  }

  @Test func aWholeCountHasNoError() throws {
    var columns = SurveyColumns(weights: [1, 1, 1, 1])
    columns.population = [4, 4, 4, 4]
    let found = try SurveyDesign(columns, lonelyRule: .fail).estimates(
      of: SurveyTarget(.total, of: [3, 1, 4, 1]), in: .whole(rows: 4))[0]
    #expect(found.value == 9)
    #expect(found.standardError == 0)
  }
}

@Suite("Survey designs")
struct SurveyDesignFaultTests {
  private func faults(_ columns: SurveyColumns, _ rule: LonelyRule = .adjust) -> [SurveyFault] {
    do throws(SurveyFaults) {
      _ = try SurveyDesign(columns, lonelyRule: rule)
      return []
    } catch {
      return error.items
    }
  }

  @Test func everyFaultNamesItsRow() {
    var columns = SurveyColumns(weights: [1, -1, .nan, 1])
    #expect(faults(columns) == [.badWeight(row: 1), .badWeight(row: 2)])
    columns.weights = [0, 0, 0, 0]
    #expect(faults(columns) == [.noWeight])
    columns.weights = [1, 1, 1, 1]
    columns.stratum = [0, 0, 1, 1]
    columns.psu = [0, 1, 1, 2]
    #expect(faults(columns) == [.psuInTwoStrata(row: 2, firstRow: 1)])
    columns.isNested = true
    #expect(faults(columns).isEmpty)
    columns.population = [9, 9, 1.5, 9]
    #expect(
      faults(columns) == [
        .populationVaries(row: 3, firstRow: 2, isSecondStage: false),
        .populationTooSmall(row: 2, units: 2, isSecondStage: false),
      ])
    columns.population = [9, 9, 0, 9]
    #expect(faults(columns).first == .badPopulation(row: 2, isSecondStage: false))
  }

  @Test func aLonelyUnitIsRefusedOnlyByItsRule() {
    var columns = SurveyColumns(weights: [1, 1, 1])
    columns.stratum = [0, 0, 1]
    columns.psu = [0, 1, 2]
    #expect(faults(columns, .fail) == [.lonely(row: 2, isSecondStage: false)])
    for rule in [LonelyRule.certainty, .adjust, .average] { #expect(faults(columns, rule).isEmpty) }
    // All of the stratum is in the sample: nothing is unknown.
    columns.population = [4, 4, 1]
    #expect(faults(columns, .fail).isEmpty)
  }

  @Test func aClusterIsWhollyCertainOrNot() {
    var columns = SurveyColumns(weights: [1, 1, 1])
    columns.psu = [0, 0, 1]
    columns.certainty = [true, false, false]
    #expect(faults(columns) == [.certaintyVaries(row: 1, firstRow: 0)])
  }

  @Test func aDomainWithoutCasesHasNoEstimate() throws {
    let design = try SurveyDesign(SurveyColumns(weights: [1, 0, 1]), lonelyRule: .fail)
    let found = design.estimates(
      of: SurveyTarget(.mean, of: [1, 2, .nan]),
      in: SurveyDomains(count: 3, ofRow: [0, 1, 2]))
    // One case: a value without an error; a weight of zero and an unknown value: nothing.
    #expect(found[0].value == 1 && found[0].standardError == nil && found[0].interval == nil)
    #expect(found[1].value == nil && found[1].cases == 0)
    #expect(found[2].value == nil && found[2].cases == 0)
  }

  @Test func aDenominatorOfZeroGivesNoRatio() throws {
    let design = try SurveyDesign(SurveyColumns(weights: [1, 1]), lonelyRule: .fail)
    let found = design.estimates(
      of: SurveyTarget(.ratio, of: [1, 2], over: [0, 0]), in: .whole(rows: 2))
    #expect(found[0].value == nil && found[0].cases == 2)
  }
}
