// Quiebre · quiebre
// Progress on stderr: one line on a terminal, plain lines elsewhere, nothing in the first half second.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit
import Synchronization

/// Shows how far a run is.
///
/// May be called from any thread.
final class ProgressLine: Sendable {
  enum Style: Sendable {
    /// One line that is rewritten.
    case live
    /// One line per tenth, or every 30 seconds.
    case plain
  }

  private struct State {
    var shownAt = 0.0
    var shownTenth = -1
    var stage: Session.Progress.Stage?
    var stageStart = 0.0
    /// What was done when the stage was first seen: a resumed run begins far in.
    var stageDone = 0
    var isShown = false
  }

  private let style: Style
  private let language: Language
  private let threads: Int
  private let start: Double
  private let state = Mutex(State())

  init(style: Style, language: Language, threads: Int) {
    self.style = style
    self.language = language
    self.threads = threads
    start = Terminal.seconds
  }

  func show(_ progress: Session.Progress) {
    let now = Terminal.seconds
    state.withLock { state in
      if state.stage != progress.stage {
        state.stage = progress.stage
        state.stageStart = now
        state.stageDone = progress.done
        state.shownTenth = -1
      }
      guard now - start >= 0.5, progress.done > 0, progress.total > 1 else { return }
      let tenth = progress.done * 10 / progress.total
      switch style {
      case .live:
        guard now - state.shownAt >= 0.1 || progress.done == progress.total else { return }
      case .plain:
        guard tenth > state.shownTenth || now - state.shownAt >= 30 else { return }
      }
      state.shownAt = now
      state.shownTenth = tenth
      let text = ProgressLine.text(
        progress, since: state.stageDone, elapsed: now - state.stageStart, threads: threads
      ).text(in: language)
      switch style {
      case .live:
        state.isShown = true
        Terminal.write("\r\u{1B}[K" + text, to: 2)
      case .plain: Terminal.write(text + "\n", to: 2)
      }
    }
  }

  /// Wipes the live line, so that messages start on a clean one.
  func clear() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      Terminal.write("\r\u{1B}[K", to: 2)
    }
  }

  /// A line of progress.
  ///
  /// - Parameters:
  ///   - progress: How far the stage is.
  ///   - first: How far it was `elapsed` seconds ago.
  ///   - elapsed: Seconds.
  ///   - threads: At work.
  /// - Returns: Without the time left until something was done since then.
  static func text(
    _ progress: Session.Progress, since first: Int, elapsed: Double, threads: Int
  ) -> LocalizedText {
    let percent = progress.done * 100 / progress.total
    let counts = "\(progress.done)/\(progress.total)"
    let stage = stageName(progress.stage)
    var (english, spanish) = ("", "")
    if progress.done > first {
      let left = elapsed * Double(progress.total - progress.done) / Double(progress.done - first)
      let clock = clock(Int(left.rounded(.up)))
      (english, spanish) = (" · \(clock) left", " · quedan \(clock)")
    }
    return LocalizedText(
      en: "\(stage.en)  \(percent) %  \(counts) · threads: \(threads)\(english)",
      es: "\(stage.es)  \(percent) %  \(counts) · hilos: \(threads)\(spanish)")
  }

  /// `0:07`, `12:30`, `3:00:00`.
  private static func clock(_ seconds: Int) -> String {
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + "\(value)" }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(seconds % 60)
  }

  private static func stageName(_ stage: Session.Progress.Stage) -> LocalizedText {
    switch stage {
    case .reading: LocalizedText(en: "reading", es: "leyendo")
    case .joining: LocalizedText(en: "joining", es: "uniendo")
    case .simulating: LocalizedText(en: "simulating", es: "simulando")
    case .writing: LocalizedText(en: "writing", es: "escribiendo")
    }
  }
}
