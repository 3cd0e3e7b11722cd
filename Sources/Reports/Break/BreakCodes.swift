// Quiebre · Reports
// The words that JSON uses for what the break test found.
// SPDX-License-Identifier: Apache-2.0

import Statistics

extension LeftOut.Reason {
  var code: String {
    switch self {
    case .publishedLater: "published_later"
    case .shock: "shock"
    case .beforeSince: "before_since"
    }
  }
}

extension StagnationResult.Errors {
  var code: String {
    switch self {
    case .published: "published"
    case .approximate: "approximate"
    case .unknown: "unknown"
    }
  }
}

extension Tolerance.Rule {
  var code: String {
    switch self {
    case .given: "given"
    case .shareOfNeededPace: "share_of_needed_pace"
    case .shareOfRate: "share_of_rate"
    }
  }
}
