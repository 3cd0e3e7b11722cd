// Quiebre · GeoFiles
// Owns the pointers by which GDAL reads; those by which it writes are GDALGeoPackage's.
// SPDX-License-Identifier: Apache-2.0

#if GDAL
  import CGDAL
  import GeoCore

  /// What GDAL said about a call that failed.
  struct GDALFailure: Error {
    let message: String
  }

  /// A dataset opened for reading, for use by one thread.
  @safe final class GDALDataset {
    enum Kind {
      case vector
      case raster
    }

    fileprivate let handle: GDALDatasetH
    let path: String

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: What GDAL opens.
    ///   - kind: What is wanted of it.
    ///   - threads: How many may decompress at once, where the format can.
    /// - Throws: What GDAL said.
    init(opening path: String, as kind: Kind, threads: Int = 1) throws(GDALFailure) {
      _ = GDALDataset.drivers
      let flags = GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR
      let content = kind == .vector ? GDAL_OF_VECTOR : GDAL_OF_RASTER
      let messages = GDALMessages()
      let opened = unsafe messages.gathering {
        let options =
          threads > 1 ? unsafe CSLAddString(nil, "NUM_THREADS=\(threads)") : nil
        defer { unsafe CSLDestroy(options) }
        let constant = unsafe UnsafeRawPointer(options)?.assumingMemoryBound(
          to: UnsafePointer<CChar>?.self)
        return unsafe GDALOpenEx(path, UInt32(flags | content), nil, constant, nil)
      }
      guard let handle = unsafe opened else { throw GDALFailure(message: messages.summary) }
      unsafe self.handle = handle
      self.path = path
    }

    deinit { unsafe GDALClose(handle) }

    /// Drivers are registered at the first opening: it takes a tenth of a second.
    private static let drivers: Void = {
      GDALMessages().gathering { GDALAllRegister() }
    }()

    static func registerDrivers() { drivers }

    /// A file inside an archive, read whole; `nil` if it cannot be.
    static func bytes(ofVirtualFile path: String) -> [UInt8]? {
      GDALMessages().gathering {
        guard let file = unsafe VSIFOpenL(path, "rb") else { return nil }
        defer { unsafe VSIFCloseL(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
          let count = unsafe VSIFReadL(&piece, 1, piece.count, file)
          guard count > 0 else { return bytes }
          bytes += piece[..<count]
        }
      }
    }

    /// The paths inside an archive or folder; empty if there is none.
    static func names(inVirtualFolder path: String) -> [String] {
      GDALMessages().gathering {
        guard let list = unsafe VSIReadDirRecursive(path) else { return [] }
        defer { unsafe CSLDestroy(list) }
        return unsafe (0..<Int(CSLCount(list))).compactMap { index in
          unsafe list[index].map { unsafe String(cString: $0) }
        }
      }
    }
  }

  // MARK: Vector layers

  /// One feature as GDAL gives it.
  struct GDALFeature {
    enum Geometry {
      case none
      /// Straight-lined, two-dimensional, little-endian well-known binary.
      case wkb([UInt8], hadHeights: Bool)
      case unusable(type: String)
    }

    let id: Int
    let fields: [String: FieldValue]
    /// Fields whose text isn't UTF-8.
    let brokenTexts: [String]
    let geometry: Geometry
  }

  extension GDALDataset {
    var layerNames: [String] {
      unsafe (0..<GDALDatasetGetLayerCount(handle)).compactMap { index in
        unsafe GDALDatasetGetLayer(handle, index).map { unsafe String(cString: OGR_L_GetName($0)) }
      }
    }

    /// The system of a layer; `nil` if the file states none.
    func crs(ofLayer index: Int) -> CRS? {
      let layer = unsafe GDALDatasetGetLayer(handle, CInt(index))
      return unsafe crsNamed(by: OGR_L_GetSpatialRef(layer))
    }

    /// Hands over the features of a layer, in file order.
    ///
    /// - Throws: What GDAL said if it failed at any feature: a layer is read whole or not at all.
    func forEachFeature(
      ofLayer index: Int, _ body: (GDALFeature) -> Void
    ) throws(GDALFailure) {
      let messages = GDALMessages()
      messages.gathering {
        let layer = unsafe GDALDatasetGetLayer(handle, CInt(index))
        unsafe OGR_L_ResetReading(layer)
        let definition = unsafe OGR_L_GetLayerDefn(layer)
        let fields = unsafe fieldDefinitions(of: definition)
        while let feature = unsafe OGR_L_GetNextFeature(layer) {
          unsafe body(read(feature, fields: fields))
          unsafe OGR_F_Destroy(feature)
        }
      }
      guard messages.failures.isEmpty else { throw GDALFailure(message: messages.summary) }
    }
  }

  private struct FieldDefinition {
    let name: String
    let type: OGRFieldType
    let isFlag: Bool
  }

  private func fieldDefinitions(of definition: OGRFeatureDefnH?) -> [FieldDefinition] {
    unsafe (0..<OGR_FD_GetFieldCount(definition)).map { index in
      let field = unsafe OGR_FD_GetFieldDefn(definition, index)
      return unsafe FieldDefinition(
        name: String(cString: OGR_Fld_GetNameRef(field)), type: OGR_Fld_GetType(field),
        isFlag: OGR_Fld_GetSubType(field) == OFSTBoolean)
    }
  }

  private func read(_ feature: OGRFeatureH, fields: [FieldDefinition]) -> GDALFeature {
    var values: [String: FieldValue] = [:]
    var broken: [String] = []
    for (index, field) in fields.enumerated() {
      if let value = unsafe value(of: feature, CInt(index), field) {
        values[field.name] = value
      } else {
        broken.append(field.name)
      }
    }
    return unsafe GDALFeature(
      id: Int(OGR_F_GetFID(feature)), fields: values, brokenTexts: broken,
      geometry: geometry(of: feature))
  }

  /// The value of a field; `nil` for text that isn't UTF-8.
  private func value(of feature: OGRFeatureH, _ index: CInt, _ field: FieldDefinition)
    -> FieldValue?
  {
    guard unsafe OGR_F_IsFieldSetAndNotNull(feature, index) != 0 else { return .null }
    switch field.type {
    case OFTInteger, OFTInteger64:
      let number = unsafe Int(OGR_F_GetFieldAsInteger64(feature, index))
      return field.isFlag ? .flag(number != 0) : .integer(number)
    case OFTReal:
      let number = unsafe OGR_F_GetFieldAsDouble(feature, index)
      return number.isFinite ? .number(number) : .null
    default:
      guard let text = unsafe OGR_F_GetFieldAsString(feature, index) else { return .null }
      return unsafe String(validatingCString: text).map(FieldValue.text)
    }
  }

  private func geometry(of feature: OGRFeatureH) -> GDALFeature.Geometry {
    guard let own = unsafe OGR_F_GetGeometryRef(feature), unsafe OGR_G_IsEmpty(own) == 0 else {
      return .none
    }
    let hadHeights = unsafe OGR_G_Is3D(own) != 0
    unsafe OGR_G_FlattenTo2D(own)
    guard unsafe OGR_G_HasCurveGeometry(own, 0) != 0 else {
      return unsafe binary(of: own, hadHeights: hadHeights)
    }
    // Arcs become chords of GDAL's default step, 4 degrees.
    guard let straight = unsafe OGR_G_GetLinearGeometry(own, 0, nil) else {
      return .unusable(type: unsafe String(cString: OGR_G_GetGeometryName(own)))
    }
    defer { unsafe OGR_G_DestroyGeometry(straight) }
    return unsafe binary(of: straight, hadHeights: hadHeights)
  }

  private func binary(of geometry: OGRGeometryH, hadHeights: Bool) -> GDALFeature.Geometry {
    guard unsafe [wkbPoint, wkbPolygon, wkbMultiPolygon].contains(OGR_G_GetGeometryType(geometry))
    else { return .unusable(type: unsafe String(cString: OGR_G_GetGeometryName(geometry))) }
    var bytes = [UInt8](repeating: 0, count: unsafe Int(OGR_G_WkbSize(geometry)))
    guard unsafe OGR_G_ExportToWkb(geometry, wkbNDR, &bytes) == OGRERR_NONE else { return .none }
    return .wkb(bytes, hadHeights: hadHeights)
  }

  // MARK: Rasters

  /// A band as GDAL gives it: its cells in the order of the file and what they mean.
  struct GDALBand {
    let columns: Int
    let rows: Int
    /// Origin x, step x by column, step x by row, origin y, step y by column, step y by row;
    /// `nil` if the file has none.
    let transform: [Double]?
    let crs: CRS?
    let noData: Double?
    let scale: Double
    let offset: Double
    let isComplex: Bool
    let isSingle: Bool
    let blockRows: Int
    let bytesPerCell: Int
    /// Distinct values at most; `nil` for types of more than two bytes.
    let valueLimit: Int?
  }

  extension GDALDataset {
    var bandCount: Int { unsafe Int(GDALGetRasterCount(handle)) }

    /// What the file says of band `number`, from 1 to `bandCount`.
    func band(_ number: Int) -> GDALBand {
      let band = unsafe GDALGetRasterBand(handle, CInt(number))
      var transform = [Double](repeating: 0, count: 6)
      let isPlaced = unsafe GDALGetGeoTransform(handle, &transform) == CE_None
      let type = unsafe GDALGetRasterDataType(band)
      var (hasNoData, hasScale, hasOffset): (CInt, CInt, CInt) = (0, 0, 0)
      let noData = unsafe GDALGetRasterNoDataValue(band, &hasNoData)
      let scale = unsafe GDALGetRasterScale(band, &hasScale)
      let offset = unsafe GDALGetRasterOffset(band, &hasOffset)
      var (blockColumns, blockRows): (CInt, CInt) = (0, 0)
      unsafe GDALGetBlockSize(band, &blockColumns, &blockRows)
      let bytes = Int(GDALGetDataTypeSizeBytes(type))
      return unsafe GDALBand(
        columns: Int(GDALGetRasterBandXSize(band)), rows: Int(GDALGetRasterBandYSize(band)),
        transform: isPlaced ? transform : nil, crs: crsNamed(by: GDALGetSpatialRef(handle)),
        noData: hasNoData != 0 ? noData : nil, scale: hasScale != 0 ? scale : 1,
        offset: hasOffset != 0 ? offset : 0, isComplex: GDALDataTypeIsComplex(type) != 0,
        isSingle: type == GDT_Float32, blockRows: max(1, Int(blockRows)), bytesPerCell: bytes,
        valueLimit: bytes <= 2 ? 1 << (8 * bytes) : nil)
    }

    /// How much GDAL may keep of the blocks it has read, for all files of the process.
    static func setBlockMemory(bytes: Int) { GDALSetCacheMax64(GIntBig(bytes)) }

    /// Some cells of a band as stored, row by row; NaN where the file's own mask hides them.
    func cells(
      ofBand number: Int, rows: Range<Int>, columns: Range<Int>
    ) throws(GDALFailure) -> [Double] {
      let messages = GDALMessages()
      let values: [Double]? = messages.gathering {
        let band = unsafe GDALGetRasterBand(handle, CInt(number))
        let (left, top) = (CInt(columns.lowerBound), CInt(rows.lowerBound))
        let (width, height) = (CInt(columns.count), CInt(rows.count))
        let count = rows.count * columns.count
        var isRead = false
        var values = unsafe [Double](unsafeUninitializedCapacity: count) { buffer, filled in
          isRead =
            unsafe GDALRasterIO(
              band, GF_Read, left, top, width, height, buffer.baseAddress, width, height,
              GDT_Float64, 0, 0) == CE_None
          filled = isRead ? count : 0
        }
        guard isRead else { return nil }
        // Bits of gdal.h: 1 all valid, 8 the no-data value makes the mask.
        guard unsafe GDALGetMaskFlags(band) & (1 | 8) == 0 else { return values }
        var mask = [UInt8](repeating: 0, count: count)
        guard
          unsafe GDALRasterIO(
            GDALGetMaskBand(band), GF_Read, left, top, width, height, &mask, width, height,
            GDT_Byte, 0, 0) == CE_None
        else { return nil }
        for index in mask.indices where mask[index] == 0 { values[index] = .nan }
        return values
      }
      guard let values, messages.failures.isEmpty else {
        throw GDALFailure(message: messages.summary)
      }
      return values
    }
  }

  // MARK: Systems and messages

  /// A system by its authority's code where it has one, else as well-known text.
  private func crsNamed(by system: OGRSpatialReferenceH?) -> CRS? {
    guard let system = unsafe system else { return nil }
    // GeoPackage's two ways to say "unknown".
    if let name = unsafe OSRGetName(system), unsafe String(cString: name).hasPrefix("Undefined") {
      return nil
    }
    if let authority = unsafe OSRGetAuthorityName(system, nil),
      let code = unsafe OSRGetAuthorityCode(system, nil)
    {
      let crs = unsafe CRS("\(String(cString: authority)):\(String(cString: code))")
      return crs.isLonLat ? .lonLat : crs
    }
    if unsafe isWGS84Degrees(system) { return .lonLat }
    var text: UnsafeMutablePointer<CChar>?
    guard unsafe OSRExportToWkt(system, &text) == OGRERR_NONE, let text = unsafe text else {
      return nil
    }
    defer { unsafe VSIFree(text) }
    let definition = unsafe String(cString: text)
    return definition.isEmpty ? nil : CRS(definition)
  }

  private func isWGS84Degrees(_ system: OGRSpatialReferenceH) -> Bool {
    let world = unsafe OSRNewSpatialReference(nil)
    defer { unsafe OSRDestroySpatialReference(world) }
    guard unsafe OSRIsGeographic(system) != 0, unsafe OSRImportFromEPSG(world, 4326) == OGRERR_NONE
    else { return false }
    var options = unsafe CSLAddString(
      nil, "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS")
    unsafe options = CSLAddString(options, "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES")
    defer { unsafe CSLDestroy(options) }
    let constant = unsafe UnsafeRawPointer(options)?.assumingMemoryBound(
      to: UnsafePointer<CChar>?.self)
    return unsafe OSRIsSameEx(system, world, constant) != 0
  }

  /// Catches GDAL's messages on this thread, which would otherwise go to the terminal.
  final class GDALMessages {
    fileprivate(set) var failures: [String] = []

    var summary: String { failures.isEmpty ? "?" : failures.prefix(3).joined(separator: "; ") }

    func gathering<Value>(_ body: () -> Value) -> Value {
      let me = unsafe Unmanaged.passUnretained(self).toOpaque()
      unsafe CPLPushErrorHandlerEx(keepMessage, me)
      defer { CPLPopErrorHandler() }
      return body()
    }
  }

  private func keepMessage(_ level: CPLErr, _ number: CPLErrorNum, _ text: UnsafePointer<CChar>?) {
    guard level == CE_Failure || level == CE_Fatal, let text = unsafe text,
      let me = unsafe CPLGetErrorHandlerUserData()
    else { return }
    let messages = unsafe Unmanaged<GDALMessages>.fromOpaque(me).takeUnretainedValue()
    unsafe messages.failures.append(String(cString: text))
  }
#endif
