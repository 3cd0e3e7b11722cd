"""What exactextract 0.3.0 says of tiles.tif under stars.geojson, for expected.csv.

pip install exactextract==0.3.0 rasterio numpy; python oracle.py > expected.csv
Weights: people.tif brought to the cells of tiles.tif by the rule of Scenarios/JOIN.md, here in NumPy: the sum of
the cells under a cell, each by the part of itself that lies there.
"""
import json
import numpy as np
import rasterio
from exactextract import exact_extract
from exactextract.raster import NumPyRasterSource

with rasterio.open("tiles.tif") as file:
    values = np.where(file.read(1) == -1, np.nan, file.read(1)).astype(float)
with rasterio.open("people.tif") as file:
    people = file.read(1).astype(float)


def overlaps(count, size, other_count, other_size):
    edges, other = np.arange(count + 1) * size, np.arange(other_count + 1) * other_size
    low = np.maximum(edges[:-1, None], other[None, :-1])
    high = np.minimum(edges[1:, None], other[None, 1:])
    return np.maximum(0, high - low)


down, across = overlaps(80, 0.125, 90, 0.1), overlaps(96, 0.125, 110, 0.1)
cover = down.sum(1)[:, None] * across.sum(1)[None, :]
weights = np.where(cover > 1e-12, down @ people @ across.T / 0.01, np.nan)

box = dict(xmin=-80, ymin=-11, xmax=-68, ymax=-1)
raster, weight = NumPyRasterSource(values, **box), NumPyRasterSource(weights, **box)
plain = ["count", "sum", "mean", "min", "max", "variance", "stdev", "coefficient_of_variation", "median",
         "quantile(q=0.05)", "quantile(q=0.975)", "majority", "minority", "variety",
         "min_center_x", "min_center_y", "max_center_x", "max_center_y"]
by_weight = ["weighted_mean", "weighted_sum", "weighted_stdev"]
names = ["count", "sum", "mean", "min", "max", "variance", "stdev", "cv", "median", "q05", "q97.5", "majority", "minority",
         "variety", "min_lon", "min_lat", "max_lon", "max_lat"]
print(",".join(["code"] + names + by_weight))
for feature in json.load(open("stars.geojson"))["features"]:
    first = exact_extract(raster, [feature], plain)[0]["properties"]
    second = exact_extract(raster, [feature], by_weight, weights=weight)[0]["properties"]
    keys = [k.replace("quantile(q=0.05)", "quantile_5").replace("quantile(q=0.975)", "quantile_98") for k in plain]
    found = [first[k] if k in first else first[[x for x in first if x.startswith("quantile_9")][0]] for k in keys]
    print(",".join([feature["properties"]["id"]] + [repr(float(v)) for v in found + [second[k] for k in by_weight]]))
