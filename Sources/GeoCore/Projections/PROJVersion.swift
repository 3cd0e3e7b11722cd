// Quiebre · GeoCore
// Which PROJ runs.
// SPDX-License-Identifier: Apache-2.0

import CPROJ

/// The version of the PROJ library that is loaded, such as `9.1.1`.
public var projVersion: String {
  let info = unsafe proj_info()
  return unsafe "\(info.major).\(info.minor).\(info.patch)"
}
