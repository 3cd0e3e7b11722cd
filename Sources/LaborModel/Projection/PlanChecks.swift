// Quiebre · LaborModel
// What must hold before a run: plans that fit each other, levels and children that make sense.
// SPDX-License-Identifier: Apache-2.0

internal import Diagnostics
internal import Statistics

extension ProjectionRun {
  /// Throws every fault of the inputs at once.
  func check() throws {
    precondition(!plans.isEmpty, "a run needs a plan")
    precondition(
      population.codes.count == levels.rate.count
        && levels.rate.count == levels.logitError.count,
      "one level and one error per district")
    var faults = DiagnosticList()
    checkPlans(&faults)
    checkDistricts(&faults)
    if faults.hasErrors { throw faults }
  }

  /// Throws every fault of the plans, which must fit a run prepared for `reference`.
  func check(against reference: Plan) throws {
    precondition(!plans.isEmpty, "a run needs a plan")
    var faults = DiagnosticList()
    for plan in plans where !plan.sharesRun(with: reference) {
      faults.items.append(.differentRuns(plan.id, reference.id))
    }
    guard !faults.hasErrors else { throw faults }
    checkPlans(&faults)
    if faults.hasErrors { throw faults }
  }

  private func checkPlans(_ faults: inout DiagnosticList) {
    let first = baseline ?? plans[0]
    for plan in (baseline.map { [$0] } ?? []) + plans {
      precondition(plan.since <= plan.base && plan.base < plan.end && plan.replicas > 0)
      if !plan.sharesRun(with: first) {
        faults.items.append(.differentRuns(plan.id, first.id))
      }
      checkOverlap(plan, &faults)
      for line in plan.lines where line.kind == .service || line.kind == .transfer {
        if line.delivery.unitCost.support.lowerBound <= 0, !line.delivery.unitCost.isLogNormal {
          faults.items.append(.costReachesZero(line.id))
        }
      }
      for target in plan.targets
      where !AgeGroup.allCases.contains(where: { $0.ages == target.ages }) {
        faults.items.append(.unknownAges(target.id, target.ages))
      }
      for target in plan.targets where !(plan.base...plan.end).contains(target.deadline) {
        faults.items.append(.deadlineOutside(target.id, target.deadline, plan))
      }
    }
  }

  private func checkOverlap(_ plan: Plan, _ faults: inout DiagnosticList) {
    var seen: Set<Int> = []
    for pair in plan.interactions {
      if plan.overlap != .product { faults.items.append(.interactionNeedsProduct(pair.id)) }
      for line in [pair.first, pair.second] where !seen.insert(line).inserted {
        faults.items.append(.lineInTwoInteractions(plan.lines[line].id, pair.id))
      }
    }
    guard plan.overlap == .nested else { return }
    let acting = plan.lines.filter { $0.kind == .service || $0.kind == .transfer }
    for (index, line) in acting.enumerated() {
      for other in acting[..<index] where line.effect.ages.overlaps(other.effect.ages) {
        if line.effect.entry.opposes(other.effect.entry)
          || line.effect.exit.opposes(other.effect.exit)
        {
          faults.items.append(.mixedSigns(other.id, line.id))
        }
      }
    }
  }

  private func checkDistricts(_ faults: inout DiagnosticList) {
    var total = 0.0
    for (index, code) in population.codes.enumerated() {
      let (rate, error) = (levels.rate[index], levels.logitError[index])
      if !(0...1).contains(rate) || !(error >= 0 && error < .infinity) {
        faults.items.append(.impossibleLevel(code, rate: rate, error: error))
      }
      let children = population.childrenByAge[index]
      precondition(children.count == 13, "13 ages per district")
      if !children.allSatisfy({ $0 >= 0 && $0 < .infinity }) {
        faults.items.append(.impossibleChildren(code))
      }
      total += children.reduce(0, +)
    }
    if !(total > 0 && total < AreaSums.mostChildren) {
      faults.items.append(.impossibleTotal(total))
    }
    for figure in observed
    where !(figure.rate > 0 && figure.rate < 1 && figure.standardError > 0) {
      faults.items.append(.impossibleObservation(figure))
    }
  }
}

extension Plan {
  /// Whether two plans can be run over the same draws and compared draw by draw.
  fileprivate func sharesRun(with other: Plan) -> Bool {
    definition == other.definition && since == other.since && base == other.base
      && end == other.end && replicas == other.replicas && seed == other.seed
      && dynamics == other.dynamics && calibrate == other.calibrate
  }
}

extension Distribution {
  fileprivate var isLogNormal: Bool {
    if case .lognormal = shape { noEffect == 0 } else { false }
  }

  /// Whether one multiplier can lower a chance and the other can raise it.
  fileprivate func opposes(_ other: Distribution) -> Bool {
    let (low, high) = (quantile(0.05), quantile(0.95))
    let (lowOther, highOther) = (other.quantile(0.05), other.quantile(0.95))
    return (low < 1 && highOther > 1) || (lowOther < 1 && high > 1)
  }
}
