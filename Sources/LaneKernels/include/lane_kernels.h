// Quiebre · LaneKernels
// The simulator's hot loops over draws, compiled once for any x86-64 and once for AVX2.
// SPDX-License-Identifier: Apache-2.0
//
// Every loop multiplies and adds apart and calls no library function, so both versions, and the plain
// Swift twins in the tests, give the same bits. Pointers to float are vectors of eight draws, aligned
// to 16 bytes; rows are given as in the Swift buffers that own the memory.

#ifndef LANE_KERNELS_H
#define LANE_KERNELS_H

#include <stdbool.h>
#include <stdint.h>

/// Most vectors in a chunk, ages 5-17, and ages 5-13.
enum { LK_CHUNK = 16, LK_AGES = 13, LK_LOWER_AGES = 9 };

// MARK: Random numbers (normals.c)

/// A random address: the key, and the second to fourth words of the counter.
typedef struct {
  uint32_t key_low, key_high, place, entity_low, entity_high;
} lk_stream;

/// The first standard normal numbers of an address.
void lk_normals(const lk_stream *stream, int64_t count, double *values);

/// center + deviation·normal, in single precision, + level.
void lk_logits(
  const double *normals, double center, double deviation, const float *level, int64_t vectors,
  float *logits);

// MARK: One district's ages over one chunk of draws (cohort.c)

/// Where a vector's stationary profile holds what a step needs, each by age. One vector's rows lie
/// together, so that the loops need one pointer.
enum {
  LK_W0 = 0,
  /// Entry probability of the age (age 5: w0 itself).
  LK_E0 = LK_AGES,
  /// e0·(1 − w0) and X·w0 of the age below (age 5: w0 and 0).
  LK_GAIN = 2 * LK_AGES,
  LK_LOSS = 3 * LK_AGES,
  /// X by age, after the rules that keep entry inside [0, 0.9], and 1 − X.
  LK_EXIT = 4 * LK_AGES,
  LK_STAY = 5 * LK_AGES,
  /// Largest e0 and largest X of all ages.
  LK_TOP_ENTRY = 6 * LK_AGES,
  LK_TOP_EXIT,
  /// Vectors of draws in a profile.
  LK_PROFILE
};

typedef struct {
  int64_t raised, lowered;
} lk_bent;

/// Makes the stationary profile at `logit` under X; counts where X had to be bent.
lk_bent lk_prepare(
  float *profile, const float *logit, const float *age_odds, const float *exit_rate,
  int64_t vectors, int64_t counted);

/// Σ weight·w0 of ages 5-13 and 14-17, by vector.
void lk_level(
  const float *profile, const float *weights, int64_t vectors, float *lower, float *upper);

// MARK: Money to coverage to factors, of one chunk (coverage.c)

/// One line in one district: its draws at the chunk, and its money. Years count from the base year.
typedef struct {
  const float *ceiling;
  /// Children's share of T per unit of money: the row of each year, as an offset in vectors.
  const float *yield;
  const uint32_t *yield_row;
  /// Weights of the ramp's mean: rows [years back], `stride` vectors apart.
  const float *ramp;
  int64_t stride;
  const float *money;
  /// The year whose coverage holds in each year; 0 for the base year's.
  const uint32_t *source;
  /// The years with coverage of their own, the last one repeated to whole fours.
  const uint32_t *own;
  int64_t own_count;
  /// 0 where the ramp's mean is the one of the year before.
  const uint32_t *fresh;
  int64_t years, span, lag;
  /// min(κ, n/T) instead of κ(1 − exp(−n/(κT))).
  bool exact;
} lk_line;

/// Vectors of memory that the next two need: 2·span + lag + years.

/// c[base], c of the last year, and c̃ − c[base]: rows [vector][year].
void lk_ramped(
  const lk_line *line, int64_t vectors, float *before, float *last, float *result, float *scratch);

/// max(0, 1 − pull·(c̃ − c[base])) on entry and exit, with pull = (1 − RR)/(1 − c[base](1 − RR)): rows
/// [vector][year] of `width` vectors, the line's own being the first.
///
/// A null reduction 1 − RR leaves its row as it is.
void lk_factors(
  const lk_line *line, int64_t vectors, const float *entry_reduction, const float *exit_reduction,
  float *last, float *entry, float *exit, int64_t width, float *scratch);

// MARK: The years of one plan over one chunk (path.c)

/// Slots of products; the last one holds what moves every age.
enum { LK_START = LK_AGES };

/// Products of factors, one after the other, and the slot that serves each age.
typedef struct {
  /// slots[to] = slots[from] · factor: to, from and factor of each.
  const uint32_t *triples;
  int64_t count;
  const uint32_t *slots;
} lk_products;

/// What multiplies entry and exit.
typedef struct {
  /// Shocks and trends on entry and on exit (null: 1): rows [step] at the chunk, `stride` vectors apart.
  const float *shock, *trend;
  int64_t stride;
  /// The lines' factors: rows [vector][year][factor]; null while none acts.
  const float *entry, *exit;
  int64_t years, width;
  /// The step of the base year.
  int64_t base;
  /// By year: 0 where no factor on exit differs from 1.
  const uint32_t *exit_moves;
  lk_products entry_products, exit_products;
  /// Ages, as bits, whose slots aren't those of the age above.
  uint32_t turns;
} lk_moves;

/// Which steps to walk, and where the rates go.
typedef struct {
  int64_t from, to;
  /// The weight of each age in its group's rate, and Σ weight·w0 by vector.
  const float *weights, *lower_level, *upper_level;
  /// Rows [year][5-13, 14-17] at the chunk, `stride` vectors apart; step s makes year s + 1.
  float *rates;
  int64_t stride;
} lk_path;

/// Steps from → to: v' = v·(1 − x − e) + e0(1 − w0)(m_e − 1) − X·w0·(m_x − 1); v = w − w0, in rows
/// [vector][age].
///
/// The rates of ages 5-13 and 14-17 become level + Σ weight·v', from old to young. Gives how many
/// chances of counted draws were held at 1.
int64_t lk_walk(
  const float *profile, float *state, const lk_moves *moves, const lk_path *path, int64_t vectors,
  int64_t counted);

// MARK: All draws of one row (rows.c, selection.c)

/// low·a + high·b.
void lk_mix(float *mixed, const float *low, float a, const float *high, float b, int64_t vectors);

/// Adds children·rate to the sums, in multiples of 2⁻²⁰; gives Σ share·rate.
double lk_add(
  double *sums, const float *rates, double children, const double *shares, int64_t vectors);

/// Adds children·rate − children·reference; gives Σ share·rate.
double lk_add_difference(
  double *sums, const float *rates, const float *reference, double children,
  const double *shares, int64_t vectors);

/// The weights of a run's draws, as quantiles need them.
typedef struct {
  /// Whole-number weight of each draw, and their sum.
  const uint32_t *ranks;
  uint32_t total;
  /// All weights are 1, or 0 for draws that only fill the last vectors.
  bool uniform;
  /// 0 for a draw with weight, infinity for one without.
  const float *penalty;
  int64_t vectors;
} lk_weights;

/// Most quantiles in one call.
enum { LK_MARKS = 5 };

/// Which quantiles are wanted: shares in 0...1, ascending.
typedef struct {
  double shares[LK_MARKS];
  int32_t count;
} lk_marks;

/// Where the quantiles of the next row are expected, left by the row before it.
///
/// A hint changes the time that is needed, never a quantile. All zeros is none.
typedef struct {
  float center[LK_MARKS], half[LK_MARKS];
  bool known;
} lk_hint;

/// Floats of memory that lk_quantiles needs for each draw.
enum { LK_QUANTILE_SCRATCH = 13 };

/// Weighted quantiles of a row, without sorting it.
///
/// Of the draws with weight, by value, number i sits at (Σ wⱼ over j < i) + wᵢ/2 − w₁/2, the last one at
/// W − w₁/2 − wₙ/2, and the quantiles lie linearly in between (equal weights: R's type 7).
/// `ratio`: about how many times as large the values are as those of the row that left the hint.
void lk_quantiles(
  const float *row, const lk_weights *weights, const lk_marks *marks, float ratio, lk_hint *hint,
  float *scratch, double *found);

/// The weight of the draws at or below a value.
uint32_t lk_weight_at_most(const float *row, float value, const lk_weights *weights);

#endif
