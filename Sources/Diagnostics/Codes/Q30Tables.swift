// Quiebre · Diagnostics
// Codes and pages: Q300-Q349 tables, codes and joins by code.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let emptyTable = DiagnosticCode(rawValue: "Q320")
  public static let notUTF8 = DiagnosticCode(rawValue: "Q321")
  public static let notAText = DiagnosticCode(rawValue: "Q322")
  public static let lockFile = DiagnosticCode(rawValue: "Q323")
  public static let badHeader = DiagnosticCode(rawValue: "Q324")
  public static let raggedRow = DiagnosticCode(rawValue: "Q326")
  public static let badQuote = DiagnosticCode(rawValue: "Q327")
  public static let unclearDelimiter = DiagnosticCode(rawValue: "Q329")
  public static let notANumber = DiagnosticCode(rawValue: "Q330")
  public static let thousands = DiagnosticCode(rawValue: "Q331")
  public static let decimalComma = DiagnosticCode(rawValue: "Q332")
  public static let currencySign = DiagnosticCode(rawValue: "Q333")
  public static let percentSign = DiagnosticCode(rawValue: "Q334")
  public static let missingColumn = DiagnosticCode(rawValue: "Q335")
  public static let noBreakSpace = DiagnosticCode(rawValue: "Q336")
}

extension CodePage {
  static let tablePages: [CodePage] = []
}
