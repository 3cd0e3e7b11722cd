# Quiebre · Geo/peru/make
# Rewrites the checksum block at the end of each SOURCE.md of this country folder.
# SPDX-License-Identifier: Apache-2.0
"""python3 checksums.py"""
import hashlib
import pathlib

HEADING = "## Checksums (SHA-256)\n"


def main():
    country = pathlib.Path(__file__).resolve().parent.parent
    for source in sorted(country.glob("**/SOURCE.md")):
        folder = source.parent
        files = sorted(path for path in folder.iterdir()
                       if path.suffix in (".csv", ".geojson", ".asc", ".json"))
        lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
        text = source.read_text(encoding="utf-8").split(HEADING)[0].rstrip() + "\n\n"
        text += HEADING + "```\n" + "\n".join(lines) + "\n```\n"
        source.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
