// Quiebre · LaborModelTests
// The model as its definition reads: one district, one draw, one age, one year at a time, in Double.
// SPDX-License-Identifier: Apache-2.0

import Compute
import LaborModel
import Statistics

/// The slow, obvious simulator that the kernels are held against.
struct ScalarTwin {
  let plan: Plan
  let population: Population
  let levels: DistrictLevels
  /// Standard error of the national estimate of the year `since`, logit scale.
  let levelError: Double

  /// Numbers already drawn: the definition asks for the same ones at every age and year.
  private let drawn = Drawn()

  init(plan: Plan, population: Population, levels: DistrictLevels, levelError: Double) {
    self.plan = plan
    self.population = population
    self.levels = levels
    self.levelError = levelError
  }

  /// Addresses of random numbers, as `Quantities.swift` documents them.
  private func number(_ distribution: Distribution, _ quantity: UInt16, _ id: String, _ draw: Int)
    -> Double
  {
    drawn.value(quantity, id, draw, 0) {
      let stream = RandomField(seed: plan.seed)
        .stream(RandomQuantity(rawValue: quantity), entity: EntityCode(id))
      return distribution.quantile(stream.uniform(draw))
    }
  }

  private func normal(_ quantity: UInt16, _ id: String, _ draw: Int, year: Int = 0) -> Double {
    drawn.value(quantity, id, draw, year) {
      RandomField(seed: plan.seed)
        .stream(RandomQuantity(rawValue: quantity), entity: EntityCode(id), year: year)
        .normal(draw)
    }
  }

  /// w by [year − since][age − 5], and how often a chance had to be held at 1 and X bent.
  struct Run {
    var prevalence: [[Double]] = []
    var held = 0
    var raised = 0
    var lowered = 0
    /// c of the end year, by line.
    var coverage: [Double] = []
  }

  func run(district: Int, draw: Int) -> Run {
    let children = population.childrenByAge[district]
    let total = children.reduce(0, +)
    let shares = children.map { total > 0 ? $0 / total : 1.0 / 13 }
    let rate = levels.rate[district]
    let alpha = level(rate, shares)
    let sigma = levels.logitError[district]
    let own = normal(2, population.codes[district], draw) * sigma
    let logitShift =
      normal(1, "", draw) * levelError + own - 0.5 * (1 - 2 * rate) * sigma * sigma
    let w0 = (5...17).map { logistic(alpha + logitShift + profile.logit(age: $0)) }
    let median = (5...17).map { logistic(alpha + profile.logit(age: $0)) }
    let x = number(plan.dynamics.exit, 3, "", draw)
    var result = Run()
    var (entry, exit) = ([Double](), [Double]())
    for age in 0..<12 {
      var bent = x
      var e = (w0[age + 1] - w0[age] * (1 - x)) / (1 - w0[age])
      if e < 0 {
        (bent, e) = (1 - w0[age + 1] / w0[age], 0)
        result.raised += 1
      } else if e > 0.9 {
        (bent, e) = ((0.9 * (1 - w0[age]) - w0[age + 1] + w0[age]) / w0[age], 0.9)
        result.lowered += 1
      }
      entry.append(e)
      exit.append(bent)
    }
    let coverage = coverages(district: district, draw: draw, median: median)
    result.coverage = coverage.map { $0.last ?? 0 }
    var w = w0
    result.prevalence.append(w)
    for year in plan.since..<plan.end {
      var next: [Double] = []
      let inflow =
        w0[0] * chance(year, age: 5, district, draw) * programmes(year, 5, draw, coverage, \.entry)
      if inflow > 1 { result.held += 1 }
      next.append(min(1, inflow))
      for age in 0..<12 {
        let e =
          entry[age] * chance(year, age: age + 6, district, draw)
          * programmes(year, age + 6, draw, coverage, \.entry)
        let trend = number(plan.dynamics.trendExit, 5, "", draw)
        let out =
          exit[age] * exp(trend * Double(year + 1 - plan.since))
          * programmes(year, age + 6, draw, coverage, \.exit)
        if e > 1 || out > 1 { result.held += 1 }
        next.append(w[age] + min(1, e) * (1 - w[age]) - min(1, out) * w[age])
      }
      w = next
      result.prevalence.append(w)
    }
    return result
  }

  /// α with Σ share·logistic(α + profile) = rate.
  private func level(_ rate: Double, _ shares: [Double]) -> Double {
    var (low, high) = (-40.0, 40.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      var mean = 0.0
      for age in 0..<13 { mean += shares[age] * logistic(middle + profile.logit(age: age + 5)) }
      if mean < rate { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// Trend and shocks on entry in the step that leaves `year`: those of the year of arrival.
  private func chance(_ year: Int, age: Int, _ district: Int, _ draw: Int) -> Double {
    let department = population.departmentCodes[population.departmentOf[district]]
    let g = number(plan.dynamics.trend, 4, "", draw)
    return exp(
      g * Double(year + 1 - plan.since) + shock(plan.dynamics.shock, 6, "", year + 1, draw)
        + shock(plan.dynamics.departmentShock, 7, department, year + 1, draw))
  }

  private func shock(
    _ shock: Plan.Shock, _ quantity: UInt16, _ id: String, _ year: Int, _ draw: Int
  )
    -> Double
  {
    guard year > plan.since else { return 0 }
    let rho = shock.autocorrelation
    return rho * self.shock(shock, quantity, id, year - 1, draw)
      + shock.standardDeviation * (1 - rho * rho).squareRoot()
      * normal(quantity, id, draw, year: year)
  }

  // MARK: Money

  /// c by [line][year − base].
  private func coverages(district: Int, draw: Int, median: [Double]) -> [[Double]] {
    plan.lines.indices.map { index in
      (plan.base...plan.end).map { year in
        let line = plan.lines[index]
        guard line.kind == .service || line.kind == .transfer else { return 0 }
        let soles = Double(line.money.placed[district][year - plan.base]) / 100
        let (execution, leakage) = helped(index, year, draw)
        let cost = number(line.delivery.unitCost, 12, line.id, draw)
        let reached =
          line.delivery.childrenPerUnit * soles * execution * (1 - leakage)
          / (cost * line.delivery.costFactor[district])
        let kappa = number(line.delivery.ceiling, 13, line.id, draw)
        let eligible = eligible(line, district, median)
        guard eligible > 0, kappa > 0 else { return 0 }
        switch line.delivery.reach {
        case .exact: return min(kappa, reached / eligible)
        case .random: return kappa * (1 - exp(-reached / (kappa * eligible)))
        }
      }
    }
  }

  private func eligible(_ line: PlanLine, _ district: Int, _ median: [Double]) -> Double {
    if let given = line.delivery.eligible { return given[district] }
    let onlyExit =
      line.effect.entry == Distribution(.fixed(1)) && line.effect.exit != Distribution(.fixed(1))
    var sum = 0.0
    for age in line.effect.ages {
      sum += population.childrenByAge[district][age - 5] * (onlyExit ? median[age - 5] : 1)
    }
    return sum
  }

  private func helped(_ index: Int, _ year: Int, _ draw: Int) -> (Double, Double) {
    let line = plan.lines[index]
    var execution = number(line.delivery.execution, 15, line.id, draw)
    var leakage = number(line.delivery.leakage, 16, line.id, draw)
    for other in plan.lines where other.effect.helps.contains(index) {
      let amount = number(other.effect.amount, 17, other.id, draw)
      let strength = ramped(other, year, draw) { full(other, $0) }
      if other.kind == .coordination { execution += amount * strength }
      if other.kind == .targeting { leakage += (min(amount, leakage) - leakage) * strength }
    }
    return (min(1, execution), leakage)
  }

  /// min(1, money / full_at), never falling where it lasts.
  private func full(_ line: PlanLine, _ year: Int) -> Double {
    let years = line.effect.lasting ? Array(plan.base...year) : [year]
    return years.map {
      let money = line.money.approved[$0 - plan.base] - line.money.unplaced[$0 - plan.base]
      return min(1, Double(money) / Double(line.effect.fullAt))
    }.max() ?? 0
  }

  /// Mean over the `ramp` years that end `lag` years ago; years up to the base count as the base.
  private func ramped(_ line: PlanLine, _ year: Int, _ draw: Int, _ value: (Int) -> Double)
    -> Double
  {
    let ramp = max(1, number(line.effect.ramp, 14, line.id, draw))
    var (sum, left, from) = (0.0, ramp, year - line.effect.lag)
    while left > 0 {
      sum += min(1, left) * value(max(plan.base, from))
      left -= 1
      from -= 1
    }
    return sum / ramp
  }

  // MARK: Programmes

  /// What the lines make of a chance in the step that leaves `year`, against the base year.
  private func programmes(
    _ year: Int, _ age: Int, _ draw: Int, _ coverage: [[Double]],
    _ effect: KeyPath<PlanLine.Effect, Distribution>
  ) -> Double {
    let quantity: UInt16 = effect == \.entry ? 10 : 11
    let acting = plan.lines.indices.filter {
      (plan.lines[$0].kind == .service || plan.lines[$0].kind == .transfer)
        && plan.lines[$0].effect.ages.contains(age)
    }
    func together(_ year: Int) -> Double {
      let covered = acting.map { index in
        ramped(plan.lines[index], year, draw) { coverage[index][$0 - plan.base] }
      }
      let ratios = acting.map {
        number(plan.lines[$0].effect[keyPath: effect], quantity, plan.lines[$0].id, draw)
      }
      return combined(acting, covered, ratios, effect, draw)
    }
    return together(max(year, plan.base)) / together(plan.base)
  }

  private func combined(
    _ acting: [Int], _ covered: [Double], _ ratios: [Double],
    _ effect: KeyPath<PlanLine.Effect, Distribution>, _ draw: Int
  ) -> Double {
    switch plan.overlap {
    case .additive:
      return 1 - min(1, zip(covered, ratios).reduce(0) { $0 + $1.0 * (1 - $1.1) })
    case .nested:
      // The child at x in 0...1 is reached by every line with more coverage than x.
      let cuts = ([0, 1] + covered).sorted()
      return zip(cuts, cuts.dropFirst()).reduce(0) { sum, piece in
        let center = (piece.0 + piece.1) / 2
        let reaching = acting.indices.filter { covered[$0] > center }.map { ratios[$0] }
        let strongest = reaching.max { abs(1 - $0) < abs(1 - $1) } ?? 1
        return sum + (piece.1 - piece.0) * strongest
      }
    case .product:
      var product = zip(covered, ratios).reduce(1) { $0 * (1 - $1.0 * (1 - $1.1)) }
      for pair in plan.interactions {
        let declared: Distribution = effect == \.entry ? pair.entry : pair.exit
        guard let one = acting.firstIndex(of: pair.first),
          let two = acting.firstIndex(of: pair.second), declared != Distribution(.fixed(1))
        else { continue }
        let both = number(declared, effect == \.entry ? 20 : 21, pair.id, draw)
        let apart = (1 - covered[one] * (1 - ratios[one])) * (1 - covered[two] * (1 - ratios[two]))
        let joint = apart + covered[one] * covered[two] * (both - ratios[one] * ratios[two])
        product *= joint / apart
      }
      return product
    }
  }
}

/// A memory of random numbers by address.
private final class Drawn {
  private struct Address: Hashable {
    let quantity: UInt16
    let id: String
    let draw: Int
    let year: Int
  }

  private var known: [Address: Double] = [:]

  func value(_ quantity: UInt16, _ id: String, _ draw: Int, _ year: Int, _ make: () -> Double)
    -> Double
  {
    let address = Address(quantity: quantity, id: id, draw: draw, year: year)
    if let number = known[address] { return number }
    let number = make()
    known[address] = number
    return number
  }
}
