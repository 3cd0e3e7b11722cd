"""Expected values of SpatialStatisticsTests, printed as Tests/StatisticsTests/Spatial/SpatialTables.swift.

esda 2.9.0, libpysal 4.14.1: pip install esda libpysal; python3 spatial.py > SpatialTables.swift
"""
import warnings

import esda
import libpysal
import numpy as np

warnings.filterwarnings("ignore")


def values(count):
    """Made up: no two alike, with a slope over the rows."""
    return [((i * 37) % 101) + 3.0 * (i // 6) + (i % 6) * 0.5 for i in range(count)]


def row(name, numbers, end=","):
    print(f"      {name}: [")
    for start in range(0, len(numbers), 4):
        print("        " + ", ".join(repr(float(x)) for x in numbers[start : start + 4]) + ",")
    print("      ]" + end)


print("// Quiebre · StatisticsTests")
print("// What esda 2.9.0 gives on a lattice of 5 rows by 6 columns (Tests/Oracles/spatial.py).")
print("// SPDX-License-Identifier: Apache-2.0")
print()
print("extension SpatialTable {")
for rook in (True, False):
    y = np.array(values(30))
    w = libpysal.weights.lat2W(5, 6, rook=rook)
    w.transform = "r"
    m = esda.Moran(y, w, permutations=0)
    np.random.seed(1)
    shuffled = esda.Moran(y, w, permutations=99999)
    local = esda.Moran_Local(y, w, permutations=99999, seed=1)
    b = libpysal.weights.lat2W(5, 6, rook=rook)
    g = esda.G_Local(y, b, transform="B", star=True, permutations=99999, seed=1)
    print(f"  static let {'rook' if rook else 'queen'} = SpatialTable(")
    print(f"      isRook: {'true' if rook else 'false'},")
    row("moran", [m.I, m.EI, m.VI_norm, m.VI_rand, m.p_rand, shuffled.p_sim])
    row("values", local.Is)
    row("expectations", local.EIc)
    row("variances", local.VIc)
    print(f"      quadrants: {list(map(int, local.q))},")
    row("localP", local.p_sim)
    row("shares", g.Gs)
    row("z", g.Zs)
    row("starP", g.p_sim, ")")
print("}")
