// Quiebre · Reports
// The sentences on the observed series, in the order of the break test's report.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Statistics

enum ObservedPhrase: Phrase {
  case heading
  case used
  case derived
  case approximate
  case published
  case unknown
  case leftOut
  case publishedLater
  case shock
  case beforeSince
  case methods
  case oneMethod
  case offset
  case ratio
  case offsetText
  case tipping
  case tippingText
  case noFallSeen
  case notSeparable
  case visible
  case visibleText
  case planned
  case looks
  case looksText
  case joinpoint
  case fixedInAdvance
  case tooShortForSearch
  case searched
  case likelihoodRatio
  case allOrders
  case randomOrders
  case severalJoinpoints
  case jump
  case noSamplingP
  case supported
  case notSupported
  case perfectFit
  case inseparable
  case pace
  case paceText
  case pStagnant
  case additiveIgnored
  case paceBefore
  case tolerance
  case toleranceText
  case otherTolerance
  case ruleGiven
  case ruleNeededPace
  case ruleRate
  case verdict
  case yearsMissing
  case stagnationShown
  case stagnationPossible
  case stagnationNo
  case level
  case levelText
  case noFit
  case withoutDerived
  case opinion
  case opinionBend
  case opinionPace
  case opinionPrior

  var text: LocalizedText {
    switch self {
    case .heading:
      LocalizedText(en: "Observed series {1}, {2}", es: "Serie observada {1}, {2}")
    case .used: LocalizedText(en: "used", es: "usados")
    case .derived:
      LocalizedText(
        en: "* worked out from other figures", es: "* calculado a partir de otras cifras")
    case .published: LocalizedText(en: "errors as published", es: "errores publicados")
    case .approximate:
      LocalizedText(
        en: "errors approximate, from sample sizes", es: "errores aproximados, por tamaño muestral")
    case .unknown:
      LocalizedText(en: "sampling errors unknown", es: "errores muestrales desconocidos")
    case .leftOut: LocalizedText(en: "left out", es: "fuera")
    case .publishedLater: LocalizedText(en: "{1} (published later)", es: "{1} (publicado después)")
    case .shock: LocalizedText(en: "{1} (shock)", es: "{1} (choque)")
    case .beforeSince: LocalizedText(en: "{1} (before the plateau)", es: "{1} (antes de la meseta)")
    case .methods: LocalizedText(en: "methods", es: "métodos")
    case .oneMethod: LocalizedText(en: "one", es: "uno")
    case .offset:
      LocalizedText(en: "joined by a level offset", es: "unidos por un desfase de nivel")
    case .ratio:
      LocalizedText(
        en: "joined by a ratio of {1} (error {2})", es: "unidos por una razón de {1} (error {2})")
    case .offsetText:
      LocalizedText(
        en: "{1} measures {2} pp against the newest method (error {3})",
        es: "{1} mide {2} pp frente al método más nuevo (error {3})")
    case .tipping: LocalizedText(en: "tipping point", es: "punto de vuelco")
    case .tippingText:
      LocalizedText(
        en: "the fall to {1} % in {2} is gone if the change from {4} to {5} alone lowers the figure"
          + " by {3} pp (plateau {6} % in {7})",
        es: "la baja a {1} % en {2} desaparece si el solo cambio de {4} a {5} reduce la cifra en"
          + " {3} pp (meseta {6} % en {7})")
    case .noFallSeen:
      LocalizedText(
        en:
          "{1} % in {2} isn't seen as a fall from the plateau, {3} % in {4}, whatever the methods do",
        es:
          "{1} % en {2} no se ve como baja desde la meseta, {3} % en {4}, hagan lo que hagan los métodos"
      )
    case .notSeparable:
      LocalizedText(
        en:
          "years of the plateau before the change {1}, after it {2}: too few to tell a change of method from a real one",
        es:
          "años de la meseta antes del cambio {1}, después {2}: muy pocos para distinguir método y cambio real"
      )
    case .visible: LocalizedText(en: "can be seen", es: "detectable")
    case .visibleText:
      LocalizedText(
        en: "a fall of {1} pp between two surveys, a pace of {2} pp a year; flat at Δ ≥ {3} (80 %)",
        es:
          "una baja de {1} pp entre dos encuestas, un ritmo de {2} pp al año; plana con Δ ≥ {3} (80 %)"
      )
    case .planned:
      LocalizedText(
        en: "yearly surveys up to {1}: a pace of {2} pp a year; flat at Δ ≥ {3}",
        es: "encuestas anuales hasta {1}: un ritmo de {2} pp al año; plana con Δ ≥ {3}")
    case .looks: LocalizedText(en: "several looks", es: "varias miradas")
    case .looksText:
      LocalizedText(
        en: "look once, in {1}. {2} yearly looks at 5 % are wrong {3} % of the time:"
          + " ask each for {4} errors, or two running for 1.64 ({5} %)",
        es: "mire una vez, en {1}. {2} miradas anuales al 5 % se equivocan {3} % de las veces:"
          + " pida {4} errores a cada una, o 1.64 a dos seguidas ({5} %)")
    case .joinpoint: LocalizedText(en: "joinpoint", es: "punto de giro")
    case .fixedInAdvance:
      LocalizedText(
        en: "{1}, fixed in advance: neither searched nor tested",
        es: "{1}, fijado de antemano: ni buscado ni probado")
    case .tooShortForSearch:
      LocalizedText(
        en: "none sought: too few years", es: "no se busca: muy pocos años")
    case .searched:
      LocalizedText(
        en: "best {1}, plausible {2}; p_sampling {3}, p_permutation {4}: {5}",
        es: "mejor {1}, plausibles {2}; p_muestreo {3}, p_permutación {4}: {5}")
    case .likelihoodRatio:
      LocalizedText(
        en: "LR {1}; 5 % point {2} from {3} simulated series; {4} orders of the residuals, {5}",
        es: "LR {1}; punto de 5 % {2} de {3} series simuladas; {4} órdenes de los residuos, {5}")
    case .allOrders: LocalizedText(en: "all there are", es: "todos los que hay")
    case .randomOrders: LocalizedText(en: "at random", es: "al azar")
    case .severalJoinpoints:
      LocalizedText(en: "BIC3 takes {1} joinpoints: {2}", es: "BIC3 toma {1} puntos de giro: {2}")
    case .jump:
      LocalizedText(
        en: "check, decides nothing: a jump after {1} ({2} pp), Q = {3} against {4} with the bend",
        es: "control, no decide: un salto tras {1} ({2} pp), Q = {3} frente a {4} con el giro")
    case .noSamplingP: LocalizedText(en: "unknown", es: "desconocida")
    case .supported: LocalizedText(en: "supported", es: "respaldado")
    case .notSupported: LocalizedText(en: "not supported", es: "no respaldado")
    case .perfectFit: LocalizedText(en: "perfect fit", es: "ajuste perfecto")
    case .inseparable:
      LocalizedText(
        en: "can't be told from a change of method: {1}",
        es: "no se distinguen de un cambio de método: {1}")
    case .pace: LocalizedText(en: "last pace", es: "último ritmo")
    case .paceText:
      LocalizedText(
        en: "{1}: {2} pp a year (error {3}; 90 % {4} to {5})",
        es: "{1}: {2} pp al año (error {3}; 90 % {4} a {5})")
    case .pStagnant:
      LocalizedText(en: "; p(stagnant) {1}, Δ* {2}", es: "; p(estancada) {1}, Δ* {2}")
    case .additiveIgnored:
      LocalizedText(
        en: "doesn't count: fewer than 3 degrees of freedom",
        es: "no cuenta: menos de 3 grados de libertad")
    case .paceBefore: LocalizedText(en: "pace before", es: "ritmo previo")
    case .tolerance: LocalizedText(en: "tolerance", es: "tolerancia")
    case .toleranceText:
      LocalizedText(
        en: "Δ = {1} pp a year ({2}); stagnation would be shown from Δ* = {3}",
        es: "Δ = {1} pp al año ({2}); se mostraría estancamiento desde Δ* = {3}")
    case .otherTolerance:
      LocalizedText(en: "with Δ = {1} ({2}): {3}", es: "con Δ = {1} ({2}): {3}")
    case .ruleGiven: LocalizedText(en: "given", es: "dada")
    case .ruleNeededPace:
      LocalizedText(en: "{1} % of the pace needed", es: "{1} % del ritmo necesario")
    case .ruleRate: LocalizedText(en: "{1} % of the rate", es: "{1} % de la tasa")
    case .verdict: LocalizedText(en: "verdict", es: "veredicto")
    case .yearsMissing:
      LocalizedText(
        en: "at least {1} more years are needed for any other label",
        es: "faltan al menos {1} años para cualquier otra etiqueta")
    case .stagnationShown:
      LocalizedText(en: "stagnation shown", es: "estancamiento mostrado")
    case .stagnationPossible:
      LocalizedText(en: "stagnation possible, not shown", es: "estancamiento posible, no mostrado")
    case .stagnationNo: LocalizedText(en: "no stagnation", es: "sin estancamiento")
    case .level: LocalizedText(en: "plateau", es: "meseta")
    case .levelText:
      LocalizedText(
        en: "L = {1} % (error {2} pp) since {3}", es: "L = {1} % (error {2} pp) desde {3}")
    case .noFit:
      LocalizedText(en: "no line fitted: too few years", es: "sin recta: muy pocos años")
    case .withoutDerived: LocalizedText(en: "without derived", es: "sin derivados")
    case .opinion: LocalizedText(en: "second opinion", es: "segunda opinión")
    case .opinionBend: LocalizedText(en: "P(joinpoint) {1}", es: "P(punto de giro) {1}")
    case .opinionPace:
      LocalizedText(
        en: "P(pace within ±Δ) {1}, P(fall of Δ or more) {2}",
        es: "P(ritmo dentro de ±Δ) {1}, P(baja de Δ o más) {2}")
    case .opinionPrior:
      LocalizedText(
        en: "Bayesian, decides nothing; believed before: level ± {1} pp, paces ± {2} pp a year,"
          + " P(joinpoint) {3} %",
        es: "bayesiana, no decide; se creía antes: nivel ± {1} pp, ritmos ± {2} pp al año,"
          + " P(punto de giro) {3} %")
    }
  }
}

extension PaceLabel {
  var words: LocalizedText {
    switch self {
    case .falling:
      LocalizedText(
        en: "falling: a fall of at least Δ a year is shown",
        es: "baja: se muestra una baja de al menos Δ al año")
    case .stagnant: LocalizedText(en: "stagnant: shown", es: "estancada: mostrado")
    case .rising: LocalizedText(en: "rising: shown", es: "sube: mostrado")
    case .fallingSizeNotShown:
      LocalizedText(en: "falling, size not shown", es: "baja, tamaño no mostrado")
    case .risingSizeNotShown:
      LocalizedText(en: "rising, size not shown", es: "sube, tamaño no mostrado")
    case .undetermined:
      LocalizedText(
        en: "undetermined: fits stagnation and a real change alike",
        es: "indeterminado: compatible con estancamiento y con un cambio real")
    }
  }
}

extension NoiseMode {
  var words: LocalizedText {
    switch self {
    case .sampling: LocalizedText(en: "sampling", es: "muestreo")
    case .additive: LocalizedText(en: "with yearly noise", es: "con ruido anual")
    case .scaled: LocalizedText(en: "scaled", es: "escalado")
    }
  }
}

extension ProbabilityWord {
  var words: LocalizedText {
    switch self {
    case .exceptionallyUnlikely:
      LocalizedText(en: "exceptionally unlikely", es: "excepcionalmente improbable")
    case .veryUnlikely: LocalizedText(en: "very unlikely", es: "muy improbable")
    case .unlikely: LocalizedText(en: "unlikely", es: "improbable")
    case .aboutAsLikelyAsNot:
      LocalizedText(en: "about as likely as not", es: "tan probable como improbable")
    case .likely: LocalizedText(en: "likely", es: "probable")
    case .veryLikely: LocalizedText(en: "very likely", es: "muy probable")
    case .virtuallyCertain: LocalizedText(en: "virtually certain", es: "virtualmente seguro")
    }
  }
}
