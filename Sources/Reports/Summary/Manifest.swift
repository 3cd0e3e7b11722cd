// Quiebre · Reports
// manifest.json: what went in, what came out, and the hash that people quote.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import LaborModel

/// Enough to repeat a run and to tell whether the repetition gave the same.
public struct Manifest: Sendable {
  /// A file that was read.
  public struct Input: Hashable, Sendable {
    /// Relative to the scenario, never absolute.
    public var path: String
    public var sha256: String
    public var bytes: Int
    /// Rows or features; `nil` where that means nothing.
    public var rows: Int?

    public init(path: String, sha256: String, bytes: Int, rows: Int?) {
      self.path = path
      self.sha256 = sha256
      self.bytes = bytes
      self.rows = rows
    }
  }

  /// A file that was written.
  public struct Output: Hashable, Sendable {
    public var path: String
    public var sha256: String
    /// Whether the result hash covers it: everything but manifest and log.
    public var isData: Bool

    public init(path: String, sha256: String, isData: Bool = true) {
      self.path = path
      self.sha256 = sha256
      self.isData = isData
    }
  }

  /// A library whose version may move a digit.
  public struct Library: Hashable, Sendable {
    public var name: String
    public var version: String

    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// Who ran it, when and how long: no hash covers this.
  public struct RunFacts: Hashable, Sendable {
    public var host: String
    public var threads: Int
    /// ISO 8601, UTC.
    public var started: String
    public var seconds: Double

    public init(host: String, threads: Int, started: String, seconds: Double) {
      self.host = host
      self.threads = threads
      self.started = started
      self.seconds = seconds
    }
  }

  public var version: String
  public var commit: String?
  public var libraries: [Library]
  public var inputs: [Input]
  public var scenarioHash: String
  public var coding: String
  public var vintage: Int?
  public var outputs: [Output]
  /// As typed.
  public var command: [String]
  public var run: RunFacts?

  public init(
    version: String, commit: String?, libraries: [Library], inputs: [Input],
    scenarioHash: String, coding: String, vintage: Int?, outputs: [Output], command: [String],
    run: RunFacts?
  ) {
    self.version = version
    self.commit = commit
    self.libraries = libraries
    self.inputs = inputs
    self.scenarioHash = scenarioHash
    self.coding = coding
    self.vintage = vintage
    self.outputs = outputs
    self.command = command
    self.run = run
  }

  /// SHA-256 over the lines `<sha256>  <path>` of the data outputs, sorted by path: what
  /// `sha256sum` prints, so that anyone can check it.
  public static func resultHash(of outputs: [Output]) -> String {
    let data = outputs.filter(\.isData).sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
    let lines = data.map { "\($0.sha256)  \($0.path)\n" }
    return SHA256.hash(Array(lines.joined().utf8))
  }

  /// The manifest of one scenario's result folder.
  public func bytes(for report: RunReport) -> [UInt8] {
    var json = JSONWriter(reservingBytes: 20_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.manifest/1")
      json.member("version", version)
      json.member("commit", commit)
      json.object("libraries") { json in
        for library in libraries { json.member(library.name, library.version) }
      }
      writeInputs(to: &json)
      writeSettings(of: report, to: &json)
      writeOutputs(to: &json)
      json.member("result_hash", Self.resultHash(of: outputs))
      json.array("warnings", .lines) { json in
        for warning in report.warnings { json.diagnostic(warning) }
      }
      json.array("command") { json in
        for word in command { json.string(word) }
      }
      writeRun(to: &json)
    }
    json.endLine()
    return json.finished()
  }

  private func writeInputs(to json: inout JSONWriter) {
    json.array("inputs", .lines) { json in
      for input in inputs {
        json.object { json in
          json.member("path", input.path)
          json.member("sha256", input.sha256)
          json.member("bytes", input.bytes)
          json.member("rows", input.rows)
        }
      }
    }
  }

  private func writeSettings(of report: RunReport, to json: inout JSONWriter) {
    let plan = report.plan
    json.member("scenario", plan.id)
    json.member("scenario_sha256", scenarioHash)
    json.member("inputs_hash", report.inputsHash)
    json.seed(plan.seed)
    json.member("replicas", plan.replicas)
    json.member("definition", plan.definition)
    json.member("coding", coding)
    json.member("vintage", vintage)
    json.member("currency", report.unit.currency)
    json.member("price_year", report.unit.priceYear)
    json.member("as_of", report.asOf)
    json.member("geometry", report.registry.schematic ? "schematic" : "real")
    json.member("rules_sha256", report.rulesHash)
    json.array("synthetic", .lines) { json in
      for item in report.synthetic {
        json.object { json in
          json.member("id", item.id)
          json.member("es", item.text.es)
          json.member("en", item.text.en)
        }
      }
    }
  }

  private func writeOutputs(to json: inout JSONWriter) {
    json.array("outputs", .lines) { json in
      for output in outputs {
        json.object { json in
          json.member("path", output.path)
          json.member("sha256", output.sha256)
          json.member("in_result_hash", output.isData)
        }
      }
    }
  }

  private func writeRun(to json: inout JSONWriter) {
    guard let run else { return }
    json.object("run") { json in
      json.member("host", run.host)
      json.member("threads", run.threads)
      json.member("started", run.started)
      json.member("seconds", run.seconds, decimals: 2)
    }
  }
}
