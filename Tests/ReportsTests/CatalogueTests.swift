// Quiebre · ReportsTests
// The text catalogue: no sentence lacks a language, no blank is lost in translation.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import LaborModel
import Statistics
import Testing

@testable import Reports

@Suite struct CatalogueSuite {
  static let sentences: [LocalizedText] =
    RunPhrase.allCases.map(\.text) + ObservedPhrase.allCases.map(\.text)
    + CheckPhrase.allCases.map(\.text) + ComparePhrase.allCases.map(\.text)
    + ChoicePhrase.allCases.map(\.text)
    + EquityPhrase.allCases.map(\.text) + InputPhrase.allCases.map(\.text)
    + InputPartsPhrase.allCases.map(\.text)
    + RiskPhrase.allCases.map(\.text) + RiskClass.allCases.map(\.words)
    + BreakPhrase.allCases.map(\.text) + AreaPhrase.allCases.map(\.text)
    + PicturePhrase.allCases.map(\.text) + ChartPhrase.allCases.map(\.text)
    + AreaPace.Finding.allCases.map(\.words)
    + RiskCheckPhrase.allCases.map(\.text) + RiskFitPhrase.allCases.map(\.text)
    + TrackerRating.Tracker.allCases.map(\.words) + TrackerRating.Rating.allCases.map(\.words)
    + ExplainPhrase.allCases.map(\.text) + PaceLabel.allCases.map(\.words)
    + NoiseMode.allCases.map(\.words) + ProbabilityWord.allCases.map(\.words)
    + MethodTopic.allCases.flatMap { [$0.title, $0.text] } + ColumnDictionary.all.map(\.title)

  private func blanks(_ text: String) -> [Substring] {
    text.matches(of: /\{[0-9]\}/).map(\.output).sorted()
  }

  @Test func everySentenceIsThereInBothLanguages() {
    for sentence in Self.sentences {
      #expect(!sentence.en.isEmpty && !sentence.es.isEmpty, "\(sentence)")
    }
  }

  @Test func translationsHaveTheSameBlanks() {
    for sentence in Self.sentences {
      #expect(blanks(sentence.en) == blanks(sentence.es), "\(sentence.en)")
    }
  }

  @Test func aLongSentenceIsNotTheSameInBoth() {
    for sentence in Self.sentences where sentence.en.split(separator: " ").count > 4 {
      #expect(sentence.en != sentence.es)
    }
  }

  @Test func aBlankInsideAValueStaysAsItIs() {
    #expect(RunPhrase.asOf.said("{2} {1}", in: .english) == "as of {2} {1}")
  }
}

@Suite struct PeopleNumberSuite {
  private let english = PeopleNumbers(language: .english)
  private let spanish = PeopleNumbers(language: .spanish)

  @Test(arguments: [
    (0.0, "0"), (930, "930"), (999.4, "999"), (1000, "1 thousand"), (-3127, "-3 thousand"),
    (34_499, "34 thousand"), (999_499, "999 thousand"), (999_500, "1.00 M"),
    (1_873_000, "1.87 M"), (99_960_000, "100.0 M"), (472_800_000, "472.8 M"),
    (1_234_567_890, "1,235 M"),
  ])
  func countsHaveThreeDigits(value: Double, expected: String) {
    #expect(english.short(value) == expected)
  }

  @Test func thousandIsTranslated() { #expect(spanish.short(-3127) == "-3 mil") }

  @Test(arguments: [
    (0.0, "0"), (472_812_345, "S/ 472.8 M"), (34_000, "S/ 34,000"), (999_949, "S/ 999,949"),
    (-1_300_000, "S/ -1.3 M"),
  ])
  func moneyIsShort(amount: Double, expected: String) {
    #expect(english.money(amount, "S/") == expected)
  }

  @Test(arguments: [(34_127.0, 34_000.0), (99.4, 99), (996, 1000), (0.5, 1), (20_499, 20_000)])
  func estimatesHaveTwoDigits(value: Double, expected: Double) {
    #expect(english.rounded(value) == expected)
  }

  @Test(arguments: [(-0.0004, "-0.04"), (0.007, "+0.70"), (0.00001, "0.00"), (-0.00001, "0.00")])
  func pointsHaveASign(share: Double, expected: String) {
    #expect(english.points(share) == expected)
  }

  // Wilson 1927 at 0 of 1,000: 1.96²/(1000 + 1.96²) = 0.38 %.
  @Test(arguments: [
    (0.0, "< 0.4 %"), (1, "> 99.6 %"), (0.3, "30 %"), (0.053, "5.3 %"), (0.994, "99.4 %"),
    // 4 of 10,000 over 1,000 draws: (0.0004 + 0.00192 + 1.96 √…)/1.00384 = 0.5 %.
    (0.0004, "< 0.5 %"), (0.9996, "> 99.5 %"),
    (0.0996, "10 %"),
  ])
  func aProbabilityIsNeverNoneOrAll(estimate: Double, expected: String) {
    let share = DrawnShare(estimate: estimate, effectiveDraws: 1000)
    #expect(english.probability(share) == expected)
  }

  @Test(arguments: [(1.0, "1"), (100, "100"), (12.25, "12.25"), (0.5, "0.5")])
  func zerosAtTheEndAreTrimmed(value: Double, expected: String) {
    #expect(english.trimmed(value) == expected)
  }
}
