// Quiebre · ToolTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import QuiebreKit
import Testing

@testable import quiebre

@Suite("Progress line")
struct ProgressLineTests {
  @Test(arguments: [
    // Half in 10 s: 10 s are left.
    (50, 0, 10.0, "simulating  50 %  50/100 · threads: 2 · 0:10 left"),
    // Resumed at 40: 10 pieces took 10 s, 50 are left.
    (50, 40, 10, "simulating  50 %  50/100 · threads: 2 · 0:50 left"),
    (1, 0, 109.1, "simulating  1 %  1/100 · threads: 2 · 3:00:01 left"),
    (40, 40, 5, "simulating  40 %  40/100 · threads: 2"),
    (100, 40, 60, "simulating  100 %  100/100 · threads: 2 · 0:00 left"),
  ])
  func timeLeft(done: Int, first: Int, elapsed: Double, text: String) {
    let progress = Session.Progress(stage: .simulating, done: done, total: 100)
    #expect(
      ProgressLine.text(progress, since: first, elapsed: elapsed, threads: 2).en == text)
  }

  @Test func spanish() {
    let progress = Session.Progress(stage: .simulating, done: 1, total: 4)
    let text = ProgressLine.text(progress, since: 0, elapsed: 21, threads: 1).es
    #expect(text == "simulando  25 %  1/4 · hilos: 1 · quedan 1:03")
  }
}
