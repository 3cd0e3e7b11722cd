// Quiebre · Diagnostics
// One fault: what is wrong, where it stands, why it matters and how to mend it.
// SPDX-License-Identifier: Apache-2.0

/// The languages in which Quiebre speaks to people.
public enum Language: String, CaseIterable, Hashable, Sendable {
  case english = "en"
  case spanish = "es"
}

/// A sentence for people, in both languages.
public struct LocalizedText: Hashable, Sendable {
  public let en: String
  public let es: String

  public init(en: String, es: String) {
    self.en = en
    self.es = es
  }

  /// A text that reads the same in both languages: a name, a number, a code.
  public init(verbatim text: String) { self.init(en: text, es: text) }

  public func text(in language: Language) -> String {
    switch language {
    case .english: en
    case .spanish: es
    }
  }
}

/// Where an entry stands in a file.
///
/// Lines and columns count from 1, columns in characters; 0 stands for "the whole file" (line) or
/// "the whole line" (column). `length` is how many characters a caret line underlines.
public struct SourcePlace: Hashable, Sendable {
  public let file: String
  public let line: Int
  public let column: Int
  public let length: Int
  /// The text of the line, for the caret; `nil` where showing it would not help (binary files).
  public let sourceLine: String?

  public init(
    file: String, line: Int = 0, column: Int = 0, length: Int = 1, sourceLine: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.sourceLine = sourceLine
  }
}

/// A code that never changes meaning: Q1 syntax, Q2 scenario, Q3 data and joins, Q4 money,
/// Q5 model, Q6 reading and writing files, Q9 ours.
public struct DiagnosticCode: Hashable, Sendable, RawRepresentable, CustomStringConvertible {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }
}

/// A fault, a warning or a note, in a form that text and JSON can both print.
public struct Diagnostic: Error, Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    case error
    case warning
    case note
  }

  public let code: DiagnosticCode
  public let severity: Severity
  /// The entry as the planner would name it: `line.transfers.amount`, `feature 12`, `row 88`.
  public let entry: String?
  public let place: SourcePlace?
  /// What is wrong, with the value found and what is allowed.
  public let what: LocalizedText
  /// A few words beside the caret.
  public let caret: LocalizedText?
  public let why: LocalizedText?
  public let fix: LocalizedText?

  public init(
    _ code: DiagnosticCode, _ severity: Severity = .error, entry: String? = nil,
    at place: SourcePlace? = nil, what: LocalizedText, caret: LocalizedText? = nil,
    why: LocalizedText? = nil, fix: LocalizedText? = nil
  ) {
    self.code = code
    self.severity = severity
    self.entry = entry
    self.place = place
    self.what = what
    self.caret = caret
    self.why = why
    self.fix = fix
  }
}

/// Every fault of one pass, thrown together so that a planner mends a file in one round.
public struct DiagnosticList: Error, Hashable, Sendable {
  public var items: [Diagnostic]

  public init(_ items: [Diagnostic] = []) { self.items = items }
  public init(_ item: Diagnostic) { self.items = [item] }

  public var hasErrors: Bool { items.contains { $0.severity == .error } }
}
