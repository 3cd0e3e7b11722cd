// Quiebre · LaneKernels
// Eight floats as one value, and the steps that the kernels share.
// SPDX-License-Identifier: Apache-2.0

#ifndef LANES_H
#define LANES_H

#include "lane_kernels.h"

#pragma STDC FP_CONTRACT OFF
// Vectors cross only inlined functions, so how a call would pass them doesn't matter.
#pragma clang diagnostic ignored "-Wpsabi"

// The loader picks the version. The thread sanitizer dies of that before main; musl has no such loader.
// -DLK_PLAIN leaves the version for any processor, to try that it gives the same bytes.
#if defined(__x86_64__) && defined(__GLIBC__) && !__has_feature(thread_sanitizer) && !defined(LK_PLAIN)
#define PER_CPU __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define PER_CPU
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((ext_vector_type(8)));
typedef int32_t bits __attribute__((ext_vector_type(8)));
typedef uint32_t counts __attribute__((ext_vector_type(8)));
typedef double doubles __attribute__((ext_vector_type(8)));

/// The same in memory, where Swift aligns no vector to more than 16 bytes.
typedef lanes stored __attribute__((aligned(16)));
typedef counts stored_counts __attribute__((aligned(16)));
typedef doubles stored_doubles __attribute__((aligned(16)));

INLINE const stored *in(const float *row) { return (const stored *)row; }
INLINE stored *out(float *row) { return (stored *)row; }
INLINE lanes all(float value) { return (lanes)value; }
INLINE lanes lesser(lanes a, lanes b) { return b < a ? b : a; }
INLINE lanes greater(lanes a, lanes b) { return b > a ? b : a; }

/// Whether some lane of a mask is set.
INLINE bool any(bits mask) {
  typedef int64_t words __attribute__((ext_vector_type(4)));
  const words w = __builtin_bit_cast(words, mask);
  return ((w[0] | w[1]) | (w[2] | w[3])) != 0;
}

/// 1 in the first `count` lanes.
INLINE bits counted_lanes(int64_t count) {
  const bits places = {0, 1, 2, 3, 4, 5, 6, 7};
  const int32_t limit = count < 0 ? 0 : count > 8 ? 8 : (int32_t)count;
  return places >= (bits)limit ? (bits)0 : (bits)1;
}

INLINE int64_t total(bits v) {
  int64_t sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += v[lane];
  return sum;
}

/// e to the power of each lane: the steps of Compute's `exp`, hence the same bits.
INLINE lanes exponential(lanes x) {
  const lanes low = x > (lanes)87 ? (lanes)87 : x;
  const lanes held = low < (lanes)-87 ? (lanes)-87 : low;
  const lanes shifter = (lanes)0x1.8p23f;
  const lanes shifted = held * 1.44269504088896341f + shifter;
  const lanes whole = shifted - shifter;
  const lanes first = held - whole * 0.693359375f;
  const lanes r = first - whole * -2.12194440e-4f;
  lanes tail = 1.9875691500e-4f * r + 1.3981999507e-3f;
  tail = tail * r + 8.3334519073e-3f;
  tail = tail * r + 4.1665795894e-2f;
  tail = tail * r + 1.6666665459e-1f;
  tail = tail * r + 5.0000001201e-1f;
  const lanes power = (tail * (r * r) + r) + 1.0f;
  return __builtin_bit_cast(
    lanes, __builtin_bit_cast(bits, power) + (__builtin_bit_cast(bits, shifted) << 23));
}

/// Four vectors at once, whose steps fill each other's gaps.
typedef float quad __attribute__((ext_vector_type(32)));
typedef int32_t quad_bits __attribute__((ext_vector_type(32)));

/// e^−y of each lane for y ≥ 0, with an absolute error below 6e-8: what 1 − e^−y needs, in fewer steps
/// than `exponential`.
///
/// e^−s on ±½ln 2 as 1 − s + s²·p(s), p of degree 4 with the least largest error (3e-9).
#define DECAY(name, lanes, bits) \
  INLINE lanes name(lanes y) { \
    const lanes held = y < (lanes)87 ? y : (lanes)87; \
    const lanes shifter = (lanes)0x1.8p23f; \
    const lanes shifted = shifter - held * 1.44269504088896341f; \
    const lanes s = held + (shifted - shifter) * 0.69314718055994531f; \
    lanes tail = 0x1.6db42ap-10f * s - 0x1.123b56p-7f; \
    tail = tail * s + 0x1.55545ep-5f; \
    tail = tail * s - 0x1.55548ep-3f; \
    tail = tail * s + 0.5f; \
    const lanes power = (tail * (s * s) - s) + 1.0f; \
    return __builtin_bit_cast( \
      lanes, __builtin_bit_cast(bits, power) + (__builtin_bit_cast(bits, shifted) << 23)); \
  }
DECAY(decay, lanes, bits)
DECAY(decay_quad, quad, quad_bits)

#endif
