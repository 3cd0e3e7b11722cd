// Quiebre · Districts
// The health of a layer for programs: one CSV row per finding, one JSON object.
// SPDX-License-Identifier: Apache-2.0

public import Formats
import GeoCore

extension LayerHealth {
  /// The columns of ``csv(style:)``.
  public static let csvColumns = [
    "finding", "verdict", "codes", "x", "y", "area_km2", "lost_km2", "detail",
  ]

  /// The findings as a CSV file, in English; codes of several shapes with a space between.
  public func csv(style: CSVWriter.Style = .point) -> [UInt8] {
    var writer = CSVWriter(style: style)
    for column in Self.csvColumns { writer.text(column) }
    writer.endRow()
    for finding in findings {
      writer.text(finding.kind.rawValue)
      writer.text(finding.kind.verdict.rawValue)
      writer.text(finding.codes.joined(separator: " "))
      writer.number(finding.at?.x, decimals: 9)
      writer.number(finding.at?.y, decimals: 9)
      writer.number(finding.area, decimals: 9)
      writer.number(finding.lost, decimals: 9)
      writer.text(finding.detail)
      writer.endRow()
    }
    return writer.finished()
  }

  /// Writes the layer's health as one JSON object.
  public func write(to writer: inout JSONWriter) {
    writer.object(.lines) { writer in
      writer.member("layer", name)
      writer.member("verdict", verdict.rawValue)
      writer.member("features", features)
      writer.member("area_km2", area, decimals: 6)
      writer.member("queen_pairs", queenPairs)
      writer.member("rook_pairs", rookPairs)
      writer.object("counts") { writer in
        for kind in HealthFinding.Kind.allCases {
          writer.member(kind.rawValue, findings(kind).count)
        }
      }
      writer.object("area_by_finding_km2") { writer in
        for kind in HealthFinding.Kind.allCases
        where findings(kind).contains(where: { $0.area != nil }) {
          writer.member(
            kind.rawValue, findings(kind).reduce(0) { $0 + ($1.area ?? 0) }, decimals: 9)
        }
      }
      writer.array("findings", .lines) { writer in
        for finding in findings { finding.write(to: &writer) }
      }
    }
  }
}

extension HealthFinding {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("finding", kind.rawValue)
      writer.member("verdict", kind.verdict.rawValue)
      writer.array("codes") { writer in
        for code in codes { writer.string(code) }
      }
      writer.member("x", at?.x, decimals: 9)
      writer.member("y", at?.y, decimals: 9)
      writer.member("area_km2", area, decimals: 9)
      writer.member("lost_km2", lost, decimals: 9)
      writer.member("detail", detail)
    }
  }
}
