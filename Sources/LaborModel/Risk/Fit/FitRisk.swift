// Quiebre · LaborModel
// Fits a risk model to a survey: coefficients, covariance, checks; what can't be fitted is explained.
// SPDX-License-Identifier: Apache-2.0

import Compute
public import Diagnostics
public import Formats
import Statistics

/// Fits a risk model to the rows of a survey's file.
///
/// - Parameters:
///   - table: One row per child.
///   - settings: Columns and choices.
///   - workers: Threads; the result doesn't depend on it.
/// - Returns: The model with its checks and warnings.
/// - Throws: Every fault of the file at once, or why no model can be fitted.
public func fitRisk(
  _ table: CSVTable, _ settings: RiskFitSettings, workers: Int
) throws(DiagnosticList) -> RiskFit {
  let sample = try RiskSample(table, settings)
  try checkUnits(sample, settings)
  return try RiskFitting(sample: sample, settings: settings, workers: workers).fitted()
}

/// Strata and clusters that a covariance can be made of.
private func checkUnits(_ sample: RiskSample, _ settings: RiskFitSettings) throws(DiagnosticList) {
  guard settings.errors == .robust else {
    if settings.weight != nil || settings.cluster != nil || settings.stratum != nil {
      throw DiagnosticList(.modelErrorsOfSurvey)
    }
    return
  }
  let lonely = sample.units.lonelyStrata
  if settings.lonely == .fail, let strata = sample.strata, !lonely.isEmpty {
    throw DiagnosticList(
      .lonelyStrata(lonely.map { strata.names[$0] }, column: settings.stratum ?? ""))
  }
  if sample.units.degreesOfFreedom < 1 {
    throw DiagnosticList(.tooFewClusters(sample.units.unitCount, sample.units.stratumCount))
  }
}

/// The steps of a fit over one sample.
private struct RiskFitting {
  let sample: RiskSample
  let settings: RiskFitSettings
  let workers: Int
  private let design: PackedColumns
  /// A unit for each district, if districts have an intercept.
  private let districtUnits: SamplingUnits?

  init(sample: RiskSample, settings: RiskFitSettings, workers: Int) {
    self.sample = sample
    self.settings = settings
    self.workers = workers
    design = sample.design
    districtUnits = sample.districts.map { unitsOfDistricts($0, sample.units) }
  }

  func fitted() throws(DiagnosticList) -> RiskFit {
    do throws(RegressionFault) {
      return try build(
        LogisticFit(
          design, outcomes: sample.outcomes, weights: meanOne(sample.weights), workers: workers))
    } catch {
      throw DiagnosticList(sample.explained(error))
    }
  }

  private func build(_ plain: LogisticFit) throws(RegressionFault) -> RiskFit {
    let mixed = try mixedFit()
    let covariance = covariance(plain, mixed)
    let betas = mixed?.coefficients ?? plain.coefficients
    let facts = sampleFacts(coefficients: betas.count)
    let model = try model(betas, covariance, mixed)
    let chances = meanChances(mixed?.logits ?? plain.logits, spread: mixed?.spread ?? 0)
    let left = leaveOut(plain, chances: chances, spread: mixed?.spread)
    let classes = classFacts(mixed?.logits ?? plain.logits, chances, mixed)
    var notes = sample.notes + warnings(facts, coefficients: betas.count) + left.notes
    notes += classes.note.map { [$0] } ?? []
    if mixed?.spread == 0 { notes.append(.noDistrictSpread) }
    return RiskFit(
      model: model, coefficients: coefficients(model, covariance, facts), sample: facts,
      districts: mixed.map { fit in
        let variance = fit.spread * fit.spread
        return RiskFit.DistrictFacts(
          districts: sample.districts?.names.count ?? 0, points: fit.points, spread: fit.spread,
          spreadError: fit.spreadError,
          // π²/3, the variance of the logistic distribution.
          sharedVariance: variance / (variance + 3.28986813369645287))
      },
      errors: settings.errors, logLikelihood: mixed?.logLikelihood ?? plain.logLikelihood,
      pseudoRSquared: pseudoRSquared(plain), iterations: mixed?.evaluations ?? plain.iterations,
      quality: sample.quality(chances, weights: sample.weights, settings, workers: workers),
      groups: FitByRisk(
        chances: chances, outcomes: sample.outcomes,
        weights: settings.weight == nil ? nil : sample.weights,
        units: sample.isSurvey(settings) ? sample.units : nil, lonely: settings.lonely),
      regions: left.regions, leftOut: left.quality, classes: classes.facts, notes: notes)
  }

  private func mixedFit() throws(RegressionFault) -> RandomInterceptFit? {
    guard let districts = sample.districts else { return nil }
    return try RandomInterceptFit(
      design, outcomes: sample.outcomes,
      weights: scaledToGroups(sample.weights, groupOf: districts.of), groupOf: districts.of,
      groups: districts.names.count, points: settings.points, workers: workers)
  }

  private func covariance(_ plain: LogisticFit, _ mixed: RandomInterceptFit?) -> [[Double]] {
    guard let mixed else {
      return settings.errors == .model
        ? plain.modelCovariance : plain.covariance(over: sample.units, lonely: settings.lonely)
    }
    guard settings.errors == .robust else { return mixed.modelCovariance }
    return mixed.covariance(over: districtUnits, lonely: settings.lonely)
  }

  private func leaveOut(
    _ plain: LogisticFit, chances: [Double], spread: Double?
  ) -> RegionCheck {
    guard let regions = sample.regions else { return RegionCheck() }
    return RegionCheck(
      sample, regions: regions, design: design, plain: plain, chances: chances, spread: spread,
      settings: settings, workers: workers)
  }

  private func classFacts(
    _ logits: [Double], _ chances: [Double], _ mixed: RandomInterceptFit?
  ) -> (facts: RiskFit.ClassFacts?, note: Diagnostic?) {
    guard let rule = settings.classes, let areas = sample.districts ?? sample.regions,
      let column = settings.district ?? settings.region
    else { return (nil, settings.classes == nil ? nil : .classesNeedAreas) }
    var means = chances
    if let mixed {
      for (row, district) in areas.of.enumerated() {
        let effect = mixed.effects[district]
        means[row] = meanChances([logits[row] + effect.mean], spread: effect.deviation)[0]
      }
    }
    do throws(DiagnosticList) {
      return (
        try RiskFit.ClassFacts(sample, areas: areas, column: column, chances: means, rule: rule),
        nil
      )
    } catch {
      return (nil, error.items.first)
    }
  }
}

extension RiskFitting {
  private func model(
    _ betas: [Double], _ covariance: [[Double]], _ mixed: RandomInterceptFit?
  ) throws(RegressionFault) -> RiskModel {
    let terms =
      [RiskModel.Term(name: "intercept", beta: betas[0])]
      + zip(sample.columns, betas.dropFirst()).map { column, beta in
        RiskModel.Term(
          name: column.term.name, level: column.term.level, isPercent: column.term.isPercent,
          reference: column.term.reference, beta: beta)
      }
    var effects: [String: RiskModel.DistrictEffect] = [:]
    if let mixed, mixed.spread > 0, let districts = sample.districts {
      for (name, effect) in zip(districts.names, mixed.effects) {
        effects[name] = RiskModel.DistrictEffect(mean: effect.mean, deviation: effect.deviation)
      }
    }
    do throws(DiagnosticList) {
      return try RiskModel(
        definition: settings.definition, survey: settings.survey, year: settings.year,
        sampleSize: sample.counted, terms: terms, covariance: covariance,
        districtSpread: mixed?.spread ?? 0, effects: effects, source: settings.source,
        isSynthetic: settings.isSynthetic)
    } catch {
      throw .notConverged
    }
  }

  private func coefficients(
    _ model: RiskModel, _ covariance: [[Double]], _ facts: RiskFit.SampleFacts
  ) -> [RiskFit.Coefficient] {
    let student =
      facts.degreesOfFreedom > 0
      ? StudentT(degreesOfFreedom: Double(facts.degreesOfFreedom)) : nil
    let reach = student?.quantile(0.975)
    return model.terms.indices.map { index in
      let (beta, error) = (model.terms[index].beta, covariance[index][index].squareRoot())
      return RiskFit.Coefficient(
        term: model.terms[index], standardError: error,
        p: student.map { 2 * $0.probability(atMost: -(beta / error).magnitude) },
        low: reach.map { beta - $0 * error }, high: reach.map { beta + $0 * error })
    }
  }

  private func sampleFacts(coefficients: Int) -> RiskFit.SampleFacts {
    let total = fixedOrderSum(sample.weights)
    let cases = fixedOrderSum(
      sample.outcomes.map { $0 ? 1 : 0 }, weights: sample.weights)
    let units = districtUnits ?? sample.units
    return RiskFit.SampleFacts(
      file: sample.file, rows: sample.counted, dropped: sample.dropped,
      cases: sample.outcomes.indices.count { sample.outcomes[$0] && sample.weights[$0] > 0 },
      rate: cases / total, clusters: units.unitCount, strata: units.stratumCount,
      hasWeights: settings.weight != nil, hasClusters: settings.cluster != nil,
      effectiveRows: effectiveSampleSize(sample.weights),
      degreesOfFreedom: units.degreesOfFreedom + 1 - coefficients)
  }

  private func warnings(_ facts: RiskFit.SampleFacts, coefficients: Int) -> [Diagnostic] {
    var notes: [Diagnostic] = []
    let fewer = min(facts.cases, facts.rows - facts.cases)
    // Peduzzi and others (1996): below 10 cases a coefficient, estimates are biased and unstable.
    if fewer < 10 * (coefficients - 1) {
      notes.append(.fewCases(fewer, coefficients: coefficients - 1))
    }
    if facts.degreesOfFreedom < 1, settings.errors == .robust {
      notes.append(.fewClusters(facts.clusters, facts.strata, coefficients: coefficients))
    }
    return notes
  }

  private func pseudoRSquared(_ plain: LogisticFit) -> Double {
    let weights = meanOne(sample.weights)
    let total = fixedOrderSum(weights)
    let share = fixedOrderSum(sample.outcomes.map { $0 ? 1 : 0 }, weights: weights) / total
    let none = total * (share * Compute.log(share) + (1 - share) * Compute.log(1 - share))
    return 1 - plain.logLikelihood / none
  }
}

/// Weights scaled to a mean of 1 over the rows that have any; estimates don't change.
func meanOne(_ weights: [Double]) -> [Double] {
  let count = Double(weights.count { $0 > 0 })
  let total = fixedOrderSum(weights)
  guard total > 0, total < .infinity else { return weights }
  return weights.map { $0 * count / total }
}

/// A unit for each district: the cluster that holds it whole, else the district itself, in its
/// stratum if strata hold districts whole and none is left with a single one.
private func unitsOfDistricts(_ districts: RiskLabels, _ units: SamplingUnits) -> SamplingUnits {
  var unitOf = [Int?](repeating: nil, count: districts.names.count)
  var stratumOf = unitOf
  var (isWhole, inOneStratum) = (true, true)
  for (row, district) in districts.of.enumerated() {
    let unit = units.unitOf[row]
    let stratum = units.stratumOf[unit]
    if unitOf[district] ?? unit != unit { isWhole = false }
    if stratumOf[district] ?? stratum != stratum { inOneStratum = false }
    unitOf[district] = unit
    stratumOf[district] = stratum
  }
  if isWhole { return SamplingUnits(unitOf: unitOf.map { $0 ?? 0 }, stratumOf: units.stratumOf) }
  let own = Array(districts.names.indices)
  let inStrata = SamplingUnits(unitOf: own, stratumOf: stratumOf.map { $0 ?? 0 })
  return inOneStratum && inStrata.lonelyStrata.isEmpty ? inStrata : SamplingUnits(unitOf: own)
}

extension RiskSample {
  /// Rows with weight.
  var counted: Int { weights.count { $0 > 0 } }

  func isSurvey(_ settings: RiskFitSettings) -> Bool {
    settings.weight != nil || settings.cluster != nil || settings.stratum != nil
  }

  func quality(
    _ chances: [Double], weights: [Double], _ settings: RiskFitSettings, workers: Int
  ) -> RiskFit.Quality {
    let rows = weights.indices.filter { weights[$0] > 0 }
    return RiskFit.Quality(
      discrimination: Discrimination(
        scores: chances, outcomes: outcomes, weights: weights,
        units: isSurvey(settings) ? units : nil, lonely: settings.lonely),
      calibration: ChanceCalibration(
        chances: rows.map { chances[$0] }, outcomes: rows.map { outcomes[$0] },
        weights: rows.map { weights[$0] }, workers: workers))
  }
}
