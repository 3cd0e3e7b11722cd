// Quiebre · QuiebreKit
// `quiebre survey plan` and `quiebre survey interval`: numbers for a survey to come.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Reports
import Statistics

/// Finds the smallest survey that keeps what is asked.
public func surveyPlan(_ request: SurveyPlanRequest, session: Session) -> Reply {
  answer {
    let plan = try request.plan()
    let outcome: SamplePlan.Outcome
    do throws(SamplePlan.Failure) {
      outcome = try plan.outcome()
    } catch {
      throw DiagnosticList(noPlan(error))
    }
    var report = SurveyPlanReport(plan: plan, outcome: outcome, power: request.power)
    if let reaching = request.clusterCost, let interview = request.interviewCost {
      report.cost =
        reaching * Double(outcome.clusters) + interview * Double(outcome.cases)
    }
    return Reply(
      text: request.json
        ? String(decoding: report.json(), as: UTF8.self) : report.text(in: session.language))
  }
}

/// Gives the intervals of a share that was found.
public func surveyInterval(_ request: SurveyIntervalRequest, session: Session) -> Reply {
  answer {
    guard request.cases > 0, (0...request.cases).contains(request.hits) else {
      throw SurveyEstimation.refused(
        "survey interval",
        LocalizedText(
          en: "\(request.hits) of \(request.cases) is no share",
          es: "\(request.hits) de \(request.cases) no es una proporción"))
    }
    let report = SurveyIntervalReport(
      hits: request.hits, cases: request.cases, designEffect: request.designEffect,
      degreesOfFreedom: request.degreesOfFreedom ?? max(request.cases - 1, 1),
      level: request.level)
    return Reply(
      text: request.json
        ? String(decoding: report.json(), as: UTF8.self) : report.text(in: session.language))
  }
}

extension SurveyPlanRequest {
  /// - Throws: Q575 for demands that contradict each other or make no sense.
  fileprivate func plan() throws(DiagnosticList) -> SamplePlan {
    guard share > 0, share < 1 else {
      throw SurveyEstimation.refused(
        "--share",
        LocalizedText(
          en: "the expected share lies between 0 and 100 %, both excluded",
          es: "la proporción esperada está entre 0 y 100 %, ambos excluidos"))
    }
    let goals: [SamplePlan.Goal] = [
      margin.map { .margin($0) }, variation.map { .coefficientOfVariation($0) },
      changeTo.map { .change(to: $0, power: power) },
      findCases.map { .finding(cases: $0, probability: power) }, cases.map { .cases($0) },
    ].compactMap { $0 }
    guard goals.count == 1, let goal = goals.first else {
      throw SurveyEstimation.refused(
        "survey plan",
        LocalizedText(
          en: "give one of --margin, --cv, --change-to, --find, --cases",
          es: "dé uno de --margin, --cv, --change-to, --find, --cases"))
    }
    guard changeTo != share else {
      throw SurveyEstimation.refused(
        "--change-to",
        LocalizedText(
          en: "the other share is the same", es: "la otra proporción es la misma"))
    }
    guard designEffect == nil || (correlation == nil && weightVariation == nil) else {
      throw SurveyEstimation.refused(
        "--deff",
        LocalizedText(
          en: "a known design effect needs no --icc or --weight-cv",
          es: "un efecto de diseño conocido no necesita --icc ni --weight-cv"))
    }
    var plan = SamplePlan(share: share, goal: goal)
    plan.level = level
    plan.method = ProportionMethod(rawValue: interval) ?? .linear
    plan.designEffect =
      designEffect.map { .known($0) }
      ?? .modeled(correlation: correlation ?? 0, weightVariation: weightVariation ?? 0)
    plan.strata = strata
    if let clusterSize {
      plan.clusterSize = clusterSize
    } else {
      plan.clusterSize = try cheapestClusterSize()
    }
    (plan.response, plan.personsPerDwelling) = (response, personsPerDwelling)
    plan.population = population
    plan.overlapCorrelation = overlapCorrelation
    return plan
  }
}

extension SurveyPlanRequest {
  /// What the costs say, or 1 without costs.
  private func cheapestClusterSize() throws(DiagnosticList) -> Int {
    guard clusterCost != nil || interviewCost != nil else { return 1 }
    guard let clusterCost, let interviewCost,
      let best = SamplePlan.bestClusterSize(
        clusterCost: clusterCost, interviewCost: interviewCost, correlation: correlation ?? 0)
    else {
      throw SurveyEstimation.refused(
        "--per-cluster",
        LocalizedText(
          en: "to be found from costs it needs --cluster-cost, --interview-cost and --icc above 0",
          es:
            "para hallarlo de los costos hacen falta --cluster-cost, --interview-cost e --icc mayor que 0"
        ))
    }
    return best
  }
}

private func noPlan(_ failure: SamplePlan.Failure) -> Diagnostic {
  switch failure {
  case .wholePopulation(let cases):
    Diagnostic(
      .noSamplePlan,
      what: LocalizedText(
        en: "not even all \(cases) persons of the population are enough",
        es: "no alcanza ni con las \(cases) personas de la población"))
  case .tooMany:
    Diagnostic(
      .noSamplePlan,
      what: LocalizedText(
        en: "more than 100 million interviews would be needed",
        es: "harían falta más de 100 millones de entrevistas"))
  }
}
