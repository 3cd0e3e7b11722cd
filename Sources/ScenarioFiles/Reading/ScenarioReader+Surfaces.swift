// Quiebre · ScenarioFiles
// Reads surfaces: rasters, polygons, points and tables that give each district a value.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats

extension ScenarioReader {
  func readSurface(_ id: String, _ section: Section) -> SurfaceSource? {
    section.require("file")
    section.require(
      "quantity",
      why: LocalizedText(
        en: "a rate is averaged, a count is summed: nobody can guess which this is",
        es: "una tasa se promedia, una cuenta se suma: nadie puede adivinar cuál es"))
    let file = section.path("file")
    let quantity: SurfaceSource.Quantity? = section.choice("quantity")
    let unit = section.text("unit")
    let classes = readSurfaceClasses(section, quantity: quantity)
    let method = section.choice("method", default: SurfaceSource.Method.inside)
    let fallback = section.choice("fallback", default: SurfaceSource.Fallback.none)
    let weight = readWeight(section, own: id)
    let surface = SurfaceSource(
      id: id, file: file ?? builtInPath("-", key: section.full("file")),
      quantity: quantity ?? .mean, kind: section.choice("kind"), unit: unit,
      valid: readValid(section, unit: unit), stats: readStats(section),
      value: section.text("value"), band: section.count("band", in: 1...10_000, default: 1),
      classNames: classes.map(\.name), classValues: classes.map(\.values), weight: weight?.name,
      weightPlace: weight?.place, crs: section.text("crs"),
      noData: section.number("nodata", .plain), fallback: fallback, method: method,
      bandwidth: readBandwidth(section, method: method),
      within: readWithin(section, isUsed: method == .nearest || fallback == .nearest),
      xyColumns: readPair(section, "xy"),
      interval: readInterval(section), codes: readCodes(section))
    section.finish()
    guard let file else { return nil }
    checker.request(.surface(id: id), file, key: section.full("file"))
    return surface
  }

  /// `unit = "%"` means 0 to 100 in the file, unless the limits are given.
  private func readValid(_ section: Section, unit: String?) -> ClosedRange<Double>? {
    let percent = unit == "%"
    guard let elements = section.list("valid") else { return percent ? 0...100 : nil }
    let limits = elements.compactMap {
      section.number("valid", $0, percent ? .ratio : .plain)
    }
    guard elements.count == 2 else {
      checker.report(
        Diagnostic(
          .wrongType, entry: section.full("valid"), at: section.table["valid"]?.value.place,
          what: LocalizedText(
            en: "\(section.full("valid")) must be [low, high]",
            es: "\(section.full("valid")) debe ser [mínimo, máximo]")))
      return nil
    }
    guard limits.count == 2 else { return nil }
    guard limits[0] <= limits[1] else {
      checker.report(
        Diagnostic(
          .disordered, entry: section.full("valid"), at: elements[1].place,
          what: LocalizedText(
            en: "the upper limit is below the lower one",
            es: "el límite superior es menor que el inferior")))
      return nil
    }
    return percent ? (limits[0] * 100)...(limits[1] * 100) : limits[0]...limits[1]
  }

  private func readStats(_ section: Section) -> [String] {
    guard let elements = section.list("stats") else { return [] }
    return elements.compactMap { element in
      guard case .string(let text) = element.content else {
        section.wrongType("stats", element, LocalizedText(en: "a text", es: "un texto"))
        return nil
      }
      guard SurfaceStatistic(text) != nil else {
        section.unknownChoice("stats", text, of: SurfaceStatistic.names, at: element.place)
        return nil
      }
      return text
    }
  }

  private func readSurfaceClasses(_ section: Section, quantity: SurfaceSource.Quantity?) -> [(
    name: String, values: [String]
  )] {
    guard let entry = section.take("classes") else { return [] }
    guard let table = entry.value.table else {
      section.wrongType(
        "classes", entry.value,
        LocalizedText(en: "{ class = [values] }", es: "{ clase = [valores] }"))
      return []
    }
    if quantity == .mean || quantity == .sum {
      section.refuse(
        ["classes"],
        LocalizedText(
          en: "only quantity 'share' has classes", es: "solo la cantidad 'share' tiene clases"))
    }
    return table.entries.map { member in
      guard case .array(let elements) = member.value.content else {
        section.wrongType(
          "classes." + member.key, member.value,
          LocalizedText(en: "a list of values", es: "una lista de valores"))
        return (member.key, [])
      }
      return (
        member.key,
        elements.map { if case .string(let text) = $0.content { text } else { tomlText($0) } }
      )
    }
  }

  /// A surface or a field; fields are only known once tables are read.
  private func readWeight(_ section: Section, own: String) -> (name: String, place: SourcePlace)? {
    guard let name = section.text("weight"), let entry = section.table["weight"] else { return nil }
    if name == own {
      reportUnknown(
        name, of: (root.table["surface"]?.value.table?.keys ?? []).filter { $0 != own },
        entry: section.full("weight"), at: entry.value.place)
    }
    return (name, entry.value.place)
  }

  private func readBandwidth(_ section: Section, method: SurfaceSource.Method) -> Double? {
    guard method == .kernel else {
      section.refuse(
        ["bandwidth"],
        LocalizedText(
          en: "only method 'kernel' has it", es: "solo el método 'kernel' la tiene"))
      return nil
    }
    section.require("bandwidth")
    return readKilometers(section, "bandwidth")
  }

  private func readWithin(_ section: Section, isUsed: Bool) -> Double? {
    guard !isUsed else { return readKilometers(section, "within") }
    section.refuse(
      ["within"],
      LocalizedText(
        en: "only 'nearest' has it, as method or as fallback",
        es: "solo 'nearest' la tiene, como method o como fallback"))
    return nil
  }

  private func readKilometers(_ section: Section, _ key: String) -> Double? {
    guard let distance = section.number(key, .plain) else { return nil }
    if distance <= 0 || distance > 2000, let place = section.table[key]?.value.place {
      section.outOfRange(
        key, at: place, found: "\(distance)",
        allowed: LocalizedText(en: "above 0, at most 2,000 km", es: "mayor que 0, hasta 2,000 km"))
    }
    return distance
  }

  private func readPair(_ section: Section, _ key: String) -> [String]? {
    guard let elements = section.list(key) else { return nil }
    let texts = elements.compactMap { element in
      if case .string(let text) = element.content { text } else { nil }
    }
    guard texts.count == 2, elements.count == 2 else {
      section.wrongType(
        key, section.table[key]?.value ?? TOMLValue(.array(elements), at: section.place),
        LocalizedText(en: "two columns", es: "dos columnas"))
      return nil
    }
    return texts
  }

  private func readInterval(_ section: Section) -> SurfaceSource.Interval? {
    guard let elements = section.peek("interval"), case .array(let ends) = elements.value.content,
      ends.count == 2, case .integer(let low) = ends[0].content,
      case .integer(let high) = ends[1].content
    else {
      return readPair(section, "interval").map { .columns($0[0], $0[1]) }
    }
    _ = section.take("interval")
    guard (1...10_000).contains(low), (1...10_000).contains(high) else {
      section.outOfRange(
        "interval", at: elements.value.place, found: "[\(low), \(high)]",
        allowed: LocalizedText(en: "bands from 1", es: "bandas desde 1"))
      return nil
    }
    return .bands(Int(low), Int(high))
  }
}
