// Quiebre · ReportsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics
import Testing

@testable import Reports

@Suite("Survey texts")
struct SurveyPhraseTests {
  private func blanks(_ text: String) -> [Substring] {
    text.matches(of: /\{[0-9]\}/).map(\.output).sorted()
  }

  @Test func everySentenceHasBothLanguagesAndTheSameBlanks() {
    let sentences =
      SurveyPhrase.allCases.map(\.text) + SurveyPlanPhrase.allCases.map(\.text)
      + ProportionMethod.allCases.map(\.words)
    for sentence in sentences {
      #expect(!sentence.en.isEmpty && !sentence.es.isEmpty)
      #expect(blanks(sentence.en) == blanks(sentence.es), "\(sentence.en)")
      if sentence.en.split(separator: " ").count > 4 { #expect(sentence.en != sentence.es) }
    }
  }

  /// A column of the header for each cell of a row, in both languages.
  @Test func headersFitTheirRows() {
    for phrase in [SurveyPhrase.shareHead, .valueHead] {
      for text in [phrase.text.en, phrase.text.es] {
        #expect(text.split(separator: "|").count == 6)
      }
    }
  }
}
