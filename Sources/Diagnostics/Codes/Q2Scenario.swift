// Quiebre · Diagnostics
// Codes and pages: Q2 scenario keys, units, ranges and references.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let scenarioPages: [CodePage] = []
}
