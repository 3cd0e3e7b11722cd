// Quiebre · ReportsTests
// Other programs read what we write: GDAL's ogrinfo, Python's csv, json and xml. Skipped if absent.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Reports
import Testing

@Suite struct OtherProgramsSuite {
  /// Writes all result files into a new folder, hands it over, and takes it away again.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "quiebre-reports-" + UUID().uuidString
    let files = FileManager.default
    try files.createDirectory(atPath: folder + "/csv", withIntermediateDirectories: true)
    defer { try? files.removeItem(atPath: folder) }
    let report = Sample.report
    for file in report.mapFiles() + report.tableFiles() + [report.summaryFile()] {
      try Data(file.bytes).write(to: URL(fileURLWithPath: folder + "/" + file.path))
    }
    try body(folder)
  }

  private func output(of program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  private static let ogrinfo = "/usr/bin/ogrinfo"
  private static let python = "/usr/bin/python3"
  private static let hasGDAL = FileManager.default.isExecutableFile(atPath: ogrinfo)
  private static let hasPython = FileManager.default.isExecutableFile(atPath: python)

  // GDAL 3.6.2.
  @Test(.enabled(if: hasGDAL)) func gdalReadsTheMap() throws {
    try withFolder { folder in
      let text = try output(of: Self.ogrinfo, ["-al", folder + "/districts.geojson"])
      #expect(text.contains("Feature Count: 4"))
      #expect(text.contains("Extent: (-76.000000, -12.000000) - (-72.000000, -10.000000)"))
      #expect(text.contains("ubigeo (String) = 010101"))
      #expect(text.contains("rate_end (Real) = 24"))
      #expect(text.contains("risk (Real) = (null)"))
      #expect(!text.contains("Warning") && !text.contains("ERROR"))
    }
  }

  @Test(.enabled(if: hasGDAL)) func gdalKeepsCodesAsText() throws {
    try withFolder { folder in
      let text = try output(of: Self.ogrinfo, ["-al", folder + "/csv/district_years.csv"])
      #expect(text.contains("Feature Count: 32"))
      #expect(text.contains("ubigeo (String) = 010101"))
      #expect(text.contains("date (Date) = 2018/01/01"))
      #expect(text.contains("working (Real) = 130"))
    }
  }

  // Python 3.11, standard library: strict JSON, csv, and the style as XML.
  @Test(.enabled(if: hasPython)) func pythonReadsEveryFile() throws {
    let script = """
      import csv, glob, json, sys, xml.dom.minidom
      folder = sys.argv[1]
      def strict(word): raise ValueError(word)
      for path in ["districts.geojson", "summary.json", "csv/datapackage.json"]:
          json.load(open(f"{folder}/{path}", encoding="utf-8"), parse_constant=strict)
      xml.dom.minidom.parse(folder + "/districts.qml")
      package = json.load(open(folder + "/csv/datapackage.json"))
      for resource in package["resources"]:
          with open(f"{folder}/csv/{resource['path']}", encoding="utf-8-sig", newline="") as file:
              rows = list(csv.reader(file, strict=True))
          assert rows[0] == [field["name"] for field in resource["schema"]["fields"]], resource
          assert all(len(row) == len(rows[0]) for row in rows), resource
          for field, column in zip(resource["schema"]["fields"], zip(*rows[1:])):
              for cell in column:
                  if cell and field["type"] in ("number", "integer"): float(cell)
      geojson = json.load(open(folder + "/districts.geojson"))
      with open(folder + "/csv/districts.csv", encoding="utf-8-sig", newline="") as file:
          for row, feature in zip(csv.DictReader(file), geojson["features"]):
              for name, value in feature["properties"].items():
                  text = row[name]
                  assert (value is None) == (text == ""), name
                  assert value is None or text == value or float(text) == value, name
      print("all read")
      """
    try withFolder { folder in
      let answer = try output(of: Self.python, ["-c", script, folder])
      #expect(answer == "all read\n")
    }
  }
}
