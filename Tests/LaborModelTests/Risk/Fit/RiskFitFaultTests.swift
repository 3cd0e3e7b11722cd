// Quiebre · LaborModelTests
// Surveys that no model can be fitted to: refused with column, line and reason.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel
import Testing

@Suite("Risk fit faults")
struct RiskFitFaultTests {
  /// Twelve sound rows; column z is free for a fault.
  private func text(_ z: (Int) -> String, outcome: (Int) -> String = { $0 % 3 == 1 ? "1" : "0" })
    -> String
  {
    let x = [0.3, 1.2, 2.5, 0.1, 3.3, 1.8, 0.9, 2.2, 1.1, 0.4, 2.9, 3.0]
    let rows = (0..<12).map { "\(outcome($0)),\(x[$0]),\(z($0)),\($0 / 3),\($0 / 6)" }
    return "y,x,z,c,s\n" + rows.joined(separator: "\n") + "\n"
  }

  private func found(
    _ text: String, terms: [String] = ["x", "z"],
    _ change: (inout RiskFitSettings) -> Void = { _ in }
  ) throws -> [Diagnostic] {
    let table = try CSVTable(bytes: Array(text.utf8), name: "s.csv")
    var settings = RiskFitSettings(
      outcome: "y", variables: terms.map { RiskVariable(parsing: $0) })
    change(&settings)
    return faults { try fitRisk(table, settings, workers: 1) } ?? []
  }

  @Test func soundRowsAreFitted() throws {
    #expect(try found(text { "\($0 * $0 % 5)" }).isEmpty)
  }

  @Test func everyBadCellIsNamedAtOnce() throws {
    let bad = text({ $0 == 4 ? "1,5" : "\($0 * $0 % 5)" }).split(separator: "\n")
    // The cell with a decimal comma makes two: quote it.
    let quoted = bad.map { $0.replacing("1,5,1,0", with: "\"1,5\",1,0") }.joined(separator: "\n")
    let table = quoted.replacing("0,2.5,", with: "2,2.5,")
    let found = try found(table)
    #expect(Set(found.map(\.code)) == [.badOutcome, .decimalComma], "\(found)")
    #expect(found.first { $0.code == .badOutcome }?.place?.line == 4)
    #expect(found.first { $0.code == .decimalComma }?.place?.line == 6)
  }

  @Test func anOutcomeOfOneKindIsRefused() throws {
    #expect(try found(text({ "\($0)" }, outcome: { _ in "0" })).map(\.code) == [.badOutcome])
  }

  @Test(arguments: [
    (["x", "xx"], DiagnosticCode.missingColumn), (["x", "y"], .noFit), (["x", "x"], .noFit),
    ([], .noFit), (["x", "c=9"], .noFit),
  ])
  func termsThatCannotBeAreRefused(terms: [String], code: DiagnosticCode) throws {
    #expect(try found(text { "\($0 * $0 % 5)" }, terms: terms).map(\.code) == [code])
  }

  @Test func weightsBelowZeroOrAllZeroAreRefused() throws {
    let negative = try found(text { $0 == 7 ? "-2" : "1" }, terms: ["x"]) { $0.weight = "z" }
    #expect(negative.map(\.code) == [.badSurveyWeight] && negative[0].place?.line == 9)
    let none = try found(text { _ in "0" }, terms: ["x"]) { $0.weight = "z" }
    #expect(none.map(\.code) == [.noSurveyWeight])
  }

  @Test func aDoubledColumnIsNamedWithItsTwin() throws {
    let twin = text { "\([0.3, 1.2, 2.5, 0.1, 3.3, 1.8, 0.9, 2.2, 1.1, 0.4, 2.9, 3.0][$0] * 2)" }
    let found = try found(twin)
    #expect(found.map(\.code) == [.dependentColumn])
    #expect(found.first?.what.en == "z is told by other terms: it equals 2.0000 × x in every row")
  }

  @Test func aLevelThatSettlesItsRowsIsNamedWithTheirLines() throws {
    let found = try found(
      text { $0 % 3 == 1 && $0 < 8 ? "farm" : "other" }, terms: ["x", "z=other"])
    #expect(found.map(\.code) == [.separatedFit])
    #expect(found.first?.entry == "z=farm")
    #expect(
      found.first?.what.en
        == "wherever z=farm sets rows apart (3, lines 3, 6, 9), the outcome is always 1")
  }

  @Test func perfectSeparationIsNamed() throws {
    let found = try found(text { $0 % 3 == 1 ? "1" : "0" })
    #expect(found.map(\.code) == [.separatedFit] && found.first?.entry == "z")
  }

  @Test func moreTermsThanRowsAreRefused() throws {
    let found = try found(text { "k\($0)" }, terms: ["x", "z"])
    #expect(found.map(\.code) == [.noFit])
  }

  @Test func aConstantColumnIsNamed() throws {
    #expect(try found(text { _ in "7" }).map(\.code) == [.dependentColumn])
    #expect(try found(text { _ in "rural" }).map(\.code) == [.dependentColumn])
  }

  @Test func aColumnOfNamesIsNoCategory() throws {
    let rows = (0..<150).map { "\($0 % 2),k\($0)" }.joined(separator: "\n")
    #expect(try found("y,z\n\(rows)\n", terms: ["z"]).map(\.code) == [.noFit])
  }

  @Test func strataOfOneClusterAreNamed() throws {
    let sound = text { "\($0 * $0 % 5)" }
    #expect(try found(sound) { ($0.cluster, $0.stratum) = ("c", "s") }.isEmpty)
    let lonely = try found(sound) { ($0.cluster, $0.stratum) = ("s", "c") }
    #expect(lonely.map(\.code) == [.lonelyCluster] && lonely.first?.entry == "c")
    let one = try found(text { _ in "1" }, terms: ["x"]) { $0.cluster = "z" }
    #expect(one.map(\.code) == [.lonelyCluster])
  }

  @Test func modelErrorsAreRefusedForASurvey() throws {
    let found = try found(text { "\($0 * $0 % 5)" }) { ($0.errors, $0.cluster) = (.model, "c") }
    #expect(found.map(\.code) == [.noFit])
  }

  @Test func aFileWithoutRowsIsRefused() throws {
    #expect(try found("y,x\n", terms: ["x"]).map(\.code) == [.noFit])
  }

  @Test func fewCasesAndClustersAreSaid() throws {
    let table = try CSVTable(bytes: Array(text { "\($0 * $0 % 5)" }.utf8), name: "s.csv")
    var settings = RiskFitSettings(
      outcome: "y", variables: ["x", "z"].map { RiskVariable(parsing: $0) })
    settings.cluster = "s"
    let fit = try fitRisk(table, settings, workers: 1)
    #expect(fit.notes.map(\.code) == [.weakFit, .weakFit])
    #expect(fit.coefficients.allSatisfy { $0.p == nil && $0.low == nil })
  }

  /// A level that only one region has can't be fitted without it; the others can.
  @Test func aRegionThatCannotBeLeftOutIsSaid() throws {
    let rows = (0..<80).map { row in
      let region = ["a", "b", "c", "d"][row % 4]
      let area = row % 4 == 0 ? "coast" : "other"
      return "\((row * 7 % 11) < 5 ? 1 : 0),\(row % 13),\(area),\(region)"
    }
    let table = try CSVTable(
      bytes: Array(("y,x,z,r\n" + rows.joined(separator: "\n")).utf8), name: "s.csv")
    var settings = RiskFitSettings(
      outcome: "y", variables: ["x", "z=other"].map { RiskVariable(parsing: $0) })
    settings.region = "r"
    let fit = try fitRisk(table, settings, workers: 2)
    #expect(fit.regions.map(\.name) == ["a", "b", "c", "d"])
    #expect(fit.regions.map { $0.leftOut == nil } == [true, false, false, false])
    #expect(fit.regions[0].fault?.code == .dependentColumn)
    #expect(fit.notes.contains { $0.code == .weakFit && $0.entry == "a" })
  }
}
