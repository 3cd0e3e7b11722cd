// Quiebre · LaneKernels
// Steps of one plan over one chunk of draws: products of factors, and every cohort a year older.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

/// Steps whose multipliers are made in one go: products of different steps needn't wait for each other.
enum { BLOCK = 16 };

/// Multipliers of one chance: rows [slot][step].
typedef lanes slots[LK_START + 1][BLOCK];

/// Products of factors in their slots for some years from `place` on; gives the largest.
INLINE lanes multiply(
  const lk_products *products, const float *factors, int64_t width, int64_t steps, slots own
) {
  lanes largest = all(0);
  for (int64_t step = 0; step < steps; step++) largest = greater(largest, own[LK_START][step]);
  for (int64_t index = 0; index < products->count; index++) {
    const uint32_t *triple = products->triples + 3 * index;
    const stored *factor = in(factors) + triple[2];
    const lanes *from = own[triple[1]];
    lanes *to = own[triple[0]];
    for (int64_t step = 0; step < steps; step++) {
      const lanes value = from[step] * factor[step * width];
      to[step] = value;
      largest = greater(largest, value);
    }
  }
  return largest;
}

/// Σ weight·v of ages 5-13 and 14-17.
typedef struct {
  lanes lower, upper;
} sums;

INLINE void weigh(sums *sums, int age, lanes next, const lanes *weights) {
  if (age < LK_LOWER_AGES) sums->lower += next * weights[age];
  else sums->upper += next * weights[age];
}

/// What moves the steps of a block, by slot, and where the row that serves each age begins.
typedef struct {
  slots entry, exit;
  uint32_t entry_rows[LK_AGES], exit_rows[LK_AGES];
  /// Ages, as bits, whose rows aren't those of the age above.
  uint32_t turns;
} multipliers;

/// Which form of a step is needed; known when it is compiled.
typedef struct {
  /// Something moves exit; X isn't the same at all ages; a chance may pass 1.
  bool exit_moves, bent, capped;
} form;

/// One year of all ages of one vector, from old to young; `held` counts chances held at 1.
INLINE sums walk_step(
  const stored *own, stored *state, const multipliers *m, int64_t step, const lanes *weights,
  form form, bits real, bits *held
) {
  const stored *w0 = own + LK_W0, *e0 = own + LK_E0, *gain = own + LK_GAIN, *loss = own + LK_LOSS;
  const stored *exit = own + LK_EXIT, *stay = own + LK_STAY;
  const lanes *entries = m->entry[0] + step, *exits = m->exit[0] + step;
  const lanes one = all(1);
  sums sums = {all(0), all(0)};
  lanes entry = one, gained = one, out = one, lost = one, left = stay[1];
#pragma clang loop unroll(full)
  for (int age = LK_AGES - 1; age > 0; age--) {
    if (age == LK_AGES - 1 || m->turns >> age & 1) {
      entry = entries[m->entry_rows[age]];
      gained = entry - one;
      if (form.exit_moves) {
        out = exits[m->exit_rows[age]];
        lost = out - one;
        if (!form.bent && !form.capped) left = one - exit[1] * out;
      }
    }
    const lanes raw_entry = e0[age] * entry;
    lanes entered = raw_entry, added = gain[age] * gained, taken = loss[age] * lost;
    if (form.capped) {
      const bits over = raw_entry > one;
      entered = lesser(raw_entry, one);
      added = over ? (one - w0[age - 1]) - gain[age] : added;
      bits past = over;
      if (form.exit_moves) {
        const lanes raw_exit = exit[age] * out;
        const bits exit_over = raw_exit > one;
        left = one - lesser(raw_exit, one);
        taken = exit_over ? w0[age - 1] - loss[age] : taken;
        past |= exit_over;
      } else {
        left = stay[age];
      }
      *held += past & real;
    } else if (form.bent) {
      left = form.exit_moves ? one - exit[age] * out : stay[age];
    }
    lanes next = state[age - 1] * (left - entered) + added;
    if (form.exit_moves) next = next - taken;
    state[age] = next;
    weigh(&sums, age, next, weights);
  }
  entry = entries[m->entry_rows[0]];
  lanes youngest = gain[0] * (entry - one);
  if (form.capped) {
    const bits over = e0[0] * entry > one;
    youngest = over ? one - w0[0] : youngest;
    *held += over & real;
  }
  state[0] = youngest;
  weigh(&sums, 0, youngest, weights);
  return sums;
}

/// Whether a chance of one vector may pass 1 under the largest multipliers.
INLINE bool may_pass_one(const stored *own, lanes entry, lanes exit) {
  const lanes one = all(1);
  return any((own[LK_TOP_ENTRY] * entry > one) | (own[LK_TOP_EXIT] * greater(exit, one) > one));
}

/// The largest multiplier of one step.
INLINE lanes top_of(const lk_products *products, const slots own, int64_t step) {
  lanes top = own[LK_START][step];
  for (int64_t index = 0; index < products->count; index++) {
    top = greater(top, own[products->triples[3 * index]][step]);
  }
  return top;
}

/// A block of steps of one vector; `acts`: lines act.
INLINE void walk_block(
  const stored *own, stored *state, const lk_moves *moves, multipliers *m, int64_t vector,
  const lk_path *path, int64_t first, int64_t steps, const lanes *weights, bool acts, bool bent,
  bits real, bits *held
) {
  static const lk_products none = {0, 0, 0};
  const lanes one = all(1);
  const int64_t year = first - moves->base;
  const int64_t place = acts ? (vector * moves->years + year) * moves->width * 8 : 0;
  bool moved = false;
  for (int64_t step = 0; step < steps; step++) {
    const int64_t row = (first + step) * moves->stride + vector;
    m->entry[LK_START][step] = in(moves->shock)[row];
    m->exit[LK_START][step] = moves->trend ? in(moves->trend)[row] : one;
    moved = moved || (acts && moves->exit_moves[year + step]);
  }
  const lk_products *entries = acts ? &moves->entry_products : &none;
  const lk_products *exits = moved ? &moves->exit_products : &none;
  const lanes top_entry = multiply(entries, moves->entry + place, moves->width, steps, m->entry);
  const lanes top_exit = multiply(exits, moves->exit + place, moves->width, steps, m->exit);
  // Nothing is above 1 where even the largest isn't: rounding keeps the order.
  const bool over = may_pass_one(own, top_entry, top_exit);
  const lanes lower = in(path->lower_level)[vector], upper = in(path->upper_level)[vector];
  stored *rates = out(path->rates) + (first + 1) * 2 * path->stride + vector;
  for (int64_t step = 0; step < steps; step++, rates += 2 * path->stride) {
    const bool exit_moves = moves->trend || (acts && moves->exit_moves[year + step]);
    const bool capped =
      over && may_pass_one(own, top_of(entries, m->entry, step), top_of(exits, m->exit, step));
    sums sums;
#define STEP(exit_moves, capped) \
  walk_step(own, state, m, step, weights, (form){exit_moves, bent, capped}, real, held)
    if (capped) sums = exit_moves ? STEP(true, true) : STEP(false, true);
    else sums = exit_moves ? STEP(true, false) : STEP(false, false);
#undef STEP
    rates[0] = lower + sums.lower;
    rates[path->stride] = upper + sums.upper;
  }
}

/// The path of one vector.
INLINE void walk(
  const stored *own, stored *state, const lk_moves *moves, multipliers *m, int64_t vector,
  const lk_path *path, const lanes *weights, bool acts, bool bent, bits real, bits *held
) {
  for (int64_t first = path->from; first < path->to; first += BLOCK) {
    const int64_t left = path->to - first, steps = left < BLOCK ? left : BLOCK;
    walk_block(own, state, moves, m, vector, path, first, steps, weights, acts, bent, real, held);
  }
}

/// Whether X isn't the same at all ages.
INLINE bool is_bent(const stored *own) {
  bits other = (bits)0;
  for (int age = 2; age < LK_AGES; age++) other |= own[LK_EXIT + age] != own[LK_EXIT + 1];
  return any(other);
}

PER_CPU int64_t lk_walk(
  const float *profile, float *state, const lk_moves *moves, const lk_path *path, int64_t vectors,
  int64_t counted
) {
  lanes weights[LK_AGES];
  multipliers m;
  const bool acts = moves->entry;
  for (int age = 0; age < LK_AGES; age++) {
    weights[age] = all(path->weights[age]);
    m.entry_rows[age] = (acts ? moves->entry_products.slots[age] : LK_START) * BLOCK;
    m.exit_rows[age] = (acts ? moves->exit_products.slots[age] : LK_START) * BLOCK;
  }
  m.turns = acts ? moves->turns : 0;
  bits held = (bits)0;
  for (int64_t vector = 0; vector < vectors; vector++) {
    const stored *own = in(profile) + vector * LK_PROFILE;
    stored *v = out(state) + vector * LK_AGES;
    const bits real = (bits)0 - counted_lanes(counted - vector * 8);
    const bool bent = is_bent(own);
    if (!acts && !bent) walk(own, v, moves, &m, vector, path, weights, false, false, real, &held);
    else if (!bent) walk(own, v, moves, &m, vector, path, weights, true, false, real, &held);
    else walk(own, v, moves, &m, vector, path, weights, acts, true, real, &held);
  }
  return -total(held);
}
