// Quiebre · LaneKernels
// One district's 13 ages over one chunk of draws: the stationary profile.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

static const float highest_entry = 0.9f;

/// Bends X where entry would be negative or above 0.9, so that the profile stands still; `real` is 1 in
/// lanes that count.
INLINE lk_bent adjust(stored *own, bits real) {
  const stored *w0 = own + LK_W0;
  stored *e0 = own + LK_E0, *exit = own + LK_EXIT, *gain = own + LK_GAIN;
  stored *loss = own + LK_LOSS, *stay = own + LK_STAY;
  const lanes zero = all(0), one = all(1), top = all(highest_entry);
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
  own[LK_TOP_ENTRY] = entries;
  own[LK_TOP_EXIT] = exits;
  return (lk_bent){total(upward), total(downward)};
}

PER_CPU lk_bent lk_prepare(
  float *profile, const float *logit, const float *age_odds, const float *exit_rate,
  int64_t vectors, int64_t counted
) {
  lk_bent bent = {0, 0};
  const lanes one = all(1);
  for (int64_t vector = 0; vector < vectors; vector++) {
    stored *own = out(profile) + vector * LK_PROFILE;
    stored *w0 = own + LK_W0, *e0 = own + LK_E0, *gain = own + LK_GAIN;
    stored *loss = own + LK_LOSS, *exit = own + LK_EXIT, *stay = own + LK_STAY;
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
    own[LK_TOP_ENTRY] = most;
    own[LK_TOP_EXIT] = x;
    const bool outside = any((least < all(0)) | (most > all(highest_entry)));
    if (!outside) continue;
    const lk_bent here = adjust(own, counted_lanes(counted - vector * 8));
    bent.raised += here.raised;
    bent.lowered += here.lowered;
  }
  return bent;
}

PER_CPU void lk_level(
  const float *profile, const float *weights, int64_t vectors, float *lower, float *upper
) {
  for (int64_t vector = 0; vector < vectors; vector++) {
    const stored *w0 = in(profile) + vector * LK_PROFILE + LK_W0;
    lanes low = all(0), high = all(0);
    for (int age = 0; age < LK_LOWER_AGES; age++) low += w0[age] * weights[age];
    for (int age = LK_LOWER_AGES; age < LK_AGES; age++) high += w0[age] * weights[age];
    out(lower)[vector] = low;
    out(upper)[vector] = high;
  }
}
