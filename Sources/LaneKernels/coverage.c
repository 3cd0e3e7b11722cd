// Quiebre · LaneKernels
// Money to coverage to multipliers, over one chunk of draws.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

PER_CPU void lk_random_reach(
  float *coverage, const float *ceiling, const float *yield, float money, const float *before
) {
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
    const lanes reached =
      in(ceiling)[vector] * (all(1) - exponential(in(yield)[vector] * -money));
    out(coverage)[vector] = before ? reached - in(before)[vector] : reached;
  }
}

PER_CPU void lk_exact_reach(
  float *coverage, const float *ceiling, const float *yield, float money, const float *before
) {
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
    const lanes reached = lesser(in(ceiling)[vector], in(yield)[vector] * money);
    out(coverage)[vector] = before ? reached - in(before)[vector] : reached;
  }
}

INLINE lanes ramped(const lk_ramp *ramp, int64_t vector) {
  lanes sum = all(0);
  for (int64_t term = 0; term < ramp->count; term++) {
    const int64_t weight = ramp->terms[2 * term], change = ramp->terms[2 * term + 1];
    sum += in(ramp->weights)[weight + vector] * in(ramp->changes)[change + vector];
  }
  return sum;
}

PER_CPU void lk_ramped(float *result, const lk_ramp *ramp) {
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) out(result)[vector] = ramped(ramp, vector);
}

PER_CPU void lk_ramped_factor(
  const lk_ramp *ramp, const float *entry_pull, float *entry, const float *exit_pull, float *exit
) {
  const lanes zero = all(0), one = all(1);
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
    const lanes changed = ramped(ramp, vector);
    if (entry_pull) out(entry)[vector] = greater(one - changed * in(entry_pull)[vector], zero);
    if (exit_pull) out(exit)[vector] = greater(one - changed * in(exit_pull)[vector], zero);
  }
}

PER_CPU void lk_products(
  float *products, const float *start, const float *factors, const uint32_t *parents,
  const uint32_t *members, const uint32_t *ends, int64_t groups
) {
  for (int64_t group = 0, member = 0; group < groups; group++) {
    stored *own = out(products) + group * LK_CHUNK;
    const stored *first = start ? in(start) : 0;
    if (parents[group] < group) first = out(products) + parents[group] * LK_CHUNK;
    for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
      lanes value = first ? first[vector] : all(1);
      for (int64_t index = member; index < ends[group]; index++) {
        value *= in(factors)[members[index] * LK_CHUNK + vector];
      }
      own[vector] = value;
    }
    member = ends[group];
  }
}
