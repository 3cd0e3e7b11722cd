// Quiebre · Diagnostics
// Codes and pages: Q650-Q699 writing results.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let cannotWrite = DiagnosticCode(rawValue: "Q650")
  public static let diskFull = DiagnosticCode(rawValue: "Q651")
  public static let resultExists = DiagnosticCode(rawValue: "Q652")
}

extension CodePage {
  static let writingPages: [CodePage] = [
    CodePage(
      .cannotWrite,
      title: LocalizedText(en: "Cannot write", es: "No se puede escribir"),
      text: LocalizedText(
        en: """
          The system refused to write a file or a folder: a missing right, a file where a folder is
          needed, a read-only disk. Results are written beside their final place and renamed at the
          end, so nothing half-written is left. Choose another place with --out.
          """,
        es: """
          El sistema no permitió escribir un archivo o una carpeta: falta un permiso, hay un archivo
          donde hace falta una carpeta, o el disco es de solo lectura. Los resultados se escriben
          aparte y se renombran al final, así que nada queda a medias. Elija otro lugar con --out.
          """)),
    CodePage(
      .diskFull,
      title: LocalizedText(en: "Disk full", es: "Disco lleno"),
      text: LocalizedText(
        en: """
          The disk (or your quota) was full before the result was complete. What had been written
          was removed again. A run of Peru needs some 15 MB. Free some space or use --out.
          """,
        es: """
          El disco (o su cuota) se llenó antes de completar el resultado. Lo escrito se borró. Una
          corrida del Perú necesita unos 15 MB. Libere espacio o use --out.
          """)),
    CodePage(
      .resultExists,
      title: LocalizedText(en: "Result folder exists", es: "La carpeta de resultados ya existe"),
      text: LocalizedText(
        en: """
          A folder of this name holds another content. The name carries the first digits of the
          result hash, so this happens when the files in it were changed, or two results share
          those digits. Finished results are never overwritten unasked: use --force or --out.
          """,
        es: """
          Ya hay una carpeta con ese nombre y otro contenido. El nombre lleva los primeros dígitos
          del hash del resultado, así que esto pasa si se cambiaron sus archivos o si dos resultados
          comparten esos dígitos. Un resultado terminado no se sobrescribe sin pedirlo: use --force
          u --out.
          """)),
  ]
}
