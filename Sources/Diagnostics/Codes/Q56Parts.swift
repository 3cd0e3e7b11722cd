// Quiebre · Diagnostics
// Codes and pages: Q559 and Q567-Q569 shards, checkpoints, `quiebre merge`.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let noCheckpoint = DiagnosticCode(rawValue: "Q559")
  public static let damagedPart = DiagnosticCode(rawValue: "Q567")
  public static let foreignPart = DiagnosticCode(rawValue: "Q568")
  public static let partsIncomplete = DiagnosticCode(rawValue: "Q569")
}

extension CodePage {
  static let partPages: [CodePage] = [
    CodePage(
      .noCheckpoint,
      title: LocalizedText(en: "No checkpoint", es: "No hay punto de control"),
      text: LocalizedText(
        en: """
          --resume goes on from the checkpoint that an interrupted call of the same run left in its
          folder of results. There is none: the run was never interrupted, is finished, or its
          scenario, inputs, replicas or seed are others now. It begins from the start.
          """,
        es: """
          --resume sigue desde el punto de control que dejó una llamada interrumpida de la misma
          corrida en su carpeta de resultados. No hay ninguno: nunca se interrumpió, ya terminó, o su
          escenario, datos, réplicas o semilla son otros. Empieza de cero.
          """)),
    CodePage(
      .damagedPart,
      title: LocalizedText(
        en: "Not a whole part of a run", es: "No es una parte íntegra de una corrida"),
      text: LocalizedText(
        en: """
          A part begins with QPART01, says in a JSON header what it holds, and ends with the SHA-256 of
          all before: `head -c -64 FILE | sha256sum` must give its last 64 characters. Parts are
          renamed into place when they are whole, so damage comes from copying or the disk. Remove it
          and run its shard again.
          """,
        es: """
          Una parte empieza con QPART01, dice en un encabezado JSON qué contiene y termina con el
          SHA-256 de todo lo anterior: `head -c -64 ARCHIVO | sha256sum` debe dar sus últimos 64
          caracteres. Las partes reciben su nombre cuando están completas, así que el daño viene de la
          copia o del disco. Bórrela y corra de nuevo su fragmento.
          """)),
    CodePage(
      .foreignPart,
      title: LocalizedText(en: "A part of another run", es: "Una parte de otra corrida"),
      text: LocalizedText(
        en: """
          Parts can be put together only if scenario, inputs, --set, replicas, seed, number of shards
          and the version of Quiebre are the same. Each part carries a fingerprint of them. Merge where
          the scenario's files stand as they stood for the shards.
          """,
        es: """
          Las partes solo se unen si escenario, datos, --set, réplicas, semilla, número de fragmentos y
          versión de Quiebre son los mismos. Cada parte lleva una huella de todo eso. Una donde los
          archivos del escenario estén como estaban para los fragmentos.
          """)),
    CodePage(
      .partsIncomplete,
      title: LocalizedText(
        en: "Missing or doubled shards", es: "Fragmentos que faltan o se repiten"),
      text: LocalizedText(
        en: "quiebre merge wants every shard from 1 to n of the run once.",
        es: "quiebre merge pide cada fragmento de la corrida, de 1 a n, una vez.")),
  ]
}
