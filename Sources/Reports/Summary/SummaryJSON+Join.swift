// Quiebre · Reports
// What met and what didn't, as counts, in summary.json.
// SPDX-License-Identifier: Apache-2.0

import Districts
import Formats

extension JSONWriter {
  /// One source: its counts, and the ground that repairs moved; join.csv names each code.
  mutating func joinPart(_ part: JoinPart) {
    member("name", fileName(part.name))
    member("kind", part.kind.rawValue)
    member("districts", part.districts)
    member("matched", part.matched)
    member("missing", part.missing.count)
    member("unmatched", part.unmatched.count)
    member("doubled", part.doubled.count)
    member("moved", part.moved.count)
    member("empty", part.empty.count)
    member("nearest", part.nearest.count)
    member("imputed", part.imputed.count)
    member("repaired", part.repaired.count)
    member("gained_km2", part.repaired.reduce(0) { $0 + $1.gainedKm2 }, decimals: 3)
    member("lost_km2", part.repaired.reduce(0) { $0 + $1.lostKm2 }, decimals: 3)
    member("coding", part.coding?.coding)
  }
}
