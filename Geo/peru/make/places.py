# Quiebre · Geo/peru/make
# Chooses about ten populated places per district and shares the district's children among them.
# SPDX-License-Identifier: Apache-2.0
import collections
import math

import departments
import tables

COLUMNS = ["ubigeo", "place", "area", "lon", "lat", "children"]
MOST = 10
# A capital farther than this from every listed place of its district is added from the directory.
CAPITAL_WITHIN_KM = 5.0
KM_PER_DEGREE = 111.195

Place = collections.namedtuple("Place", "code listed_ubigeo name area x y")


def read_places(folder):
    """INEI's list; coordinates rounded to five decimals (about a metre)."""
    return [
        Place(row["ubigeo_ccpp"], row["ubigeo"], row["nombre"], row["tipo"].lower(),
              round(float(row["lon"]), 5), round(float(row["lat"]), 5))
        for row in tables.read(folder / "centros_poblados_94922.csv.gz")]


def distance_km(ax, ay, bx, by):
    """Length on a plate carrée true at the mean latitude: enough to compare neighbours."""
    stretch = math.cos(math.radians((ay + by) / 2))
    return KM_PER_DEGREE * math.hypot((ax - bx) * stretch, ay - by)


def districts_of_2025(places, directory, parents):
    """The 2025 code of each place: in a district that was split, that of the nearest capital among
    the district and those that left it."""
    families = collections.defaultdict(list)
    for child, parent in parents.items():
        families[parent].append(child)
    capital = {code: (float(row["lon_capital"]), float(row["lat_capital"]))
               for code, row in directory.items()}
    result = []
    for place in places:
        code = place.listed_ubigeo
        if code in families:
            code = min([code] + sorted(families[code]),
                       key=lambda c: (distance_km(place.x, place.y, *capital[c]), c))
        result.append(code)
    return result


def misplaced(places, codes):
    """Indices of places of whose six nearest neighbours at most one lies in the same district."""
    cells = collections.defaultdict(list)
    for index, place in enumerate(places):
        cells[(math.floor(place.x * 10), math.floor(place.y * 10))].append(index)
    result = set()
    for index, place in enumerate(places):
        column, row = math.floor(place.x * 10), math.floor(place.y * 10)
        reach, near = 1, []
        while len(near) < 7 and reach <= 8:
            near = [other for dx in range(-reach, reach + 1) for dy in range(-reach, reach + 1)
                    for other in cells.get((column + dx, row + dy), ())]
            reach += 1
        near.sort(key=lambda o: (distance_km(place.x, place.y, places[o].x, places[o].y), o))
        same = sum(codes[other] == codes[index] for other in near[:7]) - 1
        if same <= 1:
            result.add(index)
    return result


def spread(candidates, first, most):
    """Farthest-point choice: the first, then the farthest of an area not yet chosen, then always
    the one farthest from all chosen ones; ties go to the smaller place code."""
    chosen = [first]
    rest = [place for place in candidates if place != first]
    gap = {place: distance_km(place.x, place.y, first.x, first.y) for place in rest}
    while rest and len(chosen) < most:
        areas = {place.area for place in chosen}
        pool = [place for place in rest if place.area not in areas] or rest
        best = min(pool, key=lambda p: (-gap[p], p.code))
        chosen.append(best)
        rest.remove(best)
        for place in rest:
            gap[place] = min(gap[place], distance_km(place.x, place.y, best.x, best.y))
    return chosen


def choose(code, row, listed, doubtful, outline, taken):
    """The chosen places of one district, its capital first."""
    x, y = round(float(row["lon_capital"]), 5), round(float(row["lat_capital"]), 5)
    fit = sorted(
        (place for place in listed
         if place.code not in doubtful and (place.x, place.y) not in taken
         and departments.contains(outline, place.x, place.y)),
        key=lambda p: (distance_km(p.x, p.y, x, y), p.code))
    nearby = [place for place in listed if (place.x, place.y) not in taken
              and distance_km(place.x, place.y, x, y) <= CAPITAL_WITHIN_KM]
    if nearby:
        first = min(nearby, key=lambda p: (distance_km(p.x, p.y, x, y), p.code))
    else:
        first = Place(code + "0000", code, row["capital_legal"].upper(), "urban", x, y)
    unique, seen = [], {(first.x, first.y)}
    for place in fit:
        if (place.x, place.y) not in seen:
            seen.add((place.x, place.y))
            unique.append(place)
    return spread(unique, first, MOST)


def share_children(chosen, children, rural_pct):
    """Children by place: urban and rural parts of the district, each in equal shares. A part
    without a place goes to the other. The capital is urban where urban people have no place."""
    if rural_pct < 100 and all(place.area == "rural" for place in chosen):
        chosen = [chosen[0]._replace(area="urban")] + chosen[1:]
    count = collections.Counter(place.area for place in chosen)
    rural = rural_pct / 100 if count["urban"] else 1.0
    rural = rural if count["rural"] else 0.0
    part = {"rural": rural, "urban": 1 - rural}
    weights = [part[place.area] / count[place.area] for place in chosen]
    return list(zip(chosen, tables.whole_shares(children, weights)))


def write_places(folder, directory, parents, rows, outlines, path):
    """Writes places.csv in the order of districts, capital first."""
    places = read_places(folder)
    codes = districts_of_2025(places, directory, parents)
    doubtful = {places[index].code for index in misplaced(places, codes)}
    listed = collections.defaultdict(list)
    for place, code in zip(places, codes):
        listed[code].append(place)
    result, taken = [], set()
    for row in rows:
        code = row["ubigeo"]
        chosen = choose(
            code, directory[code], listed[code], doubtful, outlines[code[:2]], taken)
        taken.update((place.x, place.y) for place in chosen)
        for place, children in share_children(
                chosen, row["children_5_17"], float(row["rural_pct"])):
            result.append((code, place.name, place.area, tables.number(place.x, 5),
                           tables.number(place.y, 5), children))
    tables.write(path, COLUMNS, result)
    return result
