// Quiebre · GeoFiles
// Layers of GeoPackage, Shapefile, FlatGeobuf and whatever else GDAL opens.
// SPDX-License-Identifier: Apache-2.0

#if GDAL
  import Diagnostics
  import Formats
  import GeoCore

  /// Reads a layer through GDAL.
  ///
  /// - Parameters:
  ///   - path: What GDAL opens: a file or a path of its virtual file systems.
  ///   - layer: The layer's name; the first if `nil`.
  ///   - stated: The system, for layers that state none.
  ///   - onNote: Gets warnings and notes.
  /// - Returns: The features in file order.
  /// - Throws: Q361 to Q365, Q367 to Q370, Q354, Q355.
  func readGDALVector(
    path: String, layer: String?, stated: CRS?, onNote: (Diagnostic) -> Void
  ) throws(DiagnosticList) -> FeatureLayer {
    let dataset: GDALDataset
    do throws(GDALFailure) {
      dataset = try GDALDataset(opening: path, as: .vector)
    } catch {
      throw DiagnosticList(gdalFault(path, error))
    }
    let names = dataset.layerNames
    let index = try layerIndex(of: layer, in: names, path: path, onNote: onNote)
    let name = names.count == 1 && layer == nil ? path : "\(path)#\(names[index])"
    let fileCRS = dataset.crs(ofLayer: index)
    if let fileCRS, let stated, stated != fileCRS {
      onNote(statedIgnored(stated, name: name))
    }
    var reading = GDALVectorReading(name: name, crs: fileCRS ?? stated)
    do throws(GDALFailure) {
      try dataset.forEachFeature(ofLayer: index) { reading.take($0) }
    } catch {
      throw DiagnosticList(gdalFault(path, error))
    }
    return try reading.finish(onNote: onNote)
  }

  private func layerIndex(
    of layer: String?, in names: [String], path: String, onNote: (Diagnostic) -> Void
  ) throws(DiagnosticList) -> Int {
    let list = names.map { "'\($0)'" }.joined(separator: ", ")
    guard let layer else {
      guard !names.isEmpty else { throw DiagnosticList(layerFault(path, "", nil, "-")) }
      if names.count > 1 {
        onNote(
          Diagnostic(
            .layerMissing, .note, at: SourcePlace(file: path),
            what: LocalizedText(
              en: "'\(path)' has the layers \(list); the first is read",
              es: "'\(path)' tiene las capas \(list); se lee la primera"),
            fix: LocalizedText(
              en: "choose one: \(path)#\(names[names.count - 1])",
              es: "elija una: \(path)#\(names[names.count - 1])")))
      }
      return 0
    }
    if let index = names.firstIndex(of: layer) { return index }
    throw DiagnosticList(layerFault(path, layer, nearestName(to: layer, in: names), list))
  }

  private func layerFault(
    _ path: String, _ layer: String, _ near: String?, _ list: String
  ) -> Diagnostic {
    Diagnostic(
      .layerMissing, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "'\(path)' has no layer '\(layer)'; its layers: \(list)",
        es: "'\(path)' no tiene la capa '\(layer)'; sus capas: \(list)"),
      fix: near.map { LocalizedText(en: "did you mean '\($0)'?", es: "¿quiso decir '\($0)'?") })
  }

  func gdalFault(_ path: String, _ failure: GDALFailure) -> Diagnostic {
    Diagnostic(
      .gdalRefused, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "GDAL cannot read '\(path)': \(failure.message)",
        es: "GDAL no puede leer '\(path)': \(failure.message)"),
      fix: LocalizedText(
        en: "see what ogrinfo or gdalinfo says; export or copy the file again",
        es: "vea qué dice ogrinfo o gdalinfo; exporte o copie el archivo de nuevo"))
  }

  /// The state of reading one layer.
  private struct GDALVectorReading {
    let name: String
    /// `nil` until the end if neither file nor caller state it.
    let crs: CRS?
    private var features: [Feature] = []
    private var faults: [Diagnostic] = []
    private var tally = ShapeTally()
    private var looksLikeDegrees = true

    init(name: String, crs: CRS?) {
      self.name = name
      self.crs = crs
    }

    mutating func take(_ raw: GDALFeature) {
      let number = features.count + 1
      tally.start(feature: number)
      for field in raw.brokenTexts { add(encodingFinding(field), feature: number) }
      var (shape, point): (MultiPolygon?, Point?)
      switch raw.geometry {
      case .none: break
      case .unusable(let type): add(.unusable(type: type), feature: number)
      case .wkb(let bytes, let hadHeights):
        tally.count(heights: hadHeights ? 1 : 0)
        switch WellKnownBinary.content(of: bytes) {
        case .point(let position):
          var positions = [position]
          settle(&positions, feature: number)
          point = Point(x: positions[0].x, y: positions[0].y)
        case .polygons(let polygons):
          shape = MultiPolygon(polygons.compactMap { polygon($0, feature: number) })
        case nil: add(.notFinite(), feature: number)
        }
      }
      features.append(
        Feature(
          number: number, id: .integer(raw.id), fields: raw.fields, shape: shape, point: point))
    }

    private mutating func polygon(_ rings: [[SIMD2<Double>]], feature: Int) -> Polygon? {
      var closed: [[Point]] = []
      for var ring in rings {
        settle(&ring, feature: feature)
        switch closeRing(&ring) {
        case .closed: break
        case .wasOpen: tally.countUnclosed(at: feature)
        case .tooShort:
          add(.shortRing(count: ring.count), feature: feature)
          return nil
        }
        closed.append(ring.map { Point(x: $0.x, y: $0.y) })
      }
      guard let shell = closed.first else { return nil }
      return Polygon(shell: shell, holes: Array(closed.dropFirst()))
    }

    private mutating func settle(_ positions: inout [SIMD2<Double>], feature: Int) {
      guard positions.allSatisfy({ $0.x.isFinite && $0.y.isFinite }) else {
        add(.notFinite(), feature: feature)
        return
      }
      guard crs?.isLonLat ?? true else { return }
      var isWide = false
      guard let largest = settleDegreesInPlace(&positions, isWide: &isWide) else {
        if isWide { tally.countWide(at: feature) }
        return
      }
      looksLikeDegrees = false
      if crs != nil { tally.countOutside(largest, at: feature) }
    }

    private mutating func add(_ finding: ShapeFinding, feature: Int) {
      guard faults.count < 50 else { return }
      faults.append(diagnostic(finding, feature: feature))
    }

    private func diagnostic(_ finding: ShapeFinding, feature: Int?) -> Diagnostic {
      Diagnostic(
        finding.code, finding.severity, entry: feature.map { "feature \($0)" },
        at: SourcePlace(file: name), what: finding.what, fix: finding.fix)
    }

    private func encodingFinding(_ field: String) -> ShapeFinding {
      ShapeFinding(
        code: .textEncoding,
        what: LocalizedText(
          en: "the text of field '\(field)' is not UTF-8",
          es: "el texto del campo '\(field)' no está en UTF-8"),
        fix: LocalizedText(
          en: "put a .cpg file with the word ISO-8859-1 (or CP1252) beside the .shp",
          es: "ponga junto al .shp un archivo .cpg con la palabra ISO-8859-1 (o CP1252)"))
    }

    mutating func finish(onNote: (Diagnostic) -> Void) throws(DiagnosticList) -> FeatureLayer {
      if let outside = tally.outside {
        add(
          .outside(outside.largest, features: tally.featuresOutside), feature: outside.feature)
      }
      if features.isEmpty { faults.append(diagnostic(.emptyLayer(), feature: nil)) }
      let settled = settledCRS(onNote: onNote)
      guard let settled, faults.isEmpty else { throw DiagnosticList(faults) }
      if tally.unclosedRings > 0 {
        onNote(
          diagnostic(.ringsClosed(count: tally.unclosedRings), feature: tally.firstUnclosed))
      }
      if tally.wideRings > 0 {
        onNote(diagnostic(.wide(count: tally.wideRings), feature: tally.firstWide))
      }
      if tally.heights > 0 { onNote(diagnostic(.heights(count: tally.heights), feature: nil)) }
      return FeatureLayer(name: name, crs: settled, features: features)
    }

    private mutating func settledCRS(onNote: (Diagnostic) -> Void) -> CRS? {
      if let crs { return crs }
      guard looksLikeDegrees else {
        faults.append(crsMissingFault(name))
        return nil
      }
      onNote(crsAssumedNote(name))
      return .lonLat
    }
  }
#endif
