// Quiebre · QuiebreKit
// What a run did and when, for `log.ndjson`: one JSON object per line, outside every result hash.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Formats

/// Remembers when each stage of a run began.
///
/// May be told from any thread.
final class RunLog: Sendable {
  private struct Mark: Sendable {
    let stage: Session.Progress.Stage
    let seconds: Double
  }

  private let start: Double
  private let started: String
  private let marks = Guarded<[Mark]>([])

  /// - Parameter start: On the clock of ``secondsSinceStart()``.
  init(start: Double) {
    self.start = start
    started = utcTime()
  }

  /// The same session, its stages remembered here as well.
  func following(_ session: Session) -> Session {
    var own = session
    let outer = session.progress
    own.progress = { progress in
      self.note(progress.stage)
      outer?(progress)
    }
    return own
  }

  private func note(_ stage: Session.Progress.Stage) {
    let seconds = secondsSinceStart() - start
    marks.withLock { marks in
      if marks.last?.stage != stage { marks.append(Mark(stage: stage, seconds: seconds)) }
    }
  }

  /// The log so far, with a run's messages and its result.
  func bytes(
    scenario: String, messages: [Diagnostic], resultHash: String, session: Session
  ) -> [UInt8] {
    var log: [UInt8] = []
    log += line("start", at: 0) { json in
      json.member("scenario", scenario)
      json.member("version", Version.number)
      json.member("started", started)
      json.member("threads", session.workers)
      json.array("command") { list in
        for word in session.command { list.string(word) }
      }
    }
    for mark in marks.withLock({ $0 }) {
      log += line("stage", at: mark.seconds) { $0.member("stage", mark.stage.rawValue) }
    }
    let now = secondsSinceStart() - start
    for message in messages {
      let record = DiagnosticRecord(message, in: session.language)
      log += line("message", at: now) { $0.members(of: record) }
    }
    log += line("result", at: now) { $0.member("result_hash", resultHash) }
    return log
  }

  private func line(
    _ event: String, at seconds: Double, _ body: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter(reservingBytes: 200)
    writer.object { json in
      json.member("seconds", seconds, decimals: 3)
      json.member("event", event)
      body(&json)
    }
    writer.endLine()
    return writer.finished()
  }
}
