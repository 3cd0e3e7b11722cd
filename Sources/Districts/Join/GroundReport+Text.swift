// Quiebre · Districts
// The books of an areal interpolation for people, and as findings and JSON.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension GroundReport {
  /// The books in total, then the polygons with most ground left over and the widest overlaps.
  var lines: [LocalizedText] {
    let (all, shared) = (kilometers(polygonKm2), kilometers(sharedKm2))
    let (left, doubled) = (kilometers(leftKm2), kilometers(doubledKm2))
    var lines = [
      LocalizedText(
        en: "ground: \(all) km², \(shared) on districts, \(left) on none, \(doubled) counted twice",
        es: "terreno: \(all) km², \(shared) en distritos, \(left) en ninguno, \(doubled) contados "
          + "dos veces")
    ]
    lines += totals.map { total in
      let numbers = [total.total, total.shared, total.left, total.doubled].map {
        NumberText.grouped($0, decimals: 3) ?? "?"
      }
      return LocalizedText(
        en: "\(total.column): \(numbers[0]) in all, \(numbers[1]) to districts, \(numbers[2]) on "
          + "none, \(numbers[3]) counted twice",
        es: "\(total.column): \(numbers[0]) en total, \(numbers[1]) a distritos, \(numbers[2]) en "
          + "ninguno, \(numbers[3]) contados dos veces")
    }
    let most = rests.sorted { ($1.km2, $0.row) < ($0.km2, $1.row) }.prefix(5)
    lines += most.map { rest in
      let (km2, percent) = (kilometers(rest.km2), percentText(rest.share))
      return LocalizedText(
        en: "polygon \(rest.code): \(km2) km² (\(percent) %) on no district",
        es: "polígono \(rest.code): \(km2) km² (\(percent) %) en ningún distrito")
    }
    lines += pairs.sorted { ($1.km2, $0.first, $0.second) < ($0.km2, $1.first, $1.second) }
      .prefix(5).map(overlapLine)
    return lines
  }

  private func overlapLine(_ pair: Pair) -> LocalizedText {
    let km2 = kilometers(pair.km2)
    return pair.isOfDistricts
      ? LocalizedText(
        en: "districts \(pair.first) and \(pair.second) overlap: \(km2) km²",
        es: "los distritos \(pair.first) y \(pair.second) se traslapan: \(km2) km²")
      : LocalizedText(
        en: "polygons \(pair.first) and \(pair.second) overlap: \(km2) km²",
        es: "los polígonos \(pair.first) y \(pair.second) se traslapan: \(km2) km²")
  }

  private func percentText(_ share: Double) -> String {
    NumberText.fixed(share * 100, decimals: 1) ?? "?"
  }

  /// Ground left over and overlaps, in English.
  var findings: [Finding] {
    rests.map {
      Finding(
        kind: "uncovered", code: $0.code, row: "\($0.row)",
        detail: "\(precise($0.km2)) km2, \(percentText($0.share)) %")
    }
      + pairs.map {
        Finding(
          kind: $0.isOfDistricts ? "overlap_districts" : "overlap_surface", code: $0.first,
          detail: "\($0.second): \(precise($0.km2)) km2")
      }
  }

  private func precise(_ value: Double) -> String { NumberText.fixed(value, decimals: 6) ?? "?" }

  /// Writes the member `ground`.
  func write(to writer: inout JSONWriter) {
    writer.key("ground")
    writer.object { writer in
      writer.member("polygon_km2", polygonKm2, decimals: 6)
      writer.member("shared_km2", sharedKm2, decimals: 6)
      writer.member("uncovered_km2", leftKm2, decimals: 6)
      writer.member("doubled_km2", doubledKm2, decimals: 6)
      writer.key("totals")
      writer.array { writer in
        for total in totals {
          writer.object { writer in
            writer.member("column", total.column)
            writer.member("total", total.total, decimals: 6)
            writer.member("shared", total.shared, decimals: 6)
            writer.member("uncovered", total.left, decimals: 6)
            writer.member("doubled", total.doubled, decimals: 6)
          }
        }
      }
      writer.key("uncovered")
      writer.array { writer in
        for rest in rests {
          writer.object { writer in
            writer.member("code", rest.code)
            writer.member("row", rest.row)
            writer.member("km2", rest.km2, decimals: 6)
            writer.member("share", rest.share, decimals: 9)
          }
        }
      }
      writer.key("overlaps")
      writer.array { writer in
        for pair in pairs {
          writer.object { writer in
            writer.member("layer", pair.isOfDistricts ? "districts" : "surface")
            writer.member("first", pair.first)
            writer.member("second", pair.second)
            writer.member("km2", pair.km2, decimals: 6)
          }
        }
      }
    }
  }
}
