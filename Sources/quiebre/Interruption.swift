// Quiebre · quiebre
// Ctrl-C: the first asks the run to end cleanly, the second stops at once.
// SPDX-License-Identifier: Apache-2.0

import Compute
import Glibc

enum Interruption {
  /// The flag that the signal handler raises.
  ///
  /// Global because a signal handler can't capture; its one atomic store is safe in a handler.
  static let flag = CancellationFlag()

  /// Routes the first SIGINT and SIGTERM to ``flag``; the next one has its default effect.
  static func install() {
    _ = flag
    for number in [SIGINT, SIGTERM] {
      signal(number) { received in
        Interruption.flag.cancel()
        signal(received, SIG_DFL)
      }
    }
  }
}
