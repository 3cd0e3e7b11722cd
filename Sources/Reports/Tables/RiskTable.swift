// Quiebre · Reports
// MIRTI's answer per district: what `quiebre risk` writes.
// SPDX-License-Identifier: Apache-2.0

public import Districts
public import LaborModel

extension DistrictRisk {
  /// One row per district: rate with interval, class with probabilities, factors.
  public func table(of registry: DistrictRegistry) -> Table {
    typealias C = ColumnDictionary
    var table = Table(
      "risk", es: "Riesgo MIRTI por distrito", en: "MIRTI risk by district",
      [
        C.code, C.department, C.province, C.district, C.children, C.risk, C.risk05, C.risk95,
        C.riskWorking, C.riskClass, C.lowProbability, C.mediumProbability, C.highProbability,
        C.factor1,
        C.factor2, C.factor3, C.quality,
      ])
    for (index, district) in registry.districts.enumerated() {
      let known = rate[index].isFinite
      // An unknown error isn't an error of 0: no interval, no probability.
      let hasError = known && logitError[index] > 0
      let shares: [Cell] = classProbabilities[index].map { hasError ? .percent($0) : .none }
      let terms: [Cell] = (0..<3).map { place in
        factors[index].indices.contains(place) ? .text(factors[index][place]) : .none
      }
      table.append(
        [
          .text(district.code), .text(district.department), .text(district.province),
          .text(district.name), .persons(registry.children[index]), .percent(rate[index]),
          hasError ? .percent(p05[index]) : .none, hasError ? .percent(p95[index]) : .none,
          known ? .persons(rate[index] * registry.children[index]) : .none,
          known ? .text(classes[index].rawValue) : .none,
        ] + shares + terms + [.text(registry.quality[index])])
    }
    return table.withoutEmptyColumns()
  }
}
