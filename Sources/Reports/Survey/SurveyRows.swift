// Quiebre · Reports
// Estimates as the rows that scenarios read: the national series and the direct estimates.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Statistics

extension SurveyReport {
  /// Decimals of rates and errors in percent: far below any survey's error.
  private static let decimals = 6

  /// `group,year,rate,se,n,deff,method,shock,published` of the whole population, rates in percent.
  public func seriesCSV() -> [UInt8] {
    var csv = CSVWriter()
    for name in ["group", "year", "rate", "se", "n", "deff", "method", "shock", "published"] {
      csv.text(name)
    }
    csv.endRow()
    for line in sections.first(where: { $0.by.isEmpty })?.lines ?? [] where line.isReadable {
      csv.text(group)
      csv.integer(line.year)
      csv.number(line.estimate.value.map { $0 * 100 }, decimals: Self.decimals)
      csv.number(line.estimate.standardError.map { $0 * 100 }, decimals: Self.decimals)
      csv.integer(line.estimate.cases)
      csv.number(line.estimate.designEffect, decimals: Self.decimals)
      csv.text(method)
      csv.text(isShock ? "yes" : "no")
      csv.text(published)
      csv.endRow()
    }
    return csv.finished()
  }

  /// `ubigeo2,year,rate,se,group,published` of the departments, rates in percent.
  public func directCSV() -> [UInt8] {
    var csv = CSVWriter()
    for name in ["ubigeo2", "year", "rate", "se", "group", "published"] { csv.text(name) }
    csv.endRow()
    for line in departments where line.isReadable {
      csv.text(line.label)
      csv.integer(line.year)
      csv.number(line.estimate.value.map { $0 * 100 }, decimals: Self.decimals)
      csv.number(line.estimate.standardError.map { $0 * 100 }, decimals: Self.decimals)
      csv.text(group)
      csv.text(published)
      csv.endRow()
    }
    return csv.finished()
  }
}
