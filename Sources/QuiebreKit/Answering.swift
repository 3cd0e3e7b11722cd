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
  return switch first.code.rawValue.dropFirst().first {
  case "1" where isData(first): .dataInvalid
  case "1", "2", "4": .scenarioInvalid
  case "3": .dataInvalid
  case "5": .cannotCompute
  case "6": .readOrWrite
  default: .ourBug
  }
}

/// Syntax faults of JSON and CSV files are faults of data.
private func isData(_ fault: Diagnostic) -> Bool {
  guard let file = fault.place?.file.lowercased() else { return false }
  return !file.hasSuffix(".toml") && !file.hasPrefix("--set")
}
