# Quiebre · Geo/peru/make
# Makes the tables of facts, the departments and the elevation grid from public sources.
# SPDX-License-Identifier: Apache-2.0
"""python3 extract.py TABLES PACKAGES

TABLES: a folder with the source tables named in README.md beside this script.
PACKAGES: a folder with echarts-countries-pypkg-0.1.6.tar.gz and pvlib-0.16.1-py3-none-any.whl.
"""
import pathlib
import sys

import departments
import districts
import elevation
import places
import tables

ECHARTS = "echarts-countries-pypkg-0.1.6.tar.gz"
PVLIB = "pvlib-0.16.1-py3-none-any.whl"


def main(folder, packages):
    here = pathlib.Path(__file__).resolve().parent.parent
    outlines = departments.write_departments(packages / ECHARTS, here / "departments.geojson")
    elevation.write_elevation(packages / PVLIB, here / "elevation.asc")

    directory = districts.read_directory(folder)
    parents = districts.parents_of_new_districts(
        folder, directory, places.read_places(folder))
    changes = districts.with_parents_of_2017(districts.read_changes(folder, directory), parents)
    tables.write(here / "changes.csv", ["old_code", "new_code", "kind", "year", "parent"], changes)
    rows = districts.write_districts(folder, directory, parents, here / "districts.csv")
    districts.write_codings(folder, directory, here / "codings.csv")
    places.write_places(folder, directory, parents, rows, outlines, here / "places.csv")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
