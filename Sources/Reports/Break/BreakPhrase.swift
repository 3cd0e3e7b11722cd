// Quiebre · Reports
// The sentences on break and goal, in the order of the break test's report.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

enum BreakPhrase: Phrase {
  case asOf
  case noCut
  case breakHeading
  case fallHeading
  case goalHeading
  case rule
  case ruleText
  case observedLevel
  case ownLevel
  case probability
  case both
  case years
  case yearEntry
  case notBy
  case median
  case relapses
  case difference
  case differenceText
  case detected
  case detectedText
  case withGoal
  case figure
  case gap
  case gapText
  case childrenAbove
  case required
  case alreadyMet
  case deadlinePassed
  case requiredText
  case requiredLinear
  case current
  case currentText
  case acceleration
  case neverAtPace
  case yearsAtPace
  case yearReached
  case trackers
  case settingsText
  case notAnswered
  case paceHeading
  case observedFigure
  case observedFigureText
  case practicalZero
  case trackersFrom
  case toExplain
  case toExplainText
  case listsHeading
  case listName
  case listText
  case noList
  case worst
  case worstText
  case seriesSettings
  case drawsGiven

  var text: LocalizedText {
    switch self {
    case .asOf: LocalizedText(en: "as of {1}", es: "con datos hasta {1}")
    case .noCut: LocalizedText(en: "all years", es: "todos los años")
    case .breakHeading:
      LocalizedText(
        en: "Does stagnation break by {1}? ({2})",
        es: "¿Se quiebra el estancamiento hasta {1}? ({2})"
      )
    case .fallHeading:
      LocalizedText(
        en: "Is there a sustained fall by {1}? ({2}; stagnation isn't shown, so it can't break)",
        es: "¿Hay una baja sostenida hasta {1}? ({2}; sin estancamiento mostrado no hay quiebre)")
    case .goalHeading: LocalizedText(en: "Is the goal met? ({1})", es: "¿Se alcanza la meta? ({1})")
    case .rule: LocalizedText(en: "rule", es: "regla")
    case .ruleText:
      LocalizedText(
        en: "falls of at least {1} pp in {2} years running, ending {3} pp below {4}",
        es: "bajas de al menos {1} pp durante {2} años seguidos, hasta {3} pp debajo de {4}")
    case .observedLevel: LocalizedText(en: "the plateau of {1} %", es: "la meseta de {1} %")
    case .ownLevel: LocalizedText(en: "the base year's rate", es: "la tasa del año base")
    case .probability: LocalizedText(en: "probability", es: "probabilidad")
    case .both:
      LocalizedText(en: "{1} · without the money {2}", es: "{1} · sin el dinero {2}")
    case .years: LocalizedText(en: "first year", es: "primer año")
    case .yearEntry: LocalizedText(en: "{1}: {2}", es: "{1}: {2}")
    case .notBy: LocalizedText(en: "not by {1}: {2}", es: "no hasta {1}: {2}")
    case .median: LocalizedText(en: "median {1}", es: "mediana {1}")
    case .relapses: LocalizedText(en: "relapses", es: "recaídas")
    case .difference: LocalizedText(en: "difference", es: "diferencia")
    case .differenceText:
      LocalizedText(
        en: "{1} pp (error {2}): only with the money {3} %, only without {4} %",
        es: "{1} pp (error {2}): solo con el dinero {3} %, solo sin él {4} %")
    case .detected: LocalizedText(en: "survey sees it", es: "la encuesta la ve")
    case .detectedText:
      LocalizedText(
        en: "{1} (without the money {2})", es: "{1} (sin el dinero {2})")
    case .withGoal: LocalizedText(en: "break and goal", es: "quiebre y meta")
    case .figure: LocalizedText(en: "published figure", es: "cifra publicada")
    case .gap: LocalizedText(en: "gap", es: "brecha")
    case .gapText:
      LocalizedText(
        en: "{1} pp above the goal ({2} to {3})", es: "{1} pp sobre la meta ({2} a {3})")
    case .childrenAbove: LocalizedText(en: "children above it", es: "NNA por encima")
    case .required: LocalizedText(en: "pace needed", es: "ritmo necesario")
    case .alreadyMet: LocalizedText(en: "already met", es: "ya alcanzada")
    case .deadlinePassed:
      LocalizedText(
        en: "the deadline isn't after the last figure; P(true rate within the goal) {1}",
        es: "el plazo no es posterior a la última cifra; P(tasa verdadera en la meta) {1}")
    case .requiredText:
      LocalizedText(
        en: "{1} pp a year, or {2} % of the rate a year",
        es: "{1} pp al año, o {2} % de la tasa al año")
    case .requiredLinear: LocalizedText(en: "{1} pp a year", es: "{1} pp al año")
    case .current: LocalizedText(en: "pace so far", es: "ritmo hasta ahora")
    case .currentText:
      LocalizedText(
        en: "{1} % of the rate a year in {2}-{3}", es: "{1} % de la tasa al año en {2}-{3}")
    case .acceleration:
      LocalizedText(
        en: "needed: {1} times that (required AARR / current AARR)",
        es: "se necesita {1} veces eso (AARR requerida / AARR actual)")
    case .neverAtPace: LocalizedText(en: "never at this pace", es: "nunca a este ritmo")
    case .yearsAtPace:
      LocalizedText(
        en: "{1} years if it lasted", es: "{1} años si durara")
    case .yearReached: LocalizedText(en: "year reached", es: "año en que se alcanza")
    case .trackers: LocalizedText(en: "trackers", es: "semáforos")
    case .settingsText:
      LocalizedText(
        en: "seed {1} · {2} draws, {3} effective · rules {4}",
        es: "semilla {1} · {2} sorteos, {3} efectivos · reglas {4}")
    case .paceHeading:
      LocalizedText(
        en: "What does the goal need? (at or below {1} % in {2})",
        es: "¿Qué pide la meta? (a lo sumo {1} % en {2})")
    case .observedFigure: LocalizedText(en: "last figure", es: "última cifra")
    case .observedFigureText: LocalizedText(en: "{1} % in {2} ± {3}", es: "{1} % en {2} ± {3}")
    case .practicalZero:
      LocalizedText(
        en: "a goal of 0 % has no yearly percentage: name a practical zero, such as 1 %",
        es: "una meta de 0 % no tiene porcentaje anual: nombre un cero práctico, como 1 %")
    case .trackersFrom: LocalizedText(en: "trackers, from {1}", es: "semáforos, desde {1}")
    case .toExplain: LocalizedText(en: "to explain", es: "por explicar")
    case .toExplainText:
      LocalizedText(
        en: "{1} % of futures break only without the money: look for lines whose effect range"
          + " reaches into harm",
        es: "{1} % de los futuros se quiebra solo sin el dinero: busque líneas cuyo rango de"
          + " efecto llegue al daño")
    case .listsHeading: LocalizedText(en: "Lists of districts", es: "Listas de distritos")
    case .listName: LocalizedText(en: "will meet {1}", es: "cumplirán {1}")
    case .listText:
      LocalizedText(
        en: "{1} of {2}, of which {3} % are expected wrong (at most {4} %): {5}",
        es: "{1} de {2}, de los que se espera {3} % equivocado (a lo sumo {4} %): {5}")
    case .noList:
      LocalizedText(
        en: "none of {1}: no list has at most {2} % expected wrong",
        es: "ninguno de {1}: ninguna lista tiene a lo sumo {2} % equivocado esperado")
    case .worst: LocalizedText(en: "among the worst {1}", es: "entre los {1} peores")
    case .worstText: LocalizedText(en: "{1} {2}", es: "{1} {2}")
    case .seriesSettings:
      LocalizedText(
        en: "seed {1} · {2} simulated series · rules {3}",
        es: "semilla {1} · {2} series simuladas · reglas {3}")
    case .drawsGiven: LocalizedText(en: "{1} draws given", es: "{1} sorteos dados")
    case .notAnswered:
      LocalizedText(
        en: "{1}: not answered (its ages or area have no draws of their own, or Δ is unknown)",
        es: "{1}: sin respuesta (sus edades o área no tienen sorteos propios, o falta Δ)")
    }
  }
}

extension TrackerRating.Tracker {
  var words: LocalizedText {
    switch self {
    case .progressChart:
      LocalizedText(en: "UN Progress Chart", es: "Progress Chart de la ONU")
    case .openSDG: LocalizedText(verbatim: "Open SDG")
    case .fourArrows: LocalizedText(en: "four arrows", es: "cuatro flechas")
    case .reductionRate: LocalizedText(verbatim: "AARR (UNICEF)")
    }
  }
}

extension TrackerRating.Rating {
  var words: LocalizedText {
    switch self {
    case .onTrack: LocalizedText(en: "on track", es: "en camino")
    case .moderate: LocalizedText(en: "moderate", es: "moderado")
    case .insufficient: LocalizedText(en: "insufficient", es: "insuficiente")
    case .stagnation: LocalizedText(en: "stagnation or regression", es: "estancamiento o retroceso")
    case .deterioration: LocalizedText(en: "deterioration", es: "deterioro")
    case .alreadyMet: LocalizedText(en: "met", es: "alcanzada")
    }
  }
}
