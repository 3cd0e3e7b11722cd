// Quiebre · GeoFiles
// Which GDAL runs, if any.
// SPDX-License-Identifier: Apache-2.0

#if GDAL
  import CGDAL

  /// The version of the GDAL library that is loaded, such as `3.6.2`; `nil` in a build without it.
  public var gdalVersion: String? {
    unsafe GDALVersionInfo("RELEASE_NAME").map { unsafe String(cString: $0) }
  }
#else
  /// `nil`: this build reads no format through GDAL.
  public var gdalVersion: String? { nil }
#endif
