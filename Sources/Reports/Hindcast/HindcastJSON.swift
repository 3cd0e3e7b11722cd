// Quiebre · Reports
// A hindcast as JSON, every number unrounded.
// SPDX-License-Identifier: Apache-2.0

import Formats
import LaborModel
import Statistics

extension HindcastReport {
  /// One document; percent and percentage points.
  public func json() -> [UInt8] {
    var json = JSONWriter(reservingBytes: 8_000)
    json.object(.lines) { json in
      json.member("schema", "quiebre.hindcast/1")
      json.member("scenario", scenario)
      json.member("series", series)
      json.member("replicas", replicas)
      json.seed(seed)
      json.array("views", .lines) { json in
        for view in views { member(view, &json) }
      }
      json.array("summaries", .lines) { json in
        for selection in selections {
          for summary in summaries(selection) { member(summary, selection, &json) }
        }
      }
      if let selfCheck {
        json.object("self_check") { json in
          json.member("repetitions", selfCheck.effectiveSizes.count)
          json.member("draws_ranked_among", selfCheck.highest)
          json.member("p_limit", rankLimit, decimals: nil)
          json.member("passes", passesSelfCheck ?? false)
          json.array("quantities", .lines) { json in
            for test in rankTests {
              json.object { json in
                json.member("name", test.name)
                member("ranks", test.right, &json)
                member("narrowed", test.narrowed, &json)
              }
            }
          }
        }
      }
    }
    json.endLine()
    return json.finished()
  }

  private func member(_ view: View, _ json: inout JSONWriter) {
    json.object { json in
      json.member("as_of", view.asOf)
      json.member("since", view.since)
      json.member("figures_known", view.figuresKnown)
      json.member("effective_draws", view.effectiveDraws, decimals: nil)
      json.array("figures", .lines) { json in
        for row in view.rows {
          json.object { json in
            json.member("year", row.observation.year, decimals: nil)
            json.member("rate", row.observation.rate, decimals: nil)
            json.member("se", row.observation.standardError, decimals: nil)
            json.member("derived", row.observation.isDerived)
            json.member("shock", row.observation.isShock)
            for forecaster in Forecaster.allCases {
              guard let score = row.scores[forecaster] else { continue }
              json.object(forecaster.rawValue) { json in member(score, &json) }
            }
          }
        }
      }
    }
  }

  private func member(_ score: ForecastScore, _ json: inout JSONWriter) {
    json.member("mean", score.mean, decimals: nil)
    json.member("p50", score.median, decimals: nil)
    json.member("p10", score.interval80.lowerBound, decimals: nil)
    json.member("p90", score.interval80.upperBound, decimals: nil)
    json.member("p025", score.interval95.lowerBound, decimals: nil)
    json.member("p975", score.interval95.upperBound, decimals: nil)
    json.member("crps", score.rankedScore, decimals: nil)
    json.member("pit", score.transform, decimals: nil)
  }

  private func member(_ summary: Summary, _ selection: Selection, _ json: inout JSONWriter) {
    let scores = summary.scores
    json.object { json in
      json.member("figures", selection.rawValue)
      json.member("forecaster", summary.forecaster.rawValue)
      json.member("count", scores.count)
      json.member("crps", scores.rankedScore, decimals: nil)
      json.member("skill", summary.skill, decimals: nil)
      json.member("bias", scores.bias, decimals: nil)
      for (name, covered) in [("covered_80", scores.covered80), ("covered_95", scores.covered95)] {
        json.object(name) { json in
          json.member("hits", covered.hits)
          json.member("low", covered.low, decimals: nil)
          json.member("high", covered.high, decimals: nil)
        }
      }
      json.array("pit_fifths") { json in
        for count in scores.transforms { json.integer(count) }
      }
    }
  }

  private func member(_ name: String, _ test: RankTest, _ json: inout JSONWriter) {
    json.object(name) { json in
      json.member("chi_square", test.chiSquare, decimals: nil)
      json.member("p", test.pValue, decimals: nil)
      json.member("bin_low", test.expected.lowerBound)
      json.member("bin_high", test.expected.upperBound)
      json.array("bins") { json in
        for count in test.counts { json.integer(count) }
      }
    }
  }
}
