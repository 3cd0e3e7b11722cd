// Quiebre · quiebre-geodata
// Scores places with the logit of risk/model.json.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Formats

/// The terms of the risk model that a place is scored with.
struct PlaceModel: Sendable {
  /// The column that is a mark at a place: rural or not.
  static let areaColumn = "rural_pct"

  struct Term: Hashable, Sendable {
    let name: String
    let beta: Double
    /// Whether the column holds per cent; the model counts shares.
    let isPercent: Bool
  }

  let intercept: Double
  let terms: [Term]
  let sigma: Double

  init(_ document: JSONDocument) throws {
    var intercept = 0.0
    var terms: [Term] = []
    for term in document.root["terms"]?.array ?? [] {
      guard let name = term["name"]?.string, let beta = term["beta"]?.number else {
        throw GeodataFault(file: document.name, what: "a term lacks its name or beta")
      }
      if name == "intercept" {
        intercept = beta
      } else {
        terms.append(Term(name: name, beta: beta, isPercent: term["unit"]?.string == "%"))
      }
    }
    guard let sigma = document.root["sigma_u"]?.number, !terms.isEmpty else {
      throw GeodataFault(file: document.name, what: "no terms or no sigma_u")
    }
    self.intercept = intercept
    self.terms = terms
    self.sigma = sigma
  }

  /// The chance that a child works, averaged over the district's own error.
  ///
  /// - Parameter values: The columns of `terms`, as written in the table.
  /// - Returns: A share.
  func risk(_ values: [Double]) -> Double {
    var eta = intercept
    for (term, value) in zip(terms, values) {
      let contribution = term.beta * (term.isPercent ? value / 100 : value)
      eta += contribution
    }
    // Trapezoid rule over the normal error; exact to rounding for this smooth a curve.
    var sum = 0.0
    var weights = 0.0
    for step in -16...16 {
      let z = 0.5 * Double(step)
      let weight = exp(-0.5 * z * z)
      sum += weight * logistic(eta + sigma * z)
      weights += weight
    }
    return sum / weights
  }
}

/// The model's columns by district, as text and number, without gaps.
struct Covariates: Sendable {
  /// By term, then district.
  let texts: [[String]]
  let values: [[Double]]

  /// A district without figures takes those of the district that it was split from.
  init(
    terms: [PlaceModel.Term], table: CSVTable, districtNumbers: [String: Int], changes: CSVTable
  ) throws {
    let newCode = try changes.requiredColumn("new_code")
    let parent = try changes.requiredColumn("parent")
    var parents: [Int: Int] = [:]
    for row in 0..<changes.rowCount {
      if let child = districtNumbers[changes.trimmedText(newCode, row)],
        let origin = districtNumbers[changes.trimmedText(parent, row)]
      {
        parents[child] = origin
      }
    }
    var texts: [[String]] = []
    var values: [[Double]] = []
    for term in terms {
      let column = try table.requiredColumn(term.name)
      let numbers = try table.numbers(column)
      let sources = try (0..<table.rowCount).map { row in
        if numbers[row] != nil { return row }
        guard let origin = parents[row], numbers[origin] != nil else {
          throw GeodataFault(table, row, "no \(term.name), and no parent that has it")
        }
        return origin
      }
      texts.append(sources.map { table.trimmedText(column, $0) })
      values.append(sources.compactMap { numbers[$0] })
    }
    self.texts = texts
    self.values = values
  }
}

extension GeodataInputs {
  /// Every place with its children and risk.
  func scoredPlaces() -> [ScoredPlace] {
    places.map { place in
      let values = model.terms.indices.map { term in
        model.terms[term].name == PlaceModel.areaColumn
          ? (place.isRural ? 100 : 0) : covariates.values[term][place.district]
      }
      return ScoredPlace(
        position: place.position, children: Double(place.children), risk: model.risk(values))
    }
  }
}
