// Quiebre · Diagnostics
// "Did you mean …?": the nearest of the allowed names.
// SPDX-License-Identifier: Apache-2.0

/// The allowed name that a mistyped one most likely stands for, or `nil` if none is near.
///
/// Near means at most a third of the longer name's letters changed, added, dropped or swapped with
/// their neighbor (optimal string alignment distance), upper and lower case alike. Ties go to the
/// name that comes first.
public func nearestName(to word: String, in names: [String]) -> String? {
  let typed = Array(word.lowercased())
  var best: (name: String, distance: Int)?
  for name in names {
    let allowed = Array(name.lowercased())
    let distance = alignmentDistance(typed, allowed)
    guard distance <= max(typed.count, allowed.count) / 3, distance < best?.distance ?? .max else {
      continue
    }
    best = (name, distance)
  }
  return best?.name
}

private func alignmentDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
