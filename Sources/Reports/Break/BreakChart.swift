// Quiebre · Reports
// The series as a chart of characters, for the terminal.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

/// Figures `●` (derived `○`, left out `×`), fitted line `·`, plateau `─`, path to the target `╌`,
/// joinpoint `┊`.
struct BreakChart {
  let drawing: BreakDrawing
  let language: Language

  private let width = 64
  private let height = 15

  /// One line per row: percent at the left, years below, what the signs mean last.
  func lines() -> [String] {
    var grid = [[Character]](
      repeating: [Character](repeating: " ", count: width), count: height)
    for year in drawing.joinpoints {
      for row in 0..<height { grid[row][column(year)] = "┊" }
    }
    for (points, sign) in [(drawing.plateau, "─"), (drawing.path, "╌")]
      as [([BreakDrawing.Point], Character)]
    {
      draw(points, sign, on: &grid)
    }
    for line in drawing.lines { draw(line, "·", on: &grid) }
    for figure in drawing.figures {
      let sign: Character = figure.isUsed ? (figure.isDerived ? "○" : "●") : "×"
      put(sign, figure.point, on: &grid)
    }
    let numbers = PeopleNumbers(language: language)
    let labels = (0..<height).map { row in
      row % 3 == 0 || row == height - 1 ? numbers.fixed(rate(atRow: row), 1) : ""
    }
    let room = labels.map(\.count).max() ?? 0
    var lines = zip(labels, grid).map { label, row in
      "  " + String(repeating: " ", count: room - label.count) + label + " │"
        + trimmed(String(row))
    }
    lines.append(
      "  " + String(repeating: " ", count: room) + " └" + String(repeating: "─", count: width))
    lines.append("  " + String(repeating: " ", count: room + 2) + trimmed(years()))
    lines.append("  " + ChartPhrase.signs.said(in: language))
    return lines
  }

  private func draw(_ points: [BreakDrawing.Point], _ sign: Character, on grid: inout [[Character]])
  {
    for (from, to) in zip(points, points.dropFirst()) {
      let (first, last) = (column(from.year), column(to.year))
      for place in stride(from: first, through: last, by: 1) {
        let part = last > first ? Double(place - first) / Double(last - first) : 0
        let rate = from.rate + part * (to.rate - from.rate)
        let row = row(rate)
        if grid.indices.contains(row) { grid[row][place] = sign }
      }
    }
  }

  private func put(_ sign: Character, _ point: BreakDrawing.Point, on grid: inout [[Character]]) {
    let row = row(point.rate)
    if grid.indices.contains(row) { grid[row][column(point.year)] = sign }
  }

  private func column(_ year: Double) -> Int {
    let span = drawing.years.upperBound - drawing.years.lowerBound
    let place = (year - drawing.years.lowerBound) / span * Double(width - 1)
    return max(0, min(width - 1, Int(place.rounded())))
  }

  private func row(_ rate: Double) -> Int {
    let span = drawing.rates.upperBound - drawing.rates.lowerBound
    return height - 1
      - Int(((rate - drawing.rates.lowerBound) / span * Double(height - 1)).rounded())
  }

  private func rate(atRow row: Int) -> Double {
    let span = drawing.rates.upperBound - drawing.rates.lowerBound
    return drawing.rates.upperBound - span * Double(row) / Double(height - 1)
  }

  /// Years under their columns, as many as fit.
  private func years() -> String {
    var line = [Character](repeating: " ", count: width + 4)
    var free = 0
    for year in BreakDrawing.ticks(drawing.years, step: drawing.yearStep) {
      let label = String(Int(year))
      let start = max(0, column(year) - label.count / 2)
      guard start >= free, start + label.count <= line.count else { continue }
      for (offset, character) in label.enumerated() { line[start + offset] = character }
      free = start + label.count + 1
    }
    return String(line)
  }

  private func trimmed(_ line: String) -> String {
    var line = line
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }
}

enum ChartPhrase: Phrase {
  case signs

  var text: LocalizedText {
    switch self {
    case .signs:
      LocalizedText(
        en: "● figure  ○ derived  × left out  · fit  ─ plateau  ╌ path to the goal  ┊ joinpoint",
        es: "● cifra  ○ derivada  × fuera  · ajuste  ─ meseta  ╌ ruta a la meta  ┊ punto de giro")
    }
  }
}
