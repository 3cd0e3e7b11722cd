// Quiebre · GeoFiles
// Files that state no coordinate system: degrees are assumed aloud, all else is refused.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoCore

/// The system of a raster whose file states none: the caller's, or degrees if the extent fits.
func assumedCRS(
  name: String, stated: CRS?, grid: Grid, onNote: (Diagnostic) -> Void
) throws(DiagnosticList) -> CRS {
  if let stated { return stated }
  guard looksLikeDegrees(grid) else { throw DiagnosticList(crsMissingFault(name)) }
  onNote(crsAssumedNote(name))
  return .lonLat
}

/// Whether an extent fits degrees; grids of cell centers may pass the poles by half a cell.
private func looksLikeDegrees(_ grid: Grid) -> Bool {
  let east = grid.west + Double(grid.columns) * grid.cellWidth
  let south = grid.north - Double(grid.rows) * grid.cellHeight
  let (slackX, slackY) = (grid.cellWidth * 0.5001, grid.cellHeight * 0.5001)
  return grid.west >= -180 - slackX && east <= 180 + slackX && south >= -90 - slackY
    && grid.north <= 90 + slackY
}

func crsMissingFault(_ name: String) -> Diagnostic {
  Diagnostic(
    .crsUnknown, at: SourcePlace(file: name),
    what: LocalizedText(
      en: "'\(name)' states no coordinate system and its coordinates are not degrees",
      es: "'\(name)' no dice su sistema de referencia y sus coordenadas no son grados"),
    fix: LocalizedText(
      en: "state it, for instance crs = \"EPSG:32718\", or put its .prj file beside it",
      es: "indíquelo, por ejemplo crs = \"EPSG:32718\", o ponga al lado su archivo .prj"))
}

func crsAssumedNote(_ name: String) -> Diagnostic {
  Diagnostic(
    .crsAssumed, .note, at: SourcePlace(file: name),
    what: LocalizedText(
      en: "'\(name)' states no coordinate system; taken as longitude and latitude (WGS 84)",
      es: "'\(name)' no dice su sistema de referencia; se toma como longitud y latitud (WGS 84)"),
    fix: LocalizedText(en: "crs = \"OGC:CRS84\" settles it", es: "crs = \"OGC:CRS84\" lo aclara"))
}

/// The warning that a stated system loses against the file's own.
func statedIgnored(_ stated: CRS, name: String) -> Diagnostic {
  Diagnostic(
    .crsAssumed, .warning, at: SourcePlace(file: name),
    what: LocalizedText(
      en: "'\(name)' states its own coordinate system; crs = \"\(stated.definition)\" is not used",
      es: """
        '\(name)' dice su propio sistema de referencia; crs = \"\(stated.definition)\" no se usa
        """))
}
