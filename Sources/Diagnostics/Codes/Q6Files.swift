// Quiebre · Diagnostics
// Codes and pages: Q6 reading and writing files.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let filePages: [CodePage] = []
}
