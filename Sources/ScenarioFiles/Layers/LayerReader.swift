// Quiebre · ScenarioFiles
// Follows `extends` from file to file: cycles are refused, clashes between layers reported.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Formats

struct LayerReader {
  let open: LayerOpener
  /// In the order in which they are merged, lowest first.
  private(set) var files: [String] = []
  private(set) var faults: [Diagnostic] = []

  init(open: @escaping LayerOpener) { self.open = open }

  /// A file over all the layers that it extends, without the keys that are for this file only.
  ///
  /// `chain` names the files that extend it. The first syntax error or unreadable layer is thrown;
  /// clashes are collected in `faults`.
  mutating func table(of file: ScenarioFile, chain: [String]) throws(DiagnosticList) -> TOMLTable {
    var own = try readTOML(file.bytes, file: file.name)
    let extends = value(at: ["scenario", "extends"], in: own)
    let settles = value(at: ["scenario", "override"], in: own)?.value.content == .boolean(true)
    if !chain.isEmpty { own = withoutOwnKeys(own) }
    var below = TOMLTable()
    for (index, path) in try paths(extends).enumerated() {
      let resolved = resolvedPath(path.text, namedIn: file.name)
      let chain = chain + [file.name]
      guard !chain.contains(resolved), chain.count < 32 else {
        throw DiagnosticList(cycle(chain + [resolved], at: path.place))
      }
      let layer = try table(of: opened(resolved, from: path.place), chain: chain)
      var clashes: [LayerClash] = []
      below = merged(layer, over: below, clashes: &clashes)
      if index > 0, !settles { report(clashes, unlessIn: own, file: file.name) }
    }
    if !files.contains(file.name) { files.append(file.name) }
    var ignored: [LayerClash] = []
    return merged(own, over: below, clashes: &ignored)
  }

  /// `scenario.extends` as texts; any other type is left to the check of types.
  private func paths(_ entry: TOMLTable.Entry?) throws(DiagnosticList) -> [(
    text: String, place: SourcePlace
  )] {
    guard case .array(let elements) = entry?.value.content else { return [] }
    return elements.compactMap {
      if case .string(let text) = $0.content { (text, $0.place) } else { nil }
    }
  }

  private func opened(_ path: String, from place: SourcePlace) throws(DiagnosticList)
    -> ScenarioFile
  {
    do throws(Diagnostic) {
      let file = try open(path, place)
      return ScenarioFile(name: path, bytes: file.bytes)
    } catch {
      throw DiagnosticList(error)
    }
  }

  /// What a layer says about its own layers is no value of the scenario above it.
  private func withoutOwnKeys(_ table: TOMLTable) -> TOMLTable {
    guard var scenario = table["scenario"], var inner = scenario.value.table else { return table }
    inner.entries.removeAll { ["extends", "override"].contains($0.key) }
    scenario.value.content = .table(inner)
    var result = table
    result.set(scenario)
    return result
  }

  private mutating func report(_ clashes: [LayerClash], unlessIn own: TOMLTable, file: String) {
    for clash in clashes where value(at: clash.path, in: own) == nil {
      let key = clash.path.joined(separator: ".")
      let other = "\(clash.lower.file):\(clash.lower.line)"
      faults.append(
        Diagnostic(
          .layerClash, entry: key, at: clash.upper,
          what: LocalizedText(
            en: "two layers of \(file) give different values for \(key)",
            es: "dos capas de \(file) dan valores distintos a \(key)"),
          caret: LocalizedText(en: "the other is in \(other)", es: "el otro está en \(other)"),
          fix: LocalizedText(
            en: "give \(key) in \(file), or set scenario.override = true there",
            es: "dé \(key) en \(file), o ponga allí scenario.override = true")))
    }
  }

  private func cycle(_ chain: [String], at place: SourcePlace) -> Diagnostic {
    let path = chain.joined(separator: " → ")
    return Diagnostic(
      .layerCycle, entry: "scenario.extends", at: place,
      what: LocalizedText(
        en: "these files extend each other: \(path)",
        es: "estos archivos se extienden entre sí: \(path)"),
      fix: LocalizedText(en: "take one of them out", es: "quite uno de ellos"))
  }
}
