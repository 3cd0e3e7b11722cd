// Quiebre · Diagnostics
// Codes and pages: Q300-Q349 tables, codes and joins by code.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let noCodeColumn = DiagnosticCode(rawValue: "Q300")
  public static let lostZeros = DiagnosticCode(rawValue: "Q301")
  public static let badCode = DiagnosticCode(rawValue: "Q302")
  public static let blankCode = DiagnosticCode(rawValue: "Q303")
  public static let doubledCode = DiagnosticCode(rawValue: "Q304")
  public static let otherCoding = DiagnosticCode(rawValue: "Q305")
  public static let rowWithoutDistrict = DiagnosticCode(rawValue: "Q306")
  public static let districtWithoutRow = DiagnosticCode(rawValue: "Q307")
  public static let nothingMatches = DiagnosticCode(rawValue: "Q308")
  public static let noShape = DiagnosticCode(rawValue: "Q309")
  public static let noChildren = DiagnosticCode(rawValue: "Q311")
  public static let badChildren = DiagnosticCode(rawValue: "Q312")
  public static let badAges = DiagnosticCode(rawValue: "Q313")
  public static let repairedShape = DiagnosticCode(rawValue: "Q314")
  public static let brokenShape = DiagnosticCode(rawValue: "Q315")
  public static let imputedChildren = DiagnosticCode(rawValue: "Q316")
  public static let repeatedField = DiagnosticCode(rawValue: "Q317")
  public static let suspiciousCoordinates = DiagnosticCode(rawValue: "Q318")
  public static let cannotTransform = DiagnosticCode(rawValue: "Q319")

  public static let emptyTable = DiagnosticCode(rawValue: "Q320")
  public static let notUTF8 = DiagnosticCode(rawValue: "Q321")
  public static let notAText = DiagnosticCode(rawValue: "Q322")
  public static let lockFile = DiagnosticCode(rawValue: "Q323")
  public static let badHeader = DiagnosticCode(rawValue: "Q324")
  public static let raggedRow = DiagnosticCode(rawValue: "Q326")
  public static let badQuote = DiagnosticCode(rawValue: "Q327")
  public static let unclearDelimiter = DiagnosticCode(rawValue: "Q329")
  public static let notANumber = DiagnosticCode(rawValue: "Q330")
  public static let thousands = DiagnosticCode(rawValue: "Q331")
  public static let decimalComma = DiagnosticCode(rawValue: "Q332")
  public static let currencySign = DiagnosticCode(rawValue: "Q333")
  public static let percentSign = DiagnosticCode(rawValue: "Q334")
  public static let missingColumn = DiagnosticCode(rawValue: "Q335")
  public static let noBreakSpace = DiagnosticCode(rawValue: "Q336")

  public static let outsideValidRange = DiagnosticCode(rawValue: "Q340")
  public static let onlyNoData = DiagnosticCode(rawValue: "Q341")
  public static let outsideDistricts = DiagnosticCode(rawValue: "Q342")
  public static let noValidCell = DiagnosticCode(rawValue: "Q343")
  public static let nearestTaken = DiagnosticCode(rawValue: "Q344")
  public static let unknownClass = DiagnosticCode(rawValue: "Q345")
  public static let badInterval = DiagnosticCode(rawValue: "Q346")
  public static let cannotJoin = DiagnosticCode(rawValue: "Q347")
  public static let pointsOutside = DiagnosticCode(rawValue: "Q348")
  public static let ratiosAsPercent = DiagnosticCode(rawValue: "Q349")
}

extension CodePage {
  static let tablePages = districtPages + csvPages + surfacePages

  private static let districtPages: [CodePage] = [
    CodePage(
      .noCodeColumn,
      title: LocalizedText(
        en: "no attribute holds the codes",
        es: "ningún atributo tiene los códigos"),
      text: LocalizedText(
        en: """
          Districts are known by their code. Set data.code to the attribute of the polygons that \
          holds it; the message names attributes whose values could be codes. A feature's id is \
          used if there is no such attribute.
          """,
        es: """
          Los distritos se conocen por su código. Ponga en data.code el atributo de los \
          polígonos que lo tiene; el mensaje nombra los atributos cuyos valores podrían ser \
          códigos. Si no hay tal atributo se usa el id de cada objeto.
          """)),
    CodePage(
      .lostZeros,
      title: LocalizedText(
        en: "codes have lost their leading zero",
        es: "los códigos perdieron su cero inicial"),
      text: LocalizedText(
        en: """
          A spreadsheet reads 010101 as the number 10101. Import the column as text, or let \
          `quiebre join --fix-zeros FILE` write a mended copy and show every change.
          """,
        es: """
          Una hoja de cálculo lee 010101 como el número 10101. Importe la columna como texto, o \
          deje que `quiebre join --fix-zeros ARCHIVO` escriba una copia corregida y muestre cada \
          cambio.
          """)),
    CodePage(
      .badCode,
      title: LocalizedText(
        en: "a text is no district code",
        es: "un texto no es un código de distrito"),
      text: LocalizedText(
        en: """
          A code has the number of digits that the country's settings give, and nothing else. \
          Names, decimals such as 10101.0 and codes of other levels are refused.
          """,
        es: """
          Un código tiene la cantidad de dígitos que fija la configuración del país, y nada más. \
          Se rechazan nombres, decimales como 10101.0 y códigos de otros niveles.
          """)),
    CodePage(
      .blankCode,
      title: LocalizedText(
        en: "a row has no code",
        es: "una fila no tiene código"),
      text: LocalizedText(
        en: """
          Every row belongs to a district. Totals and notes below a table must be deleted before \
          it is read.
          """,
        es: """
          Toda fila pertenece a un distrito. Los totales y las notas al pie de la tabla deben \
          borrarse antes de leerla.
          """)),
    CodePage(
      .doubledCode,
      title: LocalizedText(
        en: "a code stands twice",
        es: "un código está dos veces"),
      text: LocalizedText(
        en: """
          Two rows or two polygons with one code: which of them counts would be a guess. Keep \
          one row per district; merge the parts of one district into one feature.
          """,
        es: """
          Dos filas o dos polígonos con un mismo código: cuál vale sería adivinar. Deje una fila \
          por distrito; una en un solo objeto las partes de un distrito.
          """)),
    CodePage(
      .otherCoding,
      title: LocalizedText(
        en: "the codes are of another office",
        es: "los códigos son de otra oficina"),
      text: LocalizedText(
        en: """
          Two offices number the same districts differently, and most codes exist in both lists \
          but name another district. The names in the table, or codes that only one list has, \
          prove which one was used. Declare it with `coding`, or let `quiebre join --recode` \
          translate the table.
          """,
        es: """
          Dos oficinas numeran los mismos distritos de modo distinto, y casi todos los códigos \
          existen en ambas listas pero nombran otro distrito. Los nombres de la tabla, o los \
          códigos que solo una lista tiene, prueban cuál se usó. Declárela con `coding`, o deje \
          que `quiebre join --recode` traduzca la tabla.
          """)),
    CodePage(
      .rowWithoutDistrict,
      title: LocalizedText(
        en: "rows belong to no district",
        es: "hay filas que no son de ningún distrito"),
      text: LocalizedText(
        en: """
          Their codes are not among the polygons (or, without polygons, the facts). Reasons are \
          given where the table of changes, a name or the province tell one. The rows are not \
          used.
          """,
        es: """
          Sus códigos no están entre los polígonos (o, sin polígonos, entre los datos del país). \
          Se da la razón cuando la dicen la tabla de cambios, un nombre o la provincia. Esas \
          filas no se usan.
          """)),
    CodePage(
      .districtWithoutRow,
      title: LocalizedText(
        en: "districts have no row",
        es: "hay distritos sin fila"),
      text: LocalizedText(
        en: """
          The table says nothing about them, so its fields are empty there. Districts created \
          after the table was made are the usual cause.
          """,
        es: """
          La tabla no dice nada de ellos, así que sus campos quedan vacíos allí. Lo habitual es \
          que sean distritos creados después de la tabla.
          """)),
    CodePage(
      .nothingMatches,
      title: LocalizedText(
        en: "no row matches a district",
        es: "ninguna fila coincide con un distrito"),
      text: LocalizedText(
        en: """
          Most likely the wrong column was taken for the code, or the table is of another \
          country, level or coding.
          """,
        es: """
          Lo más probable es que se tomó otra columna como código, o que la tabla es de otro \
          país, nivel o codificación.
          """)),
    CodePage(
      .noShape,
      title: LocalizedText(
        en: "districts have no shape",
        es: "hay distritos sin forma"),
      text: LocalizedText(
        en: """
          The layer lists them with a null or empty geometry. They keep their facts, but no \
          raster, point or polygon can be joined to them; their quality is no_shape.
          """,
        es: """
          La capa los lista con geometría nula o vacía. Conservan sus datos, pero no se les \
          puede cruzar ningún ráster, punto ni polígono; su calidad es no_shape.
          """)),
    CodePage(
      .noChildren,
      title: LocalizedText(
        en: "districts have no number of children",
        es: "hay distritos sin número de niños"),
      text: LocalizedText(
        en: """
          Without children a district can neither be weighted nor counted. Complete the \
          population table, or declare its vintage so that the table of changes can act.
          """,
        es: """
          Sin niños un distrito no se puede ponderar ni contar. Complete la tabla de población, \
          o declare su versión para que actúe la tabla de cambios.
          """)),
    CodePage(
      .badChildren,
      title: LocalizedText(
        en: "a number of children can't be",
        es: "un número de niños no puede ser"),
      text: LocalizedText(
        en: """
          Counts of persons are zero or more.
          """,
        es: """
          Los conteos de personas son cero o más.
          """)),
    CodePage(
      .badAges,
      title: LocalizedText(
        en: "the table of single ages is incomplete or doubled",
        es: "la tabla de edades simples está incompleta o repetida"),
      text: LocalizedText(
        en: """
          For a district in it, every age from 5 to 17 stands once per year, and the year to be \
          used is chosen if there are several.
          """,
        es: """
          Para cada distrito que está en ella, cada edad de 5 a 17 aparece una vez por año, y se \
          elige el año a usar si hay varios.
          """)),
    CodePage(
      .repairedShape,
      title: LocalizedText(
        en: "invalid shapes were repaired",
        es: "se repararon formas inválidas"),
      text: LocalizedText(
        en: """
          A ring crosses itself, holes overlap, or parts do. The repair keeps holes as holes; \
          ground gained and lost is given in km² against what a map shows. See data.repair.
          """,
        es: """
          Un anillo se cruza a sí mismo, o se superponen huecos o partes. La reparación conserva \
          los huecos; se da en km² lo ganado y lo perdido frente a lo que muestra un mapa. Véase \
          data.repair.
          """)),
    CodePage(
      .brokenShape,
      title: LocalizedText(
        en: "a shape can't be used",
        es: "una forma no se puede usar"),
      text: LocalizedText(
        en: """
          A ring is not closed or has too few points, or an invalid shape was left as it is and \
          would count ground twice.
          """,
        es: """
          Un anillo no está cerrado o tiene muy pocos puntos, o una forma inválida se dejó así y \
          contaría terreno dos veces.
          """)),
    CodePage(
      .imputedChildren,
      title: LocalizedText(
        en: "children were filled in",
        es: "se completó el número de niños"),
      text: LocalizedText(
        en: """
          On request, districts without a number of children take the mean of their province, \
          else of their department. Their quality is imputed.
          """,
        es: """
          A pedido, los distritos sin número de niños toman el promedio de su provincia o, si \
          no, de su departamento. Su calidad es imputed.
          """)),
    CodePage(
      .repeatedField,
      title: LocalizedText(
        en: "two tables give one field",
        es: "dos tablas dan un mismo campo"),
      text: LocalizedText(
        en: """
          A formula could not tell which of them is meant. Rename one with `fields`.
          """,
        es: """
          Una fórmula no sabría cuál se quiere. Cambie el nombre de uno con `fields`.
          """)),
    CodePage(
      .suspiciousCoordinates,
      title: LocalizedText(
        en: "coordinates can't be what their system says",
        es: "las coordenadas no pueden ser lo que dice su sistema"),
      text: LocalizedText(
        en: """
          Latitude before longitude, meters declared as degrees, or degrees declared as a \
          projection. A map would be empty or mirrored, so it is refused.
          """,
        es: """
          La latitud antes que la longitud, metros declarados como grados, o grados declarados \
          como proyección. El mapa saldría vacío o reflejado: se rechaza.
          """)),
    CodePage(
      .cannotTransform,
      title: LocalizedText(
        en: "coordinates can't be transformed",
        es: "no se pueden transformar las coordenadas"),
      text: LocalizedText(
        en: """
          The coordinate reference system is unknown to PROJ, or a point lies outside the area \
          where it is defined. State it as EPSG:…
          """,
        es: """
          PROJ no conoce el sistema de coordenadas, o un punto queda fuera de la zona en que \
          está definido. Indíquelo como EPSG:…
          """)),
  ]
}
