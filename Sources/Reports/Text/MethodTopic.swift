// Quiebre · Reports
// Short pages on how numbers come about: what `quiebre explain break` prints.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A page on a method or a word that results use.
public enum MethodTopic: String, CaseIterable, Sendable {
  case rate
  case risk
  case stagnation
  case tolerance
  case breakTest = "break"
  case goal
  case exit
  case calibration
  case coverage
  case money
  case intervals
  case schematic
  case hash

  public var title: LocalizedText {
    switch self {
    case .rate: LocalizedText(en: "Rate and definition", es: "Tasa y definición")
    case .risk: LocalizedText(en: "MIRTI risk and its classes", es: "Riesgo MIRTI y sus clases")
    case .stagnation: LocalizedText(en: "When is it stagnation?", es: "¿Cuándo hay estancamiento?")
    case .tolerance: LocalizedText(en: "The tolerance Δ", es: "La tolerancia Δ")
    case .breakTest: LocalizedText(en: "When does it break?", es: "¿Cuándo se quiebra?")
    case .goal: LocalizedText(en: "Goal and its probability", es: "Meta y su probabilidad")
    case .exit:
      LocalizedText(en: "Yearly exit, the great unknown", es: "Salida anual, la gran incógnita")
    case .calibration: LocalizedText(en: "Draws and their weights", es: "Simulaciones y sus pesos")
    case .coverage:
      LocalizedText(en: "From money to children reached", es: "Del dinero a los NNA atendidos")
    case .money: LocalizedText(en: "Money, to the céntimo", es: "Dinero, al céntimo")
    case .intervals: LocalizedText(en: "What intervals hold", es: "Qué contienen los intervalos")
    case .schematic: LocalizedText(en: "Schematic shapes", es: "Formas esquemáticas")
    case .hash: LocalizedText(en: "The hash of a result", es: "El hash de un resultado")
    }
  }
}
