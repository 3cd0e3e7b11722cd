// Quiebre · Diagnostics
// Codes and pages: Q300-Q349 tables, codes and joins by code.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let tablePages: [CodePage] = []
}
