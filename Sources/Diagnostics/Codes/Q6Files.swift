// Quiebre · Diagnostics
// Codes and pages: Q6 reading and writing files.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let fileMissing = Self(rawValue: "Q601")
  public static let fileForbidden = Self(rawValue: "Q602")
  public static let fileIsFolder = Self(rawValue: "Q603")
  public static let fileEmpty = Self(rawValue: "Q604")
  public static let fileUnreadable = Self(rawValue: "Q605")
  public static let fileIsLock = Self(rawValue: "Q606")
}

extension CodePage {
  static let filePages: [CodePage] = [
    CodePage(
      .fileMissing,
      title: LocalizedText(en: "the file does not exist", es: "el archivo no existe"),
      text: LocalizedText(
        en: """
          Paths start at the file that names them, or at the working folder when typed as an \
          argument. The message names the file of that folder whose name is nearest, if one is \
          near: upper and lower case differ.
          """,
        es: """
          Las rutas parten del archivo que las nombra, o de la carpeta de trabajo si se escriben \
          como argumento. El mensaje dice qué archivo de esa carpeta tiene el nombre más parecido, \
          si lo hay: se distinguen mayúsculas y minúsculas.
          """)),
    CodePage(
      .fileForbidden,
      title: LocalizedText(
        en: "the file may not be read", es: "no hay permiso para leer el archivo"),
      text: LocalizedText(
        en: "Your user has no right to read the file or to enter its folder. `ls -l` shows rights.",
        es: """
          Su usuario no tiene permiso para leer el archivo o entrar en su carpeta. `ls -l` muestra \
          los permisos.
          """)),
    CodePage(
      .fileIsFolder,
      title: LocalizedText(
        en: "a folder stands where a file is due", es: "hay una carpeta donde debe ir un archivo"),
      text: LocalizedText(
        en: "Name the file inside the folder.", es: "Nombre el archivo que está en la carpeta.")),
    CodePage(
      .fileEmpty,
      title: LocalizedText(en: "the file is empty", es: "el archivo está vacío"),
      text: LocalizedText(
        en: "The file has no bytes: often a download or a copy that broke off. Fetch it again.",
        es: """
          El archivo no tiene ni un byte: suele ser una descarga o copia interrumpida. Vuelva a \
          obtenerlo.
          """)),
    CodePage(
      .fileUnreadable,
      title: LocalizedText(
        en: "the system failed to read the file", es: "el sistema no pudo leer el archivo"),
      text: LocalizedText(
        en: """
          The file exists, yet reading it failed; the message gives the system's own words. A \
          network drive that went away or a broken disk does this.
          """,
        es: """
          El archivo existe, pero la lectura falló; el mensaje repite lo que dice el sistema. Lo \
          causa una unidad de red que se desconectó o un disco dañado.
          """)),
    CodePage(
      .fileIsLock,
      title: LocalizedText(
        en: "this is a lock file of Excel", es: "es un archivo de bloqueo de Excel"),
      text: LocalizedText(
        en: """
          Excel keeps a small file whose name starts with `~$` beside a workbook that is open. It \
          holds no data. Name the workbook itself, and close it in Excel first.
          """,
        es: """
          Excel guarda, junto a un libro abierto, un archivo pequeño cuyo nombre empieza con `~$`. \
          No tiene datos. Nombre el libro mismo y ciérrelo antes en Excel.
          """)),
  ]
}
