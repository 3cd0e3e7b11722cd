// Quiebre · quiebre
// Arguments to an invocation: any order, `--flag=value`, `-j4`, nearest name on a typo.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// A command line that can't be read: exit 2, with one line of usage.
struct UsageError: Error, Equatable {
  let what: LocalizedText
  let verb: Verb?
}

extension Invocation {
  /// Reads arguments (without the program's name).
  ///
  /// - Throws: ``UsageError`` for an unknown verb or flag, a value too many or too few.
  init(parsing arguments: [String]) throws(UsageError) {
    var rest = arguments[...]
    var words: [String] = []
    var pending: [(flag: String, value: String?)] = []
    while let argument = rest.popFirst() {
      if argument == "--" {
        words += rest
        break
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        words.append(argument)
        continue
      }
      let (name, attached) = Invocation.split(argument)
      guard let flag = Invocation.flag(named: name) else {
        throw UsageError(what: Invocation.unknown(flag: name), verb: Invocation.verb(in: words))
      }
      pending.append((flag.name, try Invocation.value(of: flag, attached: attached, rest: &rest)))
    }
    try self.init(words: words, flags: pending)
  }

  private init(words: [String], flags: [(flag: String, value: String?)]) throws(UsageError) {
    if let first = words.first {
      guard let verb = Verb(rawValue: first) else {
        throw UsageError(what: Invocation.unknown(verb: first), verb: nil)
      }
      self.verb = verb
      operands = Array(words.dropFirst())
    }
    for (name, value) in flags { values[name, default: []].append(value ?? "") }
    guard let verb else { return }
    for (name, _) in flags where !verb.flags.contains(where: { $0.name == name }) {
      throw UsageError(
        what: LocalizedText(
          en: "'\(verb.rawValue)' has no flag \(name)",
          es: "'\(verb.rawValue)' no tiene la opción \(name)"), verb: verb)
    }
    guard !has("--help"), !has("--version") else { return }
    guard verb.operandCount.contains(operands.count) else {
      throw UsageError(
        what: LocalizedText(
          en: "'\(verb.rawValue)' takes \(verb.operands.isEmpty ? "nothing" : verb.operands)",
          es: "'\(verb.rawValue)' pide \(verb.operands.isEmpty ? "nada más" : verb.operands)"),
        verb: verb)
    }
  }

  private static func verb(in words: [String]) -> Verb? { words.first.flatMap(Verb.init) }

  /// Splits `--flag=value` and `-j4`.
  private static func split(_ argument: String) -> (name: String, value: String?) {
    if argument.hasPrefix("--") {
      guard let equals = argument.firstIndex(of: "=") else { return (argument, nil) }
      return (
        String(argument[..<equals]), String(argument[argument.index(after: equals)...])
      )
    }
    guard argument.count > 2 else { return (argument, nil) }
    let value = argument.dropFirst(2)
    return (String(argument.prefix(2)), String(value.hasPrefix("=") ? value.dropFirst() : value))
  }

  private static func flag(named name: String) -> Flag? {
    allFlags.first { $0.name == name || $0.short == name }
  }

  private static let allFlags = Verb.allCases.flatMap(\.flags)

  private static func value(
    of flag: Flag, attached: String?, rest: inout ArraySlice<String>
  ) throws(UsageError) -> String? {
    guard let placeholder = flag.value else {
      guard attached == nil else {
        throw UsageError(
          what: LocalizedText(
            en: "\(flag.name) takes no value", es: "\(flag.name) no lleva valor"), verb: nil)
      }
      return nil
    }
    if let attached { return attached }
    guard let next = rest.popFirst() else {
      throw UsageError(
        what: LocalizedText(
          en: "\(flag.name) needs a value: \(flag.name) \(placeholder)",
          es: "\(flag.name) necesita un valor: \(flag.name) \(placeholder)"), verb: nil)
    }
    return next
  }

  static func unknown(verb word: String) -> LocalizedText {
    let nearest = nearestName(to: word, in: Verb.allCases.map(\.rawValue))
    return LocalizedText(
      en: "no verb '\(word)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
      es: "no hay un verbo '\(word)'" + (nearest.map { "; ¿quiso decir '\($0)'?" } ?? ""))
  }

  private static func unknown(flag word: String) -> LocalizedText {
    let nearest = nearestName(to: word, in: allFlags.map(\.name))
    return LocalizedText(
      en: "no flag '\(word)'" + (nearest.map { "; did you mean '\($0)'?" } ?? ""),
      es: "no hay una opción '\(word)'" + (nearest.map { "; ¿quiso decir '\($0)'?" } ?? ""))
  }
}
