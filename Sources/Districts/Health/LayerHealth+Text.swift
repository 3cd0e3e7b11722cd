// Quiebre · Districts
// The health of a layer for people: a verdict, one line per kind, the worst cases by name.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import GeoCore

extension LayerHealth {
  /// The report as lines of text, with so many cases per kind.
  public func lines(in language: Language, cases: Int = 3) -> [String] {
    var lines = ["\(name): \(headline.text(in: language))"]
    for kind in HealthFinding.Kind.allCases {
      let found = findings(kind)
      guard !found.isEmpty else { continue }
      lines.append("  " + kind.sentence(of: found).text(in: language))
      guard kind != .dust else { continue }
      lines += found.prefix(cases).map { "    " + $0.line.text(in: language) }
      if found.count > cases {
        let rest = NumberText.grouped(found.count - cases)
        lines.append(
          "    "
            + LocalizedText(en: "… and \(rest) more", es: "… y \(rest) más").text(in: language))
      }
    }
    return lines
  }

  private var headline: LocalizedText {
    let (shapes, ground) = (NumberText.grouped(features), squareKilometers(area))
    let (queen, rook) = (NumberText.grouped(queenPairs), NumberText.grouped(rookPairs))
    let word = verdict.word
    return LocalizedText(
      en: "\(word.en) · \(shapes) features · \(ground) km² · \(queen) neighbor pairs, "
        + "\(rook) along a border",
      es: "\(word.es) · \(shapes) entidades · \(ground) km² · \(queen) pares de vecinos, "
        + "\(rook) a lo largo de un borde")
  }
}

extension HealthVerdict {
  /// `sound`, `flawed`, `broken` in words.
  public var word: LocalizedText {
    switch self {
    case .sound: LocalizedText(en: "sound", es: "sana")
    case .flawed: LocalizedText(en: "flawed", es: "con defectos")
    case .broken: LocalizedText(en: "broken", es: "dañada")
    }
  }
}

extension HealthFinding.Kind {
  /// How many there are and how much ground they concern.
  func sentence(of found: [HealthFinding]) -> LocalizedText {
    let count = NumberText.grouped(found.count)
    let ground = squareKilometers(found.reduce(0) { $0 + ($1.area ?? 0) })
    let lost = squareKilometers(found.reduce(0) { $0 + ($1.lost ?? 0) })
    switch self {
    case .axes:
      return LocalizedText(
        en: "coordinates can't be what the file says",
        es: "las coordenadas no pueden ser lo que dice")
    case .invalid:
      return LocalizedText(
        en: "invalid shapes: \(count); repairs gain \(ground) km² and lose \(lost) km²",
        es: "formas inválidas: \(count); repararlas gana \(ground) km² y pierde \(lost) km²")
    case .collapsed:
      return LocalizedText(
        en: "shapes without ground: \(count)", es: "formas sin superficie: \(count)")
    case .missing:
      return LocalizedText(
        en: "features without a shape: \(count)", es: "entidades sin forma: \(count)")
    case .overlap:
      return LocalizedText(
        en: "overlapping pairs: \(count), \(ground) km²",
        es: "pares que se traslapan: \(count), \(ground) km²")
    case .gap:
      return LocalizedText(
        en: "gaps: \(count), \(ground) km²", es: "huecos: \(count), \(ground) km²")
    case .lake:
      return LocalizedText(
        en: "lakes or enclaves left alone: \(count), \(ground) km²",
        es: "lagos o enclaves que se dejan: \(count), \(ground) km²")
    case .spike:
      return LocalizedText(en: "shapes with spikes: \(count)", es: "formas con púas: \(count)")
    case .repeatedVertex:
      return LocalizedText(
        en: "shapes with repeated vertices: \(count)", es: "formas con vértices repetidos: \(count)"
      )
    case .ringSense:
      return LocalizedText(
        en: "shapes with rings of the wrong sense: \(count) (harmless here)",
        es: "formas con anillos en sentido contrario: \(count) (aquí no importa)")
    case .dust:
      return LocalizedText(
        en: "rests of rounding: \(found.first?.detail ?? "") overlaps and gaps below 10 m²",
        es: "restos de redondeo: \(found.first?.detail ?? "") traslapes y huecos menores de 10 m²")
    case .island:
      return LocalizedText(
        en: "shapes without neighbors: \(count)", es: "formas sin vecinos: \(count)")
    }
  }
}

extension HealthFinding {
  /// One case: who, how much, where.
  var line: LocalizedText {
    var (english, spanish) = ([String](), [String]())
    if !codes.isEmpty {
      english.append(codes.prefix(6).joined(separator: " / ") + (codes.count > 6 ? " / …" : ""))
      spanish.append(english[0])
    }
    if kind == .invalid {
      let (gained, lost) = (squareKilometers(area ?? 0), squareKilometers(lost ?? 0))
      english.append("\(detail), +\(gained) −\(lost) km²")
      spanish.append("\(Self.inSpanish[detail] ?? detail), +\(gained) −\(lost) km²")
    } else if let area {
      english.append("\(squareKilometers(area)) km²")
      spanish.append("\(squareKilometers(area)) km²")
    } else if kind == .axes {
      let words = Self.suspicions[detail] ?? LocalizedText(en: detail, es: detail)
      english.append(words.en)
      spanish.append(words.es)
    } else if !detail.isEmpty {
      english.append("\(detail) ×")
      spanish.append("\(detail) ×")
    }
    if let at {
      let place = "\(fixed(at.x, decimals: 5)) \(fixed(at.y, decimals: 5))"
      english.append("at \(place)")
      spanish.append("en \(place)")
    }
    return LocalizedText(
      en: english.joined(separator: " · "), es: spanish.joined(separator: " · "))
  }

  private static let suspicions = [
    "swappedAxes": LocalizedText(
      en: "latitude seems to stand before longitude",
      es: "la latitud parece estar antes que la longitud"),
    "metersDeclaredAsDegrees": LocalizedText(
      en: "degrees are declared, the numbers look like meters",
      es: "se declaran grados, los números parecen metros"),
    "degreesDeclaredAsMeters": LocalizedText(
      en: "meters are declared, the numbers look like degrees",
      es: "se declaran metros, los números parecen grados"),
  ]

  /// What GEOS says, in Spanish.
  private static let inSpanish = [
    "Self-intersection": "se cruza consigo misma", "Ring Self-intersection": "un anillo se toca",
    "Holes are nested": "huecos anidados", "Nested shells": "contornos anidados",
    "Hole lies outside shell": "un hueco queda fuera", "Duplicate Rings": "anillos repetidos",
    "Interior is disconnected": "el interior queda partido",
    "Too few points in geometry component": "un anillo con muy pocos puntos",
    "Invalid Coordinate": "coordenada inválida",
  ]
}

/// Square kilometers with as many decimals as they need: 2 from 1 km² on, else up to six.
private func squareKilometers(_ area: Double) -> String {
  area == 0 ? "0" : fixed(area, decimals: area >= 1 ? 2 : area >= 0.01 ? 4 : 6)
}

private func fixed(_ value: Double, decimals: Int) -> String {
  NumberText.fixed(value, decimals: decimals) ?? "?"
}
