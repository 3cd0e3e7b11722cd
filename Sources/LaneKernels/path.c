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

/// The rows of one vector.
typedef struct {
  const stored *w0, *e0, *gain, *loss, *exit, *stay;
  stored *state;
  lanes largest_entry, largest_exit;
} cells;

/// Σ weight·v of ages 5-13 and 14-17.
typedef struct {
  lanes lower, upper;
} sums;

INLINE void weigh(sums *sums, int age, lanes next, const lanes *weights) {
  if (age < LK_LOWER_AGES) sums->lower += next * weights[age];
  else sums->upper += next * weights[age];
}

/// What moves the steps of a block, by slot, and which slot serves each age.
typedef struct {
  slots entry, exit;
  const uint32_t *entry_slots, *exit_slots;
  /// Ages, as bits, whose slots aren't those of the age above.
  uint32_t turns;
} multipliers;

/// Which form of a step is needed.
typedef struct {
  /// Something moves exit; X isn't the same at all ages.
  bool exit_moves, bent;
} form;

/// One year of all ages, from old to young.
INLINE sums plain_step(
  const cells *c, const multipliers *m, int64_t step, const lanes *weights, form form
) {
  const lanes one = all(1);
  sums sums = {all(0), all(0)};
  lanes entry = one, gained = one, out = one, lost = one, left = c->stay[1];
#pragma clang loop unroll(full)
  for (int age = LK_AGES - 1; age > 0; age--) {
    if (age == LK_AGES - 1 || m->turns >> age & 1) {
      entry = m->entry[m->entry_slots[age]][step];
      gained = entry - one;
      if (form.exit_moves) {
        out = m->exit[m->exit_slots[age]][step];
        lost = out - one;
        if (!form.bent) left = one - c->exit[1] * out;
      }
    }
    if (form.bent) left = form.exit_moves ? one - c->exit[age] * out : c->stay[age];
    lanes next = c->state[age - 1] * (left - c->e0[age] * entry) + c->gain[age] * gained;
    if (form.exit_moves) next = next - c->loss[age] * lost;
    c->state[age] = next;
    weigh(&sums, age, next, weights);
  }
  const lanes youngest = c->gain[0] * (m->entry[m->entry_slots[0]][step] - one);
  c->state[0] = youngest;
  weigh(&sums, 0, youngest, weights);
  return sums;
}

/// The same where a probability may pass 1: it is held there, and counted.
INLINE sums capped_step(
  const cells *c, const multipliers *m, int64_t step, const lanes *weights, bool exit_moves,
  bits real, bits *held
) {
  const lanes zero = all(0), one = all(1);
  sums sums = {zero, zero};
  for (int age = LK_AGES - 1; age > 0; age--) {
    const lanes entry = m->entry[m->entry_slots[age]][step];
    const lanes out = exit_moves ? m->exit[m->exit_slots[age]][step] : one;
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
    *held += (entry_over | exit_over) ? real : (bits)0;
  }
  const lanes entry = m->entry[m->entry_slots[0]][step];
  const bits over = c->e0[0] * entry > one;
  const lanes youngest = over ? one - c->w0[0] : c->gain[0] * (entry - one);
  c->state[0] = youngest;
  weigh(&sums, 0, youngest, weights);
  *held += over ? real : (bits)0;
  return sums;
}

/// All ages in the slot of what moves every age.
static const uint32_t start_slots[LK_AGES] = {
  LK_START, LK_START, LK_START, LK_START, LK_START, LK_START, LK_START,
  LK_START, LK_START, LK_START, LK_START, LK_START, LK_START,
};

/// Whether a chance may pass 1 in one step.
INLINE bool may_pass_one(const cells *c, const multipliers *m, int64_t step, bool exit_moves) {
  const lanes one = all(1);
  lanes entry = one, out = one;
  for (int age = 0; age < LK_AGES; age++) {
    entry = greater(entry, m->entry[m->entry_slots[age]][step]);
    if (exit_moves) out = greater(out, m->exit[m->exit_slots[age]][step]);
  }
  return any((c->largest_entry * entry > one) | (c->largest_exit * out > one));
}

/// A block of steps of one vector; `acts`: lines act.
INLINE void walk_block(
  const cells *c, const lk_moves *moves, multipliers *m, int64_t vector, const lk_path *path,
  int64_t first, int64_t steps, const lanes *weights, bool acts, bool bent, bits real, bits *held
) {
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
  const lk_products none = {0, 0, 0};
  const lanes top_entry = multiply(
    acts ? &moves->entry_products : &none, moves->entry + place, moves->width, steps, m->entry);
  const lanes top_exit = multiply(
    moved ? &moves->exit_products : &none, moves->exit + place, moves->width, steps, m->exit);
  // Nothing is above 1 where even the largest isn't: rounding keeps the order.
  const bool over = any(
    (c->largest_entry * top_entry > one) | (c->largest_exit * greater(top_exit, one) > one));
  for (int64_t step = 0; step < steps; step++) {
    const bool exit_moves = moves->trend || (acts && moves->exit_moves[year + step]);
    sums sums;
    if (over && may_pass_one(c, m, step, exit_moves)) {
      sums = capped_step(c, m, step, weights, exit_moves, real, held);
    } else if (exit_moves) {
      sums = plain_step(c, m, step, weights, (form){true, bent});
    } else {
      sums = plain_step(c, m, step, weights, (form){false, bent});
    }
    stored *rates = out(path->rates) + (first + step + 1) * 2 * path->stride + vector;
    rates[0] = in(path->lower_level)[vector] + sums.lower;
    rates[path->stride] = in(path->upper_level)[vector] + sums.upper;
  }
}

/// The path of one vector.
INLINE void walk(
  const cells *c, const lk_moves *moves, int64_t vector, const lk_path *path, const lanes *weights,
  bool acts, bool bent, bits real, bits *held
) {
  multipliers m;
  m.entry_slots = acts ? moves->entry_products.slots : start_slots;
  m.exit_slots = acts ? moves->exit_products.slots : start_slots;
  m.turns = acts ? moves->turns : 0;
  // Without products there is nothing to wait for.
  const int64_t block = acts ? BLOCK : 1;
  for (int64_t first = path->from; first < path->to; first += block) {
    const int64_t left = path->to - first, steps = left < block ? left : block;
    walk_block(c, moves, &m, vector, path, first, steps, weights, acts, bent, real, held);
  }
}

/// Whether X isn't the same at all ages.
INLINE bool is_bent(const cells *c) {
  bits other = (bits)0;
  for (int age = 2; age < LK_AGES; age++) other |= c->exit[age] != c->exit[1];
  return any(other);
}

PER_CPU int64_t lk_walk(
  const lk_cohort *cohort, float *state, const lk_moves *moves, const lk_path *path,
  int64_t vectors, int64_t counted
) {
  lanes weights[LK_AGES];
  for (int age = 0; age < LK_AGES; age++) weights[age] = all(path->weights[age]);
  bits held = (bits)0;
  for (int64_t vector = 0; vector < vectors; vector++) {
    const int64_t row = vector * LK_AGES;
    const cells c = {
      in(cohort->w0) + row, in(cohort->e0) + row, in(cohort->gain) + row, in(cohort->loss) + row,
      in(cohort->exit) + row, in(cohort->stay) + row, out(state) + row,
      in(cohort->largest_entry)[vector], in(cohort->largest_exit)[vector],
    };
    const bits real = counted_lanes(counted - vector * 8);
    const bool acts = moves->entry, bent = is_bent(&c);
    if (!acts && !bent) walk(&c, moves, vector, path, weights, false, false, real, &held);
    else if (!bent) walk(&c, moves, vector, path, weights, true, false, real, &held);
    else walk(&c, moves, vector, path, weights, acts, true, real, &held);
  }
  return total(held);
}
