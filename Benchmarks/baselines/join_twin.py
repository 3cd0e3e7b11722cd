"""Does with exactextract what `quiebre-bench --filter join.cells` does: five statistics under every district.

    pip install exactextract numpy
    python join_twin.py --districts FILE.geojson --per-degree 100 --runs 3
"""
import argparse
import json
import math
import statistics
import time

import numpy as np
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource


def main():
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--districts", required=True)
    flags.add_argument("--per-degree", type=int, default=100)
    flags.add_argument("--runs", type=int, default=3)
    flags = flags.parse_args()
    features = [f for f in json.load(open(flags.districts))["features"] if f["geometry"]]

    def points(node):
        if isinstance(node[0], (int, float)):
            yield node
        else:
            for part in node:
                yield from points(part)

    xy = np.array([p[:2] for f in features for p in points(f["geometry"]["coordinates"])])
    west, south = (math.floor(v) for v in xy.min(0))
    east, north = (math.ceil(v) for v in xy.max(0))
    columns, rows = (east - west) * flags.per_degree, (north - south) * flags.per_degree
    values = ((np.arange(rows)[:, None] * 7919 + np.arange(columns)[None, :] * 104729) % 10007).astype(float)
    raster = NumPyRasterSource(values, xmin=west, ymin=south, xmax=east, ymax=north)
    cpu, wall = [], []
    for _ in range(flags.runs):
        c, t = time.process_time(), time.perf_counter()
        found = exact_extract(raster, features, ["sum", "mean", "count", "min", "max"], strategy="feature-sequential")
        cpu.append(time.process_time() - c)
        wall.append(time.perf_counter() - t)
    print(json.dumps({"cpu": round(statistics.median(cpu), 3), "wall": round(statistics.median(wall), 3),
                      "count": sum(f["properties"]["count"] for f in found)}))


if __name__ == "__main__":
    main()
