// Quiebre · GeodataTests
// The synthetic model meets the published figures that it is calibrated to.
// SPDX-License-Identifier: Apache-2.0

import Formats
import Testing

@testable import quiebre_geodata

@Suite("Synthetic risk model")
struct PlaceModelTests {
  private static func meanRisk(
    where isCounted: (GeoPlace) -> Bool
  ) throws -> Double {
    let inputs = try PeruFolder.inputs.get()
    var working = 0.0
    var children = 0.0
    for (place, scored) in zip(inputs.places, inputs.scoredPlaces()) where isCounted(place) {
      working += scored.children * scored.risk
      children += scored.children
    }
    return working / children
  }

  // Group A, 2015: 26.4 %. Intercept and slope are written with six decimals, hence 1e-6.
  @Test func theMeanOverChildrenIsTheNationalRate() throws {
    #expect(abs(try Self.meanRisk { _ in true } - 0.264) < 1e-6)
  }

  /// Group A, 2024: rural 53.1 %, urban 13.9 %.
  @Test func theOddsOfRuralAndUrbanChildrenAreThePublishedOnes() throws {
    let rural = try Self.meanRisk { $0.isRural }
    let urban = try Self.meanRisk { !$0.isRural }
    let published = (0.531 / 0.469) / (0.139 / 0.861)
    #expect(abs((rural / (1 - rural)) / (urban / (1 - urban)) / published - 1) < 1e-5)
  }

  @Test func theModelSaysThatItIsSynthetic() throws {
    let root = try JSONDocument(
      bytes: PeruFolder.bytes("risk/model.json"), name: "model.json"
    ).root
    #expect(root["synthetic"]?.boolean == true)
    #expect(root["definition"]?.string == "A_ENAHO_WORK_5_17")
    #expect(root["year"]?.integer == 2015)
  }

  /// Rural +, illiteracy +, unmet needs +, development − (signs of the published work).
  @Test func slopesHaveThePublishedSigns() throws {
    let model = try PeruFolder.inputs.get().model
    let signs = Dictionary(uniqueKeysWithValues: model.terms.map { ($0.name, $0.beta > 0) })
    #expect(
      signs == [
        "rural_pct": true, "illiteracy_pct": true, "unmet_needs_pct": true, "hdi": false,
        "altitude_m": true,
      ])
  }

  @Test func theCovarianceIsSymmetricAndPositive() throws {
    let root = try JSONDocument(
      bytes: PeruFolder.bytes("risk/model.json"), name: "model.json"
    ).root
    let matrix = (root["covariance"]?.array ?? []).map { ($0.array ?? []).compactMap(\.number) }
    let size = root["terms"]?.array?.count ?? 0
    try #require(matrix.count == size && matrix.allSatisfy { $0.count == size } && size > 0)
    // Cholesky, textbook form: fails on the first pivot that isn't positive.
    var factor = matrix
    for row in 0..<size {
      for column in 0...row {
        #expect(matrix[row][column] == matrix[column][row])
        var rest = matrix[row][column]
        for k in 0..<column { rest -= factor[row][k] * factor[column][k] }
        if row == column { try #require(rest > 0) }
        factor[row][column] = row == column ? rest.squareRoot() : rest / factor[column][column]
      }
    }
  }

  /// The lists of 2015: five departments named as highest, four as lowest.
  @Test func departmentsRankAsTheListsOf2015Say() throws {
    let inputs = try PeruFolder.inputs.get()
    var sums: [String: (working: Double, children: Double)] = [:]
    for (place, scored) in zip(inputs.places, inputs.scoredPlaces()) {
      let name = inputs.districts[place.district].department
      sums[name, default: (0, 0)].working += scored.children * scored.risk
      sums[name, default: (0, 0)].children += scored.children
    }
    let ranked = sums.map { ($0.key, $0.value.working / $0.value.children) }
      .sorted { $0.1 > $1.1 }.map(\.0)
    let high = Set(["Huancavelica", "Cajamarca", "Apurímac", "Huánuco", "Puno"])
    let low = Set(["Ica", "Arequipa", "Lima", "Tumbes"])
    #expect(high.isSubset(of: ranked.prefix(8)))
    #expect(low.isSubset(of: ranked.suffix(8)))
  }
}
