// Quiebre · LaborModel
// Risks before any benchmark, from a model's cells or from elsewhere, and draws of them.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Districts
import Statistics

/// The logit of every district's risk, with what is known of its error.
struct RiskScores {
  /// One per district.
  let logits: [Double]
  let errorIsKnown: Bool
  let imputed: [Int]
  let name: String
  let isSynthetic: Bool
  private(set) var notes: [Diagnostic] = []
  private let source: RiskSource
  /// Error of districts that aren't scored: given, or imputed.
  private let errors: [Double]
  /// What is known of each district's intercept; its spread is widened for scores of means.
  private let effects: [RiskModel.DistrictEffect]

  init(
    _ source: RiskSource, registry: DistrictRegistry, options: RiskOptions
  ) throws(DiagnosticList) {
    self.source = source
    var known: [Double?]
    var errors = [Double](repeating: 0, count: registry.districts.count)
    switch source {
    case .model(let model, let cells):
      if let wanted = options.definition, wanted != model.definition {
        throw DiagnosticList(.otherDefinition(model: model.definition, scenario: wanted))
      }
      precondition(cells.districtCount == registry.districts.count, "cells of this registry")
      let extra = cells.areMeans ? options.meansError : 0
      let plain = RiskModel.DistrictEffect(mean: 0, deviation: model.districtSpread)
      effects = registry.districts.map { district in
        let own = model.effects[district.code] ?? plain
        return RiskModel.DistrictEffect(
          mean: own.mean, deviation: (own.deviation * own.deviation + extra * extra).squareRoot())
      }
      known = registry.districts.indices.map { district in
        score(
          model, cells, district: district,
          effect: model.effects[registry.districts[district].code] ?? plain, options: options)
      }
      (name, isSynthetic, errorIsKnown) = (
        cells.areMeans ? "means" : "cells", model.isSynthetic, true
      )
      if cells.areMeans { notes.append(.scoredFromMeans) }
      let codes = Set(registry.districts.map(\.code))
      let stray = model.effects.keys.filter { !codes.contains($0) }.sorted()
      if !stray.isEmpty { notes.append(.strayEffects(stray)) }
    case .given(let given):
      effects = []
      (known, errors) = try checked(given, registry: registry)
      (name, isSynthetic) = (given.kind.rawValue, given.isSynthetic)
      let hasLimits = given.p05 != nil && given.p95 != nil
      errorIsKnown = hasLimits || given.logitError ?? 0 > 0
      if !errorIsKnown { notes.append(.unknownRiskError) }
    }
    if isSynthetic { notes.append(.syntheticModel) }
    let missing = known.indices.filter { known[$0] == nil }
    guard missing.count < known.count else { throw DiagnosticList(.noRisk) }
    for (district, imputed) in impute(missing, known, registry) {
      known[district] = imputed.logit
      errors[district] = imputed.error
    }
    if !missing.isEmpty {
      notes.append(.imputedRisk(missing.map { registry.districts[$0].code }))
    }
    imputed = missing
    logits = known.compactMap { $0 }
    self.errors = errors
  }

  /// `[district][draw]`.
  func draws(
    _ field: RandomField, registry: DistrictRegistry, count: Int, workers: Int
  ) -> [[Double]] {
    let betas = coefficients(field, count: count)
    return inParallel(count: logits.count, workers: workers) { district in
      let stream = field.stream(
        .riskDistrict, entity: EntityCode(registry.districts[district].code))
      let noise = stream.normals(count: count)
      if case .model(_, let cells) = source, !cells.cells(of: district).isEmpty {
        return scoredDraws(cells, district, betas: betas, noise: noise)
      }
      return noise.map { logits[district] + errors[district] * $0 }
    }
  }

  /// Contributions by variable; terms of one variable's levels are taken together.
  func contributions() -> (factors: [String], rows: [[Double]]) {
    guard case .model(let model, let cells) = source else { return ([], logits.map { _ in [] }) }
    var factors: [String] = []
    for term in model.terms where !term.isIntercept && !factors.contains(term.name) {
      factors.append(term.name)
    }
    let means = logits.indices.map { cells.means(of: $0) }
    let children = logits.indices.map { district in
      cells.cells(of: district).reduce(0) { $0 + cells.children[$1] }
    }
    let total = children.reduce(0, +)
    let nation = model.terms.indices.map { term in
      means.indices.reduce(0) { sum, district in
        means[district].isEmpty ? sum : sum + children[district] * means[district][term] / total
      }
    }
    let rows = means.map { mean -> [Double] in
      guard !mean.isEmpty else { return [] }
      var row = [Double](repeating: 0, count: factors.count)
      for (index, term) in model.terms.enumerated() {
        guard let factor = factors.firstIndex(of: term.name), !term.isIntercept else { continue }
        row[factor] += term.beta * (mean[index] - nation[index])
      }
      return row
    }
    return (factors, rows)
  }

  /// β̂ + L·z: `[term][draw]`.
  private func coefficients(_ field: RandomField, count: Int) -> [[Double]] {
    guard case .model(let model, _) = source else { return [] }
    let normals = model.terms.indices.map {
      field.stream(.riskCoefficient, year: $0).normals(count: count)
    }
    return model.terms.indices.map { term in
      var values = [Double](repeating: model.terms[term].beta, count: count)
      for column in 0...term {
        let factor = model.covarianceRoot[term][column]
        for draw in 0..<count { values[draw] += factor * normals[column][draw] }
      }
      return values
    }
  }

  private func scoredDraws(
    _ cells: RiskCells, _ district: Int, betas: [[Double]], noise: [Double]
  ) -> [Double] {
    var rates = [Double](repeating: 0, count: noise.count)
    var predictor = rates
    for (cell, share) in zip(cells.cells(of: district), cells.shares(of: district)) {
      for draw in noise.indices {
        predictor[draw] = effects[district].mean + effects[district].deviation * noise[draw]
      }
      for (term, value) in cells.design[cell].enumerated() {
        let beta = betas[term]
        for draw in noise.indices { predictor[draw] += value * beta[draw] }
      }
      for draw in noise.indices { rates[draw] += share * logistic(predictor[draw]) }
    }
    return rates.map { logit($0) }
  }
}

/// The logit of Σ n·E_u[logistic(x·β + u)]/Σ n, or `nil` for a district without cells.
private func score(
  _ model: RiskModel, _ cells: RiskCells, district: Int, effect: RiskModel.DistrictEffect,
  options: RiskOptions
) -> Double? {
  let range = cells.cells(of: district)
  guard !range.isEmpty else { return nil }
  var rate = 0.0
  for (cell, share) in zip(range, cells.shares(of: district)) {
    let predictor = zip(model.terms, cells.design[cell]).reduce(effect.mean) {
      $0 + $1.0.beta * $1.1
    }
    rate +=
      share * meanChance(logit: predictor, spread: effect.deviation, by: options.quadrature)
  }
  return logit(rate)
}

/// A given risk as logits with their errors.
///
/// - Throws: Every rate outside 0...1, and every limit on the wrong side of its rate.
private func checked(
  _ given: GivenRisk, registry: DistrictRegistry
) throws(DiagnosticList) -> (logits: [Double?], errors: [Double]) {
  precondition(given.rates.count == registry.districts.count, "one rate per district")
  var faults: [Diagnostic] = []
  var errors = [Double](repeating: given.logitError ?? 0, count: given.rates.count)
  for (district, rate) in given.rates.enumerated() {
    guard let rate else { continue }
    let low = given.p05?[district] ?? rate
    let high = given.p95?[district] ?? rate
    guard low >= 0, low <= rate, rate <= high, high <= 1 else {
      faults.append(.impossibleRisk(registry.districts[district].code, rate))
      continue
    }
    if given.p05 != nil, low > 0, high < 1 {
      errors[district] = (logit(high) - logit(low)) / (2 * NormalPoint.upper05)
    }
  }
  guard faults.isEmpty else {
    // One wrong unit is wrong in every district.
    let rest = faults.count - 5
    throw DiagnosticList(faults.prefix(5) + (rest > 0 ? [.moreImpossibleRisks(rest)] : []))
  }
  return (given.rates.map { $0.map { logit($0) } }, errors)
}

/// The mean risk of the known children of a department, or of the nation, and how it varies there.
private func impute(
  _ missing: [Int], _ known: [Double?], _ registry: DistrictRegistry
) -> [(district: Int, value: (logit: Double, error: Double))] {
  func pool(_ members: [Int]) -> (logit: Double, error: Double)? {
    let rows = members.compactMap { member in
      known[member].flatMap { $0.isFinite ? ($0, max(registry.children[member], 1e-9)) : nil }
    }
    guard !rows.isEmpty else { return nil }
    let total = rows.reduce(0) { $0 + $1.1 }
    let center = logit(rows.reduce(0) { $0 + logistic($1.0) * $1.1 } / total)
    let variance = rows.reduce(0) { $0 + $1.1 * ($1.0 - center) * ($1.0 - center) } / total
    return (center, variance.squareRoot())
  }
  let nation = pool(Array(registry.districts.indices)) ?? (0, 0)
  return missing.map { district in
    let members = registry.departments[registry.departmentOf[district]].members
    return (district, pool(members) ?? nation)
  }
}
