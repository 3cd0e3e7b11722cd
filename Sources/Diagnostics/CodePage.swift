// Quiebre · Diagnostics
// The page behind each code: what `quiebre explain Q204` prints.
// SPDX-License-Identifier: Apache-2.0

/// What `quiebre explain` says about a code.
public struct CodePage: Hashable, Sendable {
  public let code: DiagnosticCode
  public let title: LocalizedText
  public let text: LocalizedText

  public init(_ code: DiagnosticCode, title: LocalizedText, text: LocalizedText) {
    self.code = code
    self.title = title
    self.text = text
  }

  /// Every page, in the order of the codes.
  ///
  /// A test holds that no code lacks one.
  public static let all: [CodePage] =
    (syntaxPages + jsonPages + scenarioPages + tablePages + geodataPages + moneyPages + modelPages
    + drawPages
    + riskPages
    + filePages
    + writingPages + runPages + surveyPages + breakPages + internalPages).sorted {
      $0.code.rawValue < $1.code.rawValue
    }
}
