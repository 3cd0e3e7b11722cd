// Quiebre · GeoCore
// Which GEOS runs: a newer one may move the last digits of an overlay.
// SPDX-License-Identifier: Apache-2.0

import CGEOS

/// The version of the GEOS library that is loaded, such as `3.11.1-CAPI-1.17.1`.
public var geosVersion: String { unsafe String(cString: GEOSversion()) }
