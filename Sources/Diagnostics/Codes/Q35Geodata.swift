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
  public static let geoJSONStructure = Self(rawValue: "Q360")
  public static let geometryUnusable = Self(rawValue: "Q361")
  public static let geometryPosition = Self(rawValue: "Q362")
  public static let ringTooShort = Self(rawValue: "Q363")
  public static let ringUnclosed = Self(rawValue: "Q364")
  public static let coordinatesNotDegrees = Self(rawValue: "Q365")
  public static let heightsDropped = Self(rawValue: "Q366")
  public static let layerEmpty = Self(rawValue: "Q367")
  public static let layerMissing = Self(rawValue: "Q368")
  public static let textEncoding = Self(rawValue: "Q369")
  public static let gdalRefused = Self(rawValue: "Q370")
  public static let bandUnusable = Self(rawValue: "Q371")
  public static let rasterTooLarge = Self(rawValue: "Q372")
  public static let rasterWithoutPlace = Self(rawValue: "Q373")
  public static let rasterRotated = Self(rawValue: "Q374")
  public static let bandScaled = Self(rawValue: "Q375")
  public static let archiveUnclear = Self(rawValue: "Q376")
  public static let featureOffGlobe = Self(rawValue: "Q377")
  public static let acrossAntimeridian = Self(rawValue: "Q378")
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
    ] + gridPages + featurePages + formatPages

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

  private static let featurePages: [CodePage] = [
    CodePage(
      .geoJSONStructure,
      title: LocalizedText(
        en: "the file is not a GeoJSON layer", es: "el archivo no es una capa GeoJSON"),
      text: LocalizedText(
        en: """
          A layer is {"type": "FeatureCollection", "features": […]}; each feature has "type": "Feature", a \
          geometry and properties. TopoJSON, Esri JSON and bare geometries are other formats: convert them.
          """,
        es: """
          Una capa es {"type": "FeatureCollection", "features": […]}; cada elemento tiene "type": "Feature", \
          geometría y propiedades. TopoJSON, Esri JSON y geometrías sueltas son otros formatos: conviértalos.
          """)),
    CodePage(
      .geometryUnusable,
      title: LocalizedText(en: "a geometry of no use here", es: "una geometría que no sirve aquí"),
      text: LocalizedText(
        en: """
          Districts are polygons or multipolygons; places are points. Lines, lists of points and \
          geometry collections say nothing about an area: keep the polygons only.
          """,
        es: """
          Los distritos son polígonos o multipolígonos; los lugares, puntos. Líneas, listas de puntos y \
          colecciones no describen un área: deje solo los polígonos.
          """)),
    CodePage(
      .geometryPosition,
      title: LocalizedText(
        en: "coordinates are not lists of numbers", es: "las coordenadas no son listas de números"),
      text: LocalizedText(
        en: """
          A position is two numbers (longitude, latitude), perhaps a height. null, a text or a wrong \
          nesting is refused; to say that a district has no shape, write "geometry": null.
          """,
        es: """
          Una posición son dos números (longitud, latitud) y quizá una altura. Se rechaza null, texto o un \
          anidado incorrecto; si un distrito no tiene forma, escriba "geometry": null.
          """)),
    CodePage(
      .ringTooShort,
      title: LocalizedText(en: "a ring has too few points", es: "un anillo tiene muy pocos puntos"),
      text: LocalizedText(
        en: """
          A ring bounds an area, so it needs three corners and returns to the first: four positions. A \
          shorter one is a rest of editing or simplifying: remove it.
          """,
        es: """
          Un anillo limita un área: necesita tres vértices y vuelve al primero, cuatro posiciones. Uno más \
          corto es un resto de edición o simplificación: quítelo.
          """)),
    CodePage(
      .ringUnclosed,
      title: LocalizedText(en: "a ring was closed", es: "se cerró un anillo"),
      text: LocalizedText(
        en: """
          The last position of a ring must repeat the first. Where it didn't, the straight line back to \
          the first point was added. If points are missing at the end, export the layer again.
          """,
        es: """
          La última posición de un anillo debe repetir la primera. Donde faltaba, se añadió la recta de \
          vuelta al primer punto. Si faltan puntos al final, exporte la capa de nuevo.
          """)),
    CodePage(
      .acrossAntimeridian,
      title: LocalizedText(
        en: "an edge spans more than half the globe", es: "un lado abarca más de medio globo"),
      text: LocalizedText(
        en: """
          Edges are straight in longitude and latitude, so one from 170 to −170 runs around the globe \
          the long way. A shape across the antimeridian must be cut there into two parts, as \
          RFC 7946 asks. It is read as it stands.
          """,
        es: """
          Los lados son rectos en longitud y latitud: uno de 170 a −170 da la vuelta larga al globo. \
          Una forma que cruza el antimeridiano debe cortarse ahí en dos partes, como pide \
          RFC 7946. Se lee tal como está.
          """)),
    CodePage(
      .coordinatesNotDegrees,
      title: LocalizedText(en: "coordinates are not degrees", es: "las coordenadas no son grados"),
      text: LocalizedText(
        en: """
          The file says longitude and latitude (GeoJSON always does unless a 'crs' member says \
          otherwise), yet numbers lie outside ±180 and ±90. They may be meters of a projection, or \
          latitude and longitude may be swapped.
          """,
        es: """
          El archivo dice longitud y latitud (GeoJSON siempre, salvo que un miembro 'crs' diga otra cosa), \
          pero hay números fuera de ±180 y ±90. Pueden ser metros de una proyección, o estar \
          invertidas latitud y longitud.
          """)),
    CodePage(
      .heightsDropped,
      title: LocalizedText(en: "heights are left out", es: "se dejan fuera las alturas"),
      text: LocalizedText(
        en: """
          Positions carry a third number. Areas and joins use the first two only.
          """,
        es: """
          Las posiciones llevan un tercer número. Las áreas y los cruces solo usan los dos primeros.
          """)),
    CodePage(
      .layerEmpty,
      title: LocalizedText(en: "the layer has no features", es: "la capa no tiene elementos"),
      text: LocalizedText(
        en: """
          The layer was read and holds nothing: perhaps a filter was on during export.
          """,
        es: """
          La capa se leyó y no contiene nada: quizá había un filtro al exportar.
          """)),
  ]

  private static let formatPages: [CodePage] = [
    CodePage(
      .layerMissing,
      title: LocalizedText(en: "which layer of the file", es: "qué capa del archivo"),
      text: LocalizedText(
        en: """
          A GeoPackage may hold several layers. Choose with file#layer; without it the first is read and \
          a note lists the others. A name that isn't there is an error.
          """,
        es: """
          Un GeoPackage puede tener varias capas. Elija con archivo#capa; sin ello se lee la primera y una \
          nota lista las demás. Un nombre que no existe es un error.
          """)),
    CodePage(
      .textEncoding,
      title: LocalizedText(en: "text in another encoding", es: "texto en otra codificación"),
      text: LocalizedText(
        en: """
          Shapefiles say their encoding in a .cpg file beside the .dbf. Without it names with accents \
          would come out wrong, so the file is refused.
          """,
        es: """
          Los shapefile dicen su codificación en un archivo .cpg junto al .dbf. Sin él los nombres con \
          tilde saldrían mal, por eso se rechaza el archivo.
          """)),
    CodePage(
      .gdalRefused,
      title: LocalizedText(en: "GDAL cannot read the file", es: "GDAL no puede leer el archivo"),
      text: LocalizedText(
        en: """
          The message repeats what GDAL said. A layer is read whole or not at all: a fault in one \
          feature refuses the file.
          """,
        es: """
          El mensaje repite lo que dijo GDAL. Una capa se lee entera o no se lee: una falla en un elemento \
          hace rechazar el archivo.
          """)),
    CodePage(
      .bandUnusable,
      title: LocalizedText(en: "a band of complex numbers", es: "una banda de números complejos"),
      text: LocalizedText(
        en: """
          Radar products store complex numbers. Export the intensity or another plain band first.
          """,
        es: """
          Los productos de radar guardan números complejos. Exporte antes la intensidad u otra banda simple.
          """)),
    CodePage(
      .rasterTooLarge,
      title: LocalizedText(en: "the raster is too large", es: "el ráster es demasiado grande"),
      text: LocalizedText(
        en: """
          A band is read whole, up to 268 million cells (2 GB). Cut out the country, or average to \
          coarser cells with gdalwarp.
          """,
        es: """
          Una banda se lee entera, hasta 268 millones de celdas (2 GB). Recorte el país o promedie a celdas \
          mayores con gdalwarp.
          """)),
    CodePage(
      .rasterWithoutPlace,
      title: LocalizedText(
        en: "the raster has no place on the map", es: "el ráster no tiene lugar en el mapa"),
      text: LocalizedText(
        en: """
          The file says neither where its first cell lies nor how large cells are: a picture, or a \
          world file that was left behind. Fetch the .tfw or set the corners with gdal_translate.
          """,
        es: """
          El archivo no dice dónde está su primera celda ni cuánto miden: es una imagen, o se perdió el \
          archivo .tfw. Recupérelo o fije las esquinas con gdal_translate.
          """)),
    CodePage(
      .rasterRotated,
      title: LocalizedText(en: "the raster is rotated", es: "el ráster está girado"),
      text: LocalizedText(
        en: """
          Rows must run from west to east and columns from north to south (or the other way round). \
          gdalwarp turns a rotated raster.
          """,
        es: """
          Las filas deben ir de oeste a este y las columnas de norte a sur (o al revés). gdalwarp endereza \
          un ráster girado.
          """)),
    CodePage(
      .bandScaled,
      title: LocalizedText(
        en: "stored numbers were scaled", es: "se escalaron los números guardados"),
      text: LocalizedText(
        en: """
          The file stores whole numbers and says how to turn them into values (scale and offset). This \
          was done. `nodata` in a scenario is compared with the stored numbers.
          """,
        es: """
          El archivo guarda enteros y dice cómo convertirlos en valores (escala y desplazamiento). Se hizo. \
          `nodata` en un escenario se compara con los números guardados.
          """)),
    CodePage(
      .archiveUnclear,
      title: LocalizedText(en: "which file of the archive", es: "qué archivo del comprimido"),
      text: LocalizedText(
        en: """
          A .zip with one GeoPackage, Shapefile, FlatGeobuf or GeoJSON is read as it is. With none or \
          several, name the inner file: /vsizip/archive.zip/inner.gpkg
          """,
        es: """
          Un .zip con un solo GeoPackage, Shapefile, FlatGeobuf o GeoJSON se lee tal cual. Si no hay \
          ninguno o hay varios, nombre el de dentro: /vsizip/archivo.zip/interno.gpkg
          """)),
    CodePage(
      .featureOffGlobe,
      title: LocalizedText(
        en: "a feature has no place on the globe", es: "un elemento no tiene lugar en el globo"),
      text: LocalizedText(
        en: """
          Its coordinates cannot be turned into longitude and latitude: the layer's coordinate \
          system is wrong, or a point was mistyped.
          """,
        es: """
          Sus coordenadas no se pueden convertir en longitud y latitud: el sistema de referencia de \
          la capa es incorrecto, o un punto está mal escrito.
          """)),
  ]
}
