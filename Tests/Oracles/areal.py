"""Made-up zones and parcels, and what geopandas (and tobler) make of them: Tests/Fixtures/join/{zones,parcels}.geojson, areal.csv.

tobler 0.13.0, geopandas 1.2.0 (pip install tobler geopandas); python3 Tests/Oracles/areal.py Tests/Fixtures/join
Edges are straight in degrees, so they are cut to 0.0005 degrees before the equal-area projection (EPSG:6933).
"""
import csv
import json
import sys
import warnings

import geopandas
import numpy as np
import shapely
from tobler.area_weighted import area_interpolate

warnings.filterwarnings("ignore")
folder = sys.argv[1] + "/"
random = np.random.default_rng(7)


def cells(count, box):
    points = shapely.MultiPoint(random.uniform((box[0], box[1]), (box[2], box[3]), (count, 2)))
    found = shapely.voronoi_polygons(points, extend_to=shapely.box(*box)).geoms
    found = [shapely.set_precision(shapely.intersection(c, shapely.box(*box)), 0.0001) for c in found]
    return sorted((c for c in found if c.geom_type == "Polygon"), key=lambda c: c.bounds)


def write(name, shapes, fields):
    features = [
        json.dumps({"type": "Feature", "properties": f, "geometry": json.loads(shapely.to_geojson(shapely.normalize(s)))})
        for f, s in zip(fields, shapes)
    ]
    open(folder + name, "w").write('{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n")


zones = cells(12, (-76, -13, -74, -11))
parcels = cells(30, (-76.3, -12.8, -74.5, -10.7))
# Two parcels are not there: ground without values.
parcels = [p for i, p in enumerate(parcels) if i not in (4, 17)]
write("zones.geojson", zones, [{"zone": f"z{i:02}"} for i in range(len(zones))])
fields = [
    {"parcel": f"p{i:02}", "people": int(random.integers(0, 5000)), "rate": round(float(random.uniform(0, 1)), 3),
     "crop": ["coffee", "cacao", "rice"][int(random.integers(0, 3))]}
    for i in range(len(parcels))
]
write("parcels.geojson", parcels, fields)


def read(name):
    layer = geopandas.read_file(folder + name)
    layer["geometry"] = shapely.segmentize(layer.geometry.values, 0.0005)
    return layer.to_crs(6933)


source, target = read("parcels.geojson"), read("zones.geojson")
pieces = geopandas.overlay(source, target, how="intersection", keep_geom_type=True)
pieces["ground"] = pieces.area
pieces = pieces.merge(source.assign(own=source.area)[["parcel", "own"]], on="parcel")
rows = []
for zone, ground in zip(target.zone, target.area):
    own = pieces[pieces.zone == zone]
    total = own.ground.sum()
    rate = (own.rate * own.ground).sum() / total if total > 0 else 0.0
    crops = [own.ground[own.crop == crop].sum() / ground for crop in ("cacao", "coffee", "rice")]
    rows.append([zone, (own.people * own.ground / own.own).sum(), rate, *crops])

# tobler keeps overlaps in single precision.
found = area_interpolate(
    source, target, extensive_variables=["people"], intensive_variables=["rate"], categorical_variables=["crop"],
    allocate_total=False)
names = ["people", "rate", "crop_cacao", "crop_coffee", "crop_rice"]
assert np.allclose(found[names].fillna(0).to_numpy(), np.array([r[1:] for r in rows], float), rtol=3e-7, atol=3e-7)
with open(folder + "areal.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["zone"] + names)
    for row in rows:
        out.writerow([row[0]] + [repr(float(x)) for x in row[1:]])
