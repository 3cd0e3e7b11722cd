// Quiebre · ReportsTests
// Choosing between scenarios: pairs counted by hand, the net benefit, sentences in both languages.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Reports
import Statistics
import Testing

@Suite struct ChoiceTests {
  /// Four draws of weight .4, .3, .2, .1.
  private func choice(worth: Double? = nil) -> Choice {
    Choice(
      options: [
        .init(id: "A", rate: [0.25, 0.24, 0.26, 0.25], avoided: [10, 20, 0, 40], newMoney: 1000),
        .init(id: "B", rate: [0.24, 0.24, 0.27, 0.20], avoided: [30, 20, 10, 0], newMoney: 2500),
      ], weights: [0.4, 0.3, 0.2, 0.1], year: 2025, worth: worth, currencySymbol: "S/",
      inputs: [DrawnInput(key: "simulation.exit", values: [0.1, 0.2, 0.3, 0.4])])
  }

  /// B has the lower rate in draws 1 and 4 (.5), more child-years in 1 and 3 (.6); A in 3 (.2) and 4 (.1);
  /// draw 2 is a tie.
  @Test func pairsAreCountedDrawByDrawAndTiesForNeither() {
    let duels = choice().duels()
    #expect(duels.map { [$0.winner, $0.loser] } == [[0, 1], [1, 0]])
    #expect(abs(duels[0].lowerRate.estimate - 0.2) < 1e-15)
    #expect(abs(duels[1].lowerRate.estimate - 0.5) < 1e-15)
    #expect(abs(duels[0].moreAvoided.estimate - 0.1) < 1e-15)
    #expect(abs(duels[1].moreAvoided.estimate - 0.6) < 1e-15)
    // Kish: 1/(.16 + .09 + .04 + .01).
    #expect(abs(duels[0].lowerRate.effectiveDraws - 1 / 0.3) < 1e-12)
  }

  /// A: 4 + 6 + 0 + 4 = 14, B: 12 + 6 + 2 + 0 = 20; the best of each draw: 30·.4 + 20·.3 + 10·.2 + 40·.1 = 24.
  @Test func childYearsDecideWhereMoneyDoesNotCount() {
    let decision = choice().decision()
    #expect(decision.best == 1)
    #expect(abs(decision.means[0] - 14) < 1e-12 && abs(decision.means[1] - 20) < 1e-12)
    #expect(abs(decision.perfectInformation().value - 4) < 1e-12)
  }

  /// At 100 a child-year: A 1400 − 1000, B 2000 − 2500, nothing 0.
  @Test func moneyCountsAtAPriceAndNothingIsAnOption() {
    let decision = choice(worth: 100).decision()
    #expect(decision.best == 0)
    for (mean, expected) in zip(decision.means, [400.0, -500, 0]) {
      #expect(abs(mean - expected) < 1e-9)
    }
    let text = choice(worth: 100).text(in: .english)
    #expect(text.contains("net benefit at S/ 100 a child-year"))
    #expect(text.contains("→ A") && text.contains("no new money"))
  }

  @Test func theTextSaysWhoBeatsWhomInBothLanguages() {
    let (english, spanish) = (choice().text(in: .english), choice().text(in: .spanish))
    #expect(english.contains("B beats A") && english.contains("P(lower rate 2025)"))
    #expect(spanish.contains("B supera a A") && spanish.contains("cuál elegir"))
    #expect(english.contains("would add 4 on average"))
  }

  @Test func theDocumentHoldsTheSameFigures() throws {
    let json = try JSONDocument(bytes: choice().json(), name: "choice.json")
    #expect(json.root["schema"]?.string == "quiebre.choice/1")
    #expect(json.root["pairs"]?.array?.count == 2)
    let value = try #require(json.root["perfect_information"]?["value"]?.number)
    #expect(abs(value - 4) < 1e-12)
  }
}
