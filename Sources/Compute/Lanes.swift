// Quiebre · Compute
// Eight Floats at once: the lanes of kernels whose state is single precision, and their memory.
// SPDX-License-Identifier: Apache-2.0

/// Eight Floats, worked on together.
public typealias Lanes = SIMD8<Float>

/// A block of lanes of fixed size, freed with its last owner.
///
/// Kernels read and write it without bounds checks in release builds; debug builds check.
@safe
public final class LaneBuffer: @unchecked Sendable {
  // Unchecked: a buffer is filled by one thread before others read it, or stays with one thread.
  @usableFromInline let base: UnsafeMutablePointer<Lanes>
  public let count: Int

  /// `count` vectors of zeros.
  public init(count: Int) {
    self.count = count
    // At the start of a cache line: Swift itself would align vectors to 16 bytes.
    let bytes = max(1, count) * MemoryLayout<Lanes>.stride
    unsafe base = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .initializeMemory(as: Lanes.self, repeating: Lanes(), count: max(1, count))
  }

  deinit { unsafe base.deallocate() }

  /// The whole block, for kernels.
  @inlinable public var view: LaneView {
    unsafe LaneView(base: base, count: count)
  }
}

/// The memory of a ``LaneBuffer``, for the inside of a kernel that keeps the buffer alive.
@safe
@frozen
public struct LaneView {
  @usableFromInline let base: UnsafeMutablePointer<Lanes>
  @usableFromInline let count: Int

  @inlinable
  init(base: UnsafeMutablePointer<Lanes>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  @inlinable
  public subscript(index: Int) -> Lanes {
    @inline(__always) get {
      assert(index >= 0 && index < count, "lane index out of range")
      return unsafe base[index]
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count, "lane index out of range")
      unsafe base[index] = newValue
    }
  }

  /// The part that begins at `first`.
  @inlinable
  public func from(_ first: Int) -> LaneView {
    assert(first >= 0 && first <= count, "lane index out of range")
    return unsafe LaneView(base: base + first, count: count - first)
  }

  /// The lanes as plain numbers, for C kernels; good while the buffer lives.
  @inlinable
  @unsafe
  public var floats: UnsafeMutablePointer<Float> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: Float.self)
  }

  /// One number: lane `index % 8` of vector `index / 8`.
  @inlinable
  public subscript(scalar index: Int) -> Float {
    @inline(__always) get {
      assert(index >= 0 && index < count * 8, "lane index out of range")
      return unsafe UnsafeRawPointer(base).load(
        fromByteOffset: index &* 4, as: Float.self)
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count * 8, "lane index out of range")
      unsafe UnsafeMutableRawPointer(base).storeBytes(
        of: newValue, toByteOffset: index &* 4, as: Float.self)
    }
  }
}

/// A block of whole numbers of fixed size, freed with its last owner; as ``LaneBuffer``.
@safe
public final class CountBuffer: @unchecked Sendable {
  // Unchecked: as LaneBuffer.
  @usableFromInline let base: UnsafeMutablePointer<UInt32>
  public let count: Int

  /// `count` zeros.
  public init(count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: 0, count: max(1, count))
  }

  deinit { unsafe base.deallocate() }

  /// The whole block, for kernels.
  @inlinable public var view: CountView { unsafe CountView(base: base, count: count) }
}

/// The memory of a ``CountBuffer``, for the inside of a kernel that keeps the buffer alive.
@safe
@frozen
public struct CountView {
  /// The numbers themselves, for C kernels; good while the buffer lives.
  @unsafe public let base: UnsafeMutablePointer<UInt32>
  public let count: Int

  @inlinable
  init(base: UnsafeMutablePointer<UInt32>, count: Int) {
    unsafe self.base = base
    self.count = count
  }

  @inlinable
  public subscript(index: Int) -> UInt32 {
    @inline(__always) get {
      assert(index >= 0 && index < count, "count index out of range")
      return unsafe base[index]
    }
    @inline(__always) nonmutating set {
      assert(index >= 0 && index < count, "count index out of range")
      unsafe base[index] = newValue
    }
  }
}

/// The smaller of each pair of lanes.
@inlinable
@inline(__always)
public func lesser(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .< a) }

/// The larger of each pair of lanes.
@inlinable
@inline(__always)
public func greater(_ a: Lanes, _ b: Lanes) -> Lanes { a.replacing(with: b, where: b .> a) }

/// Whether some lane is set.
@inlinable
@inline(__always)
public func anyLane(_ mask: SIMDMask<SIMD8<Int32>>) -> Bool { LaneBits(mask).isAny }

/// A mask as plain bits: all ones in set lanes.
///
/// Masks that are combined as bits stay in vector registers; `.|` on masks packs and unpacks them.
@frozen
public struct LaneBits {
  @usableFromInline var words: SIMD4<UInt64>

  @inlinable
  @inline(__always)
  public init(_ mask: SIMDMask<SIMD8<Int32>>) {
    // Same size, no padding, every bit pattern valid on both sides.
    words = unsafe unsafeBitCast(mask, to: SIMD4<UInt64>.self)
  }

  @inlinable
  @inline(__always)
  public static func | (a: LaneBits, b: LaneBits) -> LaneBits {
    var both = a
    both.words = a.words | b.words
    return both
  }

  /// Whether some lane is set.
  @inlinable
  @inline(__always)
  public var isAny: Bool {
    let folded = words.lowHalf | words.highHalf
    return folded[0] | folded[1] != 0
  }

  /// One bit per set lane, lane 0 lowest.
  @inlinable
  @inline(__always)
  public var places: UInt32 {
    // As above.
    let lanes = unsafe unsafeBitCast(words, to: SIMD8<UInt32>.self)
    let bits = lanes & SIMD8<UInt32>(1, 2, 4, 8, 16, 32, 64, 128)
    let folded = bits.lowHalf | bits.highHalf
    return folded[0] | folded[1] | folded[2] | folded[3]
  }
}

/// e to the power of each lane, relative error below 2e-7; arguments are held within ±87.
///
/// Cody and Waite's reduction and the degree-5 tail of Moshier's Cephes (`expf.c`).
@inlinable
@inline(__always)
public func exp(_ x: Lanes) -> Lanes {
  let low = x.replacing(with: 87, where: x .> 87)
  let held = low.replacing(with: -87, where: low .< -87)
  let shifter = Lanes(repeating: 0x1.8p23)
  let shifted = held * Lanes(repeating: 1.44269504088896341) + shifter
  let whole = shifted - shifter
  let first = held - whole * Lanes(repeating: 0.693359375)
  let r = first - whole * Lanes(repeating: -2.12194440e-4)
  var tail = Lanes(repeating: 1.9875691500e-4) * r + Lanes(repeating: 1.3981999507e-3)
  tail = tail * r + Lanes(repeating: 8.3334519073e-3)
  tail = tail * r + Lanes(repeating: 4.1665795894e-2)
  tail = tail * r + Lanes(repeating: 1.6666665459e-1)
  tail = tail * r + Lanes(repeating: 5.0000001201e-1)
  let power = (tail * (r * r) + r) + Lanes(repeating: 1)
  // Same size, no padding, every bit pattern valid on both sides.
  let exponent = unsafe unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
  let bits = unsafe unsafeBitCast(power, to: SIMD8<Int32>.self) &+ exponent
  return unsafe unsafeBitCast(bits, to: Lanes.self)
}
