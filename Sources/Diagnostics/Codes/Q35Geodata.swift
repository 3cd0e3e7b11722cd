// Quiebre · Diagnostics
// Codes and pages: Q310 and Q350-Q399 geodata files, shapes, rasters, CRS.
// SPDX-License-Identifier: Apache-2.0

extension DiagnosticCode {
  public static let gridHeader = Self(rawValue: "Q350")
  public static let gridValue = Self(rawValue: "Q351")
  public static let gridCount = Self(rawValue: "Q352")
  public static let gridWithoutData = Self(rawValue: "Q353")
  public static let crsAssumed = Self(rawValue: "Q354")
  public static let crsUnknown = Self(rawValue: "Q355")
  public static let noDataAssumed = Self(rawValue: "Q356")
  public static let longitudesAcross = Self(rawValue: "Q357")
  public static let bandMissing = Self(rawValue: "Q358")
  public static let needsGDAL = Self(rawValue: "Q310")
}

extension CodePage {
  static let geodataPages: [CodePage] =
    [
      CodePage(
        .needsGDAL,
        title: LocalizedText(
          en: "the format needs GDAL", es: "el formato necesita GDAL"),
        text: LocalizedText(
          en: """
            This program was built without GDAL, so it reads GeoJSON, CSV and ESRI ASCII grids \
            only. Install libgdal-dev and build again, or convert the file.
            """,
          es: """
            Este programa se compiló sin GDAL, por eso solo lee GeoJSON, CSV y grillas ASCII de \
            ESRI. Instale libgdal-dev y compile de nuevo, o convierta el archivo.
            """))
    ] + gridPages

  private static let gridPages: [CodePage] = [
    CodePage(
      .gridHeader,
      title: LocalizedText(
        en: "the header of an ASCII grid is wrong",
        es: "la cabecera de una grilla ASCII es incorrecta"),
      text: LocalizedText(
        en: """
          An ESRI ASCII grid starts with ncols, nrows, xllcorner (or xllcenter), yllcorner (or \
          yllcenter), cellsize (or dx and dy) and, if cells lack data, NODATA_value: one name and \
          one number a line, in any order. The x and y are those of the lower left corner.
          """,
        es: """
          Una grilla ASCII de ESRI empieza con ncols, nrows, xllcorner (o xllcenter), yllcorner (o \
          yllcenter), cellsize (o dx y dy) y, si hay celdas sin dato, NODATA_value: un nombre y un \
          número por línea, en cualquier orden. Las x, y son las de la esquina inferior izquierda.
          """)),
    CodePage(
      .gridValue,
      title: LocalizedText(
        en: "a value of a grid is not a number", es: "un valor de la grilla no es un número"),
      text: LocalizedText(
        en: """
          Values are plain numbers with a decimal point, parted by spaces. A decimal comma, a \
          thousands mark or a text such as `-` or `S.I.` stops the reading: write NODATA_value \
          where there is no data.
          """,
        es: """
          Los valores son números con punto decimal, separados por espacios. Una coma decimal, un \
          separador de miles o un texto como `-` o `S.I.` detiene la lectura: escriba NODATA_value \
          donde no haya dato.
          """)),
    CodePage(
      .gridCount,
      title: LocalizedText(
        en: "a grid has too few or too many values",
        es: "la grilla tiene valores de menos o de más"),
      text: LocalizedText(
        en: """
          The header promises nrows rows of ncols values. A grid with another count would be read \
          shifted, each value in a neighboring cell, so it is refused; the message names the row.
          """,
        es: """
          La cabecera promete nrows filas de ncols valores. Con otra cantidad los valores quedarían \
          corridos a celdas vecinas, por eso se rechaza; el mensaje nombra la fila.
          """)),
    CodePage(
      .gridWithoutData,
      title: LocalizedText(
        en: "no cell of the raster holds data", es: "ninguna celda del ráster tiene datos"),
      text: LocalizedText(
        en: """
          Every cell equals the no-data value or is not a number. Often the no-data value was set \
          wrongly or another band is meant.
          """,
        es: """
          Todas las celdas son iguales al valor sin dato o no son números. A menudo el valor sin \
          dato está mal puesto o se quiso otra banda.
          """)),
    CodePage(
      .crsAssumed,
      title: LocalizedText(
        en: "the file states no coordinate system",
        es: "el archivo no dice su sistema de referencia"),
      text: LocalizedText(
        en: """
          Without a .prj file or a stated `crs`, coordinates inside -180…180 and -90…90 are taken \
          as longitude and latitude on WGS 84; a note says so. State `crs` to settle it.
          """,
        es: """
          Sin archivo .prj ni `crs` indicado, coordenadas dentro de -180…180 y -90…90 se toman como \
          longitud y latitud en WGS 84; una nota lo dice. Indique `crs` para dejarlo claro.
          """)),
    CodePage(
      .crsUnknown,
      title: LocalizedText(
        en: "the coordinate system cannot be told",
        es: "no se puede saber el sistema de referencia"),
      text: LocalizedText(
        en: """
          The file states no coordinate system, or one that is not understood, and its coordinates \
          are not degrees. A wrong guess would put values in other districts, so none is made: \
          state it, for instance crs = "EPSG:32718".
          """,
        es: """
          El archivo no dice su sistema de referencia, o dice uno que no se entiende, y sus \
          coordenadas no son grados. Una suposición errada llevaría valores a otros distritos, por \
          eso no se hace: indíquelo, por ejemplo crs = "EPSG:32718".
          """)),
    CodePage(
      .noDataAssumed,
      title: LocalizedText(
        en: "-9999 was taken as \"no data\"", es: "-9999 se tomó como \"sin dato\""),
      text: LocalizedText(
        en: """
          The header has no NODATA_value line. The format's default is -9999, and the grid has \
          cells of that value: they count as empty.
          """,
        es: """
          La cabecera no tiene NODATA_value. El valor por omisión del formato es -9999 y la grilla \
          tiene celdas con ese valor: cuentan como vacías.
          """)),
    CodePage(
      .longitudesAcross,
      title: LocalizedText(
        en: "a raster runs across 180 degrees", es: "el ráster cruza los 180 grados"),
      text: LocalizedText(
        en: """
          Longitudes of 0…360 are turned to -180…180 if the raster spans the globe or lies wholly \
          beyond 180. One that lies partly on either side would fall apart: cut out the country.
          """,
        es: """
          Las longitudes 0…360 se giran a -180…180 si el ráster abarca el globo o está entero más \
          allá de 180. Uno que está en parte a cada lado quedaría partido: recorte el país.
          """)),
    CodePage(
      .bandMissing,
      title: LocalizedText(en: "the raster has no such band", es: "el ráster no tiene esa banda"),
      text: LocalizedText(
        en: "Bands count from 1. The message says how many there are; gdalinfo lists them.",
        es: "Las bandas se cuentan desde 1. El mensaje dice cuántas hay; gdalinfo las lista.")),
  ]
}
