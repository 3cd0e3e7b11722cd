// Quiebre · QuiebreKit
// What each verb is asked, with its defaults.
// SPDX-License-Identifier: Apache-2.0

/// Flags that win over the scenario's own number of draws and seed.
public struct DrawSettings: Hashable, Sendable {
  public var replicas: Int?
  public var seed: UInt64?

  public init(replicas: Int? = nil, seed: UInt64? = nil) {
    self.replicas = replicas
    self.seed = seed
  }
}

/// `quiebre run`.
public struct RunRequest: Hashable, Sendable {
  /// Paths of scenario files; all run over the same draws.
  public var scenarios: [String]
  /// Where result folders go.
  public var output = "results"
  public var force = false
  public var isDryRun = false
  /// `target.NAME`: targets that must reach their wanted probability.
  public var required: [String] = []
  public var draws = DrawSettings()
  /// Files that the parameter draws of the only scenario go to, `.csv` or `.qdraws`.
  public var drawFiles: [String] = []
  /// The only share of the districts to be done; a part is written in place of a result.
  public var shard: Shard?
  /// Goes on from the checkpoint that an interrupted call left in `output`.
  public var resumes = false
  /// Seconds between checkpoints.
  public var checkpointSeconds = 60.0
  public var json = false

  public init(scenarios: [String]) { self.scenarios = scenarios }

  /// `--shard 2/8`.
  public struct Shard: Hashable, Sendable {
    /// 1 to `count`.
    public let number: Int
    public let count: Int

    public init(number: Int, count: Int) {
      self.number = number
      self.count = count
    }
  }
}

/// `quiebre check`.
public struct CheckRequest: Hashable, Sendable {
  public var scenarios: [String]
  public var showsLayers = false
  public var showsPlan = false
  public var isStrict = false
  public var json = false

  public init(scenarios: [String]) { self.scenarios = scenarios }
}

/// `quiebre risk`.
public struct RiskRequest: Hashable, Sendable {
  public var scenario: String
  public var classRule: String?
  public var output: String?
  public var draws = DrawSettings()
  public var json = false

  public init(scenario: String) { self.scenario = scenario }
}

/// `quiebre risk fit`.
public struct RiskFitRequest: Hashable, Sendable {
  /// Path of the survey's file, one row per child.
  public var table: String
  /// Column of 0 and 1.
  public var outcome: String
  /// `age`, `area=urban` (category and what it is compared with), `rural_pct%`.
  public var terms: [String]
  public var weight: String?
  public var cluster: String?
  public var stratum: String?
  public var district: String?
  public var region: String?
  /// Points of the quadrature over the districts' intercepts.
  public var points = 7
  /// `refuse` or `drop`.
  public var missing = "refuse"
  /// `fail`, `certainty`, `adjust` or `average`.
  public var lonely = "fail"
  /// `robust` or `model`.
  public var errors = "robust"
  public var classRule: String?
  /// Percent where medium and high begin, for the rule `fixed`.
  public var cuts: [Double] = []
  public var definition = ""
  public var survey = ""
  public var year = 0
  public var source = ""
  public var isSynthetic = false
  /// Where `model.json` goes; `nil` = nowhere.
  public var output: String?
  public var json = false

  public init(table: String, outcome: String, terms: [String]) {
    self.table = table
    self.outcome = outcome
    self.terms = terms
  }
}

/// `quiebre compare`.
public struct CompareRequest: Hashable, Sendable {
  public var scenarios: [String]
  /// What differences are taken from, in place of each scenario's own baseline: a scenario, a lock
  /// or a finished folder.
  public var baseline: String?
  public var rows = Rows.departments
  public var year: Int?
  /// What a child-year avoided is worth to whoever chooses, in the currency's unit.
  public var worth: Double?
  public var draws = DrawSettings()
  public var json = false

  public init(scenarios: [String]) { self.scenarios = scenarios }

  /// What stands in the rows below the nation's.
  public enum Rows: String, CaseIterable, Hashable, Sendable {
    case departments = "department"
    case provinces = "province"
    /// The lines of one scenario, in parts that add up.
    case lines = "line"
    /// The uncertain inputs of one scenario: what the answers' variance is owed to.
    case inputs = "input"
  }
}
