// Quiebre · Diagnostics
// Codes and pages: Q5 model, calibration, verdicts.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let modelPages: [CodePage] = []
}
