// Quiebre · ScenarioFiles
// Reads uncertain values: one number, three numbers, or a named distribution.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import Statistics

extension Section {
  func distribution(_ key: String, _ quantity: Quantity) -> Distribution? {
    guard let entry = take(key) else { return nil }
    return distribution(key, entry.value, quantity)
  }

  /// With a default that no source backs.
  func distribution(
    _ key: String, _ quantity: Quantity, assumed distribution: Distribution, _ text: String
  ) -> Distribution {
    if peek(key) == nil { checker.assumedDefault(full(key), text) }
    return self.distribution(key, quantity) ?? distribution
  }

  func distribution(
    _ key: String, _ quantity: Quantity, default distribution: Distribution, _ text: String
  ) -> Distribution {
    if peek(key) == nil { checker.plainDefault(full(key), text) }
    return self.distribution(key, quantity) ?? distribution
  }

  private func distribution(_ key: String, _ value: TOMLValue, _ quantity: Quantity)
    -> Distribution?
  {
    switch value.content {
    case .array(let numbers):
      return triangular(key, numbers, value, quantity).map { Distribution($0) }
    case .table(let table): return named(key, table, value, quantity)
    default: return number(key, value, quantity).map { Distribution(.fixed($0)) }
    }
  }

  private func triangular(
    _ key: String, _ elements: [TOMLValue], _ value: TOMLValue, _ quantity: Quantity
  ) -> Distribution.Shape? {
    guard let numbers = numbers(key, elements, count: 3, value, quantity),
      ascending(key, numbers, elements, value)
    else { return nil }
    if numbers[0] == numbers[2] { return .fixed(numbers[0]) }
    return .triangular(low: numbers[0], central: numbers[1], high: numbers[2])
  }

  private func numbers(
    _ key: String, _ elements: [TOMLValue], count: Int, _ value: TOMLValue, _ quantity: Quantity
  ) -> [Double]? {
    guard elements.count == count else {
      if elements.count == count + 1, reportDecimalComma(key, elements) { return nil }
      wrongType(
        key, value,
        count == 3
          ? LocalizedText(
            en: "one number or three: [low, central, high]",
            es: "un número o tres: [bajo, central, alto]")
          : LocalizedText(en: "two numbers", es: "dos números"))
      return nil
    }
    let numbers = elements.compactMap { number(key, $0, quantity) }
    return numbers.count == count ? numbers : nil
  }

  /// `[1,15, 1.20, 1.50]`: a comma without a space made two numbers of 1.15.
  private func reportDecimalComma(_ key: String, _ elements: [TOMLValue]) -> Bool {
    let pair = zip(elements, elements.dropFirst()).first { left, right in
      guard case .integer = left.content, case .integer = right.content else { return false }
      return left.place.line == right.place.line && left.place.column > 0
        && left.place.column + left.place.length + 1 == right.place.column
    }
    guard let (left, right) = pair else { return false }
    let place = left.place
    checker.report(
      Diagnostic(
        .commaInNumber, entry: full(key),
        at: SourcePlace(
          file: place.file, line: place.line, column: place.column,
          length: place.length + 1 + right.place.length, sourceLine: place.sourceLine),
        what: LocalizedText(en: "number with a comma", es: "número con coma"),
        caret: LocalizedText(en: "looks like a decimal comma", es: "parece una coma decimal"),
        fix: LocalizedText(verbatim: "\(asWritten(left)).\(asWritten(right))")))
    return true
  }

  private func ascending(
    _ key: String, _ numbers: [Double], _ elements: [TOMLValue], _ value: TOMLValue
  ) -> Bool {
    guard let index = numbers.indices.dropFirst().first(where: { numbers[$0] < numbers[$0 - 1] })
    else { return true }
    let written = elements.map(asWritten)
    // [1,15, 1.50]: the comma made two numbers of 1.15
    let comma = LocalizedText(
      en: "low, central, high must rise; was \(written[0]).\(written[1]) meant?",
      es: "bajo, central, alto deben ir en aumento; ¿era \(written[0]).\(written[1])?")
    let plain = LocalizedText(
      en: "low, central, high must rise", es: "bajo, central, alto deben ir en aumento")
    let looksLikeComma =
      index == 2
      && elements.prefix(2).allSatisfy { if case .integer = $0.content { true } else { false } }
    checker.report(
      Diagnostic(
        .disordered, entry: full(key), at: elements[index].place,
        what: LocalizedText(
          en: "\(full(key)): \(written[index]) is below \(written[index - 1])",
          es: "\(full(key)): \(written[index]) es menor que \(written[index - 1])"),
        caret: looksLikeComma ? comma : plain))
    return false
  }

  private static let shapes = ["triangular", "uniform", "normal", "lognormal", "beta", "pert"]

  private func named(_ key: String, _ table: TOMLTable, _ value: TOMLValue, _ quantity: Quantity)
    -> Distribution?
  {
    let inner = Section(full(key), table, at: value.place, checker: checker)
    let given = Self.shapes.compactMap { inner.peek($0) }
    var noEffect = 0.0
    if let entry = inner.peek("no_effect") {
      if quantity == .multiplier {
        noEffect = inner.number("no_effect", entry.value, .ratio) ?? 0
      } else {
        inner.refuse(
          ["no_effect"],
          LocalizedText(en: "only multipliers have it", es: "solo los multiplicadores la tienen"))
      }
    }
    inner.finish()
    guard let entry = given.first, given.count == 1 else {
      wrongType(
        key, value,
        LocalizedText(
          en:
            "one of { uniform = [a, b] }, { normal = [mean, sd] }, { lognormal = [p05, p95] }, { beta = [a, b] }, { pert = [low, central, high] }",
          es:
            "una de { uniform = [a, b] }, { normal = [media, de] }, { lognormal = [p05, p95] }, { beta = [a, b] }, { pert = [bajo, central, alto] }"
        ))
      return nil
    }
    return inner.shape(entry, quantity).map { Distribution($0, noEffect: noEffect) }
  }

  private func shape(_ entry: TOMLTable.Entry, _ quantity: Quantity) -> Distribution.Shape? {
    guard case .array(let elements) = entry.value.content else {
      wrongType(entry.key, entry.value, LocalizedText(en: "a list of numbers", es: "una lista"))
      return nil
    }
    switch entry.key {
    case "triangular": return triangular(entry.key, elements, entry.value, quantity)
    case "pert":
      guard let shape = triangular(entry.key, elements, entry.value, quantity) else { return nil }
      guard case .triangular(let low, let central, let high) = shape else { return shape }
      return .pert(low: low, central: central, high: high)
    case "beta": return beta(entry, elements, quantity)
    case "normal": return normal(entry, elements, quantity)
    default:
      if entry.key == "lognormal", !quantity.allowsLognormal {
        unbounded(entry, quantity)
        return nil
      }
      guard let ends = numbers(entry.key, elements, count: 2, entry.value, quantity),
        ascending(entry.key, ends, elements, entry.value)
      else { return nil }
      if ends[0] == ends[1] { return .fixed(ends[0]) }
      guard entry.key == "lognormal" else { return .uniform(low: ends[0], high: ends[1]) }
      guard ends[0] > 0 else {
        outOfRange(
          entry.key, at: elements[0].place, found: "\(ends[0])",
          allowed: LocalizedText(en: "above 0", es: "mayor que 0"))
        return nil
      }
      return .lognormal(p05: ends[0], p95: ends[1])
    }
  }

  private func normal(_ entry: TOMLTable.Entry, _ elements: [TOMLValue], _ quantity: Quantity)
    -> Distribution.Shape?
  {
    guard quantity.allowsNormal else {
      unbounded(entry, quantity)
      return nil
    }
    guard let pair = numbers(entry.key, elements, count: 2, entry.value, quantity) else {
      return nil
    }
    guard pair[1] >= 0 else {
      outOfRange(
        entry.key, at: elements[1].place, found: "\(pair[1])",
        allowed: LocalizedText(
          en: "a standard deviation of 0 or more", es: "una desviación estándar de 0 o más"))
      return nil
    }
    return pair[1] == 0 ? .fixed(pair[0]) : .normal(mean: pair[0], standardDeviation: pair[1])
  }

  /// On 0...1: for shares, and for multipliers that can't do harm.
  private func beta(_ entry: TOMLTable.Entry, _ elements: [TOMLValue], _ quantity: Quantity)
    -> Distribution.Shape?
  {
    guard quantity == .ratio || quantity == .multiplier else {
      checker.report(
        Diagnostic(
          .outOfRange, entry: full(entry.key), at: entry.value.place,
          what: LocalizedText(
            en: "a beta distribution lies between 0 and 1",
            es: "una distribución beta está entre 0 y 1"),
          fix: LocalizedText(
            en: "use { pert = [low, central, high] }",
            es: "use { pert = [bajo, central, alto] }")))
      return nil
    }
    guard let pair = numbers(entry.key, elements, count: 2, entry.value, .plain) else {
      return nil
    }
    guard let index = pair.indices.first(where: { !(0.01...1e6).contains(pair[$0]) }) else {
      return .beta(low: 0, high: 1, a: pair[0], b: pair[1])
    }
    outOfRange(
      entry.key, at: elements[index].place, found: "\(pair[index])",
      allowed: LocalizedText(
        en: "two shapes from 0.01 to 1,000,000", es: "dos formas de 0.01 a 1 000 000"))
    return nil
  }

  private func unbounded(_ entry: TOMLTable.Entry, _ quantity: Quantity) {
    checker.report(
      Diagnostic(
        .outOfRange, entry: full(entry.key), at: entry.value.place,
        what: LocalizedText(
          en: "a \(entry.key) distribution can fall outside \(quantity.allowed.en)",
          es: "una distribución \(entry.key) puede salir de \(quantity.allowed.es)"),
        fix: LocalizedText(
          en: "use three numbers: [low, central, high]",
          es: "use tres números: [bajo, central, alto]")))
  }
}
