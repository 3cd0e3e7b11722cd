// Quiebre · QuiebreKit
// Turns what a use case throws into faults and an exit code.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics

/// Runs a use case; whatever it throws becomes a reply.
func answer(_ body: () throws -> Reply) -> Reply {
  do {
    return try body()
  } catch let list as DiagnosticList {
    return Reply(exitCode: exitCode(for: list.items), diagnostics: list.items)
  } catch let fault as Diagnostic {
    return Reply(exitCode: exitCode(for: [fault]), diagnostics: [fault])
  } catch is Cancelled {
    return Reply(
      exitCode: .interrupted,
      diagnostics: [
        Diagnostic(
          .interrupted, .note,
          what: LocalizedText(
            en: "interrupted; nothing was written", es: "interrumpido; no se escribió nada"))
      ])
  } catch {
    return Reply(
      exitCode: .ourBug,
      diagnostics: [Diagnostic(.internalFault, what: LocalizedText(verbatim: "\(error)"))])
  }
}

/// The exit code of the first error: its series says whose fault it is.
func exitCode(for items: [Diagnostic]) -> ExitCode {
  guard let first = items.first(where: { $0.severity == .error }) else { return .done }
  if let own = ownExitCodes[first.code.rawValue] { return own }
  return switch first.code.rawValue.dropFirst().first {
  case "1" where isData(first): .dataInvalid
  case "4" where isData(first): .dataInvalid
  case "1", "2", "4": .scenarioInvalid
  case "3": .dataInvalid
  case "5": .cannotCompute
  case "6": .readOrWrite
  default: .ourBug
  }
}

/// Codes whose series doesn't say whose fault it is.
private let ownExitCodes: [String: ExitCode] = [
  DiagnosticCode.unknownStatistic.rawValue: .usage,
  DiagnosticCode.unknownAttribute.rawValue: .usage,
  DiagnosticCode.yearOutsideRun.rawValue: .usage, DiagnosticCode.unknownTopic.rawValue: .usage,
  DiagnosticCode.unknownRequirement.rawValue: .usage,
  DiagnosticCode.breakOptionUnused.rawValue: .usage,
  DiagnosticCode.deadlineNotProjected.rawValue: .usage,
  DiagnosticCode.badProjection.rawValue: .dataInvalid,
  DiagnosticCode.notABreakReport.rawValue: .dataInvalid,
  DiagnosticCode.nothingSeen.rawValue: .scenarioInvalid,
  DiagnosticCode.differentGround.rawValue: .scenarioInvalid,
  DiagnosticCode.baselineItself.rawValue: .scenarioInvalid,
  DiagnosticCode.impossibleRisk.rawValue: .dataInvalid,
  DiagnosticCode.unknownIndicator.rawValue: .usage,
  DiagnosticCode.unmappedField.rawValue: .usage,
  DiagnosticCode.badSurveyRequest.rawValue: .usage,
  DiagnosticCode.missingLeftOut.rawValue: .dataInvalid,
  DiagnosticCode.lockUnusable.rawValue: .scenarioInvalid,
  DiagnosticCode.projectFileFault.rawValue: .usage,
  DiagnosticCode.resultUnusable.rawValue: .dataInvalid,
  DiagnosticCode.damagedPart.rawValue: .dataInvalid,
  DiagnosticCode.foreignPart.rawValue: .dataInvalid,
  DiagnosticCode.partsIncomplete.rawValue: .dataInvalid,
  DiagnosticCode.damagedDraws.rawValue: .dataInvalid,
  DiagnosticCode.unknownParameter.rawValue: .dataInvalid,
  DiagnosticCode.impossibleDraw.rawValue: .dataInvalid,
  DiagnosticCode.badDrawWeight.rawValue: .dataInvalid,
  DiagnosticCode.drawCount.rawValue: .scenarioInvalid,
  DiagnosticCode.badOutcome.rawValue: .dataInvalid,
  DiagnosticCode.missingCell.rawValue: .dataInvalid,
]

/// Warnings said once: the same code at the same place is the same finding.
func withoutRepeats(_ items: [Diagnostic]) -> [Diagnostic] {
  struct Finding: Hashable {
    let code: DiagnosticCode
    let file: String?
    let line: Int?
    let entry: String?
  }
  var seen: Set<Finding> = []
  return items.filter { item in
    guard item.severity != .error else { return true }
    return seen.insert(
      Finding(
        code: item.code, file: item.place?.file, line: item.place?.line,
        entry: item.place == nil ? item.entry ?? item.what.en : nil)
    ).inserted
  }
}

/// Syntax faults of JSON and CSV files are faults of data.
private func isData(_ fault: Diagnostic) -> Bool {
  guard let file = fault.place?.file.lowercased() else { return false }
  return !file.hasSuffix(".toml") && !file.hasPrefix("--set")
}
