# Quiebre · Geo/peru/make
# Cuts Peru's window from the elevation grid of the Python package pvlib (needs h5py).
# SPDX-License-Identifier: Apache-2.0
import io
import pathlib
import zipfile

import h5py

WEST, SOUTH, EAST, NORTH = -81.5, -18.5, -68.5, 0.5
CELLS_PER_DEGREE = 12
NO_DATA = -9999


def write_elevation(wheel, path):
    """Writes an ESRI ASCII grid in metres: stored byte x 28 - 450, 255 = no data (sea)."""
    with zipfile.ZipFile(wheel) as archive:
        data = archive.read("pvlib/data/Altitude.h5")
    with h5py.File(io.BytesIO(data), "r") as store:
        stored = store["Altitude"]
        assert stored.shape == (180 * CELLS_PER_DEGREE, 360 * CELLS_PER_DEGREE), stored.shape
        first_row = round((90 - NORTH) * CELLS_PER_DEGREE)
        last_row = round((90 - SOUTH) * CELLS_PER_DEGREE)
        first_column = round((WEST + 180) * CELLS_PER_DEGREE)
        last_column = round((EAST + 180) * CELLS_PER_DEGREE)
        window = stored[first_row:last_row, first_column:last_column].tolist()
    lines = [
        f"ncols {last_column - first_column}", f"nrows {last_row - first_row}",
        f"xllcorner {WEST}", f"yllcorner {SOUTH}", "cellsize 0.08333333333333333",
        f"NODATA_value {NO_DATA}",
    ]
    for row in window:
        lines.append(" ".join(str(NO_DATA if value == 255 else value * 28 - 450) for value in row))
    pathlib.Path(path).write_bytes(("\n".join(lines) + "\n").encode("ascii"))
