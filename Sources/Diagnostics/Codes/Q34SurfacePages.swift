// Quiebre · Diagnostics
// Pages of Q340-Q349: joining surfaces to districts.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let surfacePages: [CodePage] = [
    CodePage(
      .outsideValidRange,
      title: LocalizedText(
        en: "a value is outside what is possible",
        es: "un valor está fuera de lo posible"),
      text: LocalizedText(
        en: """
          A surface in percent lies between 0 and 100; `valid` sets another range. Values such \
          as -9999 often mean no data: declare them with `nodata`.
          """,
        es: """
          Una superficie en porcentaje está entre 0 y 100; `valid` fija otro rango. Valores como \
          -9999 suelen significar sin dato: declárelos con `nodata`.
          """)),
    CodePage(
      .onlyNoData,
      title: LocalizedText(
        en: "a surface has no value",
        es: "una superficie no tiene ningún valor"),
      text: LocalizedText(
        en: """
          Every cell (or every cell under the districts) is no-data, or all of them weigh \
          nothing. Check band, no-data value and weight.
          """,
        es: """
          Todas las celdas (o todas las que están bajo los distritos) son sin dato, o ninguna \
          pesa. Revise la banda, el valor de sin dato y el peso.
          """)),
    CodePage(
      .outsideDistricts,
      title: LocalizedText(
        en: "a surface lies outside all districts",
        es: "una superficie queda fuera de todos los distritos"),
      text: LocalizedText(
        en: """
          Most likely its coordinate reference system is not the one declared.
          """,
        es: """
          Lo más probable es que su sistema de coordenadas no sea el declarado.
          """)),
    CodePage(
      .noValidCell,
      title: LocalizedText(
        en: "districts have no valid value",
        es: "hay distritos sin valor válido"),
      text: LocalizedText(
        en: """
          No cell with data touches them, or no point lies in them. They get no value and the \
          quality no_cell, unless `fallback` is "nearest".
          """,
        es: """
          Ninguna celda con dato los toca, o ningún punto está en ellos. Quedan sin valor y con \
          calidad no_cell, salvo que `fallback` sea "nearest".
          """)),
    CodePage(
      .nearestTaken,
      title: LocalizedText(
        en: "districts took the nearest value",
        es: "hay distritos que tomaron el valor más cercano"),
      text: LocalizedText(
        en: """
          On request, a district without a valid value takes that of the cell or point nearest \
          to a point inside it. Its quality is nearest.
          """,
        es: """
          A pedido, un distrito sin valor válido toma el de la celda o punto más cercano a un \
          punto interior suyo. Su calidad es nearest.
          """)),
    CodePage(
      .ratiosAsPercent,
      title: LocalizedText(
        en: "ratios declared as per cent", es: "proporciones declaradas como porcentaje"),
      text: LocalizedText(
        en: """
          With unit = "%" a file holds 22.5 for 22.5 %. A file that never exceeds 1 holds ratios, \
          most likely: then leave the unit out, or every value counts a hundred times too low.
          """,
        es: """
          Con unit = "%" un archivo tiene 22.5 para 22.5 %. Un archivo que nunca pasa de 1 tiene \
          proporciones, muy probablemente: quite entonces la unidad, o cada valor cuenta cien \
          veces menos.
          """)),
    CodePage(
      .unknownClass,
      title: LocalizedText(
        en: "classes don't fit the values",
        es: "las clases no corresponden a los valores"),
      text: LocalizedText(
        en: """
          A share needs categories: list the values of each class, or use a mean for \
          measurements.
          """,
        es: """
          Una proporción necesita categorías: liste los valores de cada clase, o use un promedio \
          para mediciones.
          """)),
    CodePage(
      .badInterval,
      title: LocalizedText(
        en: "an interval is out of order",
        es: "un intervalo está en desorden"),
      text: LocalizedText(
        en: """
          The 5 % limit, the value and the 95 % limit come in ascending order.
          """,
        es: """
          El límite de 5 %, el valor y el límite de 95 % van en orden ascendente.
          """)),
    CodePage(
      .cannotJoin,
      title: LocalizedText(
        en: "this can't be taken of such a surface",
        es: "eso no se puede tomar de esta superficie"),
      text: LocalizedText(
        en: """
          Points give sums, means, extremes and counts. Polygons give medians, quantiles and \
          classes too, by shared ground; where the extremes lie, and weights, need a raster.
          """,
        es: """
          Los puntos dan sumas, promedios, extremos y conteos. Los polígonos dan también \
          medianas, cuantiles y clases, según el terreno común; dónde están los extremos, y los \
          pesos, piden un ráster.
          """)),
    CodePage(
      .pointsOutside,
      title: LocalizedText(
        en: "points lie outside all districts",
        es: "hay puntos fuera de todos los distritos"),
      text: LocalizedText(
        en: """
          They count nowhere. A few at coasts and borders are usual; many mean wrong \
          coordinates.
          """,
        es: """
          No cuentan en ninguna parte. Unos pocos en costas y fronteras son normales; muchos \
          indican coordenadas erradas.
          """)),
  ]
}
