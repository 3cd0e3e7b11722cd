"""Makes microdata.csv, the made-up survey of RISK.md, from the synthetic risk model of Peru.

    python3 Scenarios/risk/make_survey.py        (from the top of the checkout; standard library only)

300 districts, one cluster of 12 children in each, in strata by region and urban or rural. The chance
of each child is that of Geo/peru/risk/model.json, with an intercept by district of sigma_u. Nothing
in the file was observed.
"""
import csv, json, math, random

random.seed(20190913)
model = json.load(open("Geo/peru/risk/model.json"))
beta = {t["name"]: t["beta"] for t in model["terms"]}
cells = {}
with open("Geo/peru/risk/cells.csv", encoding="utf-8-sig", newline="") as file:
    for row in csv.DictReader(file):
        cells.setdefault(row["ubigeo"], []).append(row)
effect = {code: random.gauss(0, model["sigma_u"]) for code in sorted(cells)}

strata = {}
for code in sorted(cells):
    for row in cells[code]:
        if float(row["n"]) >= 12:
            area = "rural" if float(row["rural_pct"]) > 50 else "urban"
            strata.setdefault((code[:2], area), []).append(row)

rows, cluster = [], 0
for (region, area), places in sorted(strata.items()):
    if len(places) < 2:
        continue
    children = [float(p["n"]) for p in places]
    for place in random.choices(places, children, k=6):
        cluster += 1
        # Drawn by size, 12 children each: the same weight within a stratum but for response.
        weight = sum(children) / 6 / 12
        for _ in range(12):
            sex, age = random.choice(["girl", "boy"]), random.randint(5, 17)
            eta = beta["intercept"] + effect[place["ubigeo"]] - 0.25 + (0.5 if sex == "boy" else 0)
            eta += 0.12 * (age - 11)
            eta += beta["rural_pct"] * float(place["rural_pct"]) / 100
            eta += beta["illiteracy_pct"] * float(place["illiteracy_pct"]) / 100
            eta += beta["unmet_needs_pct"] * float(place["unmet_needs_pct"]) / 100
            eta += beta["hdi"] * float(place["hdi"]) + beta["altitude_m"] * float(place["altitude_m"])
            works = int(random.random() < 1 / (1 + math.exp(-eta)))
            rows.append([place["ubigeo"], region, f"{region}-{area}", f"c{cluster:03d}",
                         f"{weight * random.uniform(0.8, 1.25):.1f}", works, age, sex,
                         place["rural_pct"], place["illiteracy_pct"], place["unmet_needs_pct"],
                         place["hdi"], place["altitude_m"]])
with open("Scenarios/risk/microdata.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["ubigeo", "region", "stratum", "cluster", "weight", "works", "age", "sex",
                     "rural_pct", "illiteracy_pct", "unmet_needs_pct", "hdi", "altitude_m"])
    writer.writerows(rows)
