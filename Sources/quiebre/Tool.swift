// Quiebre · quiebre
// One call of the tool: arguments in, text and an exit code out.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit

struct Tool {
  private let invocation: Invocation
  private let language: Language
  private let session: Session
  private let progress: ProgressLine?

  /// Runs the tool.
  ///
  /// - Parameter arguments: The command line with the program's name.
  /// - Returns: How the process is to end.
  static func run(_ arguments: [String]) -> ExitCode {
    let words = Array(arguments.dropFirst())
    do throws(UsageError) {
      var invocation = try Invocation(parsing: words)
      do throws(DiagnosticList) {
        try invocation.applyProjectFile()
      } catch {
        return refuse(error, invocation)
      }
      return try Tool(invocation, arguments: arguments).answer()
    } catch {
      let language = preferredLanguage(flag: languageFlag(in: words))
      let text = error.what.text(in: language)
      Terminal.write("quiebre: \(text)\n\(Help.usage(of: error.verb, in: language))\n", to: 2)
      return .usage
    }
  }

  /// A project file that can't be used: nothing is done.
  private static func refuse(_ faults: DiagnosticList, _ invocation: Invocation) -> ExitCode {
    let language = preferredLanguage(flag: invocation.last("--lang"))
    if invocation.has("--json") {
      Terminal.write(diagnosticsJSON(faults.items, in: language), to: 1)
    } else {
      Terminal.write(DiagnosticRenderer(language: language).text(faults.items), to: 2)
    }
    return .usage
  }

  private init(_ invocation: Invocation, arguments: [String]) throws(UsageError) {
    self.invocation = invocation
    _ = try invocation.choice("--lang", among: Language.allCases.map(\.rawValue))
    language = Tool.preferredLanguage(flag: invocation.last("--lang"))
    var session = Session()
    session.language = language
    session.geoFolder = invocation.last("--geo") ?? Terminal.environment("QUIEBRE_GEO")
    session.toolFolder = Terminal.executableFolder
    session.overrides = try Tool.overrides(invocation)
    session.workers = try invocation.integer("--jobs", in: 1...1024) ?? Terminal.processors
    session.cancellation = Interruption.flag
    session.command = ["quiebre"] + arguments.dropFirst()
    progress = try Tool.progressLine(invocation, language: language, threads: session.workers)
    if let progress { session.progress = { progress.show($0) } }
    self.session = session
  }

  private func answer() throws(UsageError) -> ExitCode {
    if invocation.has("--version") || invocation.verb == .version {
      return finish(versionReply(session: session, json: invocation.has("--json")))
    }
    guard let verb = invocation.verb, !invocation.has("--help") else {
      return finish(helpReply(on: invocation.verb))
    }
    Interruption.install()
    let reply = try reply(to: verb)
    progress?.clear()
    return finish(reply)
  }

  private func reply(to verb: Verb) throws(UsageError) -> Reply {
    switch verb {
    case .run: QuiebreKit.run(try invocation.runRequest(), session: session)
    case .merge: QuiebreKit.merge(invocation.mergeRequest(), session: session)
    case .check: QuiebreKit.check(try invocation.checkRequest(), session: session)
    case .join: QuiebreKit.join(try invocation.joinRequest(), session: session)
    case .layer: examineLayer(try invocation.layerRequest(), session: session)
    case .risk where invocation.isRiskFit:
      QuiebreKit.fitRisk(try invocation.riskFitRequest(), session: session)
    case .risk: QuiebreKit.risk(try invocation.riskRequest(), session: session)
    case .compare: QuiebreKit.compare(try invocation.compareRequest(), session: session)
    case .breakTest: QuiebreKit.breakTest(try invocation.breakRequest(), session: session)
    case .hindcast: QuiebreKit.hindcast(try invocation.hindcastRequest(), session: session)
    case .survey: try surveyReply()
    case .explain:
      QuiebreKit.explain(
        invocation.operands.first, session: session, json: invocation.has("--json"))
    case .help: try helpReply()
    case .version: versionReply(session: session, json: invocation.has("--json"))
    }
  }

  private func surveyReply() throws(UsageError) -> Reply {
    switch invocation.operands.first {
    case "plan": surveyPlan(try invocation.surveyPlanRequest(), session: session)
    case "interval": surveyInterval(try invocation.surveyIntervalRequest(), session: session)
    default: survey(try invocation.surveyRequest(), session: session)
    }
  }

  private func helpReply() throws(UsageError) -> Reply {
    guard let word = invocation.operands.first else { return helpReply(on: nil) }
    guard let verb = Verb(rawValue: word) else {
      throw UsageError(what: Invocation.unknown(verb: word), verb: nil)
    }
    return helpReply(on: verb)
  }

  /// The page of a verb, or of all.
  private func helpReply(on verb: Verb?) -> Reply {
    if invocation.has("--json") {
      return Reply(text: helpJSON(verb.map { [$0] } ?? Verb.allCases))
    }
    return Reply(
      text: verb.map { Help.page(of: $0, in: language) } ?? Help.overview(in: language))
  }

  private func helpJSON(_ verbs: [Verb]) -> String {
    verbsJSON(verbs.map { Help.verbPage($0, in: language) })
  }

  private func finish(_ reply: Reply) -> ExitCode {
    // With --json a failure is a document too.
    let text =
      reply.text.isEmpty && invocation.has("--json")
      ? diagnosticsJSON(reply.diagnostics, in: language)
      : invocation.has("--quiet") && !invocation.has("--json") ? "" : reply.text
    if !Terminal.write(text, to: 1) { return .readOrWrite }
    Terminal.write(messages(of: reply), to: 2)
    return reply.exitCode
  }

  private func messages(of reply: Reply) -> String {
    let shown = reply.diagnostics.filter { diagnostic in
      switch diagnostic.severity {
      case .error: true
      case .warning: !invocation.has("--quiet")
      case .note: invocation.has("--verbose")
      }
    }
    guard !shown.isEmpty, !invocation.has("--json") else { return "" }
    return DiagnosticRenderer(language: language, color: usesColor).text(shown)
  }

  private var usesColor: Bool {
    switch invocation.last("--color") {
    case "always": true
    case "never": false
    default: Terminal.isTerminal(2) && Terminal.environment("NO_COLOR") == nil
    }
  }
}

extension Tool {
  private static func preferredLanguage(flag: String?) -> Language {
    let locale =
      Terminal.environment("LC_ALL") ?? Terminal.environment("LC_MESSAGES")
      ?? Terminal.environment("LANG")
    let wanted =
      flag.flatMap(Language.init)
      ?? Terminal.environment("QUIEBRE_LANG").flatMap(Language.init)
    return wanted ?? locale.flatMap { Language(rawValue: String($0.prefix(2))) } ?? .english
  }

  /// The language asked for on a line that can't be parsed.
  private static func languageFlag(in words: [String]) -> String? {
    for (index, word) in words.enumerated() {
      if word.hasPrefix("--lang=") { return String(word.dropFirst(7)) }
      if word == "--lang", index + 1 < words.count { return words[index + 1] }
    }
    return nil
  }

  private static func overrides(
    _ invocation: Invocation
  ) throws(UsageError) -> [Session.Override] {
    var overrides: [Session.Override] = []
    for text in invocation.all("--set") {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw UsageError(
          what: LocalizedText(
            en: "--set wants KEY=VALUE, not '\(text)'", es: "--set pide CLAVE=VALOR, no '\(text)'"),
          verb: invocation.verb)
      }
      overrides.append(
        Session.Override(
          key: String(text[..<equals]), value: String(text[text.index(after: equals)...])))
    }
    return overrides
  }

  private static func progressLine(
    _ invocation: Invocation, language: Language, threads: Int
  ) throws(UsageError) -> ProgressLine? {
    let wanted = try invocation.choice("--progress", among: ["auto", "never", "plain"]) ?? "auto"
    guard wanted != "never", !invocation.has("--quiet") else { return nil }
    let live = wanted == "auto" && Terminal.isTerminal(2)
    return ProgressLine(style: live ? .live : .plain, language: language, threads: threads)
  }
}
