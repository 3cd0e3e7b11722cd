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

/// Vectors in a chunk, ages 5-17, and ages 5-13.
enum { LK_CHUNK = 16, LK_AGES = 13, LK_LOWER_AGES = 9 };

// MARK: One district's ages over one chunk of draws (cohort.c)

/// The stationary profile and what a step needs: rows [vector][age], and one number per vector.
typedef struct {
  float *w0;
  /// Entry probability of the age (age 5: w0 itself).
  float *e0;
  /// e0·(1 − w0) and X·w0 of the age below (age 5: w0 and 0).
  float *gain, *loss;
  /// X by age, after the rules that keep entry inside [0, 0.9], and 1 − X.
  float *exit, *stay;
  /// Largest e0 and largest X of all ages, by vector.
  float *largest_entry, *largest_exit;
} lk_cohort;

/// What multiplies entry and exit in a step: rows [group] of a chunk's vectors.
typedef struct {
  const float *entry, *exit;
  int32_t groups;
  bool exit_moves;
} lk_moves;

typedef struct {
  int64_t raised, lowered;
} lk_bent;

/// Makes the stationary profile at `logit` under X; counts where X had to be bent.
lk_bent lk_prepare(
  const lk_cohort *cohort, const float *logit, const float *age_odds, const float *exit_rate,
  int64_t counted);

/// Σ weight·w0 of ages 5-13 and 14-17, by vector.
void lk_level(const lk_cohort *cohort, const float *weights, float *lower, float *upper);

/// One year: v' = v·(1 − x − e) + e0(1 − w0)(m_e − 1) − X·w0·(m_x − 1); v = w − w0, in rows [vector][age].
///
/// `group_of` names the row of `moves` for each age. The rates of ages 5-13 and 14-17 become
/// level + Σ weight·v', from old to young. Gives how many chances of counted draws were held at 1.
int64_t lk_step(
  const lk_cohort *cohort, float *state, const lk_moves *moves, const uint32_t *group_of,
  const float *weights, int64_t counted, const float *lower_level, const float *upper_level,
  float *lower, float *upper);

// MARK: Money to coverage to multipliers, of one chunk (coverage.c)

/// c = κ(1 − exp(−n/(κT))), less `before` where that is given.
void lk_random_reach(
  float *coverage, const float *ceiling, const float *yield, float money, const float *before);

/// c = min(κ, n/T), less `before` where that is given.
void lk_exact_reach(
  float *coverage, const float *ceiling, const float *yield, float money, const float *before);

/// A ramp's mean of changes of coverage: Σ over its terms of weight·change.
///
/// `terms` holds pairs of offsets, in vectors: into `weights` and into `changes`.
typedef struct {
  const float *weights, *changes;
  const uint32_t *terms;
  int64_t count;
} lk_ramp;

/// c̃ − c[base].
void lk_ramped(float *ramped, const lk_ramp *ramp);

/// max(0, 1 − pull·(c̃ − c[base])) on entry and on exit; a null pull is left out.
void lk_ramped_factor(
  const lk_ramp *ramp, const float *entry_pull, float *entry, const float *exit_pull, float *exit);

/// Products of factors by age group: rows [group] of `products` from rows [factor] of `factors`.
///
/// Group g begins with the product of group `parents[g]`, or with `start` (null: 1) where that is g
/// itself, and goes on with the factors numbered `members[ends[g − 1]]` to `members[ends[g] − 1]`.
void lk_products(
  float *products, const float *start, const float *factors, const uint32_t *parents,
  const uint32_t *members, const uint32_t *ends, int64_t groups);

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
