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
      let text = line(progress, elapsed: now - state.stageStart)
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

  private func line(_ progress: Session.Progress, elapsed: Double) -> String {
    let percent = progress.done * 100 / progress.total
    let counts = "\(progress.done)/\(progress.total)"
    let left =
      progress.done > 0
      ? elapsed * Double(progress.total - progress.done) / Double(progress.done) : 0
    let seconds = Int(left.rounded(.up))
    let clock = "\(seconds / 60):" + (seconds % 60 < 10 ? "0" : "") + "\(seconds % 60)"
    let text = LocalizedText(
      en:
        "\(stageName(progress.stage).en)  \(percent) %  \(counts) · threads: \(threads) · \(clock) left",
      es:
        "\(stageName(progress.stage).es)  \(percent) %  \(counts) · hilos: \(threads) · quedan \(clock)"
    )
    return text.text(in: language)
  }

  private func stageName(_ stage: Session.Progress.Stage) -> LocalizedText {
    switch stage {
    case .reading: LocalizedText(en: "reading", es: "leyendo")
    case .joining: LocalizedText(en: "joining", es: "uniendo")
    case .simulating: LocalizedText(en: "simulating", es: "simulando")
    case .writing: LocalizedText(en: "writing", es: "escribiendo")
    }
  }
}
