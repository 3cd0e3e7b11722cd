// Quiebre · QuiebreKit
// What a report must say of its inputs: their hash, what isn't real data, what is assumed.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel
import Reports
import ScenarioFiles

extension PreparedScenario {
  /// The year or date after which nothing was seen; `nil` = no cut.
  var asOfText: String? {
    switch scenario.simulation.asOf {
    case nil: nil
    case .year(let year): "\(year)"
    case .date(let date): date
    }
  }

  var moneyUnit: RunReport.MoneyUnit {
    RunReport.MoneyUnit(
      currency: scenario.money.currency,
      symbol: scenario.country.currencySign ?? scenario.money.currency,
      priceYear: planned.priceYear)
  }

  /// All layers merged: what `scenario.lock.json` holds.
  ///
  /// `root` leads from the lock's folder to the working folder; `nil` if that can't be said.
  func lock(root: String?) -> [UInt8] {
    opened.loaded.lockJSON(
      inputs: inputs.map { LockFile.Input(path: $0.path, sha256: $0.sha256) }, root: root,
      baseline: baselineScenario)
  }

  /// SHA-256 over the values in force and the digests of all inputs, so that comments, key order
  /// and the place of the files don't matter.
  var inputsHash: String {
    let lines = inputs.map { "\($0.sha256)\n" }.sorted()
    let other = baselineScenario?.canonicalJSON() ?? []
    return SHA256.hash(opened.loaded.canonicalJSON() + other + Array(lines.joined().utf8))
  }

  /// What isn't real data.
  var synthetic: [RunReport.Synthetic] {
    var items: [RunReport.Synthetic] = []
    if risk.risk.synthetic {
      items.append(
        RunReport.Synthetic(
          id: "risk",
          text: LocalizedText(
            en: "the risk is synthetic, not an official MIRTI result",
            es: "el riesgo es sintético, no un resultado oficial del MIRTI")))
    }
    if registry.schematic {
      items.append(
        RunReport.Synthetic(
          id: "shapes",
          text: LocalizedText(
            en: "the shapes are schematic: no areas, borders or neighbors may be read off them",
            es: "las formas son esquemáticas: no sirven para áreas, límites ni vecindades")))
    }
    return items
  }

  /// Values in force that no source backs.
  var assumptions: [RunReport.Assumption] {
    opened.loaded.assumptions.map {
      RunReport.Assumption(key: $0.key, text: LocalizedText(verbatim: $0.value), source: "")
    }
  }
}
