# Quiebre · Geo/peru/make
# Reads and writes the CSV tables of this folder: UTF-8, comma, LF, empty stays empty.
# SPDX-License-Identifier: Apache-2.0
import csv
import gzip
import io
import pathlib


def read(path):
    """The rows of a CSV file (or its .gz) as dictionaries; a byte-order mark is dropped."""
    data = pathlib.Path(path).read_bytes()
    if str(path).endswith(".gz"):
        data = gzip.decompress(data)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def write(path, columns, rows):
    """Writes rows (sequences in the order of `columns`); `None` becomes an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        assert len(row) == len(columns), row
        writer.writerow(["" if cell is None else cell for cell in row])
    pathlib.Path(path).write_bytes(text.getvalue().encode("utf-8"))


def number(text, digits):
    """A number as short text: at most `digits` decimals, no trailing zeros; `None` if empty."""
    if text is None or text == "":
        return None
    short = f"{float(text):.{digits}f}"
    short = short.rstrip("0").rstrip(".") if "." in short else short
    return "0" if short == "-0" else short


def whole_shares(total, weights):
    """Splits a whole number by weights into whole numbers (largest remainder, then order)."""
    assert total >= 0 and all(weight >= 0 for weight in weights)
    weight_sum = sum(weights)
    if weight_sum == 0:
        assert total == 0, "no weight to share by"
        return [0] * len(weights)
    exact = [total * weight / weight_sum for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    assert sum(parts) == total
    return parts
