// Quiebre · Diagnostics
// Codes and pages: Q300-Q349 tables, codes and joins by code.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let noCodeColumn = DiagnosticCode(rawValue: "Q300")
  public static let lostZeros = DiagnosticCode(rawValue: "Q301")
  public static let badCode = DiagnosticCode(rawValue: "Q302")
  public static let blankCode = DiagnosticCode(rawValue: "Q303")
  public static let doubledCode = DiagnosticCode(rawValue: "Q304")
  public static let otherCoding = DiagnosticCode(rawValue: "Q305")
  public static let rowWithoutDistrict = DiagnosticCode(rawValue: "Q306")
  public static let districtWithoutRow = DiagnosticCode(rawValue: "Q307")
  public static let nothingMatches = DiagnosticCode(rawValue: "Q308")
  public static let noShape = DiagnosticCode(rawValue: "Q309")
  public static let noChildren = DiagnosticCode(rawValue: "Q311")
  public static let badChildren = DiagnosticCode(rawValue: "Q312")
  public static let badAges = DiagnosticCode(rawValue: "Q313")
  public static let repairedShape = DiagnosticCode(rawValue: "Q314")
  public static let brokenShape = DiagnosticCode(rawValue: "Q315")
  public static let imputedChildren = DiagnosticCode(rawValue: "Q316")
  public static let repeatedField = DiagnosticCode(rawValue: "Q317")
  public static let suspiciousCoordinates = DiagnosticCode(rawValue: "Q318")
  public static let cannotTransform = DiagnosticCode(rawValue: "Q319")

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

  public static let outsideValidRange = DiagnosticCode(rawValue: "Q340")
  public static let onlyNoData = DiagnosticCode(rawValue: "Q341")
  public static let outsideDistricts = DiagnosticCode(rawValue: "Q342")
  public static let noValidCell = DiagnosticCode(rawValue: "Q343")
  public static let nearestTaken = DiagnosticCode(rawValue: "Q344")
  public static let unknownClass = DiagnosticCode(rawValue: "Q345")
  public static let badInterval = DiagnosticCode(rawValue: "Q346")
  public static let cannotJoin = DiagnosticCode(rawValue: "Q347")
  public static let pointsOutside = DiagnosticCode(rawValue: "Q348")
}

extension CodePage {
  static let tablePages: [CodePage] = []
}
