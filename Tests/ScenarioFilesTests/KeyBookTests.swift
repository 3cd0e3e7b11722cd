// Quiebre · ScenarioFilesTests
// Pages of keys: none is missing, none is about a key that the reader doesn't know, all examples hold.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import Support
import Testing

@testable import ScenarioFiles

@Suite struct KeyBookTests {
  /// Every key that the reader looks for in the shipped scenarios, the manual's example, and one line
  /// of each kind and rule.
  static let asked: Set<String> = {
    var keys: Set<String> = []
    for name in ShippedScenarioTests.names {
      keys.formUnion((try? Shipped.load(name).askedKeys) ?? [])
    }
    for text in small {
      if let loaded = try? SmallCountry.load(text) { keys.formUnion(loaded.askedKeys) }
    }
    return keys
  }()

  private static let small: [String] = [
    "{ rule = \"equal\", among = \"department\" }", "{ rule = \"risk\", weights = { high = 1 } }",
    "{ rule = \"list\", file = \"t.csv\", column = \"c\" }",
    "{ rule = \"history\", file = \"t.csv\" }", "{ rule = \"formula\", weight = \"children\" }",
  ].map {
    SmallCountry.scenario(
      line: SmallCountry.service(
        allocation: $0, more: "physical_goal = { unit = \"u\" }\nclassification = { goal = \"1\" }"),
      rest: """
        [series]
        methods = { ratio = 1.1, se = 0.1 }
        [surface.s]
        file = "s.csv"
        quantity = "mean"
        method = "kernel"
        bandwidth = 5
        fallback = "nearest"
        within = 50
        kind = "points"
        [table.t]
        file = "t.csv"
        """)
  }

  /// The pattern that stands for a key: `line.chains.amount` → `line.x.amount`.
  private func pattern(_ key: String) -> String {
    var parts = key.split(separator: ".").map(String.init)
    if parts.count > 1, namedSections.contains(parts[0]) { parts[1] = "x" }
    return parts.joined(separator: ".")
  }

  /// Tables are asked for as wholes too.
  private func isTable(_ pattern: String) -> Bool {
    KeyBook.tables.contains(pattern) || namedSections.contains(pattern)
      || pattern == "line.x.effect"
      || KeyBook.tables.contains { $0.hasPrefix(pattern + ".") }
  }

  @Test func everyKeyThatIsReadHasAPage() {
    let patterns = Set(Self.asked.map(pattern)).filter { !isTable($0) && $0 != "line.x.allocation" }
    #expect(patterns.count > 150)
    #expect(patterns.filter { KeyBook.page(of: $0) == nil }.sorted() == [])
  }

  @Test func everyPageIsAboutAKeyThatIsRead() {
    let patterns = Set(Self.asked.map(pattern))
    #expect(KeyBook.pages.map(\.key).filter { !patterns.contains($0) } == [])
  }

  @Test func noKeyHasTwoPages() {
    #expect(Set(KeyBook.pages.map(\.key)).count == KeyBook.pages.count)
  }

  @Test(arguments: KeyBook.pages)
  func aPageSpeaksBothLanguages(_ page: KeyPage) {
    #expect(page.meaning.en != page.meaning.es && page.meaning.es.hasSuffix("."), "\(page.key)")
    for language in Language.allCases {
      #expect(page.text(in: language).contains(page.key))
    }
  }

  /// Defaults that the page states are the ones that the reader takes.
  @Test func statedDefaultsAreTheReadersOwn() throws {
    let text = SmallCountry.scenario(
      line: SmallCountry.service(allocation: "{ rule = \"equal\" }").replacing(
        "after = \"keep\"\n", with: ""))
    var values = try SmallCountry.load(text).values
    for name in ShippedScenarioTests.names { values += try Shipped.load(name).values }
    var seen = 0
    for value in values where value.origin == .builtIn {
      let page = try #require(KeyBook.page(of: value.key), "\(value.key)")
      switch page.standard {
      case .value(let text):
        #expect(text == value.value && !value.assumed, "\(value.key)")
        seen += 1
      case .assumed(let text):
        #expect(text == value.value && value.assumed, "\(value.key)")
        seen += 1
      default: continue
      }
    }
    #expect(seen > 50)
  }

  /// Faults that say that the example itself is wrong, not that its neighbors aren't there.
  private static let faulty: Set<String> = [
    "Q204", "Q205", "Q206", "Q209", "Q210", "Q211", "Q213", "Q214", "Q215", "Q218", "Q401", "Q403",
  ]

  @Test(arguments: KeyBook.pages)
  func theExampleOfAKeyIsAccepted(_ page: KeyPage) throws {
    let equals = try #require(page.example.firstRange(of: " = "))
    let name = page.table.replacing(".x", with: page.table.hasPrefix("line") ? ".a" : ".s")
    let key = name + "." + page.example[..<equals.lowerBound]
    let text = SmallCountry.scenario(
      line: SmallCountry.service(allocation: "{ rule = \"children\" }"))
    let faults = try SmallCountry.faults(
      text, [Override(key: key, text: String(page.example[equals.upperBound...]))])
    #expect(
      faults.filter { Self.faulty.contains($0.code.rawValue) && $0.entry?.hasPrefix(key) == true }
        == [], "\(page.example)")
    #expect(
      key.hasPrefix(name + "." + page.key.dropFirst(page.table.count + 1).prefix { $0 != "." }))
  }

  @Test(arguments: [
    ("line.amount", "line.x.amount"), ("line.chains.amount", "line.x.amount"),
    ("line.x.amount.2020", "line.x.amount"), ("simulation.exit", "simulation.exit"),
    ("simulation.shock.sd", "simulation.shock"), ("line.effect.exit", "line.x.effect.exit"),
    ("line.a.unit_cost.per", "line.x.unit_cost"), ("target.value", "target.x.value"),
  ])
  func aKeyIsFoundAsItIsWritten(_ written: String, _ key: String) {
    #expect(KeyBook.page(of: written)?.key == key)
  }

  @Test func unknownWordsHaveNoPage() {
    for word in ["line.amont", "amount", "line", "simulation.exit.high.low", ""] {
      #expect(KeyBook.page(of: word) == nil, "\(word)")
    }
    #expect(KeyBook.table(named: "line").count > 20)
    #expect(KeyBook.keys(endingIn: "ceiling").map(\.key) == ["country.ceiling", "line.x.ceiling"])
  }
}
