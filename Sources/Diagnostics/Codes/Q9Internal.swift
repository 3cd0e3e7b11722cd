// Quiebre · Diagnostics
// Codes and pages: Q9 faults of ours.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let internalFault = DiagnosticCode(rawValue: "Q901")
  public static let interrupted = DiagnosticCode(rawValue: "Q902")
}

extension CodePage {
  static let internalPages: [CodePage] = [
    CodePage(
      .internalFault,
      title: LocalizedText(en: "A fault of ours", es: "Una falla nuestra"),
      text: LocalizedText(
        en: """
          Quiebre met a state that its authors thought impossible. Nothing was written. Please
          report it with the message, the scenario and the output of `quiebre version`.
          """,
        es: """
          Quiebre llegó a un estado que sus autores creían imposible. No se escribió nada. Por favor
          infórmelo con el mensaje, el escenario y la salida de `quiebre version`.
          """)),
    CodePage(
      .interrupted,
      title: LocalizedText(en: "Interrupted", es: "Interrumpido"),
      text: LocalizedText(
        en: "Ctrl-C ended the run. Nothing was written; the same command starts it again.",
        es: "Ctrl-C terminó la corrida. No se escribió nada; el mismo comando la repite.")),
  ]
}
