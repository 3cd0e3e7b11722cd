// Quiebre · ReportsTests
// CSV tables against rows written by hand.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Foundation
import LaborModel
import Reports
import Testing

@Suite struct TableSuite {
  private func lines(_ table: Table) -> [String] {
    String(decoding: table.csv(), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test func moneyIsConservedToTheCentimo() {
    #expect(
      lines(Sample.report.moneyTable()) == [
        "\u{FEFF}line,kind,year,approved,placed,national,unplaced",
        "municipal,service,2019,1.00,0.80,0.00,0.20",
        "municipal,service,2020,9000.50,0.80,0.00,8999.70",
        "municipal,service,2021,10000.00,0.80,0.00,9999.20",
        "platform,targeting,2019,0.00,0.00,0.00,0.00",
        "platform,targeting,2020,500.00,0.00,500.00,0.00",
        "platform,targeting,2021,500.00,0.00,500.00,0.00",
      ])
  }

  // 9,000.50 + 10,000 + 500 + 500 − 2 × 1.00
  @Test func newMoneyIsWhatTheBaselineLacks() {
    #expect(Sample.report.newMoney == 1_999_850)
  }

  @Test func linesSumTheYearsAfterTheBase() {
    #expect(
      lines(Sample.report.linesTable())[1]
        == "municipal,El municipal,The municipal,service,E21,19000.50,18998.50,1.60,0.00,18998.90,50.00"
    )
  }

  @Test func nationHasARowPerScenarioYearAndAges() {
    let rows = lines(Sample.report.nationalTable())
    #expect(rows.count == 1 + 2 * 4 * 3)
    // Children 5-13: 7,930 × 9/13 = 5,490; mean of 2021 under the scenario 24.9 %.
    #expect(rows.contains("sample,2021,2021-01-01,5-13,22.90,24.90,26.90,24.90,1367.0"))
  }

  @Test func districtYearsCoverBaselineAndScenario() {
    let rows = lines(Sample.report.districtYearsTable())
    #expect(rows.count == 1 + 2 * 4 * 4)
    #expect(
      rows.last == "020101,sample,2021,2021-01-01,27.00,29.00,31.00,29.00,29.00,37.7,0.20,60.00")
    #expect(rows[1] == "010101,baseline,2018,2018-01-01,8.00,10.00,12.00,10.00,10.00,130.0,,")
  }

  @Test func childrenGrowByYears() {
    var report = Sample.report
    report.childrenGrowth = 0.1
    let rows = lines(report.districtYearsTable())
    // 130 × 29 % × 1.1²
    #expect(rows.last?.contains(",45.6,") == true)
    // One year back: 1,300 × 10 % / 1.1
    #expect(rows[1].contains(",118.2,"))
  }

  @Test func textsWithCommasAndQuotesAreQuoted() {
    let rows = lines(Sample.report.districtTable())
    #expect(rows[1].hasPrefix("010101,Uno,Uno A,\"Ñahui \"\"Alto\"\"\",sample,schematic,1300,"))
    #expect(rows[2].hasPrefix("010102,Uno,Uno A,\"Dos Islas, Norte\",sample,"))
  }

  @Test func riskGivesAllClassProbabilities() {
    let rows = lines(Sample.risk.table(of: Sample.registry))
    // 3,900 × 45 % = 1,755 in child labor.
    #expect(
      rows[3] == "010201,Uno,Uno B,Valle,3900,45.00,40.00,50.00,1755,high,0.0,0.1,99.9,,,,imputed")
    #expect(rows[4] == "020101,Dos,Dos A,Sin Mapa,130,,,,,,,,,,,,no_shape")
  }

  @Test func codesAreTextForGDAL() {
    let types = String(decoding: Sample.report.districtYearsTable().csvt, as: UTF8.self)
    #expect(
      types
        == "\"String\",\"String\",\"Integer64\",\"Date\"" + String(repeating: ",\"Real\"", count: 8)
        + "\n")
  }

  @Test func commaStyleIsReadableWhereCommasMarkDecimals() {
    let text = String(decoding: Sample.report.moneyTable().csv(.comma), as: UTF8.self)
    #expect(text.contains("municipal;service;2020;9000,50;0,80;0,00;8999,70\n"))
  }

  @Test func thePackageDescribesEveryColumnInTwoLanguages() throws {
    let tables = [Sample.report.districtTable(), Sample.report.moneyTable()]
    let bytes = DataPackage.bytes(
      id: "sample", tables: tables, style: .point, moneyUnit: "PEN of 2019")
    let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    let resources = try #require(object?["resources"] as? [[String: Any]])
    for (resource, table) in zip(resources, tables) {
      let schema = try #require(resource["schema"] as? [String: Any])
      let fields = try #require(schema["fields"] as? [[String: String]])
      #expect(fields.map { $0["name"] } == table.columns.map(\.name))
      #expect(
        fields.allSatisfy { $0["title"]?.isEmpty == false && $0["title_es"]?.isEmpty == false })
    }
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"unit\": \"PEN of 2019/child/year\""))
  }
}

@Suite struct ColumnDictionarySuite {
  @Test func namesAreShortDistinctASCII() {
    let names = ColumnDictionary.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { (1...10).contains($0.utf8.count) })
    #expect(
      names.allSatisfy {
        $0.utf8.allSatisfy { byte in
          byte == 95 || (48...57).contains(byte) || (97...122).contains(byte)
        }
      })
  }

  @Test func everyColumnHasATitleInBothLanguages() {
    #expect(ColumnDictionary.all.allSatisfy { !$0.title.es.isEmpty && !$0.title.en.isEmpty })
  }

  @Test func numbersHaveAUnit() {
    for column in ColumnDictionary.all {
      if case .decimal = column.kind { #expect(!column.unit.isEmpty, "\(column.name)") }
    }
  }
}
