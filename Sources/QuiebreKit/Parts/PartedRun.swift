// Quiebre · QuiebreKit
// Runs that may stop and go on: checkpoints, `--resume`, `--shard`.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Diagnostics
import Formats
import LaborModel
import Reports

/// One run of scenarios, whole or a shard of it, with its checkpoint.
struct PartedRun {
  let request: RunRequest
  let session: Session
  let prepared: [PreparedScenario]
  let header: PartFile.Header

  init(_ request: RunRequest, session: Session, prepared: [PreparedScenario]) {
    self.request = request
    self.session = session
    self.prepared = prepared
    header = PartFile.Header(
      fingerprint: PartFile.fingerprint(prepared),
      shard: request.shard.map { Shard(number: $0.number, count: $0.count) } ?? .whole,
      scenarios: request.scenarios, overrides: session.overrides, draws: request.draws)
  }

  /// The name that this run's files share: another input, another name.
  private var name: String { "\(prepared[0].plan.id)-\(header.fingerprint.prefix(8))" }

  private var shardText: String { "\(header.shard.number)-of-\(header.shard.count)" }

  /// Where the finished shard goes.
  var partPath: String { "\(request.output)/\(name).\(shardText).qpart" }

  /// Where the unfinished run is kept.
  var checkpointPath: String {
    "\(request.output)/.\(name)" + (request.shard == nil ? "" : ".\(shardText)") + ".checkpoint"
  }

  /// What an earlier, interrupted call left; `nil` without `--resume` or if there is nothing.
  ///
  /// - Throws: Q567, Q568 for a checkpoint that can't be used.
  func resumed(_ notes: inout [Diagnostic]) throws(DiagnosticList) -> ProjectionPart? {
    guard request.resumes else { return nil }
    guard isReadable(checkpointPath) else {
      notes.append(
        Diagnostic(
          .noCheckpoint, .note, entry: "--resume",
          what: LocalizedText(
            en: "no checkpoint of this run in '\(request.output)': it begins from the start",
            es: "no hay punto de control de esta corrida en '\(request.output)': empieza de cero")))
      return nil
    }
    let file = try PartFile(reading: checkpointPath)
    guard file.header.fingerprint == header.fingerprint, file.header.shard == header.shard else {
      throw DiagnosticList(PartFile.foreign(checkpointPath, request.scenarios[0]))
    }
    return file.part
  }

  /// Saves every `request.checkpointSeconds`, but never for more than a twentieth of the time.
  func checkpoint(_ saved: Guarded<Bool>) -> Checkpoint {
    let (path, header, interval) = (checkpointPath, header, request.checkpointSeconds)
    let next = Guarded(secondsSinceStart() + interval)
    return Checkpoint(
      isDue: { secondsSinceStart() >= next.withLock { $0 } },
      save: { part in
        // Nothing done, nothing to keep.
        guard part.progress.done > 0 else { return }
        let start = secondsSinceStart()
        try PartFile.write(part, header, to: path)
        saved.withLock { $0 = true }
        let end = secondsSinceStart()
        next.withLock { $0 = end + max(interval, 20 * (end - start)) }
      })
  }

  /// Does what `body` does with a checkpoint at hand; an interruption says where it is kept.
  func saving(_ body: (Checkpoint) throws -> Reply) throws -> Reply {
    let saved = Guarded(false)
    do {
      return try body(checkpoint(saved))
    } catch is Cancelled where saved.withLock({ $0 }) {
      return Reply(
        exitCode: .interrupted,
        diagnostics: [
          Diagnostic(
            .interrupted, .note,
            what: LocalizedText(
              en: "interrupted; what was done is kept in '\(checkpointPath)'",
              es: "interrumpido; lo hecho se guardó en '\(checkpointPath)'"),
            fix: LocalizedText(
              en: "the same command with --resume goes on from there",
              es: "la misma orden con --resume sigue desde ahí"))
        ])
    }
  }

  /// Takes away the checkpoint of a run that is finished.
  func finish() { ResultFolder.removeFile(checkpointPath) }
}

extension PartedRun {
  /// `--shard i/n`: does one share of the districts and writes it as a part.
  func shard() throws -> Reply {
    let plans = prepared.map(\.plan)
    if let known = finishedPart() { return reply(known, wasKept: true, notes: []) }
    var notes: [Diagnostic] = []
    let earlier = try resumed(&notes)
    return try saving { checkpoint in
      let simulation = Simulation(session: session, scenarios: prepared)
      let ready = try simulation.ready(simulation.options(), weights: earlier?.weights)
      guard
        let part = try ready.part(
          of: plans, shard: header.shard, continuing: earlier.map { [$0] } ?? [],
          checkpoint: checkpoint)
      else { throw DiagnosticList(PartFile.foreign(checkpointPath, request.scenarios[0])) }
      session.progress?(.init(stage: .writing, done: 0, total: 1))
      try PartFile.write(part, header, to: partPath)
      finish()
      return reply(part, wasKept: false, notes: notes)
    }
  }

  /// The same shard of the same run, finished by an earlier call.
  private func finishedPart() -> ProjectionPart? {
    guard !request.force, isReadable(partPath), let file = try? PartFile(reading: partPath),
      file.header.fingerprint == header.fingerprint, file.header.shard == header.shard
    else { return nil }
    return file.part
  }

  private func reply(_ part: ProjectionPart, wasKept: Bool, notes: [Diagnostic]) -> Reply {
    let (done, total) = part.progress
    let kept = LocalizedText(
      en: wasKept ? " (kept: it was done already)" : "",
      es: wasKept ? " (se conservó: ya estaba hecha)" : "")
    let text = LocalizedText(
      en: "\(partPath): shard \(header.shard.number) of \(header.shard.count), "
        + "\(done) of \(total) pieces\(kept.en)\n",
      es: "\(partPath): fragmento \(header.shard.number) de \(header.shard.count), "
        + "\(done) de \(total) piezas\(kept.es)\n")
    return Reply(
      text: request.json ? json(part, wasKept: wasKept) : text.text(in: session.language),
      diagnostics: withoutRepeats(prepared.flatMap(\.notes)) + notes)
  }

  private func json(_ part: ProjectionPart, wasKept: Bool) -> String {
    var writer = JSONWriter(reservingBytes: 400)
    writer.object(.lines) { json in
      json.member("part", partPath)
      json.member("fingerprint", header.fingerprint)
      json.member("shard", header.shard.number)
      json.member("shards", header.shard.count)
      json.member("pieces_done", part.progress.done)
      json.member("pieces", part.progress.total)
      json.member("kept", wasKept)
    }
    writer.endLine()
    return String(decoding: writer.finished(), as: UTF8.self)
  }
}
