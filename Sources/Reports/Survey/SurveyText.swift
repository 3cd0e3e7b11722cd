// Quiebre · Reports
// The table of `quiebre survey` for a terminal.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Statistics

extension SurveyReport {
  /// Title, sample, table and footnotes; ends with a line feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    var lines = [name.text(in: language) + (group.map { " · " + $0 } ?? "")]
    lines.append(sampleLine(numbers))
    if sample.lonelyStrata > 0 {
      lines.append(
        SurveyPhrase.lonely.said(
          String(sample.lonelyStrata), sample.lonelyRule.rawValue, in: language))
    }
    lines.append("")
    lines += table(numbers).lines()
    lines.append("")
    if sections.contains(where: { $0.lines.contains { isReferential($0.estimate) } }) {
      lines.append(
        SurveyPhrase.referential.said(numbers.trimmed(largestVariation * 100), in: language))
    }
    if sections.contains(where: { $0.lines.contains { isOnFewClusters($0.estimate) } }) {
      lines.append(
        SurveyPhrase.fewClusters.said(
          String(SurveyEstimate.fewDegreesOfFreedom), in: language))
    }
    lines.append(
      (statistic == .proportion ? SurveyPhrase.shares : .others).said(in: language))
    if let line = planningLine(numbers) { lines.append(line) }
    if let note { lines.append(note.text(in: language)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the next survey can be planned on; only if all rows are of one year.
  private func planningLine(_ numbers: PeopleNumbers) -> String? {
    guard let all = sections.first?.lines, all.count == 1, let found = all.first?.estimate,
      let correlation = found.intraclassCorrelation, let effect = found.weightEffect,
      let size = found.clusterSize
    else { return nil }
    return SurveyPhrase.planning.said(
      numbers.fixed(max(correlation, 0), 3), numbers.fixed(max(effect - 1, 0).squareRoot(), 2),
      numbers.fixed(size, 1), in: numbers.language)
  }

  private func sampleLine(_ numbers: PeopleNumbers) -> String {
    let language = numbers.language
    let head = SurveyPhrase.sample.said(
      fileName(sample.file), numbers.whole(Double(sample.rows)),
      numbers.whole(Double(sample.psus)), numbers.whole(Double(sample.strata)), in: language)
    guard sample.leftOut > 0 else { return head }
    return head
      + SurveyPhrase.leftOut.said(numbers.whole(Double(sample.leftOut)), in: language)
  }

  private func table(_ numbers: PeopleNumbers) -> TextTable {
    let language = numbers.language
    let hasYears = sections.contains { $0.lines.contains { $0.year != nil } }
    var table = TextTable()
    let level = numbers.trimmed(intervals.level * 100)
    let head: SurveyPhrase = statistic == .proportion ? .shareHead : .valueHead
    table.append(
      [""] + (hasYears ? [SurveyPhrase.year.said(in: language)] : [])
        + head.said(level, in: language).split(separator: "|").map(String.init))
    for section in sections {
      if !section.by.isEmpty { table.append([section.by]) }
      for line in section.lines {
        let label =
          section.by.isEmpty ? SurveyPhrase.everyone.said(in: language) : "  " + line.label
        table.append(
          [label] + (hasYears ? [line.year.map(String.init) ?? ""] : [])
            + cells(line.estimate, numbers))
      }
    }
    return table
  }

  private func cells(_ found: SurveyEstimate, _ numbers: PeopleNumbers) -> [String] {
    guard let value = found.value else {
      return [PeopleNumbers.none, "", "", "", numbers.whole(Double(found.cases))]
    }
    let interval = found.interval.map { "\(number($0.low, numbers)) - \(number($0.high, numbers))" }
    let variation = found.coefficientOfVariation.map { numbers.fixed($0 * 100, 1) }
    let mark = (isReferential(found) ? " a/" : "") + (isOnFewClusters(found) ? " b/" : "")
    return [
      number(value, numbers), found.standardError.map { number($0, numbers) } ?? PeopleNumbers.none,
      interval ?? PeopleNumbers.none, (variation ?? PeopleNumbers.none) + mark,
      numbers.whole(Double(found.cases)),
      found.designEffect.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none,
    ]
  }

  private func number(_ value: Double, _ numbers: PeopleNumbers) -> String {
    switch statistic {
    case .proportion: numbers.fixed(value * 100, 2)
    case .total: numbers.whole(value)
    case .mean, .ratio: numbers.fixed(value, 3)
    }
  }
}

enum SurveyPhrase: Phrase {
  case sample
  case leftOut
  case lonely
  case shareHead
  case valueHead
  case year
  case everyone
  case referential
  case fewClusters
  case shares
  case others
  case planning

  var text: LocalizedText {
    switch self {
    case .sample:
      LocalizedText(
        en: "{1}: {2} rows, {3} clusters in {4} strata",
        es: "{1}: {2} filas, {3} conglomerados en {4} estratos")
    case .leftOut:
      LocalizedText(
        en: "; {1} rows of the universe left out for blanks",
        es: "; {1} filas del universo omitidas por vacíos")
    case .lonely:
      LocalizedText(
        en: "strata with a single cluster: {1} (rule: {2})",
        es: "estratos con un solo conglomerado: {1} (regla: {2})")
    case .shareHead:
      LocalizedText(
        en: "%|se (pp)|{1} % interval|CV %|cases|deff",
        es: "%|ee (pp)|intervalo {1} %|CV %|casos|deff")
    case .valueHead:
      LocalizedText(
        en: "estimate|se|{1} % interval|CV %|cases|deff",
        es: "estimación|ee|intervalo {1} %|CV %|casos|deff")
    case .year: LocalizedText(en: "year", es: "año")
    case .everyone: LocalizedText(en: "all", es: "total")
    case .referential:
      LocalizedText(
        en: "a/ For reference only: coefficient of variation above {1} %.",
        es: "a/ Tiene únicamente valor referencial: coeficiente de variación mayor al {1} %.")
    case .fewClusters:
      LocalizedText(
        en: "b/ Fewer than {1} degrees of freedom: the error itself is uncertain.",
        es: "b/ Menos de {1} grados de libertad: el propio error es incierto.")
    case .shares:
      LocalizedText(
        en:
          "Standard errors by Taylor linearization over clusters; intervals by t, inside 0-100 %.",
        es:
          "Errores estándar por linealización de Taylor entre conglomerados; intervalos por t, dentro de 0-100 %."
      )
    case .others:
      LocalizedText(
        en: "Standard errors by Taylor linearization over clusters; intervals by t.",
        es: "Errores estándar por linealización de Taylor entre conglomerados; intervalos por t.")
    case .planning:
      LocalizedText(
        en: "For planning (total): --icc {1} --weight-cv {2}, at {3} cases a cluster.",
        es: "Para planificar (total): --icc {1} --weight-cv {2}, con {3} casos por conglomerado.")
    }
  }
}
