# Quiebre · Geo/peru/make
# Joins public facts on the 1,891 districts of 2025 into districts.csv, changes.csv, codings.csv.
# SPDX-License-Identifier: Apache-2.0
import tables

COLUMNS = [
    "ubigeo", "department", "province", "district", "capital", "lon", "lat", "altitude_m",
    "natural_region", "population_2025", "children_5_17", "rural_pct", "illiteracy_pct",
    "unmet_needs_pct", "poverty_low_pct", "poverty_high_pct", "hdi", "mother_tongue_pct",
]
REGIONS = {"Costa": "coast", "Sierra": "highlands", "Selva": "jungle"}

# 9.8 M people aged 0-17 in 2024 (INEI and UNICEF) x 13/18: equal ages. See SOURCE.md.
CHILDREN_5_17 = 7_080_000

# The directory prints -73.387; INEI's list of populated places has Santa Lucía at -76.387248,
# -8.344913: one digit of the longitude is wrong.
LONGITUDE_CORRECTIONS = {"221006": ("-73.38722222", "-76.38722222")}

# No table names the district that 130112 Alto Trujillo was split from. INEI's projection of
# 130102 El Porvenir falls by 113,013 people in 2023, the year in which 130112 appears.
PARENTS_WITHOUT_PLACE = {"130112": "130102"}


def read_directory(folder):
    """The 1,891 districts of 2025 by code, capital's longitude corrected."""
    rows = tables.read(folder / "distritos_1891_directorio_2025.csv")
    by_code = {row["ubigeo"]: row for row in rows}
    assert len(rows) == len(by_code) == 1891
    for code, (wrong, right) in LONGITUDE_CORRECTIONS.items():
        assert by_code[code]["lon_capital"] == wrong, (code, by_code[code])
        by_code[code]["lon_capital"] = right
    return dict(sorted(by_code.items()))


def read_changes(folder, directory):
    """Rows of changes.csv: renamed, recoded and created districts since 2007."""
    in_2017 = {row["UBIGEO"] for row in tables.read(folder / "indicadores_1874_inei_2017.csv")}
    first_listed = {}
    for row in tables.read(folder / "poblacion_urbana_rural_2019_2023.csv"):
        code, year = row["ubigeo"], int(row["anio"])
        first_listed[code] = min(year, first_listed.get(code, year))

    def year_of(code):
        return 2017 if code in in_2017 else first_listed[code]

    kinds = {"renombrado": "renamed", "reasignado": "recoded", "creado": "created"}
    result = []
    for row in tables.read(folder / "ubigeo_cambios_2007_2026.csv"):
        if row["nivel"] != "distrito" or row["ubigeo_2026"] not in directory:
            continue
        if row["tipo"] == "renombrado" and "nombre_distrito" not in row["campos"]:
            continue
        new = row["ubigeo_2026"]
        parent = row["contenedor_2007"] or None
        result.append((row["ubigeo_2007"] or None, new, kinds[row["tipo"]], year_of(new), parent))
    listed = {row[1] for row in result}
    for code, parent in PARENTS_WITHOUT_PLACE.items():
        assert code not in listed
        result.append((None, code, "created", year_of(code), parent))
    return sorted(result, key=lambda row: (row[1], row[0] or ""))


def parents_of_new_districts(folder, directory, places):
    """The district of 2017 that each of the 17 later ones lay in: that of the listed place nearest
    to its capital."""
    in_2017 = {row["UBIGEO"] for row in tables.read(folder / "indicadores_1874_inei_2017.csv")}
    parents = {}
    for code, row in directory.items():
        if code in in_2017:
            continue
        if code in PARENTS_WITHOUT_PLACE:
            parents[code] = PARENTS_WITHOUT_PLACE[code]
            continue
        x, y = float(row["lon_capital"]), float(row["lat_capital"])
        nearest = min(places, key=lambda p: ((p.x - x) ** 2 + (p.y - y) ** 2, p.code))
        assert (nearest.x - x) ** 2 + (nearest.y - y) ** 2 < 0.01 ** 2, (code, nearest)
        parents[code] = nearest.listed_ubigeo
    assert len(parents) == 17
    return parents


def with_parents_of_2017(changes, parents):
    """Changes after 2017 name the parent in the 2017 list, earlier ones that of 2007."""
    return [(old, new, kind, year, parents.get(new, parent))
            for old, new, kind, year, parent in changes]


def child_shares(folder):
    """Share of people aged 5-17 in 2017 by code: counted in four departments, else estimated."""
    counted = {}
    for row in tables.read(folder / "censo2017_edades_4dep.csv"):
        counted[row["ubigeo"]] = int(row["pob_5_17"]) / int(row["pob_censada"])
    shares = {}
    for row in tables.read(folder / "indicadores_1874_inei_2017.csv"):
        young, older = int(row["POB_0_14"]), int(row["POB_15_29"])
        estimate = (0.90225 * young - 0.02787 * older) / int(row["POBTOTAL"])
        shares[row["UBIGEO"]] = counted.get(row["UBIGEO"], max(estimate, 0))
    return shares


def write_districts(folder, directory, parents, path):
    """Writes districts.csv; returns its rows as dictionaries."""
    shares = child_shares(folder)
    census = {row["UBIGEO"]: row for row in tables.read(folder / "indicadores_1874_inei_2017.csv")}
    poverty = {row["ubigeo"]: row
               for row in tables.read(folder / "pobreza_monetaria_1874_2018.csv")}
    indices = {row["inei"]: row for row in tables.read(folder / "ubigeo_aumentado_1893.csv")}
    tongue = {row["ubigeo"]: row["indigenous_language_pct"]
              for row in tables.read(folder / "lengua_indigena_abandono.csv")}
    facts = {row["ubigeo"]: row for row in tables.read(folder / "distritos_covariables.csv")}
    area = {row["ubigeo"]: row
            for row in tables.read(folder / "poblacion_urbana_rural_2019_2023.csv")
            if row["anio"] == "2023"}

    people = [int(row["poblacion_2025"]) for row in directory.values()]
    weights = [count * shares[parents.get(code, code)] for code, count in zip(directory, people)]
    children = tables.whole_shares(CHILDREN_5_17, weights)

    rows = []
    for (code, row), count, minors in zip(directory.items(), people, children):
        own = code in census
        rural = area[code]
        hdi = indices.get(code, {}).get("idh_2019", "") if own else ""
        rows.append((
            code, row["departamento"], row["provincia"], row["distrito"], row["capital_legal"],
            tables.number(row["lon_capital"], 5), tables.number(row["lat_capital"], 5),
            tables.number(row["altitud_capital_m"], 0), REGIONS[facts[code]["region_natural"]],
            count, minors,
            tables.number(100 * int(rural["pob_rural"]) / int(rural["pob_total"]), 1),
            tables.number(census[code]["POB_ANAL_1"], 2) if own else None,
            tables.number(census[code]["ALGUNA_NBI"], 2) if own else None,
            tables.number(poverty[code]["conf_95_inf"], 1) if own else None,
            tables.number(poverty[code]["conf_95_sup"], 1) if own else None,
            None if hdi in ("", "NA") else tables.number(hdi, 4),
            tables.number(tongue.get(code), 1) if own else None,
        ))
    tables.write(path, COLUMNS, rows)
    return [dict(zip(COLUMNS, row)) for row in rows]


def write_codings(folder, directory, path):
    """Writes the INEI and RENIEC code pairs of the districts of 2025, with names for proof."""
    # The other table of pairs (CONCYTEC's) has shifted codes in Tayacaja: 0907xx isn't taken from it.
    pairs = {row["inei"]: row for row in tables.read(folder / "ubigeo_aumentado_1893.csv")}
    result = []
    for code, row in directory.items():
        pair = pairs.get(code)
        if pair is not None and len(pair["reniec"]) == 6 and pair["reniec"].isdigit():
            result.append(
                (code, pair["reniec"], row["departamento"], row["provincia"], row["distrito"]))
    assert len({row[1] for row in result}) == len(result), "a RENIEC code twice"
    tables.write(path, ["inei", "reniec", "department", "province", "district"], result)
    return result
