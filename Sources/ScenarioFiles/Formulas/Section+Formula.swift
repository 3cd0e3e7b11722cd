// Quiebre · ScenarioFiles
// Reads a formula from a key; its fields are checked once all tables are known.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

extension Section {
  func formula(_ key: String, as purpose: Formula.Purpose) -> Formula? {
    guard let entry = take(key) else { return nil }
    return formula(key, entry.value, as: purpose)
  }

  func formula(_ key: String, _ value: TOMLValue, as purpose: Formula.Purpose) -> Formula? {
    let text: String
    switch value.content {
    case .string(let given): text = given
    case .integer(let number) where purpose == .quantity: text = "\(number)"
    case .real(let number) where purpose == .quantity: text = "\(number)"
    default:
      wrongType(
        key, value, LocalizedText(en: "a formula in quotes", es: "una fórmula entre comillas"))
      return nil
    }
    let place = insideQuotes(value)
    do throws(FormulaFault) {
      let formula = Formula(text: text, place: place, root: try parseFormula(text))
      checker.note(formula, as: purpose, entry: full(key))
      return formula
    } catch {
      let broken = Formula(
        text: text, place: place, root: Formula.Node(content: .number(0), offset: 0, length: 1))
      checker.report(broken.diagnostic(.formulaSyntax, error, entry: full(key)))
      return nil
    }
  }

  /// The place of the first character behind the opening quote, if the value is one.
  private func insideQuotes(_ value: TOMLValue) -> SourcePlace {
    guard case .string = value.content, value.place.column > 0 else { return value.place }
    return SourcePlace(
      file: value.place.file, line: value.place.line, column: value.place.column + 1,
      length: max(1, value.place.length - 2), sourceLine: value.place.sourceLine)
  }
}
