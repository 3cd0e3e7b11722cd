// Quiebre · Diagnostics
// Pages of the codes of a fit to microdata: Q528, Q529, Q544-Q547.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let fitPages: [CodePage] = [
    page(
      .badOutcome, en: "an outcome that isn't 0 or 1", es: "un resultado que no es 0 ni 1",
      """
      The outcome of a risk model is 1 for a child in child labor and 0 for any other, and both must \
      occur. Recode other marks before the fit.
      """,
      """
      El resultado de un modelo de riesgo es 1 para una niña o niño en trabajo infantil y 0 para los \
      demás, y deben darse ambos. Recodifique otras marcas antes del ajuste.
      """),
    page(
      .missingCell, en: "empty cells in a survey's file", es: "celdas vacías en una encuesta",
      """
      A row with an empty cell in a column that is used can't be counted. It is never filled in by \
      guess: mend the file, or leave such rows out with `--missing drop`, which says how many.
      """,
      """
      Una fila con una celda vacía en una columna usada no se puede contar. Nunca se rellena por \
      suposición: corrija el archivo, o deje fuera esas filas con `--missing drop`, que dice cuántas.
      """),
    page(
      .separatedFit, en: "an outcome told for certain", es: "un resultado dicho con certeza",
      """
      Terms that settle the outcome of some rows (separation) have no finite coefficient: the larger \
      it is, the better it fits. Other programs stop at some large number and print a meaningless \
      error. Usually a level is rare, or a column is the outcome in disguise. Group the level, leave \
      the term out, or look at the lines that the message names.
      """,
      """
      Los términos que deciden el resultado de algunas filas (separación) no tienen coeficiente \
      finito: cuanto mayor, mejor ajusta. Otros programas se detienen en algún número grande e \
      imprimen un error sin sentido. Suele ser un nivel raro, o una columna que es el resultado \
      disfrazado. Agrupe el nivel, quite el término, o mire las líneas que nombra el mensaje.
      """),
    page(
      .dependentColumn, en: "terms that can't be told apart", es: "términos que no se distinguen",
      """
      A column that is constant, doubled, or a sum of others (collinearity) has no coefficient of \
      its own. The message gives the combination; leave one of its columns out.
      """,
      """
      Una columna constante, repetida o suma de otras (colinealidad) no tiene coeficiente propio. El \
      mensaje da la combinación; quite una de sus columnas.
      """),
    page(
      .noFit, en: "no model with these settings", es: "ningún modelo con estos ajustes",
      """
      Outcome, terms and rows must allow a fit: every term a column of its own, fewer coefficients \
      than rows, categories of at most 100 levels. The message says what stands in the way.
      """,
      """
      Resultado, términos y filas deben permitir un ajuste: cada término una columna propia, menos \
      coeficientes que filas, categorías de 100 niveles como máximo. El mensaje dice qué lo impide.
      """),
    page(
      .weakFit, en: "a fit that rests on little", es: "un ajuste que se apoya en poco",
      """
      The model was fitted, but part of it rests on few cases or clusters, or a check can't be made. \
      The message says which.
      """,
      """
      El modelo se ajustó, pero una parte se apoya en pocos casos o conglomerados, o una \
      comprobación no se puede hacer. El mensaje dice cuál.
      """),
  ]
}
