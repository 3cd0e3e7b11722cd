// Quiebre · LaneKernels
// Standard normal numbers of one random address, sixteen at a time: the bits of Compute's own.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

#include <stddef.h>

typedef uint64_t words __attribute__((ext_vector_type(8)));
typedef int64_t signs __attribute__((ext_vector_type(8)));

/// Two uniform numbers from each of eight blocks.
typedef struct {
  doubles even, odd;
} uniforms;

/// (k + ½)/2⁵² for the top 52 of 64 bits.
INLINE doubles open_unit(words low, words high) {
  const words k = (high << 32 | low) >> 12;
  // 2⁵² + k, exactly.
  const doubles shifted = __builtin_bit_cast(doubles, k | 0x4330000000000000u);
  return ((shifted - 0x1p52) + 0.5) * 0x1p-52;
}

/// Philox4x32-10 of eight consecutive blocks.
INLINE uniforms philox(const lk_stream *stream, uint32_t block) {
  const words mask = (words)0xffffffffu;
  words c0 = ((words){0, 1, 2, 3, 4, 5, 6, 7} + (words)(uint64_t)block) & mask;
  words c1 = (words)(uint64_t)stream->place;
  words c2 = (words)(uint64_t)stream->entity_low, c3 = (words)(uint64_t)stream->entity_high;
  uint32_t k0 = stream->key_low, k1 = stream->key_high;
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    const words first = c0 * 0xd2511f53u, second = c2 * 0xcd9e8d57u;
    c0 = second >> 32 ^ c1 ^ (words)(uint64_t)k0;
    c1 = second & mask;
    c2 = first >> 32 ^ c3 ^ (words)(uint64_t)k1;
    c3 = first & mask;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  return (uniforms){open_unit(c0, c1), open_unit(c2, c3)};
}

/// Coefficients from r⁰ to r⁷ of Wichura's AS 241, PPND16.
typedef struct {
  double c0, c1, c2, c3, c4, c5, c6, c7;
} degree7;

static const degree7 central_top = {
  3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
  1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
  3.3430575583588128105e+4, 2.5090809287301226727e+3};
static const degree7 central_bottom = {
  1, 4.2313330701600911252e+1, 6.8718700749205790830e+2,
  5.3941960214247511077e+3, 2.1213794301586595867e+4, 3.9307895800092710610e+4,
  2.8729085735721942674e+4, 5.2264952788528545610e+3};
static const degree7 middle_top = {
  1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
  3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
  2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const degree7 middle_bottom = {
  1, 2.05319162663775882187e0, 1.67638483018380384940e0,
  6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
  5.47593808499534494600e-4, 1.05075007164441684324e-9};
static const degree7 far_top = {
  6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
  2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
  2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const degree7 far_bottom = {
  1, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
  1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
  1.42151175831644588870e-7, 2.04426310338993978564e-15};

INLINE doubles value(const degree7 *c, doubles r) {
  const doubles high = ((c->c7 * r + c->c6) * r + c->c5) * r + c->c4;
  return (((high * r + c->c3) * r + c->c2) * r + c->c1) * r + c->c0;
}

INLINE doubles ratio(doubles r, const degree7 *top, const degree7 *bottom) {
  return value(top, r) / value(bottom, r);
}

/// The natural logarithm of normal positive numbers: the steps of Compute's `log`.
INLINE doubles logarithm(doubles x) {
  const words root_half = (words)0x3fe6a09e00000000u;
  const words bits = __builtin_bit_cast(words, x) + ((words)0x3ff0000000000000u - root_half);
  const signs exponent = (signs)(bits >> 52) - 1023;
  const doubles f =
    __builtin_bit_cast(doubles, (bits & (words)0x000fffffffffffffu) + root_half) - 1;
  const doubles k = __builtin_convertvector(exponent, doubles);
  const doubles half_square = 0.5 * f * f;
  const doubles s = f / (2 + f);
  const doubles z = s * s, w = z * z;
  const doubles even =
    w
    * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const doubles odd =
    z
    * (6.666666666666735130e-01
       + w
           * (2.857142874366239149e-01
              + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const doubles tail = s * (half_square + (even + odd)) + k * 1.90821492927058770002e-10;
  return k * 6.93147180369123816490e-01 - ((half_square - tail) - f);
}

/// The quantiles of shares below 0.075 or above 0.925.
INLINE doubles outer(doubles p) {
  const doubles q = p - 0.5;
  const signs left = q < 0;
  const doubles r = __builtin_elementwise_sqrt(-logarithm(left ? p : 1 - p));
  const signs far = r > 5;
  doubles z = ratio(r - 1.6, &middle_top, &middle_bottom);
  bool some = false;
  for (int lane = 0; lane < 8; lane++) some = some || far[lane];
  if (some) z = far ? ratio(r - 5, &far_top, &far_bottom) : z;
  return left ? -z : z;
}

INLINE doubles inner(doubles p) {
  const doubles q = p - 0.5;
  return q * ratio(0.180625 - q * q, &central_top, &central_bottom);
}

/// Numbers made in one go.
enum { BATCH = 512 };

/// Fills `own` with uniform numbers from the block on, then makes them normal.
INLINE void batch(const lk_stream *stream, uint32_t block, int64_t count, double *own) {
  uint16_t tails[BATCH + 16];
  double outside[BATCH + 16];
  int64_t found = 0;
  for (int64_t start = 0; start < count; start += 16) {
    const uniforms pair = philox(stream, block + (uint32_t)(start / 2));
    const doubles low = __builtin_shufflevector(pair.even, pair.odd, 0, 8, 1, 9, 2, 10, 3, 11);
    const doubles high = __builtin_shufflevector(pair.even, pair.odd, 4, 12, 5, 13, 6, 14, 7, 15);
    double numbers[16];
    *(stored_doubles *)numbers = low;
    *(stored_doubles *)(numbers + 8) = high;
    for (int index = 0; index < 16; index++) {
      tails[found] = (uint16_t)(start + index);
      outside[found] = numbers[index];
      const double q = numbers[index] - 0.5;
      found += q > 0.425 || q < -0.425;
    }
    *(stored_doubles *)(own + start) = inner(low);
    *(stored_doubles *)(own + start + 8) = inner(high);
  }
  for (int lane = 0; lane < 8; lane++) outside[found + lane] = 0.01;
  for (int64_t start = 0; start < found; start += 8) {
    double z[8];
    *(stored_doubles *)z = outer(*(const stored_doubles *)(outside + start));
    for (int64_t lane = 0; lane < 8 && start + lane < found; lane++) own[tails[start + lane]] = z[lane];
  }
}

PER_CPU void lk_normals(const lk_stream *stream, int64_t count, double *values) {
  double own[BATCH + 16] __attribute__((aligned(64)));
  for (int64_t start = 0; start < count; start += BATCH) {
    const int64_t left = count - start, some = left < BATCH ? left : BATCH;
    batch(stream, (uint32_t)(start / 2), some, own);
    __builtin_memcpy(values + start, own, (size_t)some * sizeof(double));
  }
}

PER_CPU void lk_logits(
  const double *normals, double center, double deviation, const float *level, int64_t vectors,
  float *logits
) {
  for (int64_t vector = 0; vector < vectors; vector++) {
    const doubles own = center + deviation * ((const stored_doubles *)normals)[vector];
    out(logits)[vector] = __builtin_convertvector(own, lanes) + in(level)[vector];
  }
}
