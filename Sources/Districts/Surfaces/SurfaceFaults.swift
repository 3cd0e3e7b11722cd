// Quiebre · Districts
// The sentences for faults of surfaces.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import GeoCore

/// Warnings about districts that got no value, or the nearest one.
func surfaceWarnings(_ join: SurfaceJoin, file: String) -> [Diagnostic] {
  var warnings: [Diagnostic] = []
  let empty = zip(join.part.missing, join.quality.filter { $0.hasPrefix("no_") })
    .filter { $1 == "no_cell" }.map(\.0.code)
  let all = NumberText.grouped(join.quality.count)
  if !empty.isEmpty {
    let count = NumberText.grouped(empty.count)
    let list = shortList(empty)
    warnings.append(
      Diagnostic(
        .noValidCell, .warning, at: SourcePlace(file: file),
        what: LocalizedText(
          en: "districts without a valid value: \(count) of \(all): \(list)",
          es: "distritos sin valor válido: \(count) de \(all): \(list)"),
        fix: LocalizedText(
          en: "fallback = \"nearest\" takes the nearest one and counts it",
          es: "fallback = \"nearest\" toma el más cercano y lo cuenta")))
  }
  if !join.part.nearest.isEmpty {
    let count = NumberText.grouped(join.part.nearest.count)
    let list = shortList(join.part.nearest)
    warnings.append(
      Diagnostic(
        .nearestTaken, .warning, at: SourcePlace(file: file),
        what: LocalizedText(
          en: "districts that took the nearest valid value: \(count) of \(all): \(list)",
          es: "distritos que tomaron el valor válido más cercano: \(count) de \(all): \(list)")))
  }
  return warnings
}

/// The first five, and dots.
func shortList(_ codes: [String]) -> String {
  codes.prefix(5).joined(separator: ", ") + (codes.count > 5 ? ", …" : "")
}

/// A warning if every value of a surface in per cent is 1 or less, and some are above 0.
///
/// The values are in the unit of the file; only ``Field/Unit/percent`` can be meant wrongly.
func ratioWarning(
  _ values: some Sequence<Double>, unit: Field.Unit, field: String, file: String
) -> Diagnostic? {
  guard unit == .percent else { return nil }
  let largest = values.reduce(-Double.infinity) { $1 > $0 ? $1 : $0 }
  guard largest > 0, largest <= 1 else { return nil }
  return .ratiosAsPercent(field, largest: largest, file: file)
}

/// Warnings about classes that were asked for and whose values are found nowhere.
func emptyClassWarnings(
  _ request: SurfaceRequest, found: [String], file: String, holds: (String) -> Bool
) -> [Diagnostic] {
  request.classes.filter { !$0.values.contains(where: holds) }.map {
    .classNeverFound($0.name, values: $0.values, found: found, file: file)
  }
}

private func rangeText(_ valid: ClosedRange<Double>, _ request: SurfaceRequest) -> String {
  let unit = request.unit == .percent ? " %" : ""
  return "\(classText(valid.lowerBound))\(unit) … \(classText(valid.upperBound))\(unit)"
}

extension Diagnostic {
  static func outsideValidRange(
    _ text: String, valid: ClosedRange<Double>, request: SurfaceRequest, at place: SourcePlace
  ) -> Diagnostic {
    let range = rangeText(valid, request)
    return Diagnostic(
      .outsideValidRange, entry: "surface.\(request.field)", at: place,
      what: LocalizedText(
        en: "\(text) is outside \(range)", es: "\(text) está fuera de \(range)"))
  }

  static func cellOutsideValidRange(
    _ value: Double, row: Int, column: Int, count: Int, valid: ClosedRange<Double>,
    request: SurfaceRequest, at place: SourcePlace
  ) -> Diagnostic {
    let range = rangeText(valid, request)
    let cells = NumberText.grouped(count)
    let text = classText(value)
    return Diagnostic(
      .outsideValidRange, entry: "surface.\(request.field)", at: place,
      what: count == 1
        ? LocalizedText(
          en: "a cell is outside \(range): \(text) in row \(row), column \(column)",
          es: "una celda está fuera de \(range): \(text) en la fila \(row), columna \(column)")
        : LocalizedText(
          en: "\(cells) cells are outside \(range), first \(text) in row \(row), column \(column)",
          es: "\(cells) celdas están fuera de \(range); la primera, \(text), en la fila \(row), "
            + "columna \(column)"),
      fix: LocalizedText(
        en: "if it stands for no data, say so: nodata = \(text); if the range is wrong: valid = …",
        es: "si significa sin dato, dígalo: nodata = \(text); si el rango está mal: valid = …"))
  }

  static func attributeOutsideValidRange(
    _ value: Double, valid: ClosedRange<Double>, request: SurfaceRequest, _ feature: Feature,
    _ layer: FeatureLayer
  ) -> Diagnostic {
    let range = rangeText(valid, request)
    let text = classText(value)
    return Diagnostic(
      .outsideValidRange, entry: "feature \(feature.number)", at: layer.place(feature),
      what: LocalizedText(
        en: "\(text) is outside \(range)", es: "\(text) está fuera de \(range)"))
  }

  static func attributeIsNoNumber(
    _ text: String, _ feature: Feature, _ layer: FeatureLayer
  ) -> Diagnostic {
    Diagnostic(
      .notANumber, entry: "feature \(feature.number)", at: layer.place(feature),
      what: LocalizedText(
        en: "the value \"\(text)\" is no number", es: "el valor \"\(text)\" no es un número"),
      fix: LocalizedText(
        en: "store it as a number; null if it is unknown",
        es: "guárdelo como número; null si no se conoce"))
  }

  static func onlyNoData(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .onlyNoData, at: place,
      what: LocalizedText(
        en: "the surface holds no value at all", es: "la superficie no tiene ningún valor"),
      fix: LocalizedText(
        en: "check the file, the band and the no-data value",
        es: "revise el archivo, la banda y el valor de sin dato"))
  }

  static func onlyNoDataInDistricts(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .onlyNoData, at: place,
      what: LocalizedText(
        en: "no district has a valid cell: all cells under them are no-data or weigh nothing",
        es: "ningún distrito tiene una celda válida: todas son sin dato o no pesan nada"),
      fix: LocalizedText(
        en: "check the no-data value, the weight and the place of the grid",
        es: "revise el valor de sin dato, el peso y la ubicación de la grilla"))
  }

  static func outsideDistricts(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .outsideDistricts, at: place,
      what: LocalizedText(
        en: "the surface lies outside all districts",
        es: "la superficie queda fuera de todos los distritos"),
      fix: LocalizedText(
        en: "check its coordinate reference system (crs = …) and its area",
        es: "revise su sistema de coordenadas (crs = …) y su zona"))
  }

  static func noShapesAtAll(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .noShape, at: place,
      what: LocalizedText(
        en: "no district has a shape, so this surface can't be joined",
        es: "ningún distrito tiene forma: no se puede cruzar esta superficie"))
  }

  static func invalidShape(_ code: String) -> Diagnostic {
    Diagnostic(
      .brokenShape, entry: code,
      what: LocalizedText(
        en: "the shape of \(code) is invalid: parts of it count twice",
        es: "la forma de \(code) es inválida: partes de ella cuentan doble"),
      fix: LocalizedText(
        en: "repair = \"structure\" mends it", es: "repair = \"structure\" la arregla"))
  }

  static func badInterval(columns: [String], at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .badInterval, at: place,
      what: LocalizedText(
        en: "\(columns[1]) ≤ \(columns[0]) ≤ \(columns[2]) does not hold in this row",
        es: "en esta fila no se cumple \(columns[1]) ≤ \(columns[0]) ≤ \(columns[2])"))
  }

  static func valueColumnUnclear(_ candidates: [String], file: String) -> Diagnostic {
    let list = candidates.prefix(12).joined(separator: ", ") + (candidates.count > 12 ? ", …" : "")
    return Diagnostic(
      .missingColumn, entry: "value", at: SourcePlace(file: file),
      what: candidates.isEmpty
        ? LocalizedText(en: "there is no column of numbers", es: "no hay una columna de números")
        : LocalizedText(
          en: "which column holds the value? \(list)", es: "¿qué columna tiene el valor? \(list)"),
      fix: LocalizedText(en: "set value = \"…\"", es: "ponga value = \"…\""))
  }

  static func missingAttribute(_ wanted: String, all: [String], file: String) -> Diagnostic {
    let list = all.prefix(12).joined(separator: ", ") + (all.count > 12 ? ", …" : "")
    return Diagnostic(
      .missingColumn, entry: wanted, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "there is no attribute '\(wanted)'; the attributes are \(list)",
        es: "no hay un atributo '\(wanted)'; los atributos son \(list)"),
      fix: nearestName(to: wanted, in: all).map {
        LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?")
      })
  }

  static func classValueIsNoNumber(
    _ given: SurfaceRequest.CategoryClass, file: String
  ) -> Diagnostic {
    let list = given.values.joined(separator: ", ")
    return Diagnostic(
      .unknownClass, entry: given.name, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "class '\(given.name)' lists \(list), but cells hold numbers",
        es: "la clase '\(given.name)' lista \(list), pero las celdas tienen números"))
  }

  /// A class none of whose values is found: its share would be 0 everywhere.
  static func classNeverFound(
    _ name: String, values: [String], found: [String], file: String
  ) -> Diagnostic {
    let wanted = shortList(values)
    let there = shortList(found)
    return Diagnostic(
      .unknownClass, .warning, entry: name, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "class '\(name)' (\(wanted)) is found nowhere; the values are \(there)",
        es: "la clase '\(name)' (\(wanted)) no aparece; los valores son \(there)"),
      why: LocalizedText(
        en: "its share would be 0 in every district",
        es: "su proporción sería 0 en todos los distritos"))
  }

  /// Per cent that never exceeds 1: shares, most likely.
  static func ratiosAsPercent(_ field: String, largest: Double, file: String) -> Diagnostic {
    let text = classText(largest)
    return Diagnostic(
      .ratiosAsPercent, .warning, entry: field, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "the values look like ratios (none above \(text)): unit \"%\" means 22.5, not 0.225",
        es:
          "los valores parecen proporciones (ninguno pasa de \(text)): unit \"%\" significa 22.5, "
          + "no 0.225"),
      why: LocalizedText(
        en: "0.225 is read as 0.225 %, a hundred times less",
        es: "0.225 se lee como 0.225 %, cien veces menos"),
      fix: LocalizedText(
        en: "leave unit out, or multiply the values by 100",
        es: "quite unit, o multiplique los valores por 100"))
  }

  static func tooManyClasses(_ count: Int, file: String) -> Diagnostic {
    let found = NumberText.grouped(count)
    return Diagnostic(
      .unknownClass, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "\(found) different values are no categories",
        es: "\(found) valores distintos no son categorías"),
      fix: LocalizedText(
        en: "list the classes, or use quantity = \"mean\"",
        es: "liste las clases, o use quantity = \"mean\""))
  }

  static func statisticNotForPoints(_ statistic: String, file: String) -> Diagnostic {
    Diagnostic(
      .cannotJoin, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "'\(statistic)' can't be taken of this kind of surface",
        es: "no se puede tomar '\(statistic)' de este tipo de superficie"),
      fix: LocalizedText(
        en: "use sum, mean, min, max or count", es: "use sum, mean, min, max o count"))
  }

  public static func statisticNotForPolygons(_ statistic: String, file: String) -> Diagnostic {
    Diagnostic(
      .cannotJoin, entry: statistic, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "'\(statistic)' can't be taken of polygons",
        es: "no se puede tomar '\(statistic)' de polígonos"),
      fix: LocalizedText(
        en: "it needs the cells of a raster", es: "necesita las celdas de un ráster"))
  }

  /// A statistic by weights, without weights.
  public static func weightMissing(_ statistic: String, file: String) -> Diagnostic {
    Diagnostic(
      .weightMissing, entry: statistic, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "'\(statistic)' needs a raster of weights",
        es: "'\(statistic)' necesita un ráster de pesos"),
      fix: LocalizedText(
        en: "name one: weight = \"…\" in a scenario, --weights FILE on the command line",
        es: "nombre uno: weight = \"…\" en un escenario, --weights ARCHIVO en la línea de órdenes"))
  }

  /// Polygons of a table that touch no cell with data.
  static func polygonsWithoutCell(_ codes: [String], of all: Int, file: String) -> Diagnostic {
    let count = NumberText.grouped(codes.count)
    let total = NumberText.grouped(all)
    return Diagnostic(
      .noValidCell, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "polygons on no cell with data: \(count) of \(total): \(shortList(codes))",
        es: "polígonos sin ninguna celda con datos: \(count) de \(total): \(shortList(codes))"))
  }

  /// Districts of a table that share no ground with any polygon.
  static func districtsWithoutPolygon(
    _ codes: [String], of all: Int, file: String
  ) -> Diagnostic {
    let (count, total) = (NumberText.grouped(codes.count), NumberText.grouped(all))
    return Diagnostic(
      .noValidCell, .warning, at: SourcePlace(file: file),
      what: LocalizedText(
        en: "districts that share no ground with any polygon: \(count) of \(total): "
          + shortList(codes),
        es: "distritos sin terreno en común con ningún polígono: \(count) de \(total): "
          + shortList(codes)))
  }

  /// A pass over rasters that can't be done.
  static func zonal(_ error: ZonalError, file: String) -> Diagnostic {
    switch error {
    case .weightCRSDiffers(let raster, let weight):
      Diagnostic(
        .cannotJoin, at: SourcePlace(file: weight),
        what: LocalizedText(
          en: "'\(weight)' has another coordinate reference system than '\(raster)'",
          es: "'\(weight)' tiene otro sistema de referencia que '\(raster)'"),
        fix: LocalizedText(
          en: "take it there: gdalwarp -t_srs … -r average in out.tif",
          es: "llévelo allí: gdalwarp -t_srs … -r average entrada salida.tif"))
    case .negativeWeight(let weight, let row, let column):
      Diagnostic(
        .cannotJoin, at: SourcePlace(file: weight),
        what: LocalizedText(
          en: "'\(weight)' is negative in row \(row + 1), column \(column + 1)",
          es: "'\(weight)' es negativo en la fila \(row + 1), columna \(column + 1)"),
        fix: LocalizedText(
          en: "weights are counts or shares of 0 and more; is a no-data value not declared?",
          es: "los pesos son cuentas o partes de 0 o más; ¿hay un valor sin dato no declarado?"))
    case .tooManyValues(let bytes, let memory):
      Diagnostic(
        .valuesBeyondMemory, at: SourcePlace(file: file),
        what: LocalizedText(
          en:
            "one polygon holds so many values that \(bytes >> 20) MiB are needed, not \(memory >> 20)",
          es:
            "un polígono tiene tantos valores que se necesitan \(bytes >> 20) MiB, no \(memory >> 20)"
        ),
        fix: LocalizedText(
          en:
            "give --memory \((bytes >> 20) + 1), or leave out quantiles, majority, minority, variety",
          es: "dé --memory \((bytes >> 20) + 1), o quite cuantiles, majority, minority, variety"))
    }
  }

  static func pointsOutside(_ points: [UnmatchedRow], file: String) -> Diagnostic {
    let count = NumberText.grouped(points.count)
    let list = points.prefix(4).map { "\($0.row)" }.joined(separator: ", ")
    let dots = points.count > 4 ? ", …" : ""
    return Diagnostic(
      .pointsOutside, .warning, at: SourcePlace(file: file),
      what: points.count == 1
        ? LocalizedText(
          en: "a point lies outside all districts: row \(list)",
          es: "un punto queda fuera de todos los distritos: fila \(list)")
        : LocalizedText(
          en: "\(count) points lie outside all districts: rows \(list)\(dots)",
          es: "\(count) puntos quedan fuera de todos los distritos: filas \(list)\(dots)"))
  }

  static func notAPoint(_ feature: Feature, _ layer: FeatureLayer) -> Diagnostic {
    Diagnostic(
      .cannotJoin, entry: "feature \(feature.number)", at: layer.place(feature),
      what: LocalizedText(en: "this feature is no point", es: "este objeto no es un punto"))
  }

  static func pointWithoutPlace(at place: SourcePlace) -> Diagnostic {
    Diagnostic(
      .cannotJoin, at: place,
      what: LocalizedText(
        en: "a point without coordinates", es: "un punto sin coordenadas"))
  }
}
