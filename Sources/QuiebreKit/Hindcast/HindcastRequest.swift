// Quiebre · QuiebreKit
// What `quiebre hindcast` is asked, with its defaults.
// SPDX-License-Identifier: Apache-2.0

/// `quiebre hindcast`.
public struct HindcastRequest: Hashable, Sendable {
  public var scenario: String
  /// Years to look from; `nil` = each published year that leaves two later figures to score.
  public var asOf: [Int]?
  /// Truths of the self-check; 0 = none.
  public var selfChecks = 0
  public var draws = DrawSettings()
  public var json = false

  public init(scenario: String) { self.scenario = scenario }
}
