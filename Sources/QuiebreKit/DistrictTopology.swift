// Quiebre · QuiebreKit
// What a run takes from the districts' borders: hot spots of risk, and shapes for the map.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Districts
import GeoCore
import LaborModel
import Reports
import ScenarioFiles
import Statistics

extension PreparedScenario {
  /// The hot-spot class of each district's risk (Local Moran; one finding in twenty may be wrong).
  ///
  /// `nil` where shapes are schematic or absent, or nothing can be tested.
  func hotspots(workers: Int) throws -> [String]? {
    let placed = registry.districts.indices.filter { registry.districts[$0].shape != nil }
    guard !registry.schematic, !placed.isEmpty else { return nil }
    let table = try borders(of: placed, workers: workers)
    let rule: ContiguityRule = scenario.data.contiguity == .rook ? .rook : .queen
    let weights = SpatialWeights(neighbors: table.contiguity(in: .degrees).neighbors(rule))
    let plan = PermutationPlan(
      count: 9999, seed: plan.seed,
      codes: placed.map { EntityCode(registry.districts[$0].code) })
    var classes = [String](repeating: SpotClass.none.rawValue, count: registry.districts.count)
    do {
      let found = try localMoran(
        placed.map { risk.risk.rate[$0] }, weights.rowStandardized(), plan: plan,
        workers: workers)
      for (district, moran) in zip(placed, found) {
        classes[district] = moran.spot(falseDiscovery: 0.05).rawValue
      }
    } catch is SpatialFault {
      return nil
    }
    return classes
  }

  /// Shapes for the map with borders simplified as `output.simplify` says; `nil` = as they are.
  ///
  /// On the grid of the map's five decimals, nine where that is too coarse.
  func mapShapes(workers: Int) throws -> [MultiPolygon?]? {
    guard scenario.output.simplify > 0 else { return nil }
    let placed = registry.districts.indices.filter { registry.districts[$0].shape != nil }
    let table = try borders(of: placed, workers: workers)
    let simple = table.simplified(.within(meters: scenario.output.simplify), in: .degrees).table
    var shapes = [MultiPolygon?](repeating: nil, count: registry.districts.count)
    let rounded = try simple.rounded(toDecimals: 5, fineDecimals: 9, workers: workers).shapes()
    for (district, shape) in zip(placed, rounded) { shapes[district] = shape }
    return shapes
  }

  private func borders(of districts: [Int], workers: Int) throws -> ArcTable {
    try ArcTable(
      districts.map { registry.districts[$0].shape }, tolerance: ArcTable.defaultDegrees,
      workers: workers)
  }
}
