#!/usr/bin/env python3
"""A twin of Quiebre's simulator in Numba, to compare processor time with. All inputs are made up.

Per district and draw: w0 from the age profile, entry from stationarity, then for each year coverage from money
(random reach, linear smoothing for the ramp), multipliers by line and age, 13 cohorts a year older, the district's rate,
national sums, and 5, 50 and 95 % of the district's draws. Nothing of size district x year x draw is stored.
"""
import argparse, json, math, statistics, time
import llvmlite.binding as llvm
import numba as nb
import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

AGES, YEARS, LINES, LANES = 13, 15, 5, 128
WINDOWS = np.array([(5, 17), (5, 13), (12, 17), (6, 11), (10, 17)])
LAGS = np.array([1, 0, 0, 0, 2])
COST = np.array([420.0, 406.0, 711.0, 375.0, 900.0])
SOLES = np.array([40.0, 60.0, 70.0, 80.0, 50.0])
ENTRY = [(0.95, 0.99, 1.0), (0.7, 0.88, 1.0), (0.75, 0.9, 1.0), (0.9, 0.98, 1.02), (0.75, 0.9, 1.0)]
EXIT = [(1.0, 1.15, 1.5), (1.0, 1.03, 1.15), (1.0, 1.02, 1.1), (0.98, 1.0, 1.02), (1.0, 1.05, 1.2)]


def inputs(districts, draws, seed=1):
    r = np.random.Generator(np.random.Philox(seed))
    size, poverty = r.random(districts), r.random(districts)
    children = np.round(40 + 900 * size[:, None] ** 4 * (1 - 0.008 * np.arange(AGES)))
    tri = lambda t: r.triangular(*t, draws)
    eligible = np.stack([children[:, a - 5:b - 4].sum(1) for a, b in WINDOWS], 1)
    year = np.arange(1, YEARS + 1)
    money = np.zeros((districts, LINES, YEARS))
    for k in range(LINES):
        money[:, k, :] = SOLES[k] * 0.08 * np.maximum(0, year - LAGS[k])[None, :]
    yields = np.stack([tri((0.7, 0.85, 0.98)) * (1 - tri((0.05, 0.15, 0.35))) / (c * np.exp(r.normal(0, 0.2, draws))) for c in COST])
    ceiling = np.stack([tri((0.6, 0.75, 0.85)) for _ in range(LINES)])

    def ar1(shape, sd, rho):
        x = np.zeros(shape)
        for t in range(1, shape[-1]):
            x[..., t] = rho * x[..., t - 1] + sd * (1 - rho * rho) ** 0.5 * r.standard_normal(shape[:-1])
        return x

    departments = (districts + 79) // 80
    z = r.normal(-0.005, 0.01, draws)[:, None] * np.arange(YEARS + 1) + ar1((draws, YEARS + 1), 0.05, 0.6)
    z = np.moveaxis(z[:, None] + ar1((draws, departments, YEARS + 1), 0.06, 0.6), 0, -1)[:, 1:]
    x = (np.arange(5, 18) - 11) / 6
    return dict(
        weight=children / children.sum(1, keepdims=True), share=children.sum(1) / children.sum(), dept=np.arange(districts) // 80,
        alpha=-2.2 + 2.6 * poverty, profile=np.exp(1.22226254 * x - 0.55785603 * x * x), exit=tri((0.15, 0.3, 0.6)),
        own=r.normal(0, 0.3, (districts, draws)), shock=np.exp(z), per=money / (1 + 0.4 * poverty)[:, None, None],
        yields=yields / ceiling, pull_e=ceiling * (1 - np.stack([tri(t) for t in ENTRY])),
        pull_x=ceiling * (1 - np.stack([tri(t) for t in EXIT])), ramp=1 / np.stack([tri((1, 2, 5)) for _ in range(LINES)]),
        **groups())


def groups():
    """ages that share the same lines: the group of each age, and the lines of each group"""
    sets = [tuple(a <= age <= b for a, b in WINDOWS) for age in range(5, 18)]
    distinct = sorted(set(sets), key=sets.index)
    return dict(group=np.array([distinct.index(x) for x in sets]), member=np.array(distinct))


# Without these two, LLVM tests for overlapping rows outside the age loop, finds them, and runs the scalar loop (2.2 x slower).
llvm.set_option("", "-hoist-runtime-checks=false")
llvm.set_option("", "-runtime-memory-check-threshold=100")
# No reassociation: the rounding by a large constant must survive.
FAST = {"contract", "nsz", "arcp", "nnan", "ninf"}
MAGIC, LOG2E, LN2, LN2_LOW = 1.5 * 2.0 ** 52, 1.4426950408889634, 0.6931471805599453, 2.3190468138462996e-17
C = tuple(1 / math.factorial(j) for j in range(11, 1, -1))


@intrinsic
def as_float(context, value):
    return types.float64(types.int64), lambda c, b, sig, args: b.bitcast(args[0], ir.DoubleType())


@intrinsic
def as_int(context, value):
    return types.int64(types.float64), lambda c, b, sig, args: b.bitcast(args[0], ir.IntType(64))


@nb.njit(fastmath=FAST, inline="always")
def fexp(v):
    v = min(max(v, -700.0), 700.0)
    m = v * LOG2E + MAGIC
    r = v - (m - MAGIC) * LN2
    r = r - (m - MAGIC) * LN2_LOW
    h = ((((((((((C[0] * r + C[1]) * r + C[2]) * r + C[3]) * r + C[4]) * r + C[5]) * r + C[6]) * r + C[7]) * r + C[8]) * r + C[9]) * r + 1.0) * r + 1.0
    return as_float(as_int(h) + (as_int(m) << 52))


@nb.njit(fastmath=FAST, error_model="numpy")
def select(v, spare, bin_of, counts, out):
    """5, 50 and 95 %, linear between order statistics, by a histogram and small sorts of the bins that hold them"""
    low, high = v[0], v[0]
    for s in range(v.shape[0]):
        low, high = min(low, v[s]), max(high, v[s])
    if not high > low:
        out[:] = low
        return
    scale = 255.9 / (high - low)
    counts[:] = 0
    for s in range(v.shape[0]):
        bin_of[s] = np.int32((v[s] - low) * scale)
    for s in range(v.shape[0]):
        counts[bin_of[s]] += 1
    for j in range(3):
        position = (0.05, 0.5, 0.95)[j] * (v.shape[0] - 1)
        first = int(np.floor(position))
        last = min(first + 1, v.shape[0] - 1)
        a = b = 0.0
        before = 0
        for h in range(256):
            here = counts[h]
            if first < before + here or last < before + here:
                n = 0
                for s in range(v.shape[0]):
                    if bin_of[s] == h:
                        spare[n] = v[s]
                        n += 1
                ordered = np.sort(spare[:n])
                if before <= first < before + here:
                    a = ordered[first - before]
                if before <= last < before + here:
                    b = ordered[last - before]
                    break
            before += here
        out[j] = a + (position - first) * (b - a)


@nb.njit(fastmath=FAST, parallel=True, error_model="numpy")
def run(weight, share, dept, alpha, profile, exit, own, shock, per, yields, pull_e, pull_x, ramp, group, member, blocks):
    districts, draws = own.shape
    groups = member.shape[0]
    national = np.zeros((blocks, 2, YEARS, draws))
    bands = np.zeros((2, districts, YEARS, 3))
    for block in nb.prange(blocks):
        w, w0, e0, x0 = np.empty((AGES, LANES)), np.empty((AGES, LANES)), np.empty((AGES, LANES)), np.empty((AGES, LANES))
        cover, fe, fx = np.empty((LINES, LANES)), np.empty((LINES, LANES)), np.empty((LINES, LANES))
        me, mx, odds, sums = np.empty((groups, LANES)), np.empty((groups, LANES)), np.empty(LANES), np.empty(LANES)
        rate, spare, out = np.empty((2, YEARS, draws)), np.empty(draws), np.empty(3)
        bin_of, counts = np.empty(draws, np.int32), np.empty(256, np.int32)
        for d in range(block * districts // blocks, (block + 1) * districts // blocks):
            for start in range(0, draws, LANES):
                n = min(LANES, draws - start)
                for s in range(n):
                    odds[s] = fexp(alpha[d] + own[d, start + s])
                for a in range(AGES):
                    f = profile[a]
                    for s in range(n):
                        v = odds[s] * f
                        w0[a, s] = v / (1.0 + v)
                for a in range(1, AGES):
                    for s in range(n):
                        v, u, x = w0[a - 1, s], w0[a, s], exit[start + s]
                        e = (u - v * (1.0 - x)) / (1.0 - v)
                        if e < 0.0:
                            x = 1.0 - u / v
                            e = 0.0
                        if e > 0.9:
                            x = (0.9 * (1.0 - v) - u + v) / v
                            e = 0.9
                        e0[a, s], x0[a, s] = e, x
                for plan in range(2):
                    for a in range(AGES):
                        for s in range(n):
                            w[a, s] = w0[a, s]
                    for k in range(LINES):
                        for s in range(n):
                            cover[k, s] = 0.0
                    for t in range(YEARS):
                        if plan == 1:
                            for k in range(LINES):
                                money = -per[d, k, t]
                                for s in range(n):
                                    c = 1.0 - fexp(money * yields[k, start + s])
                                    c = cover[k, s] + (c - cover[k, s]) * ramp[k, start + s]
                                    cover[k, s] = c
                                    fe[k, s] = 1.0 - c * pull_e[k, start + s]
                                    fx[k, s] = 1.0 - c * pull_x[k, start + s]
                        for h in range(groups if plan == 1 else 1):
                            for s in range(n):
                                me[h, s] = shock[dept[d], t, start + s]
                                mx[h, s] = 1.0
                            if plan == 1:
                                for k in range(LINES):
                                    if member[h, k]:
                                        for s in range(n):
                                            me[h, s] *= fe[k, s]
                                            mx[h, s] *= fx[k, s]
                        for s in range(n):
                            sums[s] = 0.0
                        for back in range(AGES - 1):
                            a = AGES - 1 - back
                            h = group[a] if plan == 1 else 0
                            share_of_age = weight[d, a]
                            for s in range(n):
                                e, x = min(e0[a, s] * me[h, s], 1.0), min(x0[a, s] * mx[h, s], 1.0)
                                v = w[a - 1, s]
                                v = v + e * (1.0 - v) - x * v
                                w[a, s] = v
                                sums[s] += share_of_age * v
                        h = group[0] if plan == 1 else 0
                        for s in range(n):
                            e = min(w0[0, s] * me[h, s], 1.0)
                            w[0, s] = e
                            rate[plan, t, start + s] = sums[s] + weight[d, 0] * e
            for plan in range(2):
                for t in range(YEARS):
                    for s in range(draws):
                        national[block, plan, t, s] += share[d] * rate[plan, t, s]
                    select(rate[plan, t], spare, bin_of, counts, out)
                    for j in range(3):
                        bands[plan, d, t, j] = out[j]
    return national.sum(0), bands


def main():
    flags = argparse.ArgumentParser(description=__doc__)
    for name, default in (("districts", 1874), ("draws", 1000), ("runs", 7), ("threads", 2)):
        flags.add_argument("--" + name, type=int, default=default)
    flags = flags.parse_args()
    nb.set_num_threads(flags.threads)
    data = inputs(flags.districts, flags.draws)
    run(**data, blocks=64)
    cpu, wall = [], []
    for _ in range(flags.runs):
        c, t = time.process_time(), time.perf_counter()
        national, _ = run(**data, blocks=64)
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - t)
    print(json.dumps({"cpu": round(statistics.median(cpu), 3), "wall": round(statistics.median(wall), 3),
                      "last_rates": [float(national[p, -1].mean()) for p in (0, 1)]}))


if __name__ == "__main__":
    main()
