// Quiebre · LaborModel
// The simulator's part of the random addresses, and draws from distributions at them.
// SPDX-License-Identifier: Apache-2.0

internal import Compute
internal import LaneKernels
internal import Statistics

extension RandomQuantity {
  static let level = RandomQuantity(rawValue: 1)
  static let districtError = RandomQuantity(rawValue: 2)
  static let exit = RandomQuantity(rawValue: 3)
  static let trend = RandomQuantity(rawValue: 4)
  static let trendExit = RandomQuantity(rawValue: 5)
  static let nationalShock = RandomQuantity(rawValue: 6)
  static let departmentShock = RandomQuantity(rawValue: 7)
  static let departmentsTogether = RandomQuantity(rawValue: 8)
  static let proposalPart = RandomQuantity(rawValue: 9)
  static let lineEntry = RandomQuantity(rawValue: 10)
  static let lineExit = RandomQuantity(rawValue: 11)
  static let unitCost = RandomQuantity(rawValue: 12)
  static let ceiling = RandomQuantity(rawValue: 13)
  static let ramp = RandomQuantity(rawValue: 14)
  static let execution = RandomQuantity(rawValue: 15)
  static let leakage = RandomQuantity(rawValue: 16)
  static let helpAmount = RandomQuantity(rawValue: 17)
  static let pairEntry = RandomQuantity(rawValue: 20)
  static let pairExit = RandomQuantity(rawValue: 21)
  static let surveyError = RandomQuantity(rawValue: 30)
  static let posteriorChoice = RandomQuantity(rawValue: 31)
}

extension RandomField {
  /// The first `count` draws of an uncertain input.
  func draws(
    of distribution: Distribution, _ quantity: RandomQuantity, entity: EntityCode = .nation,
    count: Int
  ) -> [Double] {
    if case .fixed(let number) = distribution.shape, distribution.noEffect == 0 {
      return [Double](repeating: number, count: count)
    }
    return stream(quantity, entity: entity).uniforms(count: count).map(distribution.quantile)
  }
}

extension RandomStream {
  /// The first standard normal numbers: the bits of ``normals(into:firstDraw:)``, many times as fast.
  func fastNormals(into values: inout MutableSpan<Double>) {
    let (key, place, entity) = address
    var stream = lk_stream(
      key_low: key[0], key_high: key[1], place: place,
      entity_low: UInt32(truncatingIfNeeded: entity),
      entity_high: UInt32(truncatingIfNeeded: entity &>> 32))
    let count = Int64(values.count)
    unsafe values.withUnsafeMutableBufferPointer { values in
      unsafe lk_normals(&stream, count, values.baseAddress)
    }
  }

  func fastNormals(count: Int) -> [Double] {
    var values = [Double](repeating: 0, count: count)
    var span = values.mutableSpan
    fastNormals(into: &span)
    return values
  }
}
