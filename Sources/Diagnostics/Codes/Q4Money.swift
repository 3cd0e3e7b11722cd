// Quiebre · Diagnostics
// Codes and pages: Q4 budgets and allocation.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let moneyPages: [CodePage] = []
}
