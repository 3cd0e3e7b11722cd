// Quiebre · QuiebreKit
// `simulation.draws`: an analyst's own parameter draws, read and checked cell by cell.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import LaborModel

/// A file of parameter draws, CSV or `.qdraws`, before its columns are held against a scenario.
struct DrawsFile {
  /// A column that numbers the draws; it is allowed and not used.
  static let number = "draw"
  static let weight = "weight"
  static let mark = "QDRAWS1\n"
  static let most = 1_000_000

  let path: String
  let columns: [String]
  let count: Int
  private let content: Content

  private enum Content {
    case table(CSVTable)
    case binary(SealedFile.Content)
  }

  init(_ path: String, store: InputStore) throws(DiagnosticList) {
    self.path = path
    if path.lowercased().hasSuffix(".qdraws") {
      let bytes = try store.file(path).bytes
      let (sealed, columns, count) = try DrawsFile.opened(bytes, path: path)
      content = .binary(sealed)
      (self.columns, self.count) = (columns, count)
      store.note(rows: count, of: path)
    } else {
      let table = try store.table(path)
      content = .table(table)
      (columns, count) = (table.columns, table.rowCount)
    }
    guard (1...DrawsFile.most).contains(count) else { throw DiagnosticList(wrongCount) }
  }

  private static func opened(
    _ bytes: [UInt8], path: String
  ) throws(DiagnosticList) -> (SealedFile.Content, [String], Int) {
    guard let sealed = SealedFile.content(of: bytes, named: path, mark: mark),
      let names = sealed.header.root["columns"]?.array?.map({ $0.string ?? "" }),
      let count = sealed.header.root["draws"]?.integer, count >= 0,
      Set(names).count == names.count,
      !count.multipliedReportingOverflow(by: 8 * max(1, names.count)).overflow,
      sealed.range.count == names.count * count * 8
    else { throw DiagnosticList(damaged(path)) }
    return (sealed, names, count)
  }

  /// The draws, held against what the scenario has.
  ///
  /// - Parameter parameters: What may be given.
  /// - Returns: The draws, and a note of the parameters that keep their own.
  /// - Throws: Every unknown column, and the first faults of each column's cells.
  func checked(
    _ parameters: [DrawableParameter]
  ) throws(DiagnosticList) -> (draws: ParameterDraws, notes: [Diagnostic]) {
    let known = Dictionary(
      parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var faults = TableFaults(file: path)
    var found: [ParameterDraws.Column] = []
    var weights: [Double]?
    for (index, name) in columns.enumerated() where name != DrawsFile.number {
      guard name == DrawsFile.weight || known[name] != nil else {
        faults.add(unknown(name, among: parameters.map(\.name)))
        continue
      }
      let allowed = known[name]?.possible ?? 0...Double.greatestFiniteMagnitude
      let values = numbers(index, name: name, allowed: allowed, &faults)
      if name == DrawsFile.weight {
        weights = values
      } else {
        found.append(.init(name: name, values: values))
      }
    }
    let total = weights?.reduce(0, +) ?? 1
    if !faults.hasErrors, !(total > 0 && total.isFinite) { faults.add(noWeight) }
    try faults.throwErrors()
    let draws = ParameterDraws(count: count, columns: found, weights: weights)
    return (draws, notes(parameters, draws))
  }

  private func numbers(
    _ column: Int, name: String, allowed: ClosedRange<Double>, _ faults: inout TableFaults
  ) -> [Double] {
    let read = cells(column, &faults)
    for (row, value) in read.enumerated() {
      guard let value else {
        faults.add(outOfRange(column, row, name: name, value: nil, allowed: allowed))
        continue
      }
      // What isn't a number is in no range.
      if !allowed.contains(value) {
        faults.add(outOfRange(column, row, name: name, value: value, allowed: allowed))
      }
    }
    return read.map { $0 ?? 0 }
  }

  private func cells(_ column: Int, _ faults: inout TableFaults) -> [Double?] {
    switch content {
    case .table(let table):
      do throws(DiagnosticList) { return try table.numbers(column) } catch {
        faults.add(error.items)
        return []
      }
    case .binary(let sealed):
      let start = sealed.range.lowerBound + column * count * 8
      return [Double](littleEndianBytes: sealed.bytes[start..<start + count * 8])
    }
  }

  private func place(_ column: Int, _ row: Int) -> SourcePlace {
    switch content {
    case .table(let table): table.place(column, row)
    case .binary: SourcePlace(file: path)
    }
  }
}

// Faults and notes.
extension DrawsFile {
  private func unknown(_ name: String, among known: [String]) -> Diagnostic {
    let nearest = nearestName(to: name, in: known + [DrawsFile.weight])
    return Diagnostic(
      .unknownParameter, entry: name, at: SourcePlace(file: path, line: 1, column: 0),
      what: LocalizedText(
        en: "column '\(name)' is no parameter of this scenario",
        es: "la columna '\(name)' no es un parámetro de este escenario"),
      why: LocalizedText(
        en: "a draw that nothing reads would change no result, unseen",
        es: "un sorteo que nada lee no cambiaría ningún resultado, sin que se note"),
      fix: nearest.map {
        LocalizedText(
          en: "did you mean '\($0)'? Else leave the column out",
          es: "¿quiso decir '\($0)'? Si no, quite la columna")
      }
        ?? LocalizedText(
          en: "leave it out; `quiebre run … --draws-out FILE.csv` writes all names",
          es: "quítela; `quiebre run … --draws-out ARCHIVO.csv` escribe todos los nombres"))
  }

  private func outOfRange(
    _ column: Int, _ row: Int, name: String, value: Double?, allowed: ClosedRange<Double>
  ) -> Diagnostic {
    let shown = value.map(\.description)
    let isWeight = name == DrawsFile.weight
    let range = isWeight ? "0 …" : "\(allowed.lowerBound) … \(allowed.upperBound)"
    return Diagnostic(
      isWeight ? .badDrawWeight : .impossibleDraw, entry: name, at: place(column, row),
      what: LocalizedText(
        en: "draw \(row + 1), '\(name)': " + (shown.map { "\($0) is out of range" } ?? "no number"),
        es: "sorteo \(row + 1), '\(name)': "
          + (shown.map { "\($0) está fuera de rango" } ?? "no hay número")),
      fix: LocalizedText(
        en: "allowed: \(range) (shares and log points, not percent)",
        es: "se admite: \(range) (proporciones y puntos logarítmicos, no porcentajes)"))
  }

  private var noWeight: Diagnostic {
    Diagnostic(
      .badDrawWeight, entry: DrawsFile.weight, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "the weights don't add up to a number above 0",
        es: "los pesos no suman un número mayor que 0"))
  }

  private var wrongCount: Diagnostic {
    Diagnostic(
      .drawCount, entry: "simulation.draws", at: SourcePlace(file: path),
      what: LocalizedText(
        en: "'\(path)' holds \(count) draws; 1 to \(DrawsFile.most) can be run",
        es: "'\(path)' tiene \(count) sorteos; se pueden correr de 1 a \(DrawsFile.most)"))
  }

  /// A number of replicas that someone wrote, and that isn't the file's.
  func wrongReplicas(_ replicas: Int, at place: SourcePlace?) -> Diagnostic {
    Diagnostic(
      .drawCount, entry: "simulation.replicas", at: place,
      what: LocalizedText(
        en: "\(replicas) replicas are asked for, but '\(path)' holds \(count) draws",
        es: "se piden \(replicas) réplicas, pero '\(path)' tiene \(count) sorteos"),
      fix: LocalizedText(
        en: "leave simulation.replicas out, or write \(count)",
        es: "quite simulation.replicas, o escriba \(count)"))
  }

  private static func damaged(_ path: String) -> Diagnostic {
    Diagnostic(
      .damagedDraws, entry: "simulation.draws", at: SourcePlace(file: path),
      what: LocalizedText(
        en: "'\(path)' is no whole .qdraws file: its mark, lengths or checksum are wrong",
        es: "'\(path)' no es un archivo .qdraws íntegro: su marca, tamaños o suma no coinciden"),
      fix: LocalizedText(
        en: "copy or write it again; a CSV of draws ends in .csv",
        es: "cópielo o escríbalo de nuevo; un CSV de sorteos termina en .csv"))
  }

  private func notes(_ parameters: [DrawableParameter], _ draws: ParameterDraws) -> [Diagnostic] {
    let kept = parameters.filter { $0.isUncertain && draws[$0.name] == nil }.map(\.name)
    // The shocks of departments are hundreds of columns; one name stands for them.
    let (shocks, others) = (
      kept.filter { $0.hasPrefix("simulation.shock") },
      kept.filter { !$0.hasPrefix("simulation.shock") }
    )
    let names =
      others.prefix(12).joined(separator: ", ") + (others.count > 12 ? ", …" : "")
      + (shocks.isEmpty ? "" : (others.isEmpty ? "" : ", ") + "simulation.shock… (\(shocks.count))")
    var notes: [Diagnostic] = []
    if !kept.isEmpty {
      notes.append(
        Diagnostic(
          .drawsKept, .note, entry: "simulation.draws", at: SourcePlace(file: path),
          what: LocalizedText(
            en:
              "\(kept.count) uncertain parameters have no column and keep their own draws: \(names)",
            es:
              "\(kept.count) parámetros inciertos no tienen columna y conservan sus sorteos: \(names)"
          )))
    }
    if draws.isPosterior {
      notes.append(
        Diagnostic(
          .drawsKept, .note, entry: DrawsFile.weight,
          what: draws.weights == nil
            ? LocalizedText(
              en: "the draws are taken for a posterior, all of the same weight: the run doesn't "
                + "weigh them by the published rates once more",
              es:
                "los sorteos se toman como posteriores y del mismo peso: la corrida no los vuelve "
                + "a ponderar con las tasas publicadas")
            : LocalizedText(
              en: "the draws keep the file's weights: the run doesn't weigh them by the published "
                + "rates once more",
              es:
                "los sorteos conservan los pesos del archivo: la corrida no los vuelve a ponderar "
                + "con las tasas publicadas")))
    }
    return notes
  }
}
