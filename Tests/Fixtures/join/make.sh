#!/bin/sh
# Makes the rasters beside this script with GDAL (tried: 3.6.2) and Python. Run it in this folder.
set -eu
rm -f ./*.tif

# raw NAME TYPE COLUMNS ROWS WEST NORTH CELL, values from Python on stdin, as ENVI.
raw() {
  python3 -c "
import struct, sys
values = eval(sys.stdin.read())
open('$1.img', 'wb').write(struct.pack('<%d$2' % len(values), *values))
open('$1.hdr', 'w').write('''ENVI
samples = $3
lines = $4
bands = 1
data type = $8
byte order = 0
interleave = bsq
map info = {Geographic Lat/Lon, 1, 1, $5, $6, $7, $7, WGS-84}
''')"
}
OPTIONS="-q -a_srs EPSG:4326 -co COMPRESS=DEFLATE"

# The whole globe by longitudes 0...360, cells of 45 degrees, 1 to 32 from the north-west.
echo 'list(range(1, 33))' | raw world h 8 4 0 90 45 2
gdal_translate $OPTIONS world.img world.tif
# Longitudes 90 to 270: across the date line, but not the globe.
echo 'list(range(1, 17))' | raw across h 4 4 90 90 45 2
gdal_translate $OPTIONS across.img across.tif

# NaN, both infinities and a tagged value beside 1 to 4, two rows.
echo '[1, float("nan"), 2, float("inf"), 3, float("-inf"), 4, -9999]' | raw special f 4 2 -80 -9 0.5 4
gdal_translate $OPTIONS -a_nodata -9999 special.img special.tif
# Nothing but NaN in the tag's place: the tag itself is NaN.
gdal_translate $OPTIONS -a_nodata nan special.img nantag.tif

# 96 × 80 cells of an eighth of a degree in tiles of 16, some without data.
echo '[-1 if (r * r + c) % 17 == 3 else (31 * r * r + 17 * c * r + 7 * c) % 251 for r in range(80) for c in range(96)]' \
  | raw tiles h 96 80 -80 -1 0.125 2
gdal_translate $OPTIONS -a_nodata -1 -co TILED=YES -co BLOCKXSIZE=16 -co BLOCKYSIZE=16 tiles.img tiles.tif
gdal_translate $OPTIONS -a_nodata -1 -co BLOCKYSIZE=7 tiles.img rows.tif
# Weights on cells of a tenth of a degree, that end before the values do.
echo '[(r * 5 + c * 3) % 7 for r in range(90) for c in range(110)]' | raw people h 110 90 -80 -1 0.1 2
gdal_translate $OPTIONS people.img people.tif
# A file that ends too early.
head -c 3000 tiles.tif > cut.tif
# Weights on the grid of ../geo/grid.asc and on half its cells; one below zero.
echo '[1, 0, 2, 3, 4, 5]' | raw weights h 3 2 -80 -9 0.5 2
gdal_translate $OPTIONS weights.img weights.tif
echo '[1, 3, 9, 9, 9, 9, 5, 7, 9, 9, 9, 9]' | raw fine h 6 2 -80 -9 0.25 2
gdal_translate $OPTIONS fine.img fine.tif
echo '[1, 0, 2, 3, -4, 5]' | raw minus h 3 2 -80 -9 0.5 2
gdal_translate $OPTIONS minus.img minus.tif
rm -f ./*.img ./*.hdr ./*.aux.xml
