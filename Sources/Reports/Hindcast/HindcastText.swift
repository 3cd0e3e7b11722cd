// Quiebre · Reports
// What `quiebre hindcast` prints.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import LaborModel
import Statistics

extension HindcastReport {
  /// Forecast beside figure for each as-of year, the scores of all, the self-check; ends with a line
  /// feed.
  public func text(in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    var lines = [
      HindcastPhrase.title.said(
        scenario, series, numbers.whole(Double(replicas)), in: language)
    ]
    for view in views {
      lines.append("")
      lines.append(
        HindcastPhrase.view.said(
          String(view.asOf), String(view.since), String(view.figuresKnown),
          numbers.whole(view.effectiveDraws.rounded()), in: language))
      lines += table(view, numbers).lines()
    }
    for selection in selections {
      lines.append("")
      lines += summary(selection, numbers)
    }
    if !views.isEmpty {
      lines.append("")
      lines.append(HindcastPhrase.method.said(in: language))
    }
    if selfCheck != nil {
      lines.append("")
      lines += selfCheckLines(numbers)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ view: View, _ numbers: PeopleNumbers) -> TextTable {
    let language = numbers.language
    let present = Forecaster.allCases.filter { kind in
      view.rows.contains { $0.scores[kind] != nil }
    }
    var table = TextTable()
    table.append(
      HindcastPhrase.head.said(in: language).split(separator: "|").map(String.init)
        + present.map { HindcastPhrase.crps.said($0.name.text(in: language), in: language) })
    for row in view.rows {
      let observed = row.observation
      let error = observed.standardError.map { numbers.fixed($0, 2) } ?? PeopleNumbers.none
      let marks =
        (observed.isDerived ? " d" : "") + (observed.isShock ? " s" : "")
      let main = row.scores[.baseline]
      table.append(
        [
          numbers.year(observed.year), "\(numbers.fixed(observed.rate, 2)) (\(error))\(marks)",
          main.map { interval($0, numbers) } ?? PeopleNumbers.none,
          main.map { numbers.fixed($0.transform, 2) } ?? PeopleNumbers.none,
        ]
          + present.map { kind in
            row.scores[kind].map { numbers.fixed($0.rankedScore, 2) } ?? PeopleNumbers.none
          })
    }
    return table
  }

  private func interval(_ score: ForecastScore, _ numbers: PeopleNumbers) -> String {
    "\(numbers.fixed(score.median, 1)) (\(numbers.fixed(score.interval80.lowerBound, 1))-"
      + "\(numbers.fixed(score.interval80.upperBound, 1)))"
  }

  private func summary(_ selection: Selection, _ numbers: PeopleNumbers) -> [String] {
    let language = numbers.language
    let found = summaries(selection)
    let most = found.map(\.scores.count).max() ?? 0
    let years = views.map { String($0.asOf) }.joined(separator: ", ")
    var table = TextTable()
    table.append([""] + found.map { $0.forecaster.name.text(in: language) })
    func row(_ label: HindcastPhrase, _ cell: (Summary) -> String) {
      table.append([label.said(in: language)] + found.map(cell))
    }
    row(.figures) { String($0.scores.count) }
    row(.meanScore) { numbers.fixed($0.scores.rankedScore, 2) }
    row(.skill) { summary in
      summary.forecaster == .lastValue
        ? "0" : summary.skill.map { numbers.signed($0, 2) } ?? PeopleNumbers.none
    }
    row(.bias) { numbers.signed($0.scores.bias, 2) }
    row(.covered80) { coverage($0.scores.covered80, $0.scores.count, numbers) }
    row(.covered95) { coverage($0.scores.covered95, $0.scores.count, numbers) }
    row(.transforms) { $0.scores.transforms.map(String.init).joined(separator: " ") }
    let head: HindcastPhrase =
      switch selection {
      case .all: .allFigures
      case .withoutShocks: .withoutShocks
      case .withoutDerived: .withoutDerived
      }
    return [head.said(String(most), years, in: language)] + table.lines()
  }

  /// `5/7 (29-96 %)`.
  private func coverage(
    _ coverage: ForecastSummary.Coverage, _ count: Int, _ numbers: PeopleNumbers
  ) -> String {
    "\(coverage.hits)/\(count) (\(numbers.fixed(coverage.low * 100, 0))-"
      + "\(numbers.fixed(coverage.high * 100, 0)) %)"
  }

  private func selfCheckLines(_ numbers: PeopleNumbers) -> [String] {
    guard let selfCheck else { return [] }
    let language = numbers.language
    let tests = rankTests
    let mean =
      selfCheck.effectiveSizes.reduce(0, +) / Double(max(1, selfCheck.effectiveSizes.count))
    var lines = [
      HindcastPhrase.selfCheck.said(
        String(selfCheck.effectiveSizes.count), String(selfCheck.highest),
        numbers.whole(mean.rounded()), in: language)
    ]
    var table = TextTable()
    table.append(
      HindcastPhrase.rankHead.said(in: language).split(separator: "|").map(String.init))
    for test in tests {
      table.append([
        test.name, numbers.pValue(test.right.pValue),
        "\(test.right.strayBins)/\(test.right.counts.count)", numbers.pValue(test.narrowed.pValue),
        "\(test.narrowed.strayBins)/\(test.narrowed.counts.count)",
      ])
    }
    lines += table.lines()
    let isGood = passesSelfCheck ?? false
    let verdict: HindcastPhrase =
      isGood
      ? .passes
      : tests.contains { $0.right.pValue < rankLimit } ? .fails : .blind
    lines.append(verdict.said(numbers.pValue(rankLimit), in: language))
    return lines
  }
}

extension HindcastReport.Forecaster {
  var name: LocalizedText {
    switch self {
    case .baseline: LocalizedText(en: "Quiebre", es: "Quiebre")
    case .scenario: LocalizedText(en: "with the plan", es: "con el plan")
    case .lastValue: LocalizedText(en: "last value", es: "último valor")
    case .straightLine: LocalizedText(en: "straight line", es: "línea recta")
    case .constantRate: LocalizedText(en: "constant AARR", es: "TARA constante")
    }
  }
}

enum HindcastPhrase: Phrase {
  case title
  case view
  case head
  case crps
  case allFigures
  case withoutShocks
  case withoutDerived
  case figures
  case meanScore
  case skill
  case bias
  case covered80
  case covered95
  case transforms
  case method
  case selfCheck
  case rankHead
  case passes
  case fails
  case blind

  var text: LocalizedText {
    switch self {
    case .title:
      LocalizedText(
        en: "Hindcast · {1} · {2} · {3} draws, the base year's money kept",
        es: "Proyección del pasado · {1} · {2} · {3} sorteos, el dinero del año base se mantiene")
    case .view:
      LocalizedText(
        en: "As of {1}: from {2} on; figures known: {3}; effective draws: {4}",
        es: "Con lo sabido en {1}: desde {2}; cifras conocidas: {3}; sorteos efectivos: {4}")
    case .head:
      LocalizedText(
        en: "year|published (se)|projected (80 %)|PIT",
        es: "año|publicado (ee)|proyectado (80 %)|PIT")
    case .crps: LocalizedText(en: "CRPS {1}", es: "CRPS {1}")
    case .allFigures:
      LocalizedText(
        en: "All {1} figures, as of {2}", es: "Las {1} cifras, con lo sabido en {2}")
    case .withoutShocks:
      LocalizedText(
        en: "Without shock years: {1} figures, as of {2}",
        es: "Sin años de choque: {1} cifras, con lo sabido en {2}")
    case .withoutDerived:
      LocalizedText(
        en: "Without derived figures (d): {1} figures, as of {2}",
        es: "Sin cifras derivadas (d): {1} cifras, con lo sabido en {2}")
    case .figures: LocalizedText(en: "figures", es: "cifras")
    case .meanScore: LocalizedText(en: "CRPS, pp (less is better)", es: "CRPS, pp (menos es mejor)")
    case .skill:
      LocalizedText(en: "skill against the last value", es: "ventaja frente al último valor")
    case .bias:
      LocalizedText(
        en: "bias, pp (above 0: too high)", es: "sesgo, pp (sobre 0: demasiado alto)")
    case .covered80: LocalizedText(en: "80 % interval holds", es: "el intervalo 80 % contiene")
    case .covered95: LocalizedText(en: "95 % interval holds", es: "el intervalo 95 % contiene")
    case .transforms:
      LocalizedText(en: "PIT in fifths, low to high", es: "PIT por quintos, de bajo a alto")
    case .method:
      LocalizedText(
        en:
          "Every forecast carries the later survey's own error. Bounds: Clopper-Pearson, as if figures"
          + " were independent; those of one country aren't, so this is weak evidence.",
        es:
          "Cada pronóstico lleva el error de la encuesta posterior. Límites: Clopper-Pearson, como si"
          + " las cifras fueran independientes; las de un país no lo son: es evidencia débil.")
    case .selfCheck:
      LocalizedText(
        en: "Self-check: {1} truths from the prior, each ranked among {2} calibrated draws"
          + " (mean effective size {3})",
        es:
          "Autoprueba: {1} verdades de la distribución previa, cada una entre {2} sorteos calibrados"
          + " (tamaño efectivo medio {3})")
    case .rankHead:
      LocalizedText(
        en: "quantity|p|bins outside 99 %|p, half the spread|bins outside 99 %",
        es: "cantidad|p|barras fuera del 99 %|p, mitad de dispersión|barras fuera del 99 %")
    case .passes:
      LocalizedText(
        en: "passes: no p below {1}; draws of half the spread are found out",
        es: "pasa: ninguna p bajo {1}; los sorteos con la mitad de dispersión se descubren")
    case .fails:
      LocalizedText(
        en: "FAILS: a p below {1}; calibrated draws are too sure, too unsure or off center",
        es: "FALLA: una p bajo {1}; los sorteos calibrados yerran en dispersión o centro")
    case .blind:
      LocalizedText(
        en: "no p below {1}, but draws of half the spread pass as well: ask for more truths",
        es:
          "ninguna p bajo {1}, pero también pasan los sorteos con la mitad de dispersión: pida más"
          + " verdades")
    }
  }
}
