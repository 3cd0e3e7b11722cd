# Quiebre · Geo/peru/make
# Calibrates the synthetic risk model on the embedded places and writes risk/model.json.
# SPDX-License-Identifier: Apache-2.0
"""python3 model.py      (reads ../districts.csv, ../places.csv and ../changes.csv)"""
import json
import math
import pathlib

import tables

# Assumed slopes on the logit scale, per unit of the column; percentages count as shares (0.25 for
# 25 %). The signs are those of the published MIRTI work; the sizes are ours.
SLOPES = {"illiteracy_pct": 4.0, "unmet_needs_pct": 0.2, "hdi": -2.0, "altitude_m": 0.0002}
SIGMA_U = 0.3
# Children 5-17 who work, ENAHO: 26.4 % in 2015; rural 53.1 % and urban 13.9 % in 2024.
NATIONAL_RATE = 0.264
ODDS_RATIO = (0.531 / 0.469) / (0.139 / 0.861)
# What a survey of the size of ENAHO would know: children interviewed, variance inflation.
SURVEY_CHILDREN, DESIGN_EFFECT = 26_000, 4.0

# Trapezoid rule for the mean over a standard normal: exact to rounding for these smooth curves.
STEP = 0.5
NODES = [STEP * k for k in range(-16, 17)]
DENSITY = [math.exp(-z * z / 2) for z in NODES]
WEIGHTS = [value / sum(DENSITY) for value in DENSITY]


def mean_risk(eta):
    """E_u[logistic(eta + u)], u normal with standard deviation SIGMA_U."""
    return sum(w / (1 + math.exp(-eta - SIGMA_U * z)) for z, w in zip(NODES, WEIGHTS))


def value(row, name):
    return float(row[name]) / (100 if name.endswith("_pct") else 1)


def read_strata(here):
    """(children, rural mark, covariates) of the urban and rural part of each district. A district
    without figures of its own takes those of the district that it was split from."""
    parents = {row["new_code"]: row["parent"] for row in tables.read(here / "changes.csv")}
    rows = {row["ubigeo"]: row for row in tables.read(here / "districts.csv")}
    covariates = {}
    for code, row in rows.items():
        covariates[code] = {
            name: value(row if row[name] != "" else rows[parents[code]], name) for name in SLOPES}
    children = {}
    for place in tables.read(here / "places.csv"):
        key = (place["ubigeo"], place["area"])
        children[key] = children.get(key, 0) + int(place["children"])
    return [(count, 1.0 if area == "rural" else 0.0, covariates[code])
            for (code, area), count in children.items()]


def calibrate(strata):
    """Intercept and rural slope that meet the national rate and the odds ratio: Newton's method."""
    fixed = [sum(SLOPES[name] * x[name] for name in SLOPES) for _, _, x in strata]

    def misses(intercept, rural):
        sums = {0.0: [0.0, 0.0], 1.0: [0.0, 0.0]}
        for (count, mark, _), base in zip(strata, fixed):
            sums[mark][0] += count * mean_risk(intercept + rural * mark + base)
            sums[mark][1] += count
        p, q = (sums[mark][0] / sums[mark][1] for mark in (1.0, 0.0))
        total = (sums[0.0][0] + sums[1.0][0]) / (sums[0.0][1] + sums[1.0][1])
        odds = math.log(p / (1 - p)) - math.log(q / (1 - q))
        return total - NATIONAL_RATE, odds - math.log(ODDS_RATIO), p, q

    a, b, step = -1.0, 1.0, 1e-6
    for _ in range(50):
        f, g, rural, urban = misses(a, b)
        if abs(f) + abs(g) < 1e-13:
            break
        fa, ga, _, _ = misses(a + step, b)
        fb, gb, _, _ = misses(a, b + step)
        j = [[(fa - f) / step, (fb - f) / step], [(ga - g) / step, (gb - g) / step]]
        determinant = j[0][0] * j[1][1] - j[0][1] * j[1][0]
        a -= (f * j[1][1] - g * j[0][1]) / determinant
        b -= (g * j[0][0] - f * j[1][0]) / determinant
    return a, b, rural, urban


def inverse(matrix):
    """Gauss-Jordan with the largest pivot."""
    size = len(matrix)
    work = [row[:] + [1.0 if i == j else 0.0 for j in range(size)] for i, row in enumerate(matrix)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(work[i][column]))
        work[column], work[pivot] = work[pivot], work[column]
        work[column] = [cell / work[column][column] for cell in work[column]]
        for i in range(size):
            if i != column:
                factor = work[i][column]
                work[i] = [cell - factor * own for cell, own in zip(work[i], work[column])]
    return [row[size:] for row in work]


def covariance(strata, betas):
    """Design effect x inverse Fisher information of SURVEY_CHILDREN children spread like the
    country's: what such a survey would know about the slopes."""
    total = sum(count for count, _, _ in strata)
    size = len(betas)
    information = [[0.0] * size for _ in range(size)]
    for count, mark, x in strata:
        row = [1.0, mark] + [x[name] for name in SLOPES]
        risk = mean_risk(sum(b * v for b, v in zip(betas, row)))
        weight = SURVEY_CHILDREN * count / total * risk * (1 - risk)
        for i in range(size):
            for k in range(size):
                information[i][k] += weight * row[i] * row[k]
    # Columns are brought to one size first; metres and shares differ by thousands.
    scale = [1 / math.sqrt(information[i][i]) for i in range(size)]
    scaled = [[information[i][k] * scale[i] * scale[k] for k in range(size)] for i in range(size)]
    result = inverse(scaled)
    return [[DESIGN_EFFECT * (result[i][k] + result[k][i]) / 2 * scale[i] * scale[k]
             for k in range(size)] for i in range(size)]


def short(x):
    return float(f"{x:.7g}")


def main():
    here = pathlib.Path(__file__).resolve().parent.parent
    strata = read_strata(here)
    intercept, rural, rural_rate, urban_rate = calibrate(strata)
    betas = [round(intercept, 6), round(rural, 6)] + list(SLOPES.values())
    names = ["intercept", "rural_pct"] + list(SLOPES)
    terms = []
    for name, beta in zip(names, betas):
        term = {"name": name}
        if name.endswith("_pct"):
            term["unit"] = "%"
        elif name.endswith("_m"):
            term["unit"] = "m"
        term["beta"] = beta
        terms.append(term)
    matrix = [[short(cell) for cell in row] for row in covariance(strata, betas)]
    model = {
        "synthetic": True,
        "definition": "A_ENAHO_WORK_5_17",
        "survey": "none: synthetic, calibrated to published ENAHO figures",
        "year": 2015,
        "n": SURVEY_CHILDREN,
        "sigma_u": SIGMA_U,
        "source": "Quiebre, Geo/peru/make/model.py; see Geo/peru/risk/SOURCE.md. "
                  "Not an official MIRTI result and not fitted to children's records.",
    }
    text = json.dumps(model, indent=2)[:-2]
    text += ',\n  "terms": [\n    ' + ",\n    ".join(json.dumps(term) for term in terms)
    text += '\n  ],\n  "covariance": [\n    ' + ",\n    ".join(json.dumps(row) for row in matrix)
    text += "\n  ]\n}\n"
    (here / "risk" / "model.json").write_bytes(text.encode("utf-8"))
    print(f"rural {100 * rural_rate:.2f} %, urban {100 * urban_rate:.2f} %")


if __name__ == "__main__":
    main()
