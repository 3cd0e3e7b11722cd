// Quiebre · Formats
// Gathers the faults of a table: the first of each kind in full, the rest as a count.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A table of a million bad rows gives twenty messages and a number, not a million messages.
public struct TableFaults: Sendable {
  /// How many faults of one code are shown in full.
  public static let shownPerCode = 5

  private let file: String
  private var shown: [Diagnostic] = []
  private var order: [DiagnosticCode] = []
  private var counts: [DiagnosticCode: Int] = [:]

  public init(file: String) { self.file = file }

  public var isEmpty: Bool { shown.isEmpty }
  public var hasErrors: Bool { shown.contains { $0.severity == .error } }

  public mutating func add(_ fault: Diagnostic) {
    if isRest(fault) {
      shown.append(fault)
      return
    }
    let count = counts[fault.code, default: 0]
    if count == 0 { order.append(fault.code) }
    counts[fault.code] = count + 1
    if count < Self.shownPerCode { shown.append(fault) }
  }

  public mutating func add(_ faults: [Diagnostic]) {
    for fault in faults { add(fault) }
  }

  /// The faults in the order in which they came, then one line for each code that had more.
  public var diagnostics: [Diagnostic] {
    shown
      + order.compactMap { code in
        let more = counts[code, default: 0] - Self.shownPerCode
        guard more > 0, let first = shown.first(where: { $0.code == code }) else { return nil }
        return Diagnostic(
          code, first.severity, at: SourcePlace(file: file),
          what: LocalizedText(
            en: Self.restEnglish + "\(NumberText.grouped(more)) more of this kind",
            es: "… y \(NumberText.grouped(more)) más de este tipo"))
      }
  }

  private static let restEnglish = "… and "

  /// Whether a fault is the last line of faults that were gathered before.
  private func isRest(_ fault: Diagnostic) -> Bool {
    fault.place?.line == 0 && fault.what.en.hasPrefix(Self.restEnglish)
  }

  /// Throws everything gathered if an error is among it.
  public func throwErrors() throws(DiagnosticList) {
    if hasErrors { throw DiagnosticList(diagnostics) }
  }
}
