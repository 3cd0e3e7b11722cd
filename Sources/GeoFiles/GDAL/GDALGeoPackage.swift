// Quiebre · GeoFiles
// Owns the pointers by which GDAL writes a GeoPackage.
// SPDX-License-Identifier: Apache-2.0

#if GDAL
  import CGDAL
  import GeoCore
  import Synchronization

  /// A layer as GeoPackage: made in GDAL's memory, so that a file appears whole or not at all.
  ///
  /// The file's date of change is fixed: equal layers give equal bytes.
  func geoPackageBytes(of table: LayerTable) throws(GDALFailure) -> [UInt8] {
    let path = "/vsimem/quiebre-\(packages.add(1, ordering: .relaxed).newValue).gpkg"
    defer { unsafe VSIUnlink(path) }
    let messages = GDALMessages()
    let isWritten = messages.gathering {
      unsafe CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00Z")
      defer { unsafe CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nil) }
      return write(table, to: path)
    }
    guard isWritten, messages.failures.isEmpty,
      let bytes = GDALDataset.bytes(ofVirtualFile: path)
    else { throw GDALFailure(message: messages.summary) }
    return bytes
  }

  /// Numbers the files in GDAL's memory.
  private let packages = Atomic(0)

  private func write(_ table: LayerTable, to path: String) -> Bool {
    GDALDataset.registerDrivers()
    guard let driver = unsafe GDALGetDriverByName("GPKG"),
      let dataset = unsafe GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil)
    else { return false }
    let isWritten = unsafe writeLayer(table, to: dataset)
    // Closing writes what was put off.
    unsafe GDALClose(dataset)
    return isWritten
  }

  private func writeLayer(_ table: LayerTable, to dataset: GDALDatasetH) -> Bool {
    let system = unsafe OSRNewSpatialReference(nil)
    defer { unsafe OSRDestroySpatialReference(system) }
    guard unsafe OSRImportFromEPSG(system, 4326) == OGRERR_NONE else { return false }
    unsafe OSRSetAxisMappingStrategy(system, OAMS_TRADITIONAL_GIS_ORDER)
    guard
      let layer = unsafe GDALDatasetCreateLayer(
        dataset, table.name, system, wkbMultiPolygon, nil)
    else { return false }
    for column in table.columns {
      guard unsafe addField(column, to: layer) else { return false }
    }
    guard unsafe OGR_L_StartTransaction(layer) == OGRERR_NONE else { return false }
    let definition = unsafe OGR_L_GetLayerDefn(layer)
    for row in table.shapes.indices {
      let feature = unsafe OGR_F_Create(definition)
      defer { unsafe OGR_F_Destroy(feature) }
      for (index, column) in table.columns.enumerated() {
        unsafe set(column.values[row], of: feature, CInt(index), isText: column.kind == .text)
      }
      if let shape = table.shapes[row], !shape.isEmpty {
        guard unsafe setGeometry(shape, of: feature) else { return false }
      }
      guard unsafe OGR_L_CreateFeature(layer, feature) == OGRERR_NONE else { return false }
    }
    return unsafe OGR_L_CommitTransaction(layer) == OGRERR_NONE
  }

  @unsafe private func addField(_ column: LayerTable.Column, to layer: OGRLayerH) -> Bool {
    let type =
      switch column.kind {
      case .integer: OFTInteger64
      case .number: OFTReal
      case .flag: OFTInteger
      case .text: OFTString
      }
    let field = unsafe OGR_Fld_Create(column.name, type)
    defer { unsafe OGR_Fld_Destroy(field) }
    if column.kind == .flag { unsafe OGR_Fld_SetSubType(field, OFSTBoolean) }
    return unsafe OGR_L_CreateField(layer, field, 1) == OGRERR_NONE
  }

  @unsafe private func set(
    _ value: FieldValue, of feature: OGRFeatureH?, _ index: CInt, isText: Bool
  ) {
    switch value {
    case .null: unsafe OGR_F_SetFieldNull(feature, index)
    case .text(let text): unsafe OGR_F_SetFieldString(feature, index, text)
    case .integer(let number) where isText:
      unsafe OGR_F_SetFieldString(feature, index, "\(number)")
    case .integer(let number): unsafe OGR_F_SetFieldInteger64(feature, index, GIntBig(number))
    case .number(let number) where isText:
      unsafe OGR_F_SetFieldString(feature, index, "\(number)")
    case .number(let number): unsafe OGR_F_SetFieldDouble(feature, index, number)
    case .flag(let flag) where isText: unsafe OGR_F_SetFieldString(feature, index, "\(flag)")
    case .flag(let flag): unsafe OGR_F_SetFieldInteger(feature, index, flag ? 1 : 0)
    }
  }

  @unsafe private func setGeometry(_ shape: MultiPolygon, of feature: OGRFeatureH?) -> Bool {
    let bytes = wellKnownBinary(of: shape.oriented())
    var geometry: OGRGeometryH?
    let isRead = unsafe bytes.withUnsafeBytes {
      unsafe OGR_G_CreateFromWkb($0.baseAddress, nil, &geometry, CInt($0.count)) == OGRERR_NONE
    }
    guard isRead, let geometry = unsafe geometry else { return false }
    // The feature owns the geometry from here on.
    return unsafe OGR_F_SetGeometryDirectly(feature, geometry) == OGRERR_NONE
  }
#endif
