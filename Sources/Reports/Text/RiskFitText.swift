// Quiebre · Reports
// What `quiebre risk fit` prints: coefficients, how good the model is, where it fails.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import LaborModel
import Statistics

extension RiskFit {
  /// The report for people.
  ///
  /// - Parameters:
  ///   - language: Of the words.
  ///   - path: Where the model was written; `nil` = nowhere.
  /// - Returns: Text that ends with a line feed.
  public func text(in language: Language, writtenTo path: String? = nil) -> String {
    let writer = RiskFitText(fit: self, language: language)
    var parts = [writer.head, writer.terms]
    parts += [writer.facts, writer.qualities, writer.groups]
    if !regions.isEmpty { parts.append(writer.regions) }
    if let classes { parts.append(writer.classes(classes)) }
    if let path { parts.append(writer.closing(path)) }
    return parts.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }
}

private struct RiskFitText {
  let fit: RiskFit
  let language: Language
  let numbers: PeopleNumbers

  init(fit: RiskFit, language: Language) {
    self.fit = fit
    self.language = language
    numbers = PeopleNumbers(language: language)
  }

  var head: [String] {
    let sample = fit.sample
    var lines = [
      RiskFitPhrase.head.said(
        sample.file, count(sample.rows), count(sample.cases), numbers.rate(sample.rate),
        in: language)
    ]
    if sample.dropped > 0 {
      lines.append(RiskFitPhrase.dropped.said(count(sample.dropped), in: language))
    }
    let freedom = String(max(0, sample.degreesOfFreedom))
    var errors =
      switch fit.errors {
      case .model: RiskFitPhrase.modelErrors.said(in: language)
      case .robust where sample.strata > 1:
        RiskFitPhrase.robust.said(
          count(sample.clusters), count(sample.strata), freedom, in: language)
      case .robust where sample.hasClusters || fit.districts != nil:
        RiskFitPhrase.robustByCluster.said(count(sample.clusters), freedom, in: language)
      case .robust: RiskFitPhrase.robustByRow.said(freedom, in: language)
      }
    if sample.hasWeights {
      errors +=
        " · " + RiskFitPhrase.weights.said(numbers.whole(sample.effectiveRows), in: language)
    }
    return lines + [errors]
  }

  var terms: [String] {
    var table = TextTable()
    table.append(cells(RiskFitPhrase.termHead))
    for row in fit.coefficients {
      table.append([
        name(row.term), significant(row.term.beta), significant(row.standardError),
        row.p.map { chance($0) } ?? PeopleNumbers.none,
        row.term.isIntercept ? "" : odds(row),
      ])
    }
    return table.lines()
  }

  var facts: [String] {
    var lines: [String] = []
    if let districts = fit.districts {
      lines.append(
        RiskFitPhrase.districts.said(
          numbers.fixed(districts.spread, 3), numbers.fixed(districts.spreadError, 3),
          count(districts.districts), String(districts.points),
          numbers.fixed(districts.sharedVariance * 100, 1), in: language))
    }
    lines.append(
      RiskFitPhrase.likelihood.said(
        numbers.fixed(fit.logLikelihood, 1), numbers.fixed(fit.pseudoRSquared, 3), in: language))
    return lines
  }

  var qualities: [String] {
    let columns = [fit.quality] + (fit.leftOut.map { [$0] } ?? [])
    var table = TextTable()
    table.append(Array(cells(RiskFitPhrase.qualityHead).prefix(columns.count + 1)))
    table.append([said(.area)] + columns.map { area($0.discrimination) })
    table.append(
      [said(.brier)]
        + columns.map { column in
          column.calibration.map {
            "\(numbers.fixed($0.brier, 3)) (\(numbers.fixed($0.brierGain * 100, 1)) %)"
          } ?? PeopleNumbers.none
        })
    table.append([said(.slope)] + columns.map { decimals($0.calibration?.slope) })
    table.append([said(.intercept)] + columns.map { decimals($0.calibration?.intercept) })
    return table.lines() + (fit.leftOut == nil ? [said(.flatters)] : [])
  }

  var groups: [String] {
    var table = TextTable()
    table.append(cells(RiskFitPhrase.groupHead))
    for group in fit.groups.groups {
      table.append([
        numbers.rate(group.upTo) + " %", count(group.rows), numbers.rate(group.observed) + " %",
        numbers.rate(group.predicted) + " %",
      ])
    }
    guard let test = fit.groups.test, let p = fit.groups.p else { return table.lines() }
    let verdict = said(p < 0.05 ? .fitsBadly : .fitsWell)
    let line =
      switch test {
      case .hosmerLemeshow(let value, let freedom):
        RiskFitPhrase.hosmerLemeshow.said(
          numbers.fixed(value, 2), String(freedom), sign(p), verdict, in: language)
      case .surveyResiduals(let f, let first, let second):
        RiskFitPhrase.surveyResiduals.said(
          String(first), String(second), numbers.fixed(f, 2), sign(p), verdict, in: language)
      }
    return table.lines() + [line]
  }

  var regions: [String] {
    var table = TextTable()
    table.append(cells(RiskFitPhrase.regionHead))
    for region in fit.regions {
      table.append([
        region.name, count(region.rows),
        "\(numbers.rate(region.direct)) % (\(numbers.fixed(region.directError * 100, 1)))",
        numbers.rate(region.fitted) + " %",
        region.leftOut.map { numbers.rate($0) + " %" } ?? PeopleNumbers.none,
        region.z.map { numbers.signed($0, 1) } ?? PeopleNumbers.none,
        decimals(region.quality?.discrimination?.area),
      ])
    }
    return table.lines() + [said(.regionNote)]
  }

  func classes(_ classes: RiskFit.ClassFacts) -> [String] {
    var table = TextTable()
    table.append(
      RiskFitPhrase.classHead.said(classes.column, in: language)
        .split(separator: "|").map(String.init))
    for row in classes.rows.reversed() {
      table.append([
        row.riskClass.words.text(in: language), count(row.areas),
        numbers.rate(row.children) + " %", numbers.rate(row.working) + " %",
        row.rate.map { numbers.rate($0) + " %" } ?? PeopleNumbers.none,
      ])
    }
    let key =
      "classes = { rule = \"fixed\", medium = \"\(numbers.rate(classes.cuts.mediumFrom)) %\", "
      + "high = \"\(numbers.rate(classes.cuts.highFrom)) %\" }"
    return [classes.cuts.sentence.text(in: language)] + table.lines()
      + [RiskFitPhrase.classNote.said(key, in: language)]
  }

  func closing(_ path: String) -> [String] {
    [
      RiskFitPhrase.written.said(path, in: language),
      RiskFitPhrase.scoring.said("[risk] model = \"\(path)\", cells = …", in: language),
    ]
  }
}

extension RiskFitText {
  private func said(_ phrase: RiskFitPhrase) -> String { phrase.said(in: language) }

  private func cells(_ phrase: RiskFitPhrase) -> [String] {
    said(phrase).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
  }

  private func count(_ value: Int) -> String { numbers.whole(Double(value)) }

  private func decimals(_ value: Double?) -> String {
    value.map { numbers.fixed($0, 3) } ?? PeopleNumbers.none
  }

  private func name(_ term: RiskModel.Term) -> String {
    if let level = term.level {
      return RiskFitPhrase.termLevel.said(
        term.name, level, term.reference ?? PeopleNumbers.none, in: language)
    }
    return term.isPercent ? RiskFitPhrase.termPercent.said(term.name, in: language) : term.name
  }

  /// Four significant digits, so that a coefficient per meter isn't printed as 0.
  private func significant(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return numbers.fixed(value, 3) }
    var (decimals, size) = (3, value.magnitude)
    while size < 1, decimals < 12 {
      size *= 10
      decimals += 1
    }
    return numbers.fixed(value, decimals)
  }

  /// The odds ratio with its interval, all three with the decimals of the first.
  private func odds(_ row: RiskFit.Coefficient) -> String {
    let ratio = row.oddsRatio
    // Near 1 two decimals hide an effect per unit.
    let decimals = ratio.value >= 100 ? 0 : (0.95...1.05).contains(ratio.value) ? 4 : 2
    let value = numbers.fixed(ratio.value, decimals)
    guard let low = ratio.low, let high = ratio.high else { return value }
    return "\(value) (\(numbers.fixed(low, decimals))-\(numbers.fixed(high, decimals)))"
  }

  private func chance(_ p: Double) -> String {
    p < 0.001 ? "<0.001" : numbers.fixed(p, 3)
  }

  /// For a sentence: `= 0.031`, `< 0.001`.
  private func sign(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : "= " + numbers.fixed(p, 3)
  }

  private func area(_ found: Discrimination?) -> String {
    guard let found else { return PeopleNumbers.none }
    let interval = found.interval
    return "\(numbers.fixed(found.area, 3)) "
      + "(\(numbers.fixed(interval.low, 3))-\(numbers.fixed(interval.high, 3)))"
  }
}
