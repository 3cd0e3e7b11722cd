// Quiebre · ScenarioFilesTests
// Keys, types, units and references: everything wrong comes in one pass, in the order of the file.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Foundation
import LaborModel
import ScenarioFiles
import Statistics
import Support
import Testing

@Suite struct CheckingTests {
  private let good = SmallCountry.service(allocation: "{ rule = \"children\" }")

  @Test func allFaultsComeAtOnceInFileOrder() throws {
    let text = SmallCountry.scenario(
      line: good.replacing("1.15", with: "[1,15, 1.5]").replacing("keep", with: "kep")
        .replacing("1_000", with: "-3"), rest: "prob = 22.6\nsinc = 2015")
    let faults = try SmallCountry.faults(text)
    #expect(faults.map(\.code.rawValue) == ["Q402", "Q215", "Q214", "Q213", "Q204"])
    let lines = faults.compactMap { $0.place?.line }
    #expect(lines == lines.sorted())
  }

  @Test func aBaseYearAfterTheDataIsAnError() throws {
    let text = SmallCountry.scenario(
      line: good, rest: "[simulation]\nas_of = 2019\nbase = 2021\nend = 2025")
    let faults = try SmallCountry.faults(text).filter { $0.severity == .error }
    #expect(faults.map(\.code.rawValue) == ["Q217"])
    #expect(faults.first?.what.en == "simulation.base: the base year 2021 is later than as_of 2019")
    #expect(faults.first?.place?.sourceLine == "base = 2021")
    #expect(
      try !SmallCountry.faults(text.replacing("2021", with: "2019"))
        .contains { $0.severity == .error })
  }

  @Test func aDeadlineMayBeTheLastYearNotLater() throws {
    let text = SmallCountry.scenario(line: good, rest: "[simulation]\nend = 2025")
    #expect(try !SmallCountry.faults(text).contains { $0.severity == .error })
    let early = try SmallCountry.faults(text.replacing("end = 2025", with: "end = 2024"))
    #expect(
      early.first { $0.severity == .error }?.what.en
        == "target.break.deadline: deadline 2025 is later than end 2024")
  }

  @Test func anEmptyIdCantNameAFolder() throws {
    let text = SmallCountry.scenario(line: good).replacing("id = \"small\"", with: "id = \"\"")
    #expect(try SmallCountry.faults(text).map(\.code.rawValue) == ["Q225"])
  }

  @Test func aCommaThatMadeFourNumbersIsNamed() throws {
    let text = SmallCountry.scenario(line: good.replacing("1.15", with: "[1,15, 1.20, 1.50]"))
    let fault = try #require(try SmallCountry.faults(text).first)
    #expect(fault.code.rawValue == "Q112")
    #expect(fault.fix?.en == "1.15" && fault.place?.length == 4)
    let spaced = SmallCountry.scenario(line: good.replacing("1.15", with: "[1, 15, 1.20, 1.50]"))
    #expect(try SmallCountry.faults(spaced).first?.code.rawValue == "Q205")
  }

  @Test(arguments: [
    ("9 M", "9_000_000"), ("12 millones", "12_000_000"), ("1500 M", "1_500_000_000"),
    ("S/ 900", "900"), ("900 soles", "900"),
  ])
  func anAmountAsTextIsMendedToWhatItMeans(_ text: String, _ digits: String) throws {
    let fault = try #require(
      try SmallCountry.faults(
        SmallCountry.scenario(line: good.replacing("1_000", with: "\"\(text)\""))
      ).first { $0.code.rawValue == "Q210" })
    #expect(fault.fix?.en == "without quotes and signs: \(digits)")
  }

  @Test func anAmountWithAnUnknownWordIsNotMended() throws {
    let fault = try #require(
      try SmallCountry.faults(
        SmallCountry.scenario(line: good.replacing("1_000", with: "\"9 lakh\""))
      ).first)
    #expect(fault.fix?.en.contains("write the whole number") == true)
  }

  @Test func mistypedRequiredKeyIsOneFaultThatSaysWhy() throws {
    let faults = try SmallCountry.faults(
      SmallCountry.scenario(line: good.replacing("amount = { 2020", with: "amont = { 2020")))
    #expect(faults.count == 1)
    #expect(faults.first?.caret?.en == "did you mean 'amount'?")
    #expect(faults.first?.why?.en.contains("equal the baseline") == true)
  }

  static let units: [(String, String, Double?)] = [
    ("leakage", "0.3", 0.3), ("leakage", "\"22.6 %\"", 0.226), ("leakage", "\"22.6%\"", 0.226),
    ("leakage", "1", 1), ("leakage", "\"100 %\"", 1), ("leakage", "22.6", nil),
    ("leakage", "\"0.3 pp\"", nil), ("leakage", "\"0.3\"", nil), ("leakage", "\"110 %\"", nil),
    ("leakage", "-0.1", nil), ("leakage", "\"22,6 %\"", nil), ("leakage", "\"% 22\"", nil),
    ("leakage", "true", nil), ("leakage", "\"\"", nil), ("leakage", "\"0.07 %\"", 0.0007),
  ]

  @Test(arguments: units)
  func sharesCarryTheirSignOrAreRatios(_ key: String, _ value: String, _ expected: Double?) throws {
    let text = SmallCountry.scenario(line: good + "\n\(key) = \(value)")
    guard let expected else {
      #expect(try SmallCountry.faults(text).contains { $0.severity == .error })
      return
    }
    // Exactly the double nearest to the decimal number.
    #expect(try SmallCountry.load(text).scenario.lines[0].leakage.shape == .fixed(expected))
  }

  static let distributions: [(String, Distribution.Shape?)] = [
    ("[1, 1.15, 1.5]", .triangular(low: 1, central: 1.15, high: 1.5)), ("[2, 2, 2]", .fixed(2)),
    ("{ uniform = [1, 2] }", .uniform(low: 1, high: 2)),
    ("{ lognormal = [0.5, 0.9] }", .lognormal(p05: 0.5, p95: 0.9)),
    ("{ triangular = [1, 2, 3] }", .triangular(low: 1, central: 2, high: 3)),
    ("{ beta = [2, 5] }", .beta(low: 0, high: 1, a: 2, b: 5)),
    // 1 + 4·(2 − 1)/(5 − 1) and 1 + 4·(5 − 2)/(5 − 1).
    ("{ pert = [1, 2, 5] }", .beta(low: 1, high: 5, a: 2, b: 4)),
    ("{ pert = [2, 2, 2] }", .fixed(2)),
    ("{ beta = [0, 5] }", nil), ("{ beta = [2] }", nil), ("{ pert = [1, 2] }", nil),
    ("{ pert = [2, 1, 3] }", nil),
    ("{ normal = [1, 0.1] }", nil), ("{ lognormal = [0, 0.9] }", nil), ("[1, 2]", nil), ("[]", nil),
    ("{ uniform = [2, 1] }", nil), ("{ uniform = [1, 2], normal = [0, 1] }", nil), ("{}", nil),
    ("{ uniforme = [1, 2] }", nil), ("\"1.15\"", nil), ("[1, 2, \"3 %\"]", nil), ("-1", nil),
  ]

  @Test(arguments: distributions)
  func uncertainValuesHaveSevenForms(_ value: String, _ expected: Distribution.Shape?) throws {
    let text = SmallCountry.scenario(line: good.replacing("exit = 1.15", with: "exit = \(value)"))
    guard let expected else {
      #expect(try SmallCountry.faults(text).contains { $0.severity == .error })
      return
    }
    #expect(try SmallCountry.load(text).scenario.lines[0].effect.exit.shape == expected)
  }

  @Test func chanceOfNoEffectIsRead() throws {
    let text = SmallCountry.scenario(
      line: good.replacing("1.15", with: "{ uniform = [1, 2], no_effect = \"20 %\" }"))
    #expect(try SmallCountry.load(text).scenario.lines[0].effect.exit.noEffect == 0.2)
  }

  static let amounts: [(String, Int64?)] = [
    ("9_000_000", 900_000_000), ("0", 0), ("0.01", 1), ("0.29", 29), ("1234567.89", 123_456_789),
    ("1e6", 100_000_000), ("0.005", nil), ("-1", nil), ("1e13", nil), ("\"5\"", nil), ("true", nil),
  ]

  @Test(arguments: amounts)
  func moneyIsWholeCentimos(_ value: String, _ expected: Int64?) throws {
    let text = SmallCountry.scenario(
      line: SmallCountry.service(
        amount: "{ 2020 = \(value) }", allocation: "{ rule = \"children\" }"))
    guard let expected else {
      #expect(try SmallCountry.faults(text).contains { $0.severity == .error })
      return
    }
    #expect(try SmallCountry.load(text).scenario.lines[0].amounts.map(\.money) == [expected])
  }

  @Test func higherLayerDecidesBetweenSurfaceAndModel() throws {
    let text = SmallCountry.scenario(
      line: good,
      rest: "[risk]\nsurface = \"s\"\n[surface]\ns = { file = \"x.asc\", quantity = \"mean\" }")
    #expect(try SmallCountry.load(text).scenario.risk.source == .surface("s"))
    let plain = try SmallCountry.load(SmallCountry.scenario(line: good))
    guard case .model(let file) = plain.scenario.risk.source else {
      Issue.record("the country's model stands")
      return
    }
    #expect(file.path == "geo:risk/model.json")
  }

  @Test func unusedModelIsNotRequested() throws {
    let text = SmallCountry.scenario(
      line: good,
      rest: "[risk]\nsurface = \"s\"\n[surface]\ns = { file = \"x.asc\", quantity = \"mean\" }")
    let kinds = try SmallCountry.load(text).requests.map(\.kind)
    #expect(!kinds.contains(.riskModel))
    #expect(kinds.contains(.surface(id: "s")))
    #expect(kinds.contains(.districts))
    #expect(kinds.contains(.series))
    #expect(kinds.contains(.direct))
  }

  @Test func emptyPathTakesALowerLayersFileAway() throws {
    let text = SmallCountry.scenario(line: good, rest: "[risk]\ndirect = \"\"")
    #expect(try SmallCountry.load(text).scenario.risk.direct == nil)
  }

  @Test func breakTakesTheRateTargetOfItsDeadlineAsGoal() throws {
    let text = SmallCountry.scenario(
      line: good,
      rest: "[target.low]\nindicator = \"rate\"\ndeadline = 2025\nvalue = \"1.0 %\"")
    let loaded = try SmallCountry.load(text)
    #expect(loaded.scenario.targets[0].goal == "low")
    #expect(loaded.scenario.targets[1].value == 0.01)
  }

  /// The manual's full example, with the layer it extends.
  @Test func fullExampleOfTheManualLoads() throws {
    let folder = "Tests/Fixtures/scenarios/"
    let loaded = try loadScenario(
      main: ScenarioFile(name: "full.toml", bytes: Shipped.bytes(folder + "full.toml")),
      country: Shipped.country()
    ) { (path, place) throws(Diagnostic) in
      guard let bytes = try? Shipped.bytes(folder + path) else {
        throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
      }
      return ScenarioFile(name: path, bytes: bytes)
    }
    #expect(loaded.warnings.filter { $0.severity != .note && $0.code != .pairEffectMissing } == [])
    #expect(
      loaded.scenario.lines.map(\.id) == [
        "municipal", "committees", "platform", "chains", "transfers",
      ])
    #expect(loaded.scenario.surfaces.count == 5)
    #expect(
      loaded.requests.contains { $0.path == "data/districts.gpkg" && $0.layer == "districts" })
  }

  /// Bytes changed, dropped, doubled and swapped at random: a scenario loads or is refused.
  @Test(arguments: ShippedScenarioTests.names)
  func mutatedBytesNeverCrash(_ name: String) throws {
    let original = try Shipped.bytes("Scenarios/" + name)
    let country = try Shipped.country()
    var draws = TestDraws(state: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var refused = 0
    for _ in 0..<400 {
      let bytes = mutated(original, &draws)
      do {
        let loaded = try loadScenario(
          main: ScenarioFile(name: name, bytes: bytes), country: country
        ) { (path, place) throws(Diagnostic) in
          throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
        }
        if let planned = try? loaded.plan(SmallCountry.inputs()) {
          try checkConserved(planned)
        }
      } catch let list as DiagnosticList {
        refused += 1
        #expect(list.hasErrors)
        _ = DiagnosticRenderer(language: .spanish).text(list.items)
      }
    }
    #expect(refused > 0)
  }

  private func mutated(_ original: [UInt8], _ draws: inout TestDraws) -> [UInt8] {
    var bytes = original
    let signs = Array("0123456789.,=[]{}\"'#%_-\n ñ\u{A0}“".utf8)
    for _ in 0..<(1 + draws.number(below: 3)) where !bytes.isEmpty {
      let index = draws.number(below: bytes.count)
      switch draws.number(below: 5) {
      case 0: bytes.remove(at: index)
      case 1: bytes[index] = signs[draws.number(below: signs.count)]
      case 2: bytes.insert(signs[draws.number(below: signs.count)], at: index)
      case 3: bytes[index] = UInt8(draws.number(below: 256))
      default:
        let end = min(bytes.count, index + draws.number(below: 40))
        bytes.insert(contentsOf: Array(bytes[index..<end]), at: draws.number(below: bytes.count))
      }
    }
    return bytes
  }
}

/// Approved = national + unplaced + placed, in each line and year.
func checkConserved(_ planned: PlannedScenario) throws {
  for line in planned.plan.lines {
    for year in line.money.approved.indices {
      let placed = line.money.placed.reduce(Int64(0)) { $0 + $1[year] }
      #expect(
        line.money.approved[year] == line.money.national[year] + line.money.unplaced[year] + placed)
    }
  }
}
