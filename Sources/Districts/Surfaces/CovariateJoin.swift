// Quiebre · Districts
// Surfaces to fields: rasters, tables, points and polygons meet the districts.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import Diagnostics
import Formats
import GeoCore

/// Joins a surface to the districts.
///
/// - Parameters:
///   - request: The surface and what is wanted of it.
///   - registry: The districts, shapes in longitude/latitude.
///   - book: Their codes, for tables; see ``DistrictRegistry/codeBook(rules:coding:vintage:changes:codings:)``.
///   - workers: Threads at most; the result doesn't depend on it, to the last bit.
/// - Returns: One field per statistic, class or limit, with the quality of every district.
/// - Throws: Q340 for values outside the valid range, Q341 for a surface of only no-data, Q342 for
///   one outside all districts, Q345 to Q347, and the faults of tables.
public func joinSurface(
  _ request: SurfaceRequest, to registry: DistrictRegistry, book: CodeBook, workers: Int
) throws(DiagnosticList) -> SurfaceJoin {
  do {
    switch request.source {
    case .raster(let raster):
      return try RasterJoin(request: request, raster: raster, registry: registry, workers: workers)
        .joined()
    case .table(let table) where request.quantity == .share:
      return try ClassTableJoin(source: table, request: request, book: book).joined()
    case .table(let table):
      return try joinTable(table, request: request, book: book)
    case .points, .pointTable:
      if request.method == .kernel, let bandwidth = request.bandwidth {
        return try PointKernel(request: request, registry: registry, bandwidth: bandwidth).joined()
      }
      return try PointJoin(request: request, registry: registry).joined()
    case .polygons(let layer):
      return try PolygonJoin(request: request, layer: layer, registry: registry, workers: workers)
        .joined()
    }
  } catch let list as DiagnosticList {
    throw list
  } catch let fault as Diagnostic {
    throw DiagnosticList(fault)
  } catch let error as ZonalError {
    throw DiagnosticList(.zonal(error, file: request.name))
  } catch {
    throw DiagnosticList(.cannotTransform("\(error)", file: request.name))
  }
}

extension DistrictRegistry {
  /// The codes of the registry, to match tables against.
  public func codeBook(
    rules: CodeRules, coding: String, vintage: Int? = nil, changes: ChangeTable? = nil,
    codings: CodingTable? = nil
  ) -> CodeBook {
    CodeBook(
      codes: districts.map(\.code), names: districts.map(\.name), rules: rules, coding: coding,
      vintage: vintage, changes: changes, codings: codings)
  }

  /// The box of all shapes, or `nil`.
  var boundingBox: BoundingBox? {
    districts.compactMap { $0.shape?.boundingBox }.reduce(nil) { (all: BoundingBox?, next) in
      all?.union(next) ?? next
    }
  }
}

/// A table by code: the value, and its interval if it has one.
private func joinTable(
  _ source: DistrictTable, request: SurfaceRequest, book: CodeBook
) throws(DiagnosticList) -> SurfaceJoin {
  let match = try book.match(source)
  let table = source.table
  var faults = TableFaults(file: table.name)
  faults.add(match.faults)
  var columns: [Int] = []
  do throws(Diagnostic) {
    columns = [try valueColumn(of: source, request: request)]
    if case .columns(let low, let high)? = request.interval {
      columns += [try table.requiredColumn(low), try table.requiredColumn(high)]
    }
  } catch {
    faults.add(error)
    throw DiagnosticList(faults.diagnostics)
  }
  var values: [SurfaceValue] = []
  for rows in match.rows {
    guard let row = rows.first else {
      values.append(.missing(quality: "no_row"))
      continue
    }
    let cells = tableCells(table, columns: columns, row: row, request: request, &faults)
    values.append(cells[0] == nil ? .missing(quality: "no_row") : .values(cells))
  }
  try faults.throwErrors()
  if let warning = ratioWarning(
    values.compactMap(\.first).map { $0 * request.scale }, unit: request.unit,
    field: "surface.\(request.field)", file: table.name)
  {
    faults.add(warning)
  }
  var names = [(name: request.field, unit: request.unit)]
  if columns.count == 3 {
    names += [(request.field + "_p05", request.unit), (request.field + "_p95", request.unit)]
  }
  var part = match.part
  part.matched = 0
  part.missing = []
  var join = SurfaceJoin(
    values, names: names, codes: book.codes, districtNames: book.names, part: part,
    warnings: faults.diagnostics)
  join.part.missing = match.part.missing
  join.part.empty = match.rows.indices.filter {
    !match.rows[$0].isEmpty && join.quality[$0] == "no_row"
  }.map { book.codes[$0] }
  return join
}

private func valueColumn(
  of source: DistrictTable, request: SurfaceRequest
) throws(Diagnostic) -> Int {
  let table = source.table
  if let value = request.value { return try table.requiredColumn(value) }
  let candidates = table.columns.indices.filter {
    table.columns[$0] != source.codeColumn && table.isNumeric($0)
  }
  if candidates.count == 1, let only = candidates.first { return only }
  throw .valueColumnUnclear(candidates.map { table.columns[$0] }, file: table.name)
}

/// Value and limits of one row as shares or plain numbers, checked for range and order.
private func tableCells(
  _ table: CSVTable, columns: [Int], row: Int, request: SurfaceRequest,
  _ faults: inout TableFaults
) -> [Double?] {
  var cells: [Double?] = []
  for column in columns {
    do throws(Diagnostic) {
      let share = try table.number(
        column, row, as: request.unit == .percent ? .percent : .plain)
      if let share, let valid = request.valid {
        let inFile = share * request.scale
        // A share of 100 % may come back as 100.00000000000001.
        if inFile < valid.lowerBound - 1e-9 || inFile > valid.upperBound + 1e-9 {
          faults.add(
            .outsideValidRange(
              table.trimmedText(column, row), valid: valid, request: request,
              at: table.place(column, row)))
        }
      }
      cells.append(share)
    } catch {
      faults.add(error)
      cells.append(nil)
    }
  }
  if cells.count == 3, let value = cells[0], let low = cells[1], let high = cells[2],
    !(low <= value && value <= high)
  {
    faults.add(
      .badInterval(columns: columns.map { table.columns[$0] }, at: table.place(columns[0], row)))
  }
  return cells
}
