// Quiebre · ScenarioFiles
// Turns one budget line into a line of the plan: yearly money, its districts, delivery and effect.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import LaborModel
import Statistics

extension PlanContext {
  /// A line of the plan and what became of its money.
  func planned(_ line: BudgetLine) -> (line: PlanLine, report: PlannedScenario.LineReport) {
    let entry = "line.\(line.id)"
    let members = self.members(line.condition, entry: entry + ".where")
    let weights = self.weights(of: line, members: members)
    let written = writtenMoney(line)
    let approved = zip(years, written).map { year, money in
      money.scaled(by: constantFactor(of: year))
    }
    var money = PlanLine.LineMoney(
      approved: approved, national: [], unplaced: [],
      placed: [[Centimos]](repeating: [], count: members.count))
    var atMaximum: [Int] = []
    var unserved: [Int] = []
    for (year, amount) in zip(years, approved) {
      let shares = shares(of: amount, in: year, line, weights)
      money.national.append(amount - shares.unplaced - shares.placed.reduce(0, +))
      money.unplaced.append(shares.unplaced)
      for (district, placed) in shares.placed.enumerated() { money.placed[district].append(placed) }
      atMaximum.append(shares.atMaximum)
      unserved.append(shares.unserved)
    }
    let report = PlannedScenario.LineReport(
      id: line.id, years: Array(years), current: currentMoney(written), members: members,
      participating: participating(weights), atMaximum: atMaximum, unserved: unserved)
    if case .byDistrict = weights { warnLeftOver(line, money, report) }
    return (
      PlanLine(
        id: line.id, name: line.name, kind: line.kind, source: line.effect.source, money: money,
        delivery: delivery(line), effect: effect(line, approved)), report
    )
  }

  /// Money of each year in the prices of the file.
  private func writtenMoney(_ line: BudgetLine) -> [Centimos] {
    for amount in line.unusedAmounts(base: base, end: end) {
      report(
        Diagnostic(
          .unusedYear, .note, entry: "line.\(line.id).amount", at: amount.place,
          what: LocalizedText(
            en: "the amount of \(amount.year) isn't used: the run goes from \(base) to \(end)",
            es: "el monto de \(amount.year) no se usa: la corrida va de \(base) a \(end)")))
    }
    return years.map { year in
      if let money = line.written(in: year) { return money }
      if year == end {
        report(
          Diagnostic(
            .hugeAmount, entry: "line.\(line.id).after", at: line.place,
            what: LocalizedText(
              en: "line.\(line.id) grows beyond 10^12 a year",
              es: "line.\(line.id) crece más allá de 10^12 al año")))
      }
      return 0
    }
  }

  private func currentMoney(_ written: [Centimos]) -> [Centimos]? {
    guard let prices else { return nil }
    if scenario.money.prices == .current { return written }
    var current: [Centimos] = []
    for (year, money) in zip(years, written) {
      guard let factor = prices.factor(from: priceYear, to: year) else { return nil }
      current.append(money.scaled(by: factor))
    }
    return current
  }

  private func participating(_ weights: AllocationWeights) -> Int {
    if case .byDistrict(let weights) = weights { weights.count { $0 > 0 } } else { 0 }
  }

  private func shares(
    of amount: Centimos, in year: Int, _ line: BudgetLine, _ weights: AllocationWeights
  ) -> Shares {
    guard case .byDistrict(let weights) = weights else {
      let count = inputs.registry.districts.count
      return Shares(placed: [Centimos](repeating: 0, count: count), unplaced: 0)
    }
    let factor = constantFactor(of: year)
    return share(
      amount, byWeights: weights, minimum: line.allocation.minimum.scaled(by: factor),
      maximum: line.allocation.maximum?.scaled(by: factor))
  }

  // MARK: Delivery and effect

  private func delivery(_ line: BudgetLine) -> PlanLine.Delivery {
    let entry = "line.\(line.id)"
    let count = inputs.registry.districts.count
    return PlanLine.Delivery(
      execution: line.execution, leakage: line.leakage, unitCost: unitCost(line),
      childrenPerUnit: line.unitCost?.children ?? 1, ceiling: line.ceiling, reach: line.reach,
      costFactor: line.costFactor.map {
        numbers($0, entry: entry + ".cost_factor", above: 0, allowingLimit: false)
      } ?? [Double](repeating: 1, count: count),
      eligible: line.eligible.map {
        numbers($0, entry: entry + ".eligible", above: 0, allowingLimit: true)
      })
  }

  private func unitCost(_ line: BudgetLine) -> Distribution {
    guard let cost = line.unitCost else { return Distribution(.fixed(1)) }
    guard let year = cost.priceYear, year != priceYear else { return cost.amount }
    guard let factor = prices?.factor(from: year, to: priceYear) else {
      report(
        Diagnostic(
          .noDeflator, entry: "line.\(line.id).unit_cost.price_year", at: cost.place,
          what: LocalizedText(
            en: "a unit cost of \(year) needs a deflator with \(year) and \(priceYear)",
            es: "un costo unitario de \(year) necesita un deflactor con \(year) y \(priceYear)")))
      return cost.amount
    }
    return cost.amount.scaled(by: factor)
  }

  private func effect(_ line: BudgetLine, _ approved: [Centimos]) -> PlanLine.Effect {
    let effect = line.effect
    let lines = scenario.lines
    return PlanLine.Effect(
      entry: effect.entry, exit: effect.exit, ages: effect.ages, lag: effect.lag,
      ramp: effect.ramp, helps: effect.helps.compactMap { id in lines.firstIndex { $0.id == id } },
      amount: effect.amount, fullAt: effect.fullAt ?? approved.max() ?? 0,
      lasting: effect.lasting)
  }

  // MARK: Warnings

  private func warnLeftOver(
    _ line: BudgetLine, _ money: PlanLine.LineMoney, _ report: PlannedScenario.LineReport
  ) {
    let entry = "line.\(line.id).allocation"
    if let worst = report.unserved.indices.max(by: { report.unserved[$0] < report.unserved[$1] }),
      report.unserved[worst] > 0
    {
      self.report(
        Diagnostic(
          .minimumNotMet, .warning, entry: entry, at: line.allocation.place,
          what: LocalizedText(
            en:
              "line.\(line.id): the minimum reaches \(report.participating - report.unserved[worst]) of \(report.participating) districts in \(report.years[worst]); the heaviest are served first",
            es:
              "line.\(line.id): el mínimo alcanza para \(report.participating - report.unserved[worst]) de \(report.participating) distritos en \(report.years[worst]); se atiende primero a los de mayor peso"
          )
        ))
    }
    guard !line.allocation.acceptsUnplaced,
      let worst = money.unplaced.indices.max(by: { money.unplaced[$0] < money.unplaced[$1] }),
      money.unplaced[worst] > 0
    else { return }
    let amount = moneyText(money.unplaced[worst], sign: sign)
    let cause = leftOverCause(line, report, worst)
    let others = money.unplaced.count { $0 > 0 } - 1
    self.report(
      Diagnostic(
        .unplaced, .warning, entry: entry, at: line.allocation.place,
        what: LocalizedText(
          en: "line.\(line.id) leaves \(amount) unplaced in \(report.years[worst]): \(cause.en)",
          es: "line.\(line.id) deja \(amount) sin ubicar en \(report.years[worst]): \(cause.es)"),
        caret: others > 0
          ? LocalizedText(
            en: "also in \(counted(others, "more year", "more years"))",
            es: "también en \(counted(others, "año más", "años más"))") : nil,
        fix: LocalizedText(
          en: "raise max, widen 'where', lower the amount, or unplaced = \"accept\"",
          es: "suba max, amplíe 'where', baje el monto o ponga unplaced = \"accept\"")))
  }

  private func leftOverCause(_ line: BudgetLine, _ report: PlannedScenario.LineReport, _ year: Int)
    -> LocalizedText
  {
    if report.participating == 0 {
      return LocalizedText(en: "no district takes part", es: "ningún distrito participa")
    }
    if report.atMaximum[year] == 0 {
      return LocalizedText(
        en: "it is less than the minimum of one more district",
        es: "es menos que el mínimo de un distrito más")
    }
    let most = moneyText(line.allocation.maximum ?? 0, sign: sign)
    return LocalizedText(
      en: "its \(report.atMaximum[year]) districts are at their maximum of \(most)",
      es: "sus \(report.atMaximum[year]) distritos están en su máximo de \(most)")
  }
}
