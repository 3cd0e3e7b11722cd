// Quiebre · Reports
// The series as an SVG: figures, lines, plateau and target path, readable without color.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import Statistics

extension BreakReport {
  /// An SVG picture with title and description for screen readers; black, grays and dashes only.
  ///
  /// Without figures it says so.
  public func picture(in language: Language) -> [UInt8] {
    BreakPicture(report: self, drawing: BreakDrawing(self), language: language).bytes()
  }
}

private struct BreakPicture {
  let report: BreakReport
  let drawing: BreakDrawing?
  let language: Language

  private typealias P = PicturePhrase
  // Size and margins.
  private let width = 760.0
  private let height = 440.0
  private let left = 56.0
  private let right = 20.0
  private let top = 52.0
  private let bottom = 78.0
  private var numbers: PeopleNumbers { PeopleNumbers(language: language) }

  init(report: BreakReport, drawing: BreakDrawing?, language: Language) {
    self.report = report
    self.drawing = drawing
    self.language = language
  }

  func bytes() -> [UInt8] {
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(coordinate(width))"
        + " \(coordinate(height))\" role=\"img\" aria-labelledby=\"title desc\""
        + " font-family=\"sans-serif\" font-size=\"12\" lang=\"\(language.rawValue)\">",
      "<title id=\"title\">\(escaped(title))</title>",
      "<desc id=\"desc\">\(escaped(description))</desc>",
      "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
      text(title, x: left, y: 20, size: 15), text(verdict, x: left, y: 37),
    ]
    if let drawing {
      lines += axes(drawing) + fan(drawing) + marks(drawing) + figures(drawing) + legend(drawing)
    }
    lines.append("</svg>")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  // MARK: Words

  private var title: String {
    let cut =
      report.asOf.map { BreakPhrase.asOf.said($0, in: language) }
      ?? BreakPhrase.noCut.said(in: language)
    return ObservedPhrase.heading.said(report.series, cut, in: language)
  }

  private var verdict: String { report.observed?.label.words.text(in: language) ?? "" }

  /// What the picture shows, in words: figures, verdict, plateau, goal.
  private var description: String {
    guard let observed = report.observed else { return P.noFigures.said(in: language) }
    let figures = observed.used.map { "\(numbers.year($0.year)): \(numbers.fixed($0.rate, 1)) %" }
    var parts = [figures.joined(separator: ", "), observed.label.words.text(in: language)]
    if let level = observed.level {
      parts.append(P.plateau.said(numbers.fixed(level.value, 1), in: language))
    }
    if let target = report.settings.target, let deadline = report.settings.deadline {
      parts.append(
        P.path.said(numbers.trimmed(target), numbers.year(deadline), in: language))
    }
    return parts.joined(separator: ". ") + "."
  }

  // MARK: Parts

  private func axes(_ drawing: BreakDrawing) -> [String] {
    var lines: [String] = []
    for rate in BreakDrawing.ticks(drawing.rates, step: drawing.rateStep) {
      let y = y(rate, drawing)
      lines.append(line(left, y, width - right, y, "stroke=\"#ddd\""))
      let decimals = drawing.rateStep < 1 ? 1 : 0
      lines.append(
        text(numbers.fixed(rate, decimals) + " %", x: left - 6, y: y + 4, anchor: "end"))
    }
    for year in BreakDrawing.ticks(drawing.years, step: drawing.yearStep) {
      let x = x(year, drawing)
      lines.append(line(x, height - bottom, x, height - bottom + 5, "stroke=\"#000\""))
      lines.append(
        text(numbers.fixed(year, 0), x: x, y: height - bottom + 18, anchor: "middle"))
    }
    lines.append(
      line(left, height - bottom, width - right, height - bottom, "stroke=\"#000\""))
    return lines
  }

  /// The last pace's interval, gray between its two ends.
  private func fan(_ drawing: BreakDrawing) -> [String] {
    guard let fan = drawing.fan else { return [] }
    let first = path([fan.low[0], fan.high[0]], drawing)
    let second = path([fan.low[1], fan.high[1]], drawing)
    // Two triangles that meet in the middle.
    let middle = BreakDrawing.Point(
      year: (fan.low[0].year + fan.low[1].year) / 2, rate: (fan.low[0].rate + fan.low[1].rate) / 2)
    let center = path([middle], drawing)
    return [first, second].map {
      "<polygon points=\"\($0) \(center)\" fill=\"#ccc\" fill-opacity=\"0.6\"/>"
    }
  }

  private func marks(_ drawing: BreakDrawing) -> [String] {
    var lines: [String] = []
    for year in drawing.plausible {
      lines.append(upright(year, drawing, "stroke=\"#999\" stroke-dasharray=\"1 4\""))
    }
    for year in drawing.joinpoints {
      lines.append(upright(year, drawing, "stroke=\"#555\" stroke-dasharray=\"4 3\""))
    }
    if !drawing.plateau.isEmpty {
      lines.append(
        polyline(drawing.plateau, drawing, "stroke=\"#000\" stroke-dasharray=\"2 3\""))
    }
    if !drawing.path.isEmpty {
      lines.append(polyline(drawing.path, drawing, "stroke=\"#000\" stroke-dasharray=\"9 5\""))
    }
    return lines
      + drawing.lines.map { polyline($0, drawing, "stroke=\"#000\" stroke-width=\"2.5\"") }
  }

  /// Full for figures used, hollow for derived ones, a cross for those left out.
  private func figures(_ drawing: BreakDrawing) -> [String] {
    drawing.figures.flatMap { figure in
      let (x, y) = (x(figure.point.year, drawing), y(figure.point.rate, drawing))
      var lines: [String] = []
      if figure.reach > 0 {
        let (low, high) = (
          self.y(max(figure.point.rate - figure.reach, drawing.rates.lowerBound), drawing),
          self.y(min(figure.point.rate + figure.reach, drawing.rates.upperBound), drawing)
        )
        lines.append(line(x, low, x, high, "stroke=\"#000\""))
      }
      guard figure.isUsed else {
        return lines + [
          line(x - 4, y - 4, x + 4, y + 4, "stroke=\"#000\" stroke-width=\"1.5\""),
          line(x - 4, y + 4, x + 4, y - 4, "stroke=\"#000\" stroke-width=\"1.5\""),
        ]
      }
      let fill = figure.isDerived ? "#fff" : "#000"
      return lines + [
        "<circle cx=\"\(coordinate(x))\" cy=\"\(coordinate(y))\" r=\"4\" fill=\"\(fill)\""
          + " stroke=\"#000\"/>"
      ]
    }
  }

  /// Each kind of mark that occurs with its word, two rows under the axis.
  private func legend(_ drawing: BreakDrawing) -> [String] {
    var items: [(String, String)] = [("circle", P.figure.said(in: language))]
    if drawing.figures.contains(where: { $0.isUsed && $0.isDerived }) {
      items.append(("hollow", P.derived.said(in: language)))
    }
    if drawing.figures.contains(where: { !$0.isUsed }) {
      items.append(("cross", P.leftOut.said(in: language)))
    }
    if !drawing.lines.isEmpty {
      items.append(("stroke-width=\"2.5\"", P.fit.said(in: language)))
    }
    if drawing.fan != nil { items.append(("fan", P.interval.said(in: language))) }
    if let level = report.observed?.level {
      items.append(
        (
          "stroke-dasharray=\"2 3\"",
          P.plateau.said(numbers.fixed(level.value, 1), in: language)
        ))
    }
    if !drawing.joinpoints.isEmpty {
      items.append(("stroke-dasharray=\"4 3\"", P.joinpoint.said(in: language)))
    }
    if !drawing.path.isEmpty, let target = report.settings.target,
      let deadline = report.settings.deadline
    {
      items.append(
        (
          "stroke-dasharray=\"9 5\"",
          P.path.said(numbers.trimmed(target), numbers.year(deadline), in: language)
        ))
    }
    return items.enumerated().flatMap { index, item in
      entry(
        item.0, item.1, x: left + Double(index % 4) * 176,
        y: height - 34 + Double(index / 4) * 20)
    }
  }

  private func entry(_ mark: String, _ word: String, x: Double, y: Double) -> [String] {
    let sign: [String]
    switch mark {
    case "circle", "hollow":
      let fill = mark == "circle" ? "#000" : "#fff"
      sign = [
        "<circle cx=\"\(coordinate(x + 11))\" cy=\"\(coordinate(y - 4))\" r=\"4\" fill=\"\(fill)\""
          + " stroke=\"#000\"/>"
      ]
    case "cross":
      sign = [
        line(x + 7, y - 8, x + 15, y, "stroke=\"#000\" stroke-width=\"1.5\""),
        line(x + 7, y, x + 15, y - 8, "stroke=\"#000\" stroke-width=\"1.5\""),
      ]
    case "fan":
      sign = [
        "<rect x=\"\(coordinate(x))\" y=\"\(coordinate(y - 9))\" width=\"22\" height=\"10\""
          + " fill=\"#ccc\"/>"
      ]
    default: sign = [line(x, y - 4, x + 22, y - 4, "stroke=\"#000\" " + mark)]
    }
    return sign + [text(word, x: x + 28, y: y, size: 11)]
  }

  // MARK: Shapes

  private func x(_ year: Double, _ drawing: BreakDrawing) -> Double {
    let span = drawing.years.upperBound - drawing.years.lowerBound
    return left + 14 + (year - drawing.years.lowerBound) / span * (width - left - right - 28)
  }

  private func y(_ rate: Double, _ drawing: BreakDrawing) -> Double {
    let span = drawing.rates.upperBound - drawing.rates.lowerBound
    return height - bottom - (rate - drawing.rates.lowerBound) / span * (height - top - bottom)
  }

  private func path(_ points: [BreakDrawing.Point], _ drawing: BreakDrawing) -> String {
    points.map { "\(coordinate(x($0.year, drawing))),\(coordinate(y($0.rate, drawing)))" }
      .joined(separator: " ")
  }

  private func polyline(
    _ points: [BreakDrawing.Point], _ drawing: BreakDrawing, _ style: String
  ) -> String {
    "<polyline points=\"\(path(points, drawing))\" fill=\"none\" \(style)/>"
  }

  private func upright(_ year: Double, _ drawing: BreakDrawing, _ style: String) -> String {
    line(x(year, drawing), top, x(year, drawing), height - bottom, style)
  }

  private func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String
  ) -> String {
    "<line x1=\"\(coordinate(x1))\" y1=\"\(coordinate(y1))\" x2=\"\(coordinate(x2))\""
      + " y2=\"\(coordinate(y2))\" \(style)/>"
  }

  private func text(
    _ words: String, x: Double, y: Double, size: Int = 12, anchor: String = "start"
  ) -> String {
    "<text x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" font-size=\"\(size)\""
      + " text-anchor=\"\(anchor)\">\(escaped(words))</text>"
  }

  private func coordinate(_ value: Double) -> String {
    NumberText.fixed(value, decimals: 1) ?? "0"
  }

  private func escaped(_ words: String) -> String {
    words.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}

enum PicturePhrase: Phrase {
  case figure
  case derived
  case leftOut
  case fit
  case interval
  case plateau
  case joinpoint
  case path
  case noFigures

  var text: LocalizedText {
    switch self {
    case .figure: LocalizedText(en: "figure, 95 % interval", es: "cifra, intervalo de 95 %")
    case .derived: LocalizedText(en: "derived figure", es: "cifra derivada")
    case .leftOut: LocalizedText(en: "left out of the test", es: "fuera de la prueba")
    case .fit: LocalizedText(en: "fitted line", es: "recta ajustada")
    case .interval: LocalizedText(en: "last pace, 90 %", es: "último ritmo, 90 %")
    case .plateau: LocalizedText(en: "plateau {1} %", es: "meseta {1} %")
    case .joinpoint: LocalizedText(en: "joinpoint", es: "punto de giro")
    case .path: LocalizedText(en: "path to {1} % in {2}", es: "ruta a {1} % en {2}")
    case .noFigures: LocalizedText(en: "no figures", es: "sin cifras")
    }
  }
}
