// Quiebre · ToolTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit
import Testing

@testable import quiebre

@Suite("Arguments")
struct ArgumentParserTests {
  @Test(arguments: [
    ["run", "a.toml", "-j4", "--replicas=50"],
    ["--replicas", "50", "run", "-j", "4", "a.toml"],
    ["run", "-j=4", "--replicas", "50", "--", "a.toml"],
  ])
  func orderAndSpellingDoNotMatter(words: [String]) throws {
    let parsed = try Invocation(parsing: words)
    #expect(parsed.verb == .run)
    #expect(parsed.operands == ["a.toml"])
    #expect(try parsed.integer("--jobs", in: 1...8) == 4)
    #expect(try parsed.integer("--replicas", in: 1...100) == 50)
  }

  @Test(arguments: [
    (["rn", "a.toml"], "did you mean 'run'?"),
    (["run", "a.toml", "--replicsa", "5"], "did you mean '--replicas'?"),
    (["run", "a.toml", "--by", "department"], "'run' has no flag --by"),
    (["run"], "'run' takes SCENARIO.toml…"),
    (["run", "a.toml", "--seed"], "--seed needs a value"),
    (["run", "a.toml", "--force=yes"], "--force takes no value"),
  ])
  func aSlipIsNamed(words: [String], message: String) {
    #expect {
      try Invocation(parsing: words)
    } throws: { error in
      (error as? UsageError)?.what.en.contains(message) == true
    }
  }

  @Test(arguments: ["0", "-1", "x", "1e3", "99999999999999999999"])
  func anImpossibleCountIsRefused(text: String) throws {
    let parsed = try Invocation(parsing: ["run", "a.toml", "--replicas", text])
    #expect(throws: UsageError.self) { try parsed.runRequest() }
  }

  @Test func aFitIsARequestOfItsOwn() throws {
    let words = [
      "risk", "fit", "s.csv", "--outcome", "works", "--terms", "age,sex=girl,rural_pct%",
      "--weight=w", "--points", "1", "--cuts", "15,30",
    ]
    let parsed = try Invocation(parsing: words)
    #expect(parsed.isRiskFit)
    let request = try parsed.riskFitRequest()
    #expect(request.table == "s.csv" && request.terms == ["age", "sex=girl", "rural_pct%"])
    #expect(request.weight == "w" && request.points == 1 && request.cuts == [15, 30])
    #expect(throws: UsageError.self) { try parsed.riskRequest() }
    #expect(try !Invocation(parsing: ["risk", "fit"]).isRiskFit)
  }

  @Test(arguments: [
    [], ["--outcome", "y"], ["--outcome", "y", "--terms", "x", "--out", "m.json"],
    ["--outcome", "y", "--terms", "x", "--classes", "fixed"],
    ["--outcome", "y", "--terms", "x", "--cuts", "30,15"],
    ["--outcome", "y", "--terms", "x", "--missing", "guess"],
  ])
  func anIncompleteFitIsRefused(flags: [String]) throws {
    let parsed = try Invocation(parsing: ["risk", "fit", "s.csv"] + flags)
    #expect(throws: UsageError.self) { try parsed.riskFitRequest() }
  }

  @Test func everyVerbHasHelpInBothLanguages() {
    for verb in Verb.allCases {
      for language in Language.allCases {
        #expect(Help.page(of: verb, in: language).contains("quiebre \(verb.rawValue)"))
      }
      #expect(verb.summary.en != verb.summary.es)
      for flag in verb.flags { #expect(!flag.help.en.isEmpty && !flag.help.es.isEmpty) }
    }
  }

  @Test func flagsOfAVerbAreDifferent() {
    for verb in Verb.allCases {
      let names = verb.flags.flatMap { [$0.name] + ($0.short.map { [$0] } ?? []) }
      #expect(Set(names).count == names.count, "\(verb)")
    }
  }
}
