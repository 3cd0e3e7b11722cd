// Quiebre · QuiebreKit
// `quiebre risk fit`: a survey's file to a risk model, its report and model.json.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats
import GeoFiles
import LaborModel
import Reports
import Statistics

/// Fits a risk model to microdata, prints how good it is, and writes what scoring reads.
public func fitRisk(_ request: RiskFitRequest, session: Session) -> Reply {
  answer {
    let table = try CSVTable(bytes: InputFile(reading: request.table).bytes, name: request.table)
    let fit = try LaborModel.fitRisk(table, request.settings, workers: session.workers)
    if let output = request.output {
      try ResultFolder.replaceFile(output, with: fit.modelJSON())
    }
    return Reply(
      text: request.json
        ? String(decoding: fit.json(), as: UTF8.self)
        : fit.text(in: session.language, writtenTo: request.output),
      diagnostics: withoutRepeats(fit.notes))
  }
}

extension RiskFitRequest {
  fileprivate var settings: RiskFitSettings {
    var settings = RiskFitSettings(
      outcome: outcome, variables: terms.map { RiskVariable(parsing: $0) })
    settings.weight = weight
    settings.cluster = cluster
    settings.stratum = stratum
    settings.district = district
    settings.region = region
    settings.points = points
    settings.missing = .init(rawValue: missing) ?? settings.missing
    settings.lonely = LonelyRule(rawValue: lonely) ?? settings.lonely
    settings.errors = .init(rawValue: errors) ?? settings.errors
    settings.classes = classes
    settings.definition = definition
    settings.survey = survey
    settings.year = year
    settings.source = source
    settings.isSynthetic = isSynthetic
    return settings
  }

  private var classes: RiskClassRule? {
    switch classRule ?? (cuts.isEmpty ? nil : "fixed") {
    case "equal": .equal
    case "quantile": .quantile
    case "jenks": .jenks
    case "fixed" where cuts.count == 2:
      .fixed(mediumFrom: cuts[0] / 100, highFrom: cuts[1] / 100)
    default: nil
    }
  }
}
