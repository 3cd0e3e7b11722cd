// Quiebre · DistrictsTests
// Points in districts: inside, nearest, and under a kernel.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Districts
import Formats
import GeoCore
import Testing

@Suite struct PointSurfaceTests {
  private let text = """
    lon,lat,cases,kind
    0.5,-0.5,3,a
    0.6,-0.4,4,b
    2.5,-0.5,,a
    5.5,-0.5,10,a
    40,40,7,a

    """

  private func request(
    _ quantity: SurfaceRequest.Quantity, value: String? = "cases",
    _ change: (inout SurfaceRequest) -> Void = { _ in }
  ) throws -> SurfaceRequest {
    var request = SurfaceRequest(
      field: "x",
      source: .pointTable(
        try SmallCountry.table(text, name: "points.csv"), x: "lon", y: "lat", crs: .lonLat),
      quantity: quantity, value: value)
    change(&request)
    return request
  }

  @Test func sumsOfDistrictsWithoutPointsAreZero() throws {
    let join = try SquareWorld().join(request(.sum))
    #expect(join.numbers("x") == [7, 0, 0, 0, 0, 10, 0, 0])
    #expect(join.part.unmatched.map(\.row) == [6])
    #expect(join.warnings.map(\.code) == [.pointsOutside])
  }

  @Test func pointsAreCountedWithoutAColumn() throws {
    let join = try SquareWorld().join(request(.sum, value: nil))
    #expect(join.numbers("x") == [2, 0, 1, 0, 0, 1, 0, 0])
  }

  @Test func aMeanNeedsAPointOrTakesTheNearest() throws {
    let join = try SquareWorld().join(request(.mean))
    #expect(join.numbers("x") == [3.5, nil, nil, nil, nil, 10, nil, nil])
    #expect(join.quality[1] == "no_cell")
    let filled = try SquareWorld().join(request(.mean) { $0.fallback = .nearest })
    #expect(filled.numbers("x") == [3.5, 4, 4, 10, 10, 10, 10, 10])
    #expect(filled.quality[1] == "nearest")
  }

  /// From the middle of the third square, (2.5, −0.5), the point at (0.6, −0.4) is 1.9° of longitude
  /// and 0.1° of latitude away: 1.9 · 111.320 km, 11.06 km, together 211.8 km.
  @Test(arguments: [(211.0, nil), (213.0, 4), (nil, 4)] as [(Double?, Double?)])
  func theNearestCountsOnlyWithinADistance(_ distance: Double?, _ expected: Double?) throws {
    let third = try SquareWorld().join(
      request(.mean) {
        $0.method = .nearest
        $0.within = distance
      })
    #expect(third.numbers("x")[2] == expected)
    #expect(third.quality[2] == (expected == nil ? "no_cell" : "ok"))
  }

  @Test func sharesOfKinds() throws {
    let join = try SquareWorld().join(request(.share, value: "kind"))
    #expect(join.fields.map(\.name) == ["x_a", "x_b"])
    #expect(join.numbers("x_a").prefix(3) == [0.5, nil, 1])
  }

  @Test func pointsOutsideAllDistrictsAreAnError() throws {
    let far = SurfaceRequest(
      field: "x",
      source: .pointTable(
        try SmallCountry.table("lon,lat\n40,40\n"), x: "lon", y: "lat", crs: .lonLat),
      quantity: .sum)
    #expect(try SquareWorld().faults(far).map(\.code) == [.outsideDistricts])
  }

  @Test func aMedianOfPointsIsRefused() throws {
    let found = try SquareWorld().faults(request(.mean) { $0.statistics = [.median] })
    #expect(found.map(\.code) == [.cannotJoin])
  }

  // MARK: Kernel

  private func kernel(
    _ quantity: SurfaceRequest.Quantity, _ points: String, bandwidth: Double,
    value: String? = "v", _ change: (inout SurfaceRequest) -> Void = { _ in }
  ) throws -> SurfaceRequest {
    var request = SurfaceRequest(
      field: "x",
      source: .pointTable(
        try SmallCountry.table(points, name: "points.csv"), x: "lon", y: "lat", crs: .lonLat),
      quantity: quantity, value: value, method: .kernel, bandwidth: bandwidth)
    change(&request)
    return request
  }

  // Middles of the squares lie at (0.5, −0.5), (1.5, −0.5) …; a degree of longitude there is 111.316 km
  // (pyproj 3.7.2: Geod(ellps="WGS84").inv(0.5, -0.5, 1.5, -0.5) = 111315.28 m), the chord 111.3138 km.
  // With a bandwidth of 150 km: u² = 0.55070, K = (1 − u²)² = 0.20187; two squares off it is 0.
  private let near = 0.201_87

  @Test func aKernelAveragesThePointsAround() throws {
    let text = "lon,lat,v\n0.5,-0.5,10\n1.5,-0.5,40\n"
    let values = try SquareWorld().join(kernel(.mean, text, bandwidth: 150)).numbers("x")
    let first = try #require(values[0])
    let second = try #require(values[1])
    let third = try #require(values[2])
    #expect(abs(first - (10 + near * 40) / (1 + near)) < 1e-3)
    #expect(abs(second - (40 + near * 10) / (1 + near)) < 1e-3)
    #expect(abs(third - 40) < 1e-12)
    #expect(values[3...] == [nil, nil, nil, nil, nil])
    let filled = try SquareWorld().join(
      kernel(.mean, text, bandwidth: 150) { $0.fallback = .nearest })
    #expect(filled.numbers("x")[7] == 40 && filled.quality[7] == "nearest")
  }

  @Test func aKernelDealsOutCountsAndKeepsTheTotal() throws {
    let text = "lon,lat,v\n0.5,-0.5,10\n4.5,-0.5,7\n6.6,-0.2,5\n"
    let values = try SquareWorld().join(kernel(.sum, text, bandwidth: 150)).numbers("x")
    let known = values.compactMap(\.self)
    #expect(known.count == 8 && abs(known.reduce(0, +) - 22) < 1e-12)
    #expect(abs(known[0] - 10 / (1 + near)) < 1e-3 && abs(known[1] - 10 * near / (1 + near)) < 1e-3)
    #expect(abs(known[4] - 7 / (1 + 2 * near)) < 1e-3)
    // No middle within 5 km: a point stays where it lies.
    let narrow = try SquareWorld().join(kernel(.sum, text, bandwidth: 5)).numbers("x")
    #expect(narrow == [10, 0, 0, 0, 7, 0, 5, 0])
  }

  @Test func aKernelSharesKindsByWeight() throws {
    let text = "lon,lat,v\n0.5,-0.5,a\n1.5,-0.5,b\n"
    let join = try SquareWorld().join(kernel(.share, text, bandwidth: 150))
    let share = try #require(join.numbers("x_a")[0])
    #expect(abs(share - 1 / (1 + near)) < 1e-4)
    #expect(join.numbers("x_b")[2] == 1)
  }

  /// The far side of the antimeridian is near.
  @Test func aKernelReachesAcrossTheAntimeridian() throws {
    let text = "lon,lat,v\n-359.5,-0.5,10\n"
    let values = try SquareWorld().join(kernel(.mean, text, bandwidth: 20)).numbers("x")
    #expect(values[0] == 10)
  }

  @Test func pointsThatNoDistrictReachesAreReported() throws {
    let join = try SquareWorld().join(
      kernel(.sum, "lon,lat,v\n0.5,-0.5,10\n40,40,7\n", bandwidth: 50))
    #expect(join.part.unmatched.map(\.row) == [3])
    #expect(join.warnings.map(\.code) == [.pointsOutside])
    #expect(
      try SquareWorld().faults(kernel(.sum, "lon,lat,v\n40,40,7\n", bandwidth: 50)).map(\.code)
        == [.outsideDistricts])
    #expect(
      try SquareWorld().faults(
        kernel(.mean, "lon,lat,v\n0.5,-0.5,1\n", bandwidth: 50) { $0.statistics = [.median] }
      ).map(\.code) == [.cannotJoin])
  }
}
