// Quiebre · GeoCore
// How far one shape's sums have come.
// SPDX-License-Identifier: Apache-2.0

/// The sums of one shape over all bands, while strips pass by.
struct ZonalState: Sendable {
  /// One per band, once the shape's last row is through.
  private(set) var outcomes: [ZonalOutcome]
  /// Covered cells of the strip at hand, if they are wanted.
  var cells: [CoveredCell] = []

  private var tallies: [ZonalTally]
  private var plain: [DistributionBuilder]
  private var byWeight: [DistributionBuilder]

  init(noShape: Bool, shape: ZonalShape?, bands: Int) {
    let start: ZonalOutcome =
      noShape ? .noShape : shape == nil ? .invalidShape(cells: 0) : .outsideGrid
    outcomes = Array(repeating: start, count: bands)
    tallies = Array(repeating: ZonalTally(), count: bands)
    plain = Array(repeating: DistributionBuilder(), count: bands)
    byWeight = plain
  }

  /// Adds a row of one band; see ``ZonalTally/add(_:values:weights:area:firstColumn:)``.
  @unsafe mutating func add(
    _ row: CoverageRow, band: Int, values: UnsafePointer<Double>,
    weights: UnsafePointer<Double>?, area: Double, firstColumn: Int, detail: ZonalDetail
  ) {
    unsafe tallies[band].add(
      row, values: values, weights: weights, area: area, firstColumn: firstColumn)
    guard detail == .distribution else { return }
    unsafe gather(row, values, nil, area, into: &plain[band])
    if let weights = unsafe weights {
      unsafe gather(row, values, weights, area, into: &byWeight[band])
    }
  }

  /// Works out what the sums say.
  mutating func finish(areaInCells: Double, options: ZonalOptions) {
    for band in tallies.indices {
      let wanted = options.detail == .distribution
      outcomes[band] = tallies[band].outcome(
        areaInCells: areaInCells, rule: options.rule,
        distributions: (
          wanted ? plain[band].finished() : nil, wanted ? byWeight[band].finished() : nil
        ))
    }
  }
}

/// Adds the covered cells of a row with their weights.
@unsafe private func gather(
  _ row: CoverageRow, _ values: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?,
  _ area: Double, into builder: inout DistributionBuilder
) {
  var running = 0.0
  for column in 0..<row.columns {
    unsafe running += row.steps[column]
    let fraction = tidied(running, noise: row.noise)
    let value = unsafe values[column]
    let share = unsafe fraction * (weights?[column] ?? 1)
    if share > 0, !value.isNaN { builder.add(value, share * area) }
  }
}
