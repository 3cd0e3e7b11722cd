// Quiebre · LaborModel
// The faults of a run's inputs, in words.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

extension Diagnostic {
  static func differentRuns(_ plan: String, _ other: String) -> Diagnostic {
    Diagnostic(
      .differentRuns, entry: plan,
      what: LocalizedText(
        en: "“\(plan)” and “\(other)” differ in definition, years, seed, replicas or dynamics",
        es:
          "«\(plan)» y «\(other)» difieren en definición, años, semilla, réplicas o dinámica"),
      fix: LocalizedText(
        en: "give both the same [simulation] section, for instance through `extends`",
        es: "dé a ambos la misma sección [simulation], por ejemplo con `extends`"))
  }

  static func impossibleLevel(_ code: String, rate: Double, error: Double) -> Diagnostic {
    Diagnostic(
      .impossibleLevel, entry: code,
      what: LocalizedText(
        en: "district \(code): rate \(rate) (0 to 1 allowed), error \(error) (0 or more)",
        es: "distrito \(code): tasa \(rate) (se admite de 0 a 1), error \(error) (0 o más)"))
  }

  static func impossibleChildren(_ code: String) -> Diagnostic {
    Diagnostic(
      .impossibleChildren, entry: code,
      what: LocalizedText(
        en: "district \(code): a number of children is negative or not a number",
        es: "distrito \(code): un número de niños es negativo o no es un número"))
  }

  static func impossibleTotal(_ total: Double) -> Diagnostic {
    Diagnostic(
      .impossibleChildren,
      what: LocalizedText(
        en: "\(total) children in all; more than 0 and less than 2 thousand million are needed",
        es: "\(total) niños en total; se necesitan más de 0 y menos de 2 mil millones"))
  }

  static func impossibleObservation(_ figure: ObservedRate) -> Diagnostic {
    Diagnostic(
      .impossibleObservation, entry: String(figure.year),
      what: LocalizedText(
        en: """
          observed rate of \(figure.year): \(figure.rate) with error \(figure.standardError); a \
          share between 0 and 1 and a positive error are needed
          """,
        es: """
          tasa observada de \(figure.year): \(figure.rate) con error \(figure.standardError); se \
          necesitan una proporción entre 0 y 1 y un error positivo
          """))
  }

  static func costReachesZero(_ line: String) -> Diagnostic {
    Diagnostic(
      .costReachesZero, entry: "line.\(line).unit_cost",
      what: LocalizedText(
        en: "the unit cost of “\(line)” can be 0 or less",
        es: "el costo unitario de «\(line)» puede ser 0 o menos"),
      fix: LocalizedText(
        en: "give [low, central, high] or { lognormal = [p05, p95] } above 0",
        es: "dé [bajo, central, alto] o { lognormal = [p05, p95] } sobre 0"))
  }

  static func unknownAges(_ target: String, _ ages: ClosedRange<Int>) -> Diagnostic {
    Diagnostic(
      .unknownAges, entry: "target.\(target).ages",
      what: LocalizedText(
        en: "ages \(ages.lowerBound)-\(ages.upperBound); 5-17, 5-13 and 14-17 are simulated",
        es: "edades \(ages.lowerBound)-\(ages.upperBound); se simulan 5-17, 5-13 y 14-17"))
  }

  static func deadlineOutside(_ target: String, _ deadline: Int, _ plan: Plan) -> Diagnostic {
    Diagnostic(
      .deadlineOutside, entry: "target.\(target).deadline",
      what: LocalizedText(
        en: "deadline \(deadline) lies outside the years \(plan.base) to \(plan.end)",
        es: "el plazo \(deadline) queda fuera de los años \(plan.base) a \(plan.end)"),
      fix: LocalizedText(
        en: "set simulation.end to the last deadline, or move the deadline",
        es: "ponga en simulation.end el último plazo, o mueva el plazo"))
  }

  static func interactionNeedsProduct(_ pair: String) -> Diagnostic {
    Diagnostic(
      .interactionNeedsProduct, entry: "interaction.\(pair)",
      what: LocalizedText(
        en: "interactions are only defined for overlap = \"product\"",
        es: "las interacciones solo están definidas para overlap = \"product\""))
  }

  static func lineInTwoInteractions(_ line: String, _ pair: String) -> Diagnostic {
    Diagnostic(
      .lineInTwoInteractions, entry: "interaction.\(pair)",
      what: LocalizedText(
        en: "“\(line)” already stands in another interaction; a line can have one",
        es: "«\(line)» ya está en otra interacción; una línea puede tener una"),
      why: LocalizedText(
        en: "two pairs don't say what happens to a child that all three lines reach",
        es: "dos pares no dicen qué pasa con un niño al que llegan las tres líneas"))
  }

  static func mixedSigns(_ line: String, _ other: String) -> Diagnostic {
    Diagnostic(
      .mixedSigns, entry: "line.\(other).effect",
      what: LocalizedText(
        en: "overlap = \"nested\", but “\(line)” and “\(other)” can act in opposite directions",
        es: "overlap = \"nested\", pero «\(line)» y «\(other)» pueden actuar en sentidos opuestos"),
      fix: LocalizedText(
        en: "use overlap = \"product\", or ranges on one side of 1",
        es: "use overlap = \"product\", o rangos a un solo lado de 1"))
  }
}

extension Projection {
  /// Too few effective draws, too many held probabilities.
  ///
  /// - Parameter minimumEffectiveSize: ``Plan/minimumEffectiveSize``.
  /// - Returns: Warnings, none if the run is sound.
  public func warnings(minimumEffectiveSize: Double) -> [Diagnostic] {
    var found: [Diagnostic] = []
    if effectiveSampleSize < minimumEffectiveSize {
      let size = String(Int(effectiveSampleSize.rounded()))
      let needed = String(Int(minimumEffectiveSize.rounded()))
      found.append(
        Diagnostic(
          .fewEffectiveDraws, .warning,
          what: LocalizedText(
            en: "only \(size) effective draws of \(weights.count); at least \(needed) are wanted",
            es:
              "solo \(size) sorteos efectivos de \(weights.count); se piden al menos \(needed)"
          ),
          fix: LocalizedText(
            en: "raise simulation.replicas, or widen the priors that the observed rates contradict",
            es:
              "suba simulation.replicas, o amplíe los supuestos que las tasas observadas contradicen"
          )))
    }
    if counts.capped * 1000 > counts.cells {
      let share = heldShare
      found.append(
        Diagnostic(
          .probabilitiesHeld, .warning,
          what: LocalizedText(
            en: "\(share) of yearly chances were held at 100 % (districts with high rates, draws "
              + "with rising trends): rates there rise less than the trend says",
            es: "\(share) de las probabilidades anuales se mantuvieron en 100 % (distritos con "
              + "tasas altas, sorteos con tendencia al alza): ahí las tasas suben menos de lo que "
              + "dice la tendencia")))
    }
    return found
  }

  /// Chances held at 100 %, in percent: whole from 1 % on, else with one decimal.
  private var heldShare: String {
    let perThousand = counts.capped * 1000 / max(1, counts.cells)
    if perThousand >= 10 { return "\((perThousand + 5) / 10) %" }
    return "0.\(perThousand) %"
  }
}
