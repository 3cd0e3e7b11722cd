// Quiebre · LaneKernels
// Money to coverage to factors: all years of one line over one chunk of draws.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

/// What a multiplier of the base year counts at least, so that it can be divided by.
static const float least_multiplier = 1e-6f;

/// One line's draws in one vector.
typedef struct {
  lanes before;
  /// c − c[base] by year; zeros stand before it, as many as lag and ramp look back.
  const stored *change;
  /// Weights by years back.
  const stored *ramp;
} draw_line;

/// n/(κT) of a year in random reach; n/T in exact reach.
INLINE lanes spent(const lk_line *line, int64_t vector, int64_t year) {
  return in(line->yield)[line->yield_row[year] + vector] * line->money[year];
}

/// c of what was spent.
INLINE lanes reached(const lk_line *line, lanes ceiling, lanes spent) {
  if (line->exact) return lesser(ceiling, spent);
  return ceiling * (all(1) - decay(spent));
}

/// Coverage of the base year, the changes from it, and the ramp.
INLINE draw_line cover(const lk_line *line, int64_t vector, float *scratch) {
  const int64_t zeros = line->lag + line->span - 1;
  stored *ramp = out(scratch), *change = ramp + line->span + zeros;
  for (int64_t back = 0; back < line->span; back++) {
    ramp[back] = in(line->ramp)[back * line->stride + vector];
  }
  for (int64_t year = -zeros; year <= 0; year++) change[year] = all(0);
  const lanes ceiling = in(line->ceiling)[vector], zero = all(0);
  const lanes before =
    line->money[0] == 0 ? zero : reached(line, ceiling, spent(line, vector, 0));
  // Four years at a time, so that their long chains fill each other's gaps.
  for (int64_t place = 0; place < line->own_count; place += 4) {
    const uint32_t *years = line->own + place;
    if (line->exact) {
      for (int64_t index = 0; index < 4; index++) {
        change[years[index]] = lesser(ceiling, spent(line, vector, years[index])) - before;
      }
      continue;
    }
    quad power;
    power.lo.lo = spent(line, vector, years[0]);
    power.lo.hi = spent(line, vector, years[1]);
    power.hi.lo = spent(line, vector, years[2]);
    power.hi.hi = spent(line, vector, years[3]);
    power = decay_quad(power);
    change[years[0]] = ceiling * (all(1) - power.lo.lo) - before;
    change[years[1]] = ceiling * (all(1) - power.lo.hi) - before;
    change[years[2]] = ceiling * (all(1) - power.hi.lo) - before;
    change[years[3]] = ceiling * (all(1) - power.hi.hi) - before;
  }
  for (int64_t year = 1; year < line->years; year++) {
    if (line->source[year] != year) change[year] = change[line->source[year]];
    else if (line->money[year] == 0) change[year] = zero - before;
  }
  return (draw_line){before, change, ramp};
}

/// c̃ − c[base] of the step of a year: Σ over the ramp's years of weight·change.
INLINE lanes ramped(const lk_line *line, const draw_line *own, int64_t year, int64_t span) {
  const stored *last = own->change + year - line->lag;
  lanes sum = own->ramp[0] * last[0];
  for (int64_t back = 1; back < span; back++) sum += own->ramp[back] * last[-back];
  return sum;
}

/// (1 − RR)/(1 − c[base](1 − RR)): the change of the multiplier per change of coverage.
INLINE lanes pull_of(const lk_line *line, const float *reduction, int64_t vector, lanes before) {
  if (!reduction) return all(0);
  const lanes own = in(reduction)[vector];
  if (line->money[0] == 0) return own;
  return own / greater(all(1) - before * own, all(least_multiplier));
}

PER_CPU void lk_ramped(
  const lk_line *line, int64_t vectors, float *before, float *last, float *result, float *scratch
) {
  for (int64_t vector = 0; vector < vectors; vector++) {
    const draw_line own = cover(line, vector, scratch);
    out(before)[vector] = own.before;
    out(last)[vector] = own.before + own.change[line->years - 1];
    for (int64_t year = 0; year < line->years; year++) {
      out(result)[vector * line->years + year] = ramped(line, &own, year, line->span);
    }
  }
}

/// The factors of all vectors and years; `span` is the line's.
INLINE void factors(
  const lk_line *line, int64_t vectors, const float *entry_reduction, const float *exit_reduction,
  float *last, float *entry, float *exit, int64_t width, float *scratch, int64_t span
) {
  const lanes zero = all(0), one = all(1);
  for (int64_t vector = 0; vector < vectors; vector++) {
    const draw_line own = cover(line, vector, scratch);
    out(last)[vector] = own.before + own.change[line->years - 1];
    const lanes entry_pull = pull_of(line, entry_reduction, vector, own.before);
    const lanes exit_pull = pull_of(line, exit_reduction, vector, own.before);
    lanes entry_factor = one, exit_factor = one;
    for (int64_t year = 0; year < line->years; year++) {
      // What isn't new is still in hand.
      if (line->fresh[year]) {
        const lanes changed = ramped(line, &own, year, span);
        entry_factor = greater(one - changed * entry_pull, zero);
        exit_factor = greater(one - changed * exit_pull, zero);
      }
      const int64_t place = (vector * line->years + year) * width;
      if (entry_reduction) out(entry)[place] = entry_factor;
      if (exit_reduction) out(exit)[place] = exit_factor;
    }
  }
}

PER_CPU void lk_factors(
  const lk_line *line, int64_t vectors, const float *entry_reduction, const float *exit_reduction,
  float *last, float *entry, float *exit, int64_t width, float *scratch
) {
  // Ramps of up to five years have their loop written out.
#define SPAN(years) \
  case years: \
    factors(line, vectors, entry_reduction, exit_reduction, last, entry, exit, width, scratch, years); \
    return;
  switch (line->span) {
    SPAN(1)
    SPAN(2)
    SPAN(3)
    SPAN(4)
    SPAN(5)
  }
#undef SPAN
  factors(
    line, vectors, entry_reduction, exit_reduction, last, entry, exit, width, scratch, line->span);
}
