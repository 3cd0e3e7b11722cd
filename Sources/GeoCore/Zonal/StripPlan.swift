// Quiebre · GeoCore
// Which rows of a raster are read together, for which shapes.
// SPDX-License-Identifier: Apache-2.0

/// The strips of rows that some shapes need, from north to south.
struct StripPlan {
  /// Rows of the grid with the shapes that touch them, in ascending order.
  struct Strip {
    let rows: Range<Int>
    let members: [Int]
  }

  /// What all shapes together need.
  private(set) var rows = 0..<0
  private(set) var columns = 0..<0
  private(set) var strips: [Strip] = []

  /// Bytes of a strip: enough to make calls of the reader cheap, little enough for any machine.
  private static let stripBytes = 8 << 20

  init(
    _ shapes: [ZonalShape?], members: [Int], bands: [any RasterRows], weight: (any RasterRows)?,
    options: ZonalOptions, handsOutCells: Bool
  ) {
    let windows = members.compactMap { index in
      shapes[index]?.window.map { (index: index, window: $0) }
    }
    guard !windows.isEmpty else { return }
    rows = span(windows.map { $0.window.firstRow..<$0.window.firstRow + $0.window.rows })
    columns = span(
      windows.map { $0.window.firstColumn..<$0.window.firstColumn + $0.window.columns })
    let isResident =
      weight == nil && !handsOutCells && bands.allSatisfy { $0.resident != nil }
    let layers = bands.count + (weight == nil ? 0 : 1)
    // A cell handed out takes some 200 bytes on its way, text included.
    let target = min(Self.stripBytes, options.memory / 16) / (handsOutCells ? 32 : 1)
    let height =
      isResident ? rows.count : max(1, target / (columns.count * layers * 8))
    for part in cuts(height: height, block: bands[0].blockRows) {
      let touching = windows.filter {
        $0.window.firstRow < part.upperBound
          && $0.window.firstRow + $0.window.rows > part.lowerBound
      }
      if !touching.isEmpty { strips.append(Strip(rows: part, members: touching.map(\.index))) }
    }
  }

  /// The rows in pieces of about `height`, cut at the edges of stored blocks where there is one.
  private func cuts(height: Int, block: Int) -> [Range<Int>] {
    // Whole blocks, or a block in equal parts.
    let parts = (block + height - 1) / height
    let step = height >= block ? height / block * block : (block + parts - 1) / parts
    var cuts: [Range<Int>] = []
    var start = rows.lowerBound
    while start < rows.upperBound {
      let aligned = height >= block ? start / block * block : start
      var end = min(aligned + step, rows.upperBound)
      if height < block { end = min(end, (start / block + 1) * block) }
      cuts.append(start..<end)
      start = end
    }
    return cuts
  }
}

private func span(_ ranges: [Range<Int>]) -> Range<Int> {
  (ranges.map(\.lowerBound).min() ?? 0)..<(ranges.map(\.upperBound).max() ?? 0)
}

/// Shapes that are done together, so that their distributions fit into memory.
struct ZonalGroups {
  private(set) var groups: [[Int]] = []

  /// Groups shapes from north to south.
  ///
  /// - Throws: ``ZonalError/tooManyValues(bytes:memory:)`` if one shape alone doesn't fit.
  init(
    _ shapes: [ZonalShape?], bands: [any RasterRows], options: ZonalOptions
  ) throws(ZonalError) {
    let members = shapes.indices.filter { shapes[$0]?.window != nil }
    guard options.detail == .distribution, !bands.allSatisfy({ $0.resident != nil }) else {
      groups = [members]
      return
    }
    let room = options.memory / 8 * 3
    var (group, filled): ([Int], Int) = ([], 0)
    let order = members.sorted { (top(shapes[$0]), $0) < (top(shapes[$1]), $1) }
    for index in order {
      let bytes = bands.reduce(0) { $0 + distributionBytes(shapes[index], band: $1) }
      guard bytes <= room else {
        throw .tooManyValues(bytes: bytes / 3 * 8 + 8, memory: options.memory)
      }
      if filled + bytes > room {
        groups.append(group.sorted())
        (group, filled) = ([], 0)
      }
      group.append(index)
      filled += bytes
    }
    if !group.isEmpty { groups.append(group.sorted()) }
  }
}

private func top(_ shape: ZonalShape?) -> Int { shape?.window?.firstRow ?? 0 }

/// What a shape's distribution takes at most.
private func distributionBytes(_ shape: ZonalShape?, band: any RasterRows) -> Int {
  guard let shape, let window = shape.window else { return 0 }
  let crossed = 2 * (window.columns + window.rows)
  let touched = min(window.columns * window.rows, Int(min(shape.areaInCells, 1e15)) + crossed)
  return min(touched, band.valueLimit ?? touched) * DistributionBuilder.bytesPerCell
}
