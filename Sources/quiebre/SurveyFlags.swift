// Quiebre · quiebre
// Flags and requests of `quiebre survey`.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Verb {
  static let surveyFlags = designFlags + targetFlags + outputFlags + planFlags

  private static let designFlags = [
    Flag("--weight", value: "COLUMN", en: "survey weight", es: "factor de expansión"),
    Flag("--strata", value: "COLUMN[*COLUMN]", en: "stratum", es: "estrato"),
    Flag("--cluster", value: "COLUMN[*COLUMN]", en: "cluster (PSU)", es: "conglomerado (UPM)"),
    Flag(
      "--nested", en: "cluster numbers start anew in every stratum",
      es: "la numeración empieza de nuevo en cada estrato"),
    Flag(
      "--certainty", value: "COLUMN", en: "clusters taken for certain (yes, no)",
      es: "conglomerados de inclusión segura (yes, no)"),
    Flag("--second", value: "COLUMN", en: "dwelling in the cluster", es: "vivienda"),
    Flag(
      "--population", value: "COLUMN", en: "clusters of the stratum in the country",
      es: "conglomerados del estrato en el país"),
    Flag(
      "--second-population", value: "COLUMN", en: "dwellings of the cluster",
      es: "viviendas del conglomerado"),
    Flag(
      "--lonely", value: "fail|adjust|average|certainty",
      en: "strata with one cluster (default: fail)",
      es: "estratos con un conglomerado (por defecto: fail)"),
  ]

  private static let targetFlags = [
    Flag("--indicator", value: "NAME", en: "a ready-made share", es: "una proporción ya definida"),
    Flag("--indicators", value: "FILE", en: "your definitions", es: "sus definiciones"),
    Flag(
      "--map", value: "FIELD=FORMULA", en: "what a field is in the file (may be repeated)",
      es: "qué es un campo en el archivo (se puede repetir)"),
    Flag("--share", value: "CONDITION", en: "share of persons", es: "proporción de personas"),
    Flag("--mean", value: "FORMULA", en: "mean", es: "media"),
    Flag("--total", value: "FORMULA", en: "total", es: "total"),
    Flag("--ratio", value: "FORMULA", en: "ratio, with --over", es: "razón, con --over"),
    Flag("--over", value: "FORMULA", en: "its denominator", es: "su denominador"),
    Flag("--where", value: "CONDITION", en: "whom it is about", es: "de quiénes se trata"),
    Flag(
      "--by", value: "sex | sex*area | age:5-9,10-13", en: "domains (may be repeated)",
      es: "dominios (se puede repetir)"),
    Flag(
      "--missing", value: "omit|refuse", en: "rows with blanks (default: omit, and say so)",
      es: "filas con vacíos (por defecto: omit, y se dice)"),
  ]

  private static let outputFlags = [
    Flag("--year", value: "YEAR|COLUMN", en: "year of the survey", es: "año de la encuesta"),
    Flag("--group", value: "NAME", en: "definition group of the rows", es: "grupo de las filas"),
    Flag("--published", value: "DATE", en: "for the rows", es: "para las filas"),
    Flag("--method", value: "NAME", en: "way of interviewing, for the rows", es: "modo, filas"),
    Flag("--shock", en: "mark the rows as a shock", es: "marca las filas como choque"),
    Flag(
      "--department", value: "COLUMN[:N]", en: "code of the department (first N characters)",
      es: "código del departamento (primeros N caracteres)"),
    Flag("--series", value: "FILE", en: "write rows of a series", es: "escribe filas de serie"),
    Flag(
      "--direct", value: "FILE", en: "write direct estimates", es: "escribe estimaciones directas"),
    Flag("--level", value: "PERCENT", en: "of intervals (95 %)", es: "de los intervalos (95 %)"),
    Flag(
      "--interval", value: "logit|beta|wilson|linear", en: "of shares (default: logit)",
      es: "de proporciones (por defecto: logit)"),
    Flag(
      "--cv", value: "PERCENT", en: "plan: CV wanted; else: limit of the mark (15 %)",
      es: "plan: CV pedido; si no: límite de la marca (15 %)"),
  ]

  private static let planFlags = [
    Flag("--expect", value: "PERCENT", en: "plan: expected share", es: "plan: valor esperado"),
    Flag(
      "--margin", value: "POINTS", en: "plan: half of the interval", es: "plan: medio intervalo"),
    Flag(
      "--change-to", value: "PERCENT", en: "plan: share to tell apart", es: "plan: por distinguir"),
    Flag("--find", value: "N", en: "plan: cases to find", es: "plan: casos por hallar"),
    Flag("--cases", value: "N", en: "plan: interviews as given", es: "plan: entrevistas dadas"),
    Flag("--power", value: "PERCENT", en: "plan: probability (80 %)", es: "plan: potencia (80 %)"),
    Flag("--deff", value: "N", en: "plan: design effect", es: "plan: efecto de diseño"),
    Flag("--icc", value: "N", en: "plan: correlation in clusters", es: "plan: correlación"),
    Flag("--weight-cv", value: "N", en: "plan: CV of the weights", es: "plan: CV de factores"),
    Flag(
      "--per-cluster", value: "N", en: "plan: interviews a cluster", es: "plan: por conglomerado"),
    Flag(
      "--cluster-cost", value: "MONEY", en: "plan: of reaching a cluster",
      es: "plan: de llegar a un conglomerado"),
    Flag(
      "--interview-cost", value: "MONEY", en: "plan: of an interview", es: "plan: por entrevista"),
    Flag("--strata-count", value: "N", en: "plan: strata", es: "plan: estratos"),
    Flag("--response", value: "PERCENT", en: "plan: who answer", es: "plan: quiénes responden"),
    Flag(
      "--per-dwelling", value: "N", en: "plan: persons a dwelling", es: "plan: por vivienda"),
    Flag("--persons", value: "N", en: "plan: whole population", es: "plan: población total"),
    Flag("--overlap", value: "N", en: "plan: correlation of two rounds", es: "plan: correlación"),
    Flag("--df", value: "N", en: "interval: degrees of freedom", es: "interval: grados"),
  ]
}

extension Invocation {
  func surveyRequest() throws(UsageError) -> SurveyRequest {
    try atMost(1)
    var request = SurveyRequest(file: operands[0])
    request.design.weight = last("--weight")
    request.design.stratum = last("--strata")
    request.design.cluster = last("--cluster")
    request.design.isNested = has("--nested")
    request.design.certainty = last("--certainty")
    request.design.secondUnit = last("--second")
    request.design.population = last("--population")
    request.design.secondPopulation = last("--second-population")
    request.lonely =
      try choice("--lonely", among: ["fail", "adjust", "average", "certainty"]) ?? "fail"
    request.indicator = last("--indicator")
    request.indicatorFile = last("--indicators")
    request.fields = all("--map")
    request.share = last("--share")
    request.mean = last("--mean")
    request.total = last("--total")
    request.ratio = last("--ratio")
    request.over = last("--over")
    request.universe = last("--where")
    request.by = all("--by")
    request.refusesMissing = try choice("--missing", among: ["omit", "refuse"]) == "refuse"
    request.year = last("--year")
    request.group = last("--group")
    request.published = last("--published")
    request.method = last("--method")
    request.isShock = has("--shock")
    request.department = last("--department")
    request.seriesFile = last("--series")
    request.directFile = last("--direct")
    request.level = try share("--level", in: 0.5...0.9999) ?? 0.95
    request.interval = try interval() ?? "logit"
    request.largestVariation = try share("--cv", in: 0.001...10) ?? 0.15
    request.json = has("--json")
    return request
  }

  func surveyPlanRequest() throws(UsageError) -> SurveyPlanRequest {
    try atMost(1)
    guard let expected = try share("--expect", in: 0.000001...0.999999) else {
      throw UsageError(
        what: LocalizedText(
          en: "survey plan needs --expect, the share that you expect: --expect \"5 %\"",
          es: "survey plan necesita --expect, la proporción esperada: --expect \"5 %\""),
        verb: .survey)
    }
    var request = SurveyPlanRequest(share: expected)
    request.margin = try share("--margin", in: 0.0000001...1)
    request.variation = try share("--cv", in: 0.0001...10)
    request.changeTo = try share("--change-to", in: 0...1)
    request.findCases = try integer("--find", in: 1...1_000_000)
    request.cases = try integer("--cases", in: 1...100_000_000)
    request.power = try share("--power", in: 0.01...0.9999) ?? 0.8
    request.level = try share("--level", in: 0.5...0.9999) ?? 0.95
    request.interval = try interval() ?? "linear"
    request.designEffect = try number("--deff", in: 0.01...1000)
    request.correlation = try number("--icc", in: 0...1)
    request.weightVariation = try number("--weight-cv", in: 0...10)
    request.clusterSize = try integer("--per-cluster", in: 1...1_000_000)
    request.clusterCost = try number("--cluster-cost", in: 0.000001...1e12)
    request.interviewCost = try number("--interview-cost", in: 0.000001...1e12)
    request.strata = try integer("--strata-count", in: 1...1_000_000) ?? 1
    request.response = try share("--response", in: 0.01...1) ?? 1
    request.personsPerDwelling = try number("--per-dwelling", in: 0.001...1000) ?? 1
    request.population = try number("--persons", in: 2...1e10)
    request.overlapCorrelation = try number("--overlap", in: 0...0.99) ?? 0
    request.json = has("--json")
    return request
  }

  func surveyIntervalRequest() throws(UsageError) -> SurveyIntervalRequest {
    guard operands.count == 3, let hits = Int(operands[1]), let cases = Int(operands[2]) else {
      throw UsageError(
        what: LocalizedText(
          en: "survey interval takes two counts: survey interval 3 400",
          es: "survey interval pide dos conteos: survey interval 3 400"), verb: .survey)
    }
    var request = SurveyIntervalRequest(hits: hits, cases: cases)
    request.designEffect = try number("--deff", in: 0.01...1000) ?? 1
    request.degreesOfFreedom = try integer("--df", in: 1...1_000_000_000)
    request.level = try share("--level", in: 0.5...0.9999) ?? 0.95
    request.json = has("--json")
    return request
  }

  private func interval() throws(UsageError) -> String? {
    try choice("--interval", among: ["logit", "beta", "wilson", "linear"])
  }

  private func atMost(_ count: Int) throws(UsageError) {
    guard operands.count > count else { return }
    throw UsageError(
      what: LocalizedText(
        en: "'survey' takes one file, or plan, or interval HITS CASES",
        es: "'survey' pide un archivo, o plan, o interval ACIERTOS CASOS"), verb: .survey)
  }

  /// `5 %`, `1 pp` or `0.05`; a bare number above 1 is refused, because it could be meant either way.
  private func share(
    _ flag: String, in allowed: ClosedRange<Double>
  ) throws(UsageError) -> Double? {
    guard let text = last(flag) else { return nil }
    let packed = text.filter { $0 != " " }
    let unit = ["%", "pp"].first { packed.hasSuffix($0) }
    let digits = unit.map { packed.dropLast($0.count) } ?? packed[...]
    if let value = Double(digits) {
      let share = unit == nil ? value : value / 100
      if allowed.contains(share) { return share }
    }
    let hint = unit == nil && Double(digits) != nil ? " (\(text) %?)" : ""
    throw UsageError(
      what: LocalizedText(
        en: "\(flag) wants a share such as 5 % or 0.05, not '\(text)'\(hint)",
        es: "\(flag) pide una proporción como 5 % o 0.05, no '\(text)'\(hint)"), verb: verb)
  }
}
