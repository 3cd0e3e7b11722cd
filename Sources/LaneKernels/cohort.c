// Quiebre · LaneKernels
// One district's 13 ages over one chunk of draws: the stationary profile, and the yearly step.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

static const float highest_entry = 0.9f;

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

// MARK: The stationary profile

/// Bends X where entry would be negative or above 0.9, so that the profile stands still.
INLINE lk_bent adjust(const lk_cohort *cohort, int64_t vector, int64_t counted) {
  const int64_t row = vector * LK_AGES;
  const stored *w0 = in(cohort->w0) + row;
  stored *e0 = out(cohort->e0) + row, *exit = out(cohort->exit) + row;
  stored *gain = out(cohort->gain) + row, *loss = out(cohort->loss) + row;
  stored *stay = out(cohort->stay) + row;
  const lanes zero = all(0), one = all(1), top = all(highest_entry);
  const bits real = counted_lanes(counted - vector * 8);
  lanes entries = w0[0], exits = zero;
  bits upward = 0, downward = 0;
  for (int age = 1; age < LK_AGES; age++) {
    const lanes from = w0[age - 1], to = w0[age];
    lanes entry = e0[age], rate = exit[age];
    const bits under = entry < zero, over = entry > top;
    const lanes room = one - from;
    const lanes bent = (top * room - to + from) / from;
    // Not even X = 0 holds entry at 0.9: then entry is what the profile's rise needs.
    const bits steep = over & (bent < zero);
    entry = under ? zero : entry;
    entry = over ? top : entry;
    entry = steep ? (to - from) / room : entry;
    rate = under ? one - to / from : rate;
    rate = over ? bent : rate;
    rate = steep ? zero : rate;
    upward += under ? real : (bits)0;
    downward += over ? real : (bits)0;
    e0[age] = entry;
    exit[age] = rate;
    stay[age] = one - rate;
    gain[age] = entry * room;
    loss[age] = rate * from;
    entries = greater(entries, entry);
    exits = greater(exits, rate);
  }
  out(cohort->largest_entry)[vector] = entries;
  out(cohort->largest_exit)[vector] = exits;
  return (lk_bent){total(upward), total(downward)};
}

PER_CPU lk_bent lk_prepare(
  const lk_cohort *cohort, const float *logit, const float *age_odds, const float *exit_rate,
  int64_t counted
) {
  lk_bent bent = {0, 0};
  const lanes one = all(1);
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
    const int64_t row = vector * LK_AGES;
    stored *w0 = out(cohort->w0) + row, *e0 = out(cohort->e0) + row;
    stored *gain = out(cohort->gain) + row, *loss = out(cohort->loss) + row;
    stored *exit = out(cohort->exit) + row, *stay = out(cohort->stay) + row;
    const lanes odds = exponential(in(logit)[vector]), x = in(exit_rate)[vector];
    lanes below = odds * age_odds[0];
    lanes rest = one / (one + below);
    lanes share = below * rest;
    w0[0] = e0[0] = gain[0] = share;
    lanes least = one, most = share;
    for (int age = 1; age < LK_AGES; age++) {
      const lanes here = odds * age_odds[age];
      const lanes rest_here = one / (one + here);
      const lanes entry = (here - below) * rest_here + below * x;
      e0[age] = entry;
      gain[age] = entry * rest;
      loss[age] = x * share;
      exit[age] = x;
      stay[age] = one - x;
      share = here * rest_here;
      w0[age] = share;
      least = lesser(least, entry);
      most = greater(most, entry);
      below = here;
      rest = rest_here;
    }
    out(cohort->largest_entry)[vector] = most;
    out(cohort->largest_exit)[vector] = x;
    const bool outside = any((least < all(0)) | (most > all(highest_entry)));
    if (!outside) continue;
    const lk_bent here = adjust(cohort, vector, counted);
    bent.raised += here.raised;
    bent.lowered += here.lowered;
  }
  return bent;
}

PER_CPU void lk_level(
  const lk_cohort *cohort, const float *weights, float *lower, float *upper
) {
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
    const stored *w0 = in(cohort->w0) + vector * LK_AGES;
    lanes low = all(0), high = all(0);
    for (int age = 0; age < LK_LOWER_AGES; age++) low += w0[age] * weights[age];
    for (int age = LK_LOWER_AGES; age < LK_AGES; age++) high += w0[age] * weights[age];
    out(lower)[vector] = low;
    out(upper)[vector] = high;
  }
}

// MARK: The yearly step

/// The rows of one vector.
typedef struct {
  const stored *w0, *e0, *gain, *loss, *exit, *stay;
  stored *state;
  /// Multipliers by age.
  const stored *entry[LK_AGES], *exit_moves[LK_AGES];
} cells;

/// Σ weight·v of ages 5-13 and 14-17.
typedef struct {
  lanes lower, upper;
} sums;

INLINE void weigh(sums *sums, int age, lanes next, const float *weights) {
  if (age < LK_LOWER_AGES) sums->lower += next * weights[age];
  else sums->upper += next * weights[age];
}

/// One year of all ages, from old to young.
INLINE sums plain_step(const cells *c, int64_t vector, const float *weights, bool exit_moves) {
  const lanes one = all(1);
  sums sums = {all(0), all(0)};
#pragma clang loop unroll(full)
  for (int age = LK_AGES - 1; age > 0; age--) {
    const lanes entry = c->entry[age][vector];
    lanes left = c->stay[age], out = one;
    if (exit_moves) {
      out = c->exit_moves[age][vector];
      left = one - c->exit[age] * out;
    }
    lanes next = c->state[age - 1] * (left - c->e0[age] * entry) + c->gain[age] * (entry - one);
    if (exit_moves) next = next - c->loss[age] * (out - one);
    c->state[age] = next;
    weigh(&sums, age, next, weights);
  }
  const lanes youngest = c->gain[0] * (c->entry[0][vector] - one);
  c->state[0] = youngest;
  weigh(&sums, 0, youngest, weights);
  return sums;
}

/// The same where a probability may pass 1: it is held there, and counted.
INLINE sums capped_step(
  const cells *c, int64_t vector, const float *weights, bool exit_moves, int64_t counted,
  int64_t *held_total
) {
  const lanes zero = all(0), one = all(1);
  const bits real = counted_lanes(counted - vector * 8);
  bits held = 0;
  sums sums = {zero, zero};
  for (int age = LK_AGES - 1; age > 0; age--) {
    const lanes entry = c->entry[age][vector], out = exit_moves ? c->exit_moves[age][vector] : one;
    const lanes raw_entry = c->e0[age] * entry, raw_exit = c->exit[age] * out;
    const bits entry_over = raw_entry > one, exit_over = raw_exit > one;
    const lanes stay = one - (exit_over ? one : raw_exit);
    const lanes gained =
      entry_over ? (one - c->w0[age - 1]) - c->gain[age] : c->gain[age] * (entry - one);
    const lanes lost =
      exit_over ? c->w0[age - 1] - c->loss[age] : c->loss[age] * (out - one);
    const lanes entered = entry_over ? one : raw_entry;
    const lanes next = c->state[age - 1] * (stay - entered) + gained - lost;
    c->state[age] = next;
    weigh(&sums, age, next, weights);
    held += (entry_over | exit_over) ? real : (bits)0;
  }
  const lanes entry = c->entry[0][vector];
  const bits over = c->e0[0] * entry > one;
  const lanes youngest = over ? one - c->w0[0] : c->gain[0] * (entry - one);
  c->state[0] = youngest;
  weigh(&sums, 0, youngest, weights);
  held += over ? real : (bits)0;
  *held_total += total(held);
  return sums;
}

/// Whether a chance may pass 1.
INLINE bool may_pass_one(const lk_cohort *cohort, int64_t vector, const lk_moves *moves) {
  lanes entry = all(0), out = all(1);
  for (int group = 0; group < moves->groups; group++) {
    const int64_t cell = group * LK_CHUNK + vector;
    entry = greater(entry, in(moves->entry)[cell]);
    if (moves->exit_moves) out = greater(out, in(moves->exit)[cell]);
  }
  return any(
    (in(cohort->largest_entry)[vector] * entry > all(1))
    | (in(cohort->largest_exit)[vector] * out > all(1)));
}

PER_CPU int64_t lk_step(
  const lk_cohort *cohort, float *state, const lk_moves *moves, const uint32_t *group_of,
  const float *weights, int64_t counted, const float *lower_level, const float *upper_level,
  float *lower, float *upper
) {
  cells c = {
    in(cohort->w0), in(cohort->e0), in(cohort->gain), in(cohort->loss), in(cohort->exit),
    in(cohort->stay), out(state), {0}, {0},
  };
  for (int age = 0; age < LK_AGES; age++) {
    c.entry[age] = in(moves->entry) + group_of[age] * LK_CHUNK;
    c.exit_moves[age] = in(moves->exit) + group_of[age] * LK_CHUNK;
  }
  int64_t held = 0;
  for (int64_t vector = 0; vector < LK_CHUNK; vector++) {
    sums sums;
    if (may_pass_one(cohort, vector, moves)) {
      sums = capped_step(&c, vector, weights, moves->exit_moves, counted, &held);
    } else if (moves->exit_moves) {
      sums = plain_step(&c, vector, weights, true);
    } else {
      sums = plain_step(&c, vector, weights, false);
    }
    out(lower)[vector] = in(lower_level)[vector] + sums.lower;
    out(upper)[vector] = in(upper_level)[vector] + sums.upper;
    c.w0 += LK_AGES, c.e0 += LK_AGES, c.gain += LK_AGES, c.loss += LK_AGES;
    c.exit += LK_AGES, c.stay += LK_AGES, c.state += LK_AGES;
  }
  return held;
}
