// Quiebre · Diagnostics
// Codes and pages: Q350-Q399 geodata files, shapes, rasters, CRS.
// SPDX-License-Identifier: Apache-2.0

extension CodePage {
  static let geodataPages: [CodePage] = []
}
