// Quiebre · DistrictsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import Testing

@Suite struct JoinReportTests {
  private var report: JoinReport {
    var table = JoinPart(name: "data/juntos.csv", kind: .table, districts: 1_874, matched: 1_870)
    table.unmatched = [
      UnmatchedRow(row: 88, code: "150144"),
      UnmatchedRow(
        row: 902, code: "080915",
        explanation: LocalizedText(
          en: "created 2021 from 080904 Echarati", es: "creado en 2021 a partir de 080904 Echarati")
      ),
    ]
    table.missing = [MissingDistrict(code: "010101", name: "Chachapoyas")]
    table.doubled = [DoubledCode(code: "040101", rows: [3, 7])]
    var layer = JoinPart(name: "d.gpkg", kind: .layer, districts: 1_874, matched: 1_874)
    layer.repaired = [
      RepairedShape(
        code: "210607", reason: "Holes are nested", gainedKm2: 0.25, lostKm2: 1.5)
    ]
    return JoinReport(parts: [layer, table])
  }

  @Test func theLinesAreTheOnesOfTheManual() {
    let lines = report.lines(in: .english)
    #expect(
      lines[0]
        == "d.gpkg: 1,874 of 1,874 districts with shape · 0 without · "
        + "1 repaired (+0.250 km², −1.500 km²)")
    #expect(lines[1] == "  210607: Holes are nested, +0.250 −1.500 km²")
    #expect(
      lines[2]
        == "data/juntos.csv: 1,870 of 1,874 districts with data · 4 without · 2 rows without "
        + "district (row 88 \"150144\", row 902 \"080915\") · 1 doubled")
    #expect(lines.contains("  row 902 \"080915\": created 2021 from 080904 Echarati"))
    let spanish = report.lines(in: .spanish)
    #expect(spanish.contains("  sin datos: 010101 Chachapoyas"))
    #expect(spanish.count == lines.count)
  }

  @Test func aNameThatIsTheCodeIsNotRepeated() {
    var part = JoinPart(name: "t.csv", kind: .table, districts: 2, matched: 0)
    part.missing = [
      MissingDistrict(code: "010204", name: "010204"), MissingDistrict(code: "010205", name: ""),
    ]
    let lines = JoinReport(parts: [part]).lines(in: .english)
    #expect(lines.dropFirst() == ["  without: 010204", "  without: 010205"])
  }

  @Test func everyFindingIsARow() {
    let text = String(decoding: report.csv(), as: UTF8.self)
    let expected = """
      source,kind,finding,code,row,detail
      d.gpkg,layer,repaired,210607,,Holes are nested: +0.250 -1.500 km2
      juntos.csv,table,missing,010101,,
      juntos.csv,table,unmatched,150144,88,
      juntos.csv,table,unmatched,080915,902,created 2021 from 080904 Echarati
      juntos.csv,table,doubled,040101,3 7,
      """
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    #expect(
      lines.map { $0.replacing("\u{FEFF}", with: "") }
        == expected.split(separator: "\n").map(String.init))
  }

  @Test func theJSONNamesEveryPart() {
    var writer = JSONWriter()
    report.write(to: &writer)
    let text = String(decoding: writer.finished(), as: UTF8.self)
    #expect(text.contains("\"kind\": \"table\""))
    #expect(text.contains("\"gained_km2\": 0.25"))
    #expect(text.contains("\"code\": \"080915\", \"row\": \"902\""))
  }
}
