// Quiebre · Reports
// Every column there is, in the order of the map layer, with its title in two languages.
// SPDX-License-Identifier: Apache-2.0

/// The dictionary behind map properties, table headers, QGIS aliases and `explain`.
public enum ColumnDictionary {
  static let code = Column(
    "ubigeo", .text, es: "Código del distrito (ubigeo)", en: "District code")
  static let department = Column("department", .text, es: "Departamento", en: "Department")
  static let province = Column("province", .text, es: "Provincia", en: "Province")
  static let district = Column("district", .text, es: "Distrito", en: "District")
  static let scenario = Column("scenario", .text, es: "Escenario", en: "Scenario")
  static let shape = Column(
    "shape", .text, es: "Forma: real o esquemática", en: "Shape: real or schematic")
  static let children = Column(
    "children", .integer, "persons", es: "Niñas, niños y adolescentes 5-17, año base",
    en: "Children 5-17, base year")
  static let risk = Column("risk", .decimal(2), "%", es: "Riesgo MIRTI", en: "MIRTI risk")
  static let risk05 = Column(
    "risk_p05", .decimal(2), "%", es: "Riesgo MIRTI, 5 %", en: "MIRTI risk, 5 %")
  static let risk95 = Column(
    "risk_p95", .decimal(2), "%", es: "Riesgo MIRTI, 95 %", en: "MIRTI risk, 95 %")
  static let riskClass = Column(
    "risk_class", .text, es: "Clase de riesgo (high alto, medium medio, low bajo)",
    en: "Risk class")
  static let highProbability = Column(
    "p_high", .decimal(1), "%", es: "Probabilidad de la clase alta",
    en: "Probability of the high class")
  static let factor1 = Column("factor_1", .text, es: "Primer factor", en: "Top factor")
  static let factor2 = Column("factor_2", .text, es: "Segundo factor", en: "Second factor")
  static let factor3 = Column("factor_3", .text, es: "Tercer factor", en: "Third factor")
  static let hotspot = Column(
    "hotspot", .text, es: "Zona caliente o fría (LISA)", en: "Hot or cold spot (LISA)")
  static let rateBase = Column(
    "rate_base", .decimal(2), "%", es: "Tasa en el año base (mediana)",
    en: "Rate in the base year (median)")
  static let rateEnd = Column(
    "rate_end", .decimal(2), "%", es: "Tasa en el año final (mediana)",
    en: "Rate in the final year (median)")
  static let rate05 = Column("rate_p05", .decimal(2), "%", es: "Tasa, 5 %", en: "Rate, 5 %")
  static let rate50 = Column(
    "rate_p50", .decimal(2), "%", es: "Tasa, mediana", en: "Rate, median")
  static let rate95 = Column("rate_p95", .decimal(2), "%", es: "Tasa, 95 %", en: "Rate, 95 %")
  static let rateMean = Column(
    "rate_mean", .decimal(2), "%", es: "Tasa, media", en: "Rate, mean")
  static let changeBase = Column(
    "chg_base", .decimal(3), "pp", es: "Cambio desde el año base (diferencia de medianas)",
    en: "Change since the base year (difference of medians)")
  static let changeReference = Column(
    "chg_ref", .decimal(3), "pp", es: "Cambio frente a la línea de base (mediana pareada)",
    en: "Change against the baseline (paired median)")
  static let change05 = Column(
    "chg_p05", .decimal(3), "pp", es: "Cambio frente a la línea de base, 5 %",
    en: "Change against the baseline, 5 %")
  static let change95 = Column(
    "chg_p95", .decimal(3), "pp", es: "Cambio frente a la línea de base, 95 %",
    en: "Change against the baseline, 95 %")
  static let changeMean = Column(
    "chg_mean", .decimal(3), "pp", es: "Cambio frente a la línea de base (diferencia de medias)",
    en: "Change against the baseline (difference of means)")
  static let working = Column(
    "working", .decimal(1), "persons", es: "Trabajan (media)", en: "Children working (mean)")
  static let avoided = Column(
    "avoided", .decimal(1), "child-years", es: "Años-niño de trabajo evitados (media)",
    en: "Child-years of work avoided (mean)")
  static let goalProbability = Column(
    "p_goal", .decimal(1), "%", es: "Probabilidad de alcanzar la meta nacional",
    en: "Probability of the national goal")
  static let breakProbability = Column(
    "p_break", .decimal(1), "%", es: "Probabilidad de quiebre del estancamiento",
    en: "Probability that stagnation breaks")
  static let worstProbability = Column(
    "p_worst", .decimal(1), "%",
    es: "Probabilidad de estar entre los k distritos de tasa más alta (k: output.worst)",
    en: "Probability of being among the k districts with the highest rates (k: output.worst)")
  static let rate25 = Column("rate_p25", .decimal(2), "%", es: "Tasa, 25 %", en: "Rate, 25 %")
  static let rate75 = Column("rate_p75", .decimal(2), "%", es: "Tasa, 75 %", en: "Rate, 75 %")
  static let input = Column("input", .text, es: "Dato incierto", en: "Uncertain input")
  static let outcome = Column(
    "outcome", .text, es: "Respuesta: rate tasa final, avoided años-niño evitados",
    en: "Answer: rate of the final year, avoided child-years")
  static let firstOrder = Column(
    "first", .decimal(2), "%", es: "Parte de la varianza que explica por sí solo",
    en: "Share of the variance that it explains alone")
  static let firstOrderError = Column(
    "first_se", .decimal(2), "%", es: "Error estándar de esa parte",
    en: "Standard error of that share")
  static let measure = Column("measure", .text, es: "Medida", en: "Measure")
  static let value05 = Column(
    "value_p05", .decimal(4), "index or pp", es: "Valor, 5 %", en: "Value, 5 %")
  static let value50 = Column(
    "value_p50", .decimal(4), "index or pp", es: "Valor, mediana", en: "Value, median")
  static let value95 = Column(
    "value_p95", .decimal(4), "index or pp", es: "Valor, 95 %", en: "Value, 95 %")
  static let valueMean = Column(
    "value_mean", .decimal(4), "index or pp", es: "Valor, media", en: "Value, mean")
  static let money = Column(
    "money", .decimal(2), "money", es: "Dinero ubicado (moneda constante)",
    en: "Money placed (constant prices)")
  static let perChild = Column(
    "per_child", .decimal(2), "money/child/year", es: "Dinero por NNA y año",
    en: "Money per child and year")
  static let coverage = Column(
    "coverage", .decimal(2), "%",
    es: "Cobertura final: al menos una línea, si llegan sin relación entre sí",
    en: "Final coverage: at least one line, if lines reach independently")
  static let quality = Column(
    "quality", .text, es: "Calidad del dato", en: "Data quality")
  static let year = Column("year", .integer, es: "Año", en: "Year")
  static let date = Column("date", .date, es: "Fecha (1 de enero)", en: "Date (1 January)")
  static let dateEnd = Column(
    "date_end", .date, es: "Fecha final (31 de diciembre)", en: "Last date (31 December)")
  static let ages = Column("ages", .text, es: "Edades", en: "Ages")
  static let level = Column(
    "level", .text, es: "Nivel: nation, department, province", en: "Level")
  static let areaCode = Column("code", .text, es: "Código del área", en: "Area code")
  static let areaName = Column("name", .text, es: "Nombre del área", en: "Area name")
  static let districts = Column(
    "districts", .integer, es: "Número de distritos", en: "Number of districts")
  static let rateUnder14 = Column(
    "rate_u14", .decimal(2), "%", es: "Tasa 5-13 (mediana)", en: "Rate 5-13 (median)")
  static let rateFrom14 = Column(
    "rate_o14", .decimal(2), "%", es: "Tasa 14-17 (mediana)", en: "Rate 14-17 (median)")
  static let line = Column("line", .text, es: "Línea presupuestal", en: "Budget line")
  static let lineSpanish = Column("name_es", .text, es: "Nombre", en: "Name in Spanish")
  static let lineEnglish = Column("name_en", .text, es: "Nombre en inglés", en: "Name")
  static let lineKind = Column("kind", .text, es: "Tipo de línea", en: "Kind of line")
  static let source = Column(
    "source", .text, es: "Filas de evidencia; vacío = supuesto",
    en: "Rows of evidence; empty = assumed")
  static let approved = Column(
    "approved", .decimal(2), "money", es: "Dinero aprobado", en: "Money approved")
  static let newMoney = Column(
    "new_money", .decimal(2), "money", es: "Dinero nuevo frente a la línea de base",
    en: "New money against the baseline")
  static let national = Column(
    "national", .decimal(2), "money", es: "Dinero sin distrito (nacional)",
    en: "Money without a district (national)")
  static let placed = Column(
    "placed", .decimal(2), "money", es: "Dinero ubicado en distritos",
    en: "Money placed in districts")
  static let unplaced = Column(
    "unplaced", .decimal(2), "money", es: "Dinero sin ubicar", en: "Money left unplaced")
  static let lowProbability = Column(
    "p_low", .decimal(1), "%", es: "Probabilidad de la clase baja",
    en: "Probability of the low class")
  static let mediumProbability = Column(
    "p_medium", .decimal(1), "%", es: "Probabilidad de la clase media",
    en: "Probability of the medium class")
  static let riskWorking = Column(
    "risk_work", .decimal(1), "persons", es: "NNA en trabajo infantil según el riesgo",
    en: "Children in child labor by the risk")

  /// The properties of a map feature, in order; `districts.csv` has the same.
  static let map: [Column] = [
    code, department, province, district, scenario, shape, children, risk, risk05, risk95,
    riskClass, highProbability, factor1, factor2, factor3, hotspot, rateBase, rateEnd, rate05,
    rate95, changeBase, changeReference, change05, change95, working, avoided, goalProbability,
    breakProbability, worstProbability, money, perChild, coverage, quality,
  ]

  /// Every column, for `explain` and for the tests.
  public static let all: [Column] =
    map + [
      rate25, rate75, input, outcome, firstOrder, firstOrderError, measure, value05, value50,
      value95, valueMean,
      year, date, dateEnd, ages, level, areaCode, areaName, districts, rate50, rateMean, changeMean,
      rateUnder14,
      rateFrom14, line, lineSpanish, lineEnglish, lineKind, source, approved, newMoney, national,
      placed, unplaced, lowProbability, mediumProbability, riskWorking,
    ]
}
