// Quiebre · LaneKernels
// Weighted 5, 50 and 95 % points of one row of draws, found by a histogram.
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
  const bits powers = {1, 2, 4, 8, 16, 32, 64, 128};
  const bits own = mask & powers;
  uint32_t set = 0;
  for (int lane = 0; lane < 8; lane++) set |= (uint32_t)own[lane];
  return set;
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

/// The draws with weight around a mark.
typedef struct {
  float *values;
  uint32_t *weights;
  int64_t count;
} window;

/// Collects the draws around three marks, in order.
INLINE void gather(
  const stored *row, const stored *bins, const lk_weights *weights, const mark marks[3],
  window windows[3]
) {
  const float *values = (const float *)row, *places_of = (const float *)bins;
  const mark a = marks[0], b = marks[1], c = marks[2];
  for (int64_t vector = 0; vector < weights->vectors; vector++) {
    const lanes here = bins[vector];
    const bits hits = ((here >= a.low) & (here <= a.high)) | ((here >= b.low) & (here <= b.high))
      | ((here >= c.low) & (here <= c.high));
    if (!any(hits)) continue;
    for (uint32_t left = places(hits); left != 0; left &= left - 1) {
      const int64_t draw = vector * 8 + __builtin_ctz(left);
      const uint32_t weight = weights->ranks[draw];
      if (weight == 0) continue;
      const float bin = places_of[draw];
      for (int mark = 0; mark < 3; mark++) {
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

/// Windows up to this size are sorted by insertion.
enum { FEW = 48 };

PER_CPU lk_band lk_band_of(const float *row, const lk_weights *weights, float *scratch) {
  const stored *values = in(row);
  const range range = range_of(values, weights);
  if (!(range.most > range.least)) return (lk_band){range.least, range.least, range.least};
  histogram sums;
  stored *bins = out(scratch);
  fill(&sums, values, weights, range, bins);
  const double start = weights->uniform ? 1 : edge_weight(values, weights, range.least, false);
  const double end = weights->uniform ? 1 : edge_weight(values, weights, range.most, true);
  const double width = 2.0 * weights->total - start - end;
  const mark marks[3] = {
    mark_of(&sums, 0.05 * width + start), mark_of(&sums, 0.5 * width + start),
    mark_of(&sums, 0.95 * width + start),
  };
  const int64_t draws = weights->vectors * 8;
  window windows[4];
  for (int index = 0; index < 4; index++) {
    float *own = scratch + (1 + 2 * index) * draws;
    windows[index] = (window){own, (uint32_t *)(own + draws), 0};
  }
  gather(values, bins, weights, marks, windows);
  double found[3];
  for (int index = 0; index < 3; index++) {
    window w = windows[index];
    if (w.count <= FEW) sort_few(&w);
    else w = sort_many(w, windows[3]);
    found[index] = value_at(&marks[index], &w);
  }
  return (lk_band){found[0], found[1], found[2]};
}
