// Quiebre · Reports
// The QGIS style beside the map layer: fixed classes, hatching for no data, aliases.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A `.qml` that QGIS (from 3.22) loads by itself when it stands beside `districts.geojson`.
///
/// It speaks both languages at once, so that its bytes don't depend on who ran the program.
public enum MapStyle {
  /// One class of the final rate, in percent: `from` included, `to` excluded.
  struct RateClass {
    let from: Double?
    let to: Double?
    let color: String
  }

  /// Fixed across years and scenarios, so that maps can be laid side by side; cividis in five
  /// steps (viridisLite), light = low.
  static let rateClasses = [
    RateClass(from: nil, to: 10, color: "#ffea46"),
    RateClass(from: 10, to: 20, color: "#bcaf6f"),
    RateClass(from: 20, to: 30, color: "#7c7b78"),
    RateClass(from: 30, to: 40, color: "#414d6b"),
    RateClass(from: 40, to: nil, color: "#00204d"),
  ]

  /// The style for a layer with these columns, colored by `rate_end`, or by `rate_p50` of each year
  /// with QGIS's time slider set.
  public static func bytes(columns: [Column], isLong: Bool = false) -> [UInt8] {
    let categories = "Symbology|Fields" + (isLong ? "|Temporal" : "")
    var lines = [
      "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>",
      #"<qgis version="3.22.16" styleCategories="\#(categories)">"#,
    ]
    if isLong { lines += temporal }
    lines += renderer(isLong ? ColumnDictionary.rate50.name : ColumnDictionary.rateEnd.name)
    lines += aliases(columns)
    lines += [" <layerGeometryType>2</layerGeometryType>", "</qgis>", ""]
    return Array(lines.joined(separator: "\n").utf8)
  }

  /// Mode 2: each feature holds from one date column to another.
  private static let temporal = [
    #" <temporal enabled="1" mode="2" startField="date" endField="date_end" durationField="""#
      + #" durationUnit="min" fixedDuration="0" accumulate="0" limitMode="1" startExpression="""#
      + #" endExpression="">"#,
    "  <fixedRange><start></start><end></end></fixedRange>", " </temporal>",
  ]

  private static func renderer(_ column: String) -> [String] {
    var rules: [String] = []
    var symbols: [String] = []
    for (index, rateClass) in rateClasses.enumerated() {
      rules.append(rule(index, filter: filter(rateClass, column), label: label(rateClass)))
      symbols += solidSymbol(index, color: rateClass.color)
    }
    rules.append(
      rule(
        rateClasses.count, filter: #""\#(column)" IS NULL"#,
        label: "Sin dato · No data"))
    symbols += hatchedSymbol(rateClasses.count)
    return [
      #" <renderer-v2 type="RuleRenderer" forceraster="0" symbollevels="0" enableorderby="0">"#,
      #"  <rules key="{quiebre-rate-end}">"#,
    ] + rules + ["  </rules>", "  <symbols>"] + symbols + ["  </symbols>", " </renderer-v2>"]
  }

  private static func rule(_ index: Int, filter: String, label: String) -> String {
    #"   <rule key="{quiebre-rate-\#(index)}" symbol="\#(index)" filter="\#(xml(filter))""#
      + #" label="\#(xml(label))"/>"#
  }

  private static func filter(_ rateClass: RateClass, _ column: String) -> String {
    let from = rateClass.from.map { #""\#(column)" >= \#(Int($0))"# }
    let to = rateClass.to.map { #""\#(column)" < \#(Int($0))"# }
    return [from, to].compactMap(\.self).joined(separator: " AND ")
  }

  private static func label(_ rateClass: RateClass) -> String {
    switch (rateClass.from, rateClass.to) {
    case (.some(let from), .some(let to)): "\(Int(from)) – < \(Int(to)) %"
    case (.none, .some(let to)): "< \(Int(to)) %"
    case (.some(let from), .none): "≥ \(Int(from)) %"
    case (.none, .none): "%"
    }
  }

  private static func solidSymbol(_ index: Int, color: String) -> [String] {
    symbol(index, layer: "SimpleFill", options: fill(color: rgba(color), style: "solid"))
  }

  private static func hatchedSymbol(_ index: Int) -> [String] {
    symbol(index, layer: "SimpleFill", options: fill(color: "120,120,120,255", style: "b_diagonal"))
  }

  private static func symbol(
    _ index: Int, layer: String, options: [(name: String, value: String)]
  ) -> [String] {
    [
      #"   <symbol type="fill" name="\#(index)" alpha="1" clip_to_extent="1" force_rhr="0">"#,
      #"    <layer class="\#(layer)" enabled="1" pass="0" locked="0">"#,
      #"     <Option type="Map">"#,
    ]
      + options.map { #"      <Option type="QString" name="\#($0.name)" value="\#($0.value)"/>"# }
      + ["     </Option>"]
      + options.map { #"     <prop k="\#($0.name)" v="\#($0.value)"/>"# }
      + ["    </layer>", "   </symbol>"]
  }

  private static func fill(color: String, style: String) -> [(name: String, value: String)] {
    [
      ("color", color), ("style", style), ("outline_color", "255,255,255,255"),
      ("outline_style", "solid"), ("outline_width", "0.06"), ("outline_width_unit", "MM"),
      ("joinstyle", "bevel"), ("offset", "0,0"), ("offset_unit", "MM"),
    ]
  }

  /// `#00204d` as QGIS writes it: `0,32,77,255`.
  private static func rgba(_ hex: String) -> String {
    let value = Int(hex.dropFirst(), radix: 16) ?? 0
    return "\(value >> 16),\(value >> 8 & 255),\(value & 255),255"
  }

  private static func aliases(_ columns: [Column]) -> [String] {
    [" <aliases>"]
      + columns.enumerated().map { index, column in
        let unit = column.unit.isEmpty ? "" : " [\(column.unit)]"
        let title = "\(column.title.es) · \(column.title.en)\(unit)"
        return #"  <alias index="\#(index)" field="\#(column.name)" name="\#(xml(title))"/>"#
      }
      + [" </aliases>"]
  }

  private static func xml(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
