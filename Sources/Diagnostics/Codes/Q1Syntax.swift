// Quiebre · Diagnostics
// Codes and pages: Q1 TOML, JSON and CSV syntax.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let syntaxPages: [CodePage] = []
}
