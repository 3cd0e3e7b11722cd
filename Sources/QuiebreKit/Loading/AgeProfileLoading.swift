// Quiebre · QuiebreKit
// The shape of the age profile, a fact of the country folder.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import LaborModel

/// Reads `geo:series/age_profile.csv`: rows `c1` and `c2` of logit = c0 + c1 x + c2 x²,
/// x = (age − 11)/6.
func loadAgeProfile(_ store: InputStore) throws(DiagnosticList) -> AgeProfile {
  let table = try store.table("geo:series/age_profile.csv")
  do throws(Diagnostic) {
    let term = try table.requiredColumn("term")
    let value = try table.requiredColumn("value")
    var coefficients: [String: Double] = [:]
    for row in 0..<table.rowCount {
      coefficients[table.trimmedText(term, row)] = try table.number(value, row)
    }
    guard let linear = coefficients["c1"], let quadratic = coefficients["c2"] else {
      throw Diagnostic(
        .profileIncomplete, at: SourcePlace(file: table.name),
        what: LocalizedText(
          en: "'\(table.name)' lacks a row c1 or c2", es: "a '\(table.name)' le falta c1 o c2"),
        why: LocalizedText(
          en: "the rate of a district is spread over single ages with this profile",
          es: "la tasa de un distrito se reparte entre las edades con este perfil"))
    }
    return AgeProfile(linear: linear, quadratic: quadratic)
  } catch {
    throw DiagnosticList(error)
  }
}
