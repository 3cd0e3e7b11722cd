// Quiebre · quiebre
// Flags to the requests of the use cases, each value checked.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

extension Invocation {
  func runRequest() throws(UsageError) -> RunRequest {
    var request = RunRequest(scenarios: operands)
    request.output = last("--out") ?? request.output
    request.force = has("--force")
    request.isDryRun = has("--dry-run")
    request.required = all("--require")
    request.drawFiles = try drawFiles()
    request.shard = try shard()
    request.resumes = has("--resume")
    request.checkpointSeconds =
      try number("--checkpoint", in: 1...1_000_000) ?? request.checkpointSeconds
    request.draws = try drawSettings()
    request.json = has("--json")
    return request
  }

  func mergeRequest() -> MergeRequest {
    var request = MergeRequest(parts: operands)
    request.output = last("--out") ?? request.output
    request.force = has("--force")
    request.required = all("--require")
    request.json = has("--json")
    return request
  }

  /// `--shard 2/8`.
  private func shard() throws(UsageError) -> RunRequest.Shard? {
    guard let text = last("--shard") else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...100_000).contains(count), (1...count).contains(number)
    else {
      throw refused(
        "--shard", text,
        LocalizedText(en: "i/n with i from 1 to n", es: "i/n con i de 1 a n"))
    }
    for flag in ["--require", "--draws-out", "--dry-run"] where has(flag) {
      throw UsageError(
        what: LocalizedText(
          en: "\(flag) goes with a whole run or with merge, not with --shard",
          es: "\(flag) va con una corrida completa o con merge, no con --shard"), verb: .run)
    }
    return RunRequest.Shard(number: number, count: count)
  }

  /// `--draws-out`: the suffix says how the draws are written.
  private func drawFiles() throws(UsageError) -> [String] {
    let files = all("--draws-out")
    for file in files where ![".csv", ".qdraws"].contains(where: file.lowercased().hasSuffix) {
      throw refused(
        "--draws-out", file,
        LocalizedText(en: "a name that ends in .csv or .qdraws", es: "un nombre en .csv o .qdraws"))
    }
    guard files.isEmpty || operands.count == 1 else {
      throw UsageError(
        what: LocalizedText(
          en: "--draws-out goes with one scenario", es: "--draws-out va con un solo escenario"),
        verb: .run)
    }
    return files
  }

  func checkRequest() throws(UsageError) -> CheckRequest {
    var request = CheckRequest(scenarios: operands)
    request.showsLayers = has("--layers")
    request.showsPlan = has("--plan")
    request.isStrict = has("--strict")
    request.json = has("--json")
    return request
  }

  func riskRequest() throws(UsageError) -> RiskRequest {
    guard operands.count == 1 else {
      throw UsageError(
        what: LocalizedText(
          en: "'risk' takes one scenario, or: risk fit MICRODATA.csv",
          es: "'risk' pide un escenario, o bien: risk fit MICRODATOS.csv"), verb: verb)
    }
    var request = RiskRequest(scenario: operands[0])
    request.classRule = try choice("--classes", among: ["fixed", "equal", "quantile", "jenks"])
    request.output = last("--out")
    request.draws = try drawSettings()
    request.json = has("--json")
    return request
  }

  func compareRequest() throws(UsageError) -> CompareRequest {
    var request = CompareRequest(scenarios: operands)
    request.baseline = last("--baseline")
    let rows = try choice("--by", among: CompareRequest.Rows.allCases.map(\.rawValue))
    request.rows = rows.flatMap(CompareRequest.Rows.init) ?? .departments
    let isTakenApart = request.rows == .lines || request.rows == .inputs
    if isTakenApart, request.baseline != nil {
      throw UsageError(
        what: LocalizedText(
          en:
            "--by \(request.rows.rawValue) compares with the base year's money: leave --baseline out",
          es: "--by \(request.rows.rawValue) compara con el dinero del año base: quite --baseline"),
        verb: .compare)
    }
    guard operands.count > 1 || request.baseline != nil || isTakenApart else {
      throw UsageError(
        what: LocalizedText(
          en: "compare needs two of them, or one and --baseline, --by line or --by input",
          es: "compare pide dos de ellos, o uno y --baseline, --by line o --by input"),
        verb: .compare)
    }
    request.year = try integer("--year", in: 1900...2200)
    request.worth = try number("--worth", in: 0...1e12)
    request.draws = try drawSettings()
    request.json = has("--json")
    return request
  }

  func hindcastRequest() throws(UsageError) -> HindcastRequest {
    var request = HindcastRequest(scenario: operands[0])
    request.asOf = try years("--as-of")
    request.selfChecks = try integer("--self-check", in: 10...100_000) ?? 0
    request.draws = try drawSettings()
    request.json = has("--json")
    return request
  }

  func drawSettings() throws(UsageError) -> DrawSettings {
    DrawSettings(
      replicas: try integer("--replicas", in: 1...1_000_000),
      seed: try integer("--seed", in: 0...Int.max).map(UInt64.init))
  }
}

extension Invocation {
  func integer(_ flag: String, in allowed: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = last(flag) else { return nil }
    guard let value = Int(text), allowed.contains(value) else {
      throw refused(
        flag, text,
        LocalizedText(
          en: "a whole number from \(allowed.lowerBound) to \(allowed.upperBound)",
          es: "un entero de \(allowed.lowerBound) a \(allowed.upperBound)"))
    }
    return value
  }

  func number(_ flag: String, in allowed: ClosedRange<Double>) throws(UsageError) -> Double? {
    guard let text = last(flag) else { return nil }
    guard let value = Double(text), allowed.contains(value) else {
      throw refused(
        flag, text,
        LocalizedText(
          en: "a number from \(allowed.lowerBound) to \(allowed.upperBound)",
          es: "un número de \(allowed.lowerBound) a \(allowed.upperBound)"))
    }
    return value
  }

  func choice(_ flag: String, among allowed: [String]) throws(UsageError) -> String? {
    guard let text = last(flag) else { return nil }
    guard allowed.contains(text) else {
      throw refused(flag, text, LocalizedText(verbatim: allowed.joined(separator: " | ")))
    }
    return text
  }

  func refused(_ flag: String, _ text: String, _ allowed: LocalizedText) -> UsageError {
    let place = values[flag] == nil ? defaults[flag].map { " (\($0.place))" } ?? "" : ""
    return UsageError(
      what: LocalizedText(
        en: "\(flag) wants \(allowed.en), not '\(text)'\(place)",
        es: "\(flag) pide \(allowed.es), no '\(text)'\(place)"), verb: verb)
  }
}
