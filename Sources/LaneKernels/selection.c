// Quiebre · LaneKernels
// Weighted quantiles of one row of draws: around where they are expected, else by a histogram.
// SPDX-License-Identifier: Apache-2.0

#include "lanes.h"

#include <stddef.h>

/// Most bins; a row gets about one for two draws, so that few draws cost little.
enum { MOST_BINS = 512, COARSE = 16 };

typedef struct {
  float least, most;
} range;

/// Least and largest value of the draws that have weight.
INLINE range range_of(const stored *row, const lk_weights *weights) {
  const stored *penalty = in(weights->penalty);
  lanes low = row[0] + penalty[0], high = row[0] - penalty[0];
  for (int64_t vector = 1; vector < weights->vectors; vector++) {
    low = lesser(low, row[vector] + penalty[vector]);
    high = greater(high, row[vector] - penalty[vector]);
  }
  range found = {low[0], high[0]};
  for (int lane = 1; lane < 8; lane++) {
    if (low[lane] < found.least) found.least = low[lane];
    if (high[lane] > found.most) found.most = high[lane];
  }
  return found;
}

/// Weight in each bin, and in each group of bins.
typedef struct {
  int bins;
  uint32_t fine[MOST_BINS], coarse[MOST_BINS / COARSE];
} histogram;

/// Fills the histogram; `bins` gets 2²³ + the bin of each draw, whose low bits are the bin.
INLINE void fill(
  histogram *sums, const stored *row, const lk_weights *weights, range range, stored *bins
) {
  int count = 4 * COARSE;
  while (count < MOST_BINS && count * 2 < weights->vectors * 8) count *= 2;
  sums->bins = count;
  const float scale = (float)(count - 1) / (range.most - range.least);
  for (int64_t vector = 0; vector < weights->vectors; vector++) {
    bins[vector] = (row[vector] - range.least) * scale + 0x1p23f;
  }
  // Four histograms take turns, so that equal bins of neighbors needn't wait for each other.
  uint32_t parts[4][MOST_BINS];
  for (int part = 0; part < 4; part++) __builtin_memset(parts[part], 0, (size_t)count * 4);
  const uint32_t *bin = (const uint32_t *)bins, *weight = weights->ranks;
  for (int64_t draw = 0; draw < weights->vectors * 8; draw += 4) {
    // Values without weight may lie outside: their low bits name some bin, to which 0 is added.
    for (int part = 0; part < 4; part++) {
      parts[part][bin[draw + part] & (uint32_t)(count - 1)] += weight[draw + part];
    }
  }
  for (int group = 0; group < count / COARSE; group++) {
    uint32_t sum = 0;
    for (int bin = group * COARSE; bin < (group + 1) * COARSE; bin++) {
      const uint32_t own = parts[0][bin] + parts[1][bin] + parts[2][bin] + parts[3][bin];
      sums->fine[bin] = own;
      sum += own;
    }
    sums->coarse[group] = sum;
  }
}

/// One bit per set lane, lane 0 lowest.
INLINE uint32_t places(bits mask) {
  typedef bool flags __attribute__((ext_vector_type(8)));
  return __builtin_bit_cast(uint8_t, __builtin_convertvector(mask, flags));
}

/// Weight of the first draw with the least value, or of the last one with the largest.
INLINE uint32_t edge_weight(
  const stored *row, const lk_weights *weights, float value, bool last
) {
  for (int64_t step = 0; step < weights->vectors; step++) {
    const int64_t vector = last ? weights->vectors - 1 - step : step;
    const bits hits = row[vector] == all(value);
    if (!any(hits)) continue;
    for (int index = 0; index < 8; index++) {
      const int lane = last ? 7 - index : index;
      const uint32_t weight = weights->ranks[vector * 8 + lane];
      if (hits[lane] && weight > 0) return weight;
    }
  }
  return 1;
}

/// A wanted position (doubled, plus the first weight), and the bins around it.
typedef struct {
  double target;
  /// 2²³ + the first and last bin that count: with weight, next to the one in which the mark is passed.
  float low, high;
  /// Weight before the first bin.
  uint32_t before;
} mark;

INLINE mark mark_of(const histogram *sums, double target) {
  const double half = target / 2;
  uint32_t needed = (uint32_t)half;
  // 2 · weight < target for whole weights.
  if ((double)needed < half) needed++;
  uint32_t below = 0;
  int group = 0;
  while (group < sums->bins / COARSE - 1 && below + sums->coarse[group] < needed) {
    below += sums->coarse[group++];
  }
  int bin = group * COARSE;
  while (bin < sums->bins - 1 && below + sums->fine[bin] < needed) below += sums->fine[bin++];
  int low = bin - 1, high = bin + 1;
  while (low >= 0 && sums->fine[low] == 0) low--;
  while (high < sums->bins && sums->fine[high] == 0) high++;
  if (low >= 0) below -= sums->fine[low];
  return (mark){target, 0x1p23f + (float)low, 0x1p23f + (float)high, below};
}

/// How many draws around a mark are worth looking at.
INLINE float wanted(const lk_weights *weights) { return 16 + 0.08f * (float)weights->vectors; }

/// The draws with weight around a mark.
typedef struct {
  float *values;
  uint32_t *weights;
  int64_t count;
} window;

/// Collects the draws around the marks, in order.
INLINE void gather(
  const stored *row, const stored *bins, const lk_weights *weights, const mark *marks, int count,
  window *windows
) {
  const float *values = (const float *)row, *places_of = (const float *)bins;
  for (int64_t vector = 0; vector < weights->vectors; vector++) {
    const lanes here = bins[vector];
    bits hits = (bits)0;
    for (int mark = 0; mark < count; mark++) {
      hits |= (here >= marks[mark].low) & (here <= marks[mark].high);
    }
    for (uint32_t left = places(hits); left != 0; left &= left - 1) {
      const int64_t draw = vector * 8 + __builtin_ctz(left);
      const uint32_t weight = weights->ranks[draw];
      if (weight == 0) continue;
      const float bin = places_of[draw];
      for (int mark = 0; mark < count; mark++) {
        if (bin < marks[mark].low || bin > marks[mark].high) continue;
        window *own = &windows[mark];
        own->values[own->count] = values[draw];
        own->weights[own->count++] = weight;
      }
    }
  }
}

/// Sorts by value; equal values keep their order.
INLINE void sort_few(window *w) {
  for (int64_t index = 1; index < w->count; index++) {
    const float value = w->values[index];
    const uint32_t weight = w->weights[index];
    int64_t place = index;
    for (; place > 0 && w->values[place - 1] > value; place--) {
      w->values[place] = w->values[place - 1];
      w->weights[place] = w->weights[place - 1];
    }
    w->values[place] = value;
    w->weights[place] = weight;
  }
}

/// The same by merging, in time n·log n; gives the sorted draws, which may lie in `spare`.
static window sort_many(window from, window spare) {
  for (int64_t width = 1; width < from.count; width *= 2) {
    for (int64_t start = 0; start < from.count; start += 2 * width) {
      const int64_t middle = start + width < from.count ? start + width : from.count;
      const int64_t end = middle + width < from.count ? middle + width : from.count;
      int64_t left = start, right = middle;
      for (int64_t place = start; place < end; place++) {
        const bool takes_left =
          left < middle && (right == end || from.values[left] <= from.values[right]);
        const int64_t source = takes_left ? left++ : right++;
        spare.values[place] = from.values[source];
        spare.weights[place] = from.weights[source];
      }
    }
    spare.count = from.count;
    const window sorted = spare;
    spare = from;
    from = sorted;
  }
  return from;
}

/// The value at a mark: value i sits at (Σ 2wⱼ over j < i) + wᵢ, linear in between.
INLINE double value_at(const mark *mark, const window *w) {
  uint32_t before = mark->before;
  double position = 0, value = 0;
  for (int64_t place = 0; place < w->count; place++) {
    const double here = 2.0 * before + w->weights[place], own = w->values[place];
    if (here >= mark->target) {
      if (here == mark->target || place == 0) return own;
      return value + (mark->target - position) / (here - position) * (own - value);
    }
    position = here;
    value = own;
    before += w->weights[place];
  }
  return value;
}

/// The positions of the marks (doubled, plus the first weight).
INLINE void aim(const lk_marks *marks, double start, double width, double *targets) {
  for (int index = 0; index < marks->count; index++) {
    targets[index] = marks->shares[index] * width + start;
  }
}

// MARK: By histogram

/// Windows up to this size are sorted by insertion.
enum { FEW = 48 };

/// Any row at all; leaves in `hint` how far apart draws lie around each mark.
INLINE void by_histogram(
  const stored *row, const lk_weights *weights, const lk_marks *marks, range range,
  const double *targets, lk_hint *hint, float *scratch, double *found
) {
  histogram sums;
  stored *bins = out(scratch);
  fill(&sums, row, weights, range, bins);
  const float bin = (range.most - range.least) / (float)(sums.bins - 1);
  const int64_t draws = weights->vectors * 8;
  mark places[LK_MARKS];
  window windows[LK_MARKS + 1];
  for (int index = 0; index <= marks->count; index++) {
    float *own = scratch + (1 + 2 * index) * draws;
    windows[index] = (window){own, (uint32_t *)(own + draws), 0};
  }
  for (int index = 0; index < marks->count; index++) {
    places[index] = mark_of(&sums, targets[index]);
  }
  gather(row, bins, weights, places, marks->count, windows);
  for (int index = 0; index < marks->count; index++) {
    window w = windows[index];
    const float span = (places[index].high - places[index].low + 1) * bin;
    hint->half[index] = 0.5f * wanted(weights) * span / (float)w.count;
    if (w.count <= FEW) sort_few(&w);
    else w = sort_many(w, windows[marks->count]);
    found[index] = value_at(&places[index], &w);
  }
}

// MARK: Around where they are expected

/// Most draws around one mark that are ranked against each other.
enum { CROWD = 256 };

/// The draws around one mark, filled with infinities of no weight to whole vectors.
typedef struct {
  float values[CROWD + 8] __attribute__((aligned(32)));
  uint32_t weights[CROWD + 8] __attribute__((aligned(32)));
  int64_t count;
} crowd;

/// Takes the draws whose bits are set; false if there are too many, or none.
INLINE bool take(crowd *c, const uint8_t *hits, const float *row, const lk_weights *weights) {
  const int64_t draws = weights->vectors * 8;
  uint32_t places[CROWD + 4];
  int64_t count = 0;
  for (int64_t start = 0; start < draws; start += 64) {
    uint64_t left;
    __builtin_memcpy(&left, hits + start / 8, 8);
    const int64_t more = __builtin_popcountll(left);
    if (count + more > CROWD) return false;
    // Mostly there are no more than four; what is too much is overwritten.
    for (int64_t few = 0; few < 4; few++, left &= left - 1) {
      places[count + few] = (uint32_t)(start + __builtin_ctzll(left | 1ull << 63));
    }
    for (int64_t many = 4; many < more; many++, left &= left - 1) {
      places[count + many] = (uint32_t)(start + __builtin_ctzll(left));
    }
    count += more;
  }
  // Without weights to tell them apart, draws that only fill the last vectors must go.
  while (weights->uniform && count > 0 && places[count - 1] >= weights->total) count--;
  for (int64_t index = 0; index < count; index++) {
    c->values[index] = row[places[index]];
    c->weights[index] = weights->ranks[places[index]];
  }
  c->count = count;
  for (int lane = 0; lane < 8; lane++) {
    c->values[count + lane] = __builtin_inff();
    c->weights[count + lane] = 0;
  }
  return count > 0;
}

/// The draws next to a target: positions and values.
typedef struct {
  uint32_t low_position, high_position;
  float low, high;
} neighbors;

/// Weight of the crowd's draws before each of eight of them; of equal values, those that come first.
INLINE counts before_ties(const crowd *c, int64_t first) {
  const lanes values = *(const stored *)(c->values + first);
  const bits slot = (bits){0, 1, 2, 3, 4, 5, 6, 7} + (int32_t)first;
  counts sum = (counts)0;
  for (int64_t other = 0; other < c->count; other++) {
    const lanes value = all(c->values[other]);
    const bits ahead = (value < values) | ((value == values) & ((bits)(int32_t)other < slot));
    sum += (counts)ahead & c->weights[other];
  }
  return sum;
}

/// The same where no two values are equal.
INLINE counts before(const crowd *c, int64_t first, bool uniform) {
  const lanes values = *(const stored *)(c->values + first);
  counts sum = (counts)0, other_sum = (counts)0;
  int64_t other = 0;
  for (; other + 1 < c->count; other += 2) {
    const bits ahead = all(c->values[other]) < values;
    const bits also = all(c->values[other + 1]) < values;
    // A set lane is −1.
    sum -= uniform ? (counts)ahead : (counts)0 - ((counts)ahead & c->weights[other]);
    other_sum -= uniform ? (counts)also : (counts)0 - ((counts)also & c->weights[other + 1]);
  }
  if (other < c->count) {
    sum += (counts)(all(c->values[other]) < values) & (uniform ? 1 : c->weights[other]);
  }
  return sum + other_sum;
}

/// The last draw before a target and the first at or after it.
INLINE neighbors next_to(
  const crowd *c, uint32_t below, uint32_t needed, bool uniform, bool ties
) {
  counts low_position = (counts)0, high_position = (counts)UINT32_MAX;
  lanes low = all(-__builtin_inff()), high = all(__builtin_inff());
  for (int64_t first = 0; first < c->count; first += 8) {
    const lanes values = *(const stored *)(c->values + first);
    const counts own = *(const stored_counts *)(c->weights + first);
    const counts sum = ties ? before_ties(c, first) : before(c, first, uniform);
    const counts position = 2 * (sum + below) + own;
    const bits counted = own > (counts)0, at_least = position >= (counts)needed;
    const bits over = counted & at_least, under = counted & ~at_least;
    const counts here_low = (counts)under & position;
    const counts here_high = position | ~(counts)over;
    low_position = here_low > low_position ? here_low : low_position;
    high_position = here_high < high_position ? here_high : high_position;
    low = greater(low, under ? values : low);
    high = lesser(high, over ? values : high);
  }
  return (neighbors){
    __builtin_reduce_max(low_position), __builtin_reduce_min(high_position),
    __builtin_reduce_max(low), __builtin_reduce_min(high),
  };
}

/// Whether several draws of the crowd have one of two values.
INLINE bool repeats(const crowd *c, float one, float other) {
  counts ones = (counts)0, others = (counts)0;
  for (int64_t first = 0; first < c->count; first += 8) {
    const lanes values = *(const stored *)(c->values + first);
    ones -= (counts)(values == all(one));
    others -= (counts)(values == all(other));
  }
  return __builtin_reduce_add(ones) > 1 || __builtin_reduce_add(others) > 1;
}

/// The value at `target` by counting, for each draw of the crowd, the weight before it; false if the
/// target doesn't lie between two of them.
///
/// Positions are those of `value_at`: twice the weight before, and the draw's own.
INLINE bool rank(
  const crowd *c, uint32_t below, double target, bool uniform, double *found
) {
  const uint32_t whole = (uint32_t)target;
  const uint32_t needed = (double)whole < target ? whole + 1 : whole;
  neighbors next = next_to(c, below, needed, uniform, false);
  if (repeats(c, next.low, next.high)) next = next_to(c, below, needed, uniform, true);
  if (next.high_position == UINT32_MAX) return false;
  const double low = next.low, high = next.high, here = next.high_position;
  if (here == target) {
    *found = high;
    return true;
  }
  if (next.low_position == 0) return false;
  const double position = next.low_position;
  *found = low + (target - position) / (here - position) * (high - low);
  return true;
}

/// The draws below and inside the ends around each mark: weights below, one bit per draw inside.
INLINE void sift(
  const stored *row, const lk_weights *weights, int count, const float *low, const float *high,
  uint8_t *const *hits, uint32_t *below
) {
  const stored_counts *ranks = (const stored_counts *)weights->ranks;
  counts sums[LK_MARKS] = {(counts)0};
  for (int64_t vector = 0; vector < weights->vectors; vector++) {
    const lanes here = row[vector];
    const counts own = ranks[vector];
    for (int index = 0; index < count; index++) {
      const bits under = here < all(low[index]), within = here <= all(high[index]);
      sums[index] += (counts)under & own;
      hits[index][vector] = (uint8_t)places(within & ~under);
    }
  }
  for (int index = 0; index < count; index++) below[index] = __builtin_reduce_add(sums[index]);
}

/// Finds the values near the ends that the hint names; false where one lies elsewhere.
INLINE bool around(
  const stored *row, const lk_weights *weights, const lk_marks *marks, float ratio,
  const double *targets, lk_hint *hint, float *scratch, double *found
) {
  const int count = marks->count;
  const int64_t stride = (weights->vectors + 7) / 8 * 8;
  uint8_t *hits[LK_MARKS];
  float low[LK_MARKS], high[LK_MARKS];
  uint32_t below[LK_MARKS];
  for (int index = 0; index < count; index++) {
    const float center = hint->center[index] * ratio, half = hint->half[index];
    low[index] = center - half, high[index] = center + half;
    hits[index] = (uint8_t *)scratch + index * stride;
    __builtin_memset(hits[index] + weights->vectors, 0, (size_t)(stride - weights->vectors));
  }
  // As many times as there are marks, without a loop inside.
  if (count == 1) sift(row, weights, 1, low, high, hits, below);
  else if (count == 3) sift(row, weights, 3, low, high, hits, below);
  else if (count == 5) sift(row, weights, 5, low, high, hits, below);
  else sift(row, weights, count, low, high, hits, below);
  bool all_found = true;
  for (int index = 0; index < count; index++) {
    crowd c;
    const bool fits = take(&c, hits[index], (const float *)row, weights);
    const bool known = fits
      && (weights->uniform ? rank(&c, below[index], targets[index], true, &found[index])
                           : rank(&c, below[index], targets[index], false, &found[index]));
    if (!known) {
      all_found = false;
      continue;
    }
    // Aims at as many draws next time, by small steps.
    const float pace = wanted(weights) / (float)c.count;
    hint->half[index] *= pace < 0.7f ? 0.7f : pace > 1.4f ? 1.4f : pace;
  }
  return all_found;
}

PER_CPU void lk_quantiles(
  const float *row, const lk_weights *weights, const lk_marks *marks, float ratio, lk_hint *hint,
  float *scratch, double *found
) {
  const stored *values = in(row);
  double targets[LK_MARKS];
  range range = {0, 0};
  if (!weights->uniform || !hint->known) {
    range = range_of(values, weights);
    if (!(range.most > range.least)) {
      for (int index = 0; index < marks->count; index++) found[index] = range.least;
      hint->known = false;
      return;
    }
  }
  const double start = weights->uniform ? 1 : edge_weight(values, weights, range.least, false);
  const double end = weights->uniform ? 1 : edge_weight(values, weights, range.most, true);
  aim(marks, start, 2.0 * weights->total - start - end, targets);
  if (!hint->known
    || !around(values, weights, marks, ratio, targets, hint, scratch, found)) {
    if (weights->uniform) range = range_of(values, weights);
    if (range.most > range.least) {
      by_histogram(values, weights, marks, range, targets, hint, scratch, found);
    } else {
      for (int index = 0; index < marks->count; index++) found[index] = range.least;
    }
  }
  hint->known = true;
  for (int index = 0; index < marks->count; index++) {
    hint->center[index] = (float)found[index];
    hint->known = hint->known && hint->half[index] > 0;
  }
}

PER_CPU uint32_t lk_weight_at_most(const float *row, float value, const lk_weights *weights) {
  const stored_counts *ranks = (const stored_counts *)weights->ranks;
  counts sum = (counts)0;
  for (int64_t vector = 0; vector < weights->vectors; vector++) {
    sum += (counts)(in(row)[vector] <= all(value)) & ranks[vector];
  }
  return __builtin_reduce_add(sum);
}
