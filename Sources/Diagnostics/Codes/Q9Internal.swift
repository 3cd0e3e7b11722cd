// Quiebre · Diagnostics
// Codes and pages: Q9 faults of ours.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let internalPages: [CodePage] = []
}
