#!/bin/sh
# Makes the binary fixtures beside this script with GDAL (tried: 3.6.2). Run it in this folder.
# The small grid: gdal_translate turns the text below into TIFFs that differ in one respect each.
set -eu
rm -f squares.gpkg squares.fgb squares.shp squares.dbf squares.shx squares.prj squares.cpg latin.* ./*.zip ./*.tif

ogr2ogr -f FlatGeobuf -lco SPATIAL_INDEX=NO squares.fgb squares.geojson
ogr2ogr -f "ESRI Shapefile" -lco ENCODING=UTF-8 squares.shp squares.geojson
ogr2ogr -f GPKG -nln districts -lco SPATIAL_INDEX=NO squares.gpkg squares.geojson
ogr2ogr -f GPKG -update -nln utm -lco SPATIAL_INDEX=NO -t_srs EPSG:32718 -where "ubigeo <> '010103'" squares.gpkg squares.geojson
ogr2ogr -f GPKG -update -nln heights -lco SPATIAL_INDEX=NO -dim XYZ -nlt MULTIPOLYGON25D squares.gpkg squares.geojson
ogr2ogr -f GPKG -update -nln lines -lco SPATIAL_INDEX=NO -nlt MULTILINESTRING -where "ubigeo = '010101'" squares.gpkg squares.geojson
python3 - <<'P' > curves.csv
print("id,WKT")
print('1,"CURVEPOLYGON (CIRCULARSTRING (0 0, 1 1, 2 0, 1 -1, 0 0))"')
P
ogr2ogr -f GPKG -update -nln curves -lco SPATIAL_INDEX=NO -a_srs EPSG:4326 -oo GEOM_POSSIBLE_NAMES=WKT -oo KEEP_GEOM_COLUMNS=NO squares.gpkg curves.csv
rm curves.csv

# A Shapefile in Latin-1 that doesn't say so.
ogr2ogr -f "ESRI Shapefile" -lco ENCODING=ISO-8859-1 -select name latin.shp squares.geojson
rm latin.cpg latin.prj
printf '\000' | dd of=latin.dbf bs=1 seek=29 conv=notrunc status=none

# Archives with one layer, with two, and with none.
python3 -m zipfile -c squares.zip squares.shp squares.shx squares.dbf squares.prj squares.cpg
python3 -m zipfile -c text.zip squares.geojson
python3 -m zipfile -c two.zip squares.geojson squares.fgb
python3 -m zipfile -c none.zip make.sh

cat > grid.asc <<'G'
ncols 3
nrows 2
xllcorner -80
yllcorner -10
cellsize 0.5
NODATA_value -1
1 2 3
4 -1 6.25
G
OPTIONS="-q -co COMPRESS=DEFLATE"
gdal_translate $OPTIONS -a_srs EPSG:4326 grid.asc plain.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -a_nodata none grid.asc untagged.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -b 1 -b 1 grid.asc two.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -a_ullr 280 -9 281.5 -10 grid.asc east.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -a_ullr -80 -10 -78.5 -9 grid.asc southup.tif
gdal_translate $OPTIONS -a_srs EPSG:32718 -a_ullr 300000 8700000 303000 8698000 grid.asc utm.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -a_scale 0.1 -a_offset 100 grid.asc scaled.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -a_nodata none -b 1 -mask 1 --config GDAL_TIFF_INTERNAL_MASK YES grid.asc masked.tif
gdal_translate $OPTIONS -ot CFloat32 -a_srs EPSG:4326 grid.asc complex.tif
gdal_translate $OPTIONS -co PROFILE=BASELINE grid.asc unplaced.tif
gdal_translate $OPTIONS -a_srs EPSG:4326 -a_nodata 6.25 -scale 0 10 6.25 6.25 grid.asc empty.tif
python3 - <<'P' > rotated.vrt
print('<VRTDataset rasterXSize="3" rasterYSize="2"><SRS>EPSG:4326</SRS>'
      '<GeoTransform>-80, 0.5, 0.1, -9, 0.1, -0.5</GeoTransform>'
      '<VRTRasterBand dataType="Float32" band="1"><SimpleSource>'
      '<SourceFilename relativeToVRT="1">grid.asc</SourceFilename><SourceBand>1</SourceBand>'
      '</SimpleSource></VRTRasterBand></VRTDataset>')
P
gdal_translate $OPTIONS rotated.vrt rotated.tif
rm -f rotated.vrt ./*.aux.xml
