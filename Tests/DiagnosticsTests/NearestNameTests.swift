// Quiebre · DiagnosticsTests
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Testing

@Suite("Nearest name")
struct NearestNameTests {
  @Test(arguments: [
    ("amont", "amount"), ("amuont", "amount"), ("Amount", "amount"), ("unit_costs", "unit_cost"),
    ("efect", "effect"),
  ])
  func aSlipFindsItsName(typed: String, meant: String) {
    #expect(nearestName(to: typed, in: ["after", "amount", "effect", "unit_cost"]) == meant)
  }

  @Test func aFarWordFindsNothing() {
    #expect(nearestName(to: "budget", in: ["after", "amount", "effect"]) == nil)
    #expect(nearestName(to: "", in: ["amount"]) == nil)
  }

  @Test func tiesGoToTheFirstName() {
    #expect(nearestName(to: "rask", in: ["risk", "rusk"]) == "risk")
  }
}
