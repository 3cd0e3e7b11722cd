// Quiebre · DiagnosticsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Code pages")
struct CodePageTests {
  @Test func noCodeHasTwoPages() {
    let codes = CodePage.all.map(\.code.rawValue)
    #expect(Set(codes).count == codes.count)
  }

  @Test func everyPageSpeaksBothLanguages() {
    for page in CodePage.all {
      for text in [page.title, page.text] {
        #expect(!text.en.isEmpty && !text.es.isEmpty, "\(page.code)")
      }
    }
  }
}
