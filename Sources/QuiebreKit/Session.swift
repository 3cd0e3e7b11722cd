// Quiebre · QuiebreKit
// What every use case needs to know of its caller, and what it gives back.
// SPDX-License-Identifier: Apache-2.0

public import Compute
public import Diagnostics

/// How the program ends; `--json` never changes it.
public enum ExitCode: Int32, Hashable, Sendable {
  case done = 0
  /// Done, but a gate failed (`--strict`, `--require`).
  case gateFailed = 1
  case usage = 2
  case scenarioInvalid = 3
  case dataInvalid = 4
  case cannotCompute = 5
  case readOrWrite = 6
  case ourBug = 70
  case interrupted = 130
}

/// One caller: language, folders, threads, and the two ways to reach it while work goes on.
public struct Session: Sendable {
  public var language: Language = .english
  /// `--geo`, then `QUIEBRE_GEO`; `nil` = beside the tool, then `./Geo`.
  public var geoFolder: String?
  /// The folder of the executable, for finding `Geo` beside it.
  public var toolFolder: String?
  /// Values that win over every layer of the scenario: `line.chains.after` = `keep`.
  public var overrides: [Override] = []
  public var workers = 1
  public var cancellation = CancellationFlag()
  /// Called now and then, from any thread.
  public var progress: (@Sendable (Progress) -> Void)?
  /// The command line as typed, for the manifest.
  public var command: [String] = []

  public init() {}

  /// One `--set key=value`.
  public struct Override: Hashable, Sendable {
    public let key: String
    public let value: String

    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// How far a stage is.
  public struct Progress: Hashable, Sendable {
    public enum Stage: String, Hashable, Sendable {
      case reading
      case joining
      case simulating
      case writing
    }

    public let stage: Stage
    public let done: Int
    public let total: Int

    public init(stage: Stage, done: Int, total: Int) {
      self.stage = stage
      self.done = done
      self.total = total
    }
  }
}

/// What a verb answers: text for stdout, faults for stderr, and how the program ends.
public struct Reply: Sendable {
  public var exitCode: ExitCode
  /// For people, or one JSON document; ends with a line feed unless empty.
  public var text: String
  public var diagnostics: [Diagnostic]

  public init(exitCode: ExitCode = .done, text: String = "", diagnostics: [Diagnostic] = []) {
    self.exitCode = exitCode
    self.text = text
    self.diagnostics = diagnostics
  }
}
