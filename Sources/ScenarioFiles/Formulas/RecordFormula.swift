// Quiebre · ScenarioFiles
// A formula over the records of a survey: the same words as over districts, worked out by columns.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// One value for each record of a table.
public enum RecordColumn: Hashable, Sendable {
  /// NaN = not known.
  case numbers([Double])
  /// Numbers of labels; −1 = not known.
  case texts(codes: [Int32], labels: [String])
  case conditions([Truth])

  /// What is known of a condition.
  public enum Truth: UInt8, Hashable, Sendable {
    case no
    case yes
    case unknown
  }

  var kind: FormulaKind {
    switch self {
    case .numbers: .number
    case .texts: .text
    case .conditions: .boolean
    }
  }
}

/// A formula over named columns of records.
public struct RecordFormula: Hashable, Sendable {
  /// What it must come to.
  public enum Purpose: Hashable, Sendable {
    case condition
    case number
    case anything
  }

  private let formula: Formula
  private let purpose: Purpose
  private let entry: String

  /// - Parameters:
  ///   - text: The formula.
  ///   - place: Where its first character stands.
  ///   - purpose: What it must come to.
  ///   - entry: How messages name it: `--share`, `indicator.X.universe`.
  /// - Throws: Q216 with the place inside the text.
  public init(
    _ text: String, at place: SourcePlace, as purpose: Purpose, entry: String
  ) throws(DiagnosticList) {
    do throws(FormulaFault) {
      formula = Formula(text: text, place: place, root: try parseFormula(text))
      self.purpose = purpose
      self.entry = entry
    } catch {
      let broken = Formula(
        text: text, place: place, root: Formula.Node(content: .number(0), offset: 0, length: 1))
      throw DiagnosticList(broken.diagnostic(.formulaSyntax, error, entry: entry))
    }
  }

  /// The columns that it names, each once, in the order in which they come.
  public var fields: [String] {
    var names: [String] = []
    formula.root.collectFields(&names)
    return names
  }

  /// Works the formula out for all records.
  ///
  /// Missing values make a result missing unless what is known decides (`no and unknown` is no).
  ///
  /// - Parameters:
  ///   - columns: At least the fields named; each of `count` records.
  ///   - others: More names that could have been meant, for messages.
  ///   - count: Number of records.
  /// - Returns: Numbers, labels or conditions, one for each record.
  /// - Throws: All faults of names and kinds.
  public func column(
    over columns: [String: RecordColumn], others: [String] = [], count: Int
  ) throws(DiagnosticList) -> RecordColumn {
    var kinds = columns.mapValues(\.kind)
    // Named, but not there: a fault if the formula uses it, else a name to suggest.
    let missing = fields.first { columns[$0] == nil }
    if missing != nil { for name in others where kinds[name] == nil { kinds[name] = .unknown } }
    let checked: Formula.Purpose =
      switch purpose {
      case .condition: .condition
      case .number: .quantity
      case .anything: .value
      }
    let faults = formula.faults(
      FormulaFields(kinds: kinds, isComplete: true), as: checked, entry: entry)
    guard faults.isEmpty else { throw DiagnosticList(faults) }
    return RecordEvaluator(columns: columns, count: count).column(formula.root)
  }
}

extension Formula.Node {
  fileprivate func collectFields(_ names: inout [String]) {
    switch content {
    case .number, .percent, .text: break
    case .field(let name): if !names.contains(name) { names.append(name) }
    case .negated(let inner), .not(let inner): inner.collectFields(&names)
    case .binary(_, let left, let right):
      left.collectFields(&names)
      right.collectFields(&names)
    case .oneOf(let inner, let parts):
      inner.collectFields(&names)
      for part in parts { part.collectFields(&names) }
    case .call(_, let parts): for part in parts { part.collectFields(&names) }
    }
  }
}
