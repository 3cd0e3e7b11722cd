// Quiebre · LaneKernels
// All draws of one rate: mixtures, and sums that no order can change.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

PER_CPU void lk_mix(
  float *mixed, const float *low, float a, const float *high, float b, int64_t vectors
) {
  for (int64_t vector = 0; vector < vectors; vector++) {
    out(mixed)[vector] = in(low)[vector] * a + in(high)[vector] * b;
  }
}

/// Rounds to multiples of 2⁻²⁰: adding 1.5·2³² pushes the finer bits out.
INLINE doubles grain(doubles x) {
  const doubles shifter = 0x1.8p32;
  return (x + shifter) - shifter;
}

INLINE double in_order(doubles v) {
  double sum = v[0];
  for (int lane = 1; lane < 8; lane++) sum += v[lane];
  return sum;
}

PER_CPU double lk_add(
  double *sums, const float *rates, double children, const double *shares, int64_t vectors
) {
  doubles mean = 0;
  stored_doubles *own = (stored_doubles *)sums;
  for (int64_t vector = 0; vector < vectors; vector++) {
    const doubles rate = __builtin_convertvector(in(rates)[vector], doubles);
    mean += rate * ((const stored_doubles *)shares)[vector];
    own[vector] += grain(rate * children);
  }
  return in_order(mean);
}

PER_CPU double lk_add_difference(
  double *sums, const float *rates, const float *reference, double children,
  const double *shares, int64_t vectors
) {
  doubles mean = 0;
  stored_doubles *own = (stored_doubles *)sums;
  for (int64_t vector = 0; vector < vectors; vector++) {
    const doubles rate = __builtin_convertvector(in(rates)[vector], doubles);
    const doubles other = __builtin_convertvector(in(reference)[vector], doubles);
    mean += rate * ((const stored_doubles *)shares)[vector];
    own[vector] += grain(rate * children) - grain(other * children);
  }
  return in_order(mean);
}
