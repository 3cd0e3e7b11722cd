// Quiebre · ScenarioFilesTests
// Layers: who wins, who clashes, and what stays in force.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import ScenarioFiles
import Statistics
import Testing

@Suite struct LayerTests {
  private let base = SmallCountry.scenario(
    line: SmallCountry.service(allocation: "{ rule = \"children\" }"))

  private func origin(_ loaded: LoadedScenario, _ key: String) -> Origin? {
    loaded.values.last { $0.key == key }?.origin
  }

  @Test func higherLayersWinKeyByKey() throws {
    let main = """
      [scenario]
      extends = ["base.toml"]
      id = "over"
      [line.a]
      after = "zero"
      effect = { entry = 0.9 }
      """
    let loaded = try SmallCountry.load(main, layers: ["base.toml": base])
    let line = try #require(loaded.scenario.lines.first)
    #expect(loaded.scenario.id == "over")
    #expect(line.after == .zero)
    // Effects merge by their keys; amounts are one value.
    #expect(line.effect.entry.shape == .fixed(0.9))
    #expect(line.effect.exit.shape == .fixed(1.15))
    #expect(line.amounts.map(\.year) == [2020])
    #expect(loaded.layers == ["geo:country.toml", "base.toml", "s.toml"])
    #expect(origin(loaded, "line.a.after")?.place?.file == "s.toml")
    #expect(origin(loaded, "line.a.kind")?.place?.file == "base.toml")
    guard case .country = origin(loaded, "money.currency") else {
      Issue.record("the currency is the country's")
      return
    }
  }

  @Test func flagsStandAboveAllFiles() throws {
    let loaded = try SmallCountry.load(
      base,
      [
        Override(key: "line.a.after", text: "zero"),
        Override(key: "simulation.replicas", text: "7"),
        Override(key: "line.a.amount.2020", text: "5"),
      ])
    let line = try #require(loaded.scenario.lines.first)
    #expect(line.after == .zero)
    #expect(line.amounts.map(\.money) == [500])
    #expect(loaded.scenario.simulation.replicas == 7)
    guard case .flag = origin(loaded, "line.a.after") else {
      Issue.record("the flag wins")
      return
    }
  }

  @Test(arguments: [("after", "keep"), ("line.a.after", ""), ("line..after", "keep"), ("", "1")])
  func unusableFlagsAreFaults(_ key: String, _ text: String) throws {
    let faults = try SmallCountry.faults(base, [Override(key: key, text: text)])
    #expect(faults.map(\.code.rawValue) == ["Q226"])
  }

  @Test func wrongFlagNamesTheFlag() throws {
    let faults = try SmallCountry.faults(base, [Override(key: "line.a.aftr", text: "keep")])
    #expect(faults.map(\.code.rawValue) == ["Q204"])
    #expect(faults.first?.place?.file == "--set line.a.aftr=keep")
  }

  static let clashing = [
    "a.toml": "[line.a]\nafter = \"keep\"\n", "b.toml": "[line.a]\nafter = \"zero\"\n",
  ]

  private func scenario(_ head: String, after: String = "") -> String {
    base.replacing("[scenario]", with: "[scenario]\nextends = [\"a.toml\", \"b.toml\"]\n" + head)
      .replacing("after = \"keep\"\n", with: after)
  }

  @Test func layersThatDisagreeAreAFault() throws {
    let faults = try SmallCountry.faults(scenario(""), layers: Self.clashing)
    #expect(faults.map(\.code.rawValue) == ["Q207"])
    #expect(faults.first?.place?.file == "b.toml")
    #expect(faults.first?.entry == "line.a.after")
  }

  @Test func ownValueSettlesAClash() throws {
    let loaded = try SmallCountry.load(
      scenario("", after: "after = \"grow 2 %\"\n"), layers: Self.clashing)
    #expect(loaded.scenario.lines[0].after == .grow(0.02))
  }

  @Test func overrideLetsTheLastLayerWin() throws {
    let loaded = try SmallCountry.load(scenario("override = true"), layers: Self.clashing)
    #expect(loaded.scenario.lines[0].after == .zero)
  }

  @Test func layersThatAgreeAreNoFault() throws {
    let layers = ["a.toml": Self.clashing["a.toml"] ?? "", "b.toml": Self.clashing["a.toml"] ?? ""]
    #expect(try SmallCountry.load(scenario(""), layers: layers).scenario.lines[0].after == .keep)
  }

  @Test func cyclesAreRefused() throws {
    let layers = [
      "a.toml": "[scenario]\nextends = [\"b.toml\"]\n",
      "b.toml": "[scenario]\nextends = [\"a.toml\"]\n",
    ]
    let faults = try SmallCountry.faults(scenario(""), layers: layers)
    #expect(faults.map(\.code.rawValue) == ["Q203"])
  }

  @Test func unreadableLayerIsReportedWhereItIsNamed() throws {
    let faults = try SmallCountry.faults(scenario(""))
    #expect(faults.map(\.code.rawValue) == ["Q202"])
    #expect(faults.first?.place?.line == 2)
  }

  @Test func countryLayerExtendsNothing() throws {
    let country = ScenarioFile(name: "c.toml", bytes: Array("[scenario]\nextends = [\"x\"]\n".utf8))
    #expect {
      _ = try loadScenario(
        main: ScenarioFile(name: "s.toml", bytes: Array(base.utf8)), country: country
      ) { (path, place) throws(Diagnostic) in
        throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
      }
    } throws: { error in
      (error as? DiagnosticList)?.items.map(\.code.rawValue) == ["Q202"]
    }
  }

  static let paths: [(String, String, String)] = [
    ("data/x.csv", "Scenarios/a.toml", "Scenarios/data/x.csv"), ("x.csv", "a.toml", "x.csv"),
    ("../x.csv", "Scenarios/a.toml", "x.csv"), ("./x.csv", "a/b.toml", "a/x.csv"),
    ("../../x.csv", "a/b.toml", "../x.csv"), ("/abs/x.csv", "a/b.toml", "/abs/x.csv"),
    ("x.csv", "/r/a.toml", "/r/x.csv"), ("geo:x.csv", "a/b.toml", "geo:x.csv"),
    ("x.csv", "geo:country.toml", "geo:x.csv"), ("../x.csv", "/a.toml", "/../x.csv"),
  ]

  @Test(arguments: paths)
  func pathsStartAtTheFileThatNamesThem(_ path: String, _ file: String, _ expected: String) throws {
    let text = base + "\n[series]\nfile = \"\(path)\"\n"
    let loaded = try loadScenario(
      main: ScenarioFile(name: file, bytes: Array(text.utf8)), country: Shipped.country()
    ) { (path, place) throws(Diagnostic) in
      throw Diagnostic(.layerUnreadable, at: place, what: LocalizedText(verbatim: path))
    }
    #expect(loaded.scenario.series.file.path == expected)
  }

  @Test func lockNamesFileAndLineOfEachValue() throws {
    let text = String(decoding: try SmallCountry.load(base).lockJSON(), as: UTF8.self)
    #expect(
      text.contains(
        "\"line.a.after\": {\"value\": \"\\\"keep\\\"\", \"from\": \"file\", \"file\": \"s.toml\", \"line\": 9, \"column\": 9, \"assumed\": false}"
      ))
  }

  @Test func aLockReadBackIsTheSameScenario() throws {
    let main = """
      [scenario]
      extends = ["base.toml"]
      id = "over"
      [line.a]
      name = { es = "A\\u0007", en = "uno \\"dos\\"" }
      """
    let flags = [Override(key: "line.a.amount.2020", text: "5")]
    let loaded = try SmallCountry.load(main, flags, layers: ["base.toml": base])
    let lock = try LockFile(JSONDocument(bytes: loaded.lockJSON(), name: "x.lock.json"))
    let again = try loadScenario(lock: lock)
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    #expect(text(again.canonicalJSON()) == text(loaded.canonicalJSON()))
    #expect(text(again.lockJSON()) == text(loaded.lockJSON()))
    #expect(again.scenario.lines.map(\.name) == loaded.scenario.lines.map(\.name))
    #expect(again.scenario.lines.map { $0.amounts.map(\.money) } == [[500]])
    #expect(again.assumptions.map(\.key) == loaded.assumptions.map(\.key))
    #expect(again.warnings.map(\.code) == loaded.warnings.map(\.code))
    // Flags of the second run win over what the lock says.
    let other = try loadScenario(
      lock: lock, overrides: [Override(key: "simulation.seed", text: "3")])
    #expect(other.scenario.simulation.seed == 3)
  }

  @Test func aDefaultThatHasChangedIsNamed() throws {
    let text = String(decoding: try SmallCountry.load(base).lockJSON(), as: UTF8.self)
    let old = text.replacing(
      "\"simulation.min_ess\": {\"value\": \"200\"",
      with: "\"simulation.min_ess\": {\"value\": \"150\"")
    #expect(old != text)
    let lock = try LockFile(JSONDocument(bytes: Array(old.utf8), name: "x.lock.json"))
    let faults = try loadScenario(lock: lock).warnings.filter { $0.code == .lockDefaultDiffers }
    #expect(faults.map(\.entry) == ["simulation.min_ess"])
  }

  @Test func canonicalFormIgnoresOrderCommentsAndLayers() throws {
    let whole = try SmallCountry.load(base).canonicalJSON()
    let lines = base.split(separator: "\n", omittingEmptySubsequences: false)
    let commented = lines.map { $0 + "  # note" }.joined(separator: "\n")
    #expect(try SmallCountry.load(commented).canonicalJSON() == whole)
    let swapped = base.replacing(
      "id = \"small\"\ndefinition = \"A\"", with: "definition = \"A\"\nid = \"small\"")
    #expect(swapped != base)
    #expect(try SmallCountry.load(swapped).canonicalJSON() == whole)
    #expect(try SmallCountry.load(base.replacing("1_000", with: "1_001")).canonicalJSON() != whole)
  }

  /// Characters of a whole code: as said, else two more than the province's.
  @Test(arguments: [
    ("{ department = 2, province = 4 }", 6), ("{ department = 2, province = 5, district = 9 }", 9),
    ("{ department = 1, province = 3 }", 5),
  ])
  func codesAreAsLongAsTheLevelsSay(levels: String, length: Int) throws {
    let loaded = try SmallCountry.load(base, [Override(key: "data.levels", text: levels)])
    #expect(loaded.scenario.data.levels["district"] == length)
  }

  @Test(arguments: [
    "{ department = 4, province = 4 }", "{ department = 2, province = 4, district = 4 }",
  ])
  func aLowerLevelNeedsMoreOfTheCode(levels: String) throws {
    let faults = try SmallCountry.faults(base, [Override(key: "data.levels", text: levels)])
    #expect(faults.map(\.code.rawValue).contains("Q214"))
  }

  @Test func keysWhoseNeglectMovesResultsWarn() throws {
    for (key, text) in [("population.growth", "\"growth.csv\""), ("population.split", "\"s.csv\"")]
    {
      let faults = try SmallCountry.faults(base, [Override(key: key, text: text)])
      #expect(faults.first { $0.entry == key }?.severity == .warning, "\(key)")
    }
    let ratio = try SmallCountry.faults(base, [Override(key: "population.growth", text: "\"1 %\"")])
    #expect(!ratio.contains { $0.entry == "population.growth" })
  }

  @Test func whatNothingBacksIsListedAsAssumed() throws {
    let keys = try SmallCountry.load(base).assumptions.map(\.key)
    for key in [
      "simulation.exit", "simulation.trend", "simulation.shock", "line.a.execution",
      "line.a.leakage", "line.a.ceiling", "risk.classes", "line.a.effect.ramp", "target.break.prob",
    ] {
      #expect(keys.contains(key), "\(key)")
    }
    #expect(!keys.contains("line.a.amount"))
  }
}
