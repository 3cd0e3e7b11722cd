// Quiebre · Districts
// The codes of a registry, and all that is known about them: what other tables are matched against.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics

/// District codes with their names, their coding, their vintage and their changes.
public struct CodeBook: Sendable {
  /// Ascending, all different.
  public let codes: [String]
  /// One per code.
  public let names: [String]
  public let rules: CodeRules
  public let coding: String
  public let vintage: Int?
  public let changes: ChangeTable?
  public let codings: CodingTable?

  let comparableNames: [String]
  private let numbers: [String: Int]

  public init(
    codes: [String], names: [String], rules: CodeRules, coding: String, vintage: Int? = nil,
    changes: ChangeTable? = nil, codings: CodingTable? = nil
  ) {
    precondition(codes.count == names.count, "one name per code")
    self.codes = codes
    self.names = names
    self.rules = rules
    self.coding = coding
    self.vintage = vintage
    self.changes = changes
    self.codings = codings
    self.comparableNames = names.map(comparableName)
    self.numbers = Dictionary(
      codes.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of a code of this coding and vintage.
  public func index(of code: String) -> Int? { numbers[code] }

  /// The position of the district that a code of another coding means.
  func index(of code: String, readAs other: String) -> Int? {
    if other == coding { return numbers[code] }
    return codings?.code(code, from: other, to: coding).flatMap { numbers[$0] }
  }

  /// How many codes begin with zero: a column of numbers loses that many.
  var codesWithLeadingZero: Int { codes.count { $0.hasPrefix("0") } }

  /// Where a code of another vintage went, if exactly one district took its place.
  func renamed(_ code: String) -> Int? {
    guard let changes else { return nil }
    let now = changes.successors(of: code).compactMap(index(of:))
    if now.count == 1 { return now.first }
    let before = changes.predecessors(of: code).compactMap(index(of:))
    return before.count == 1 ? before.first : nil
  }

  /// The district of this registry that a younger district was cut from.
  func parent(of code: String) -> Int? {
    var code = code
    // A child of a child: a few steps at most, and never round in circles.
    for _ in 0..<8 {
      guard let origin = changes?.origin(of: code) else { return nil }
      if let index = index(of: origin.parent) ?? renamed(origin.parent) { return index }
      code = origin.parent
    }
    return nil
  }
}

extension CodeBook {
  /// Why a row's code is no district here, as far as the changes, the name and the codes tell.
  func explanation(ofUnknown code: String, name: String?) -> LocalizedText? {
    changeExplanation(code) ?? namesake(of: code, name: name) ?? neighborhood(of: code)
  }

  /// Why a district has no row in a table of another vintage.
  func explanation(ofMissing code: String) -> LocalizedText? {
    guard let changes else { return nil }
    if let origin = changes.origin(of: code) { return created(origin) }
    if let old = changes.predecessors(of: code).first {
      return LocalizedText(en: "was \(old) before", es: "antes era \(old)")
    }
    return changes.successors(of: code).first.map(became)
  }

  /// Whether neither the changes nor a name tell what an unknown code is.
  func knowsNothing(of code: String, name: String?) -> Bool {
    changeExplanation(code) == nil && namesake(of: code, name: name) == nil
  }

  private func changeExplanation(_ code: String) -> LocalizedText? {
    guard let changes else { return nil }
    let successors = changes.successors(of: code)
    if successors.count == 1 { return became(successors[0]) }
    if successors.count > 1 {
      let list = successors.joined(separator: ", ")
      return LocalizedText(en: "was split into \(list)", es: "se dividió en \(list)")
    }
    if let origin = changes.origin(of: code) { return created(origin) }
    return changes.predecessors(of: code).first.map {
      LocalizedText(en: "was \($0) before", es: "antes era \($0)")
    }
  }

  private func became(_ code: String) -> LocalizedText {
    LocalizedText(en: "became \(code)", es: "pasó a ser \(code)")
  }

  private func created(_ origin: (parent: String, year: Int?)) -> LocalizedText {
    let parent = label(origin.parent)
    guard let year = origin.year else {
      return LocalizedText(en: "created from \(parent)", es: "creado a partir de \(parent)")
    }
    return LocalizedText(
      en: "created \(year) from \(parent)", es: "creado en \(year) a partir de \(parent)")
  }

  /// The only district of that name in the department that the code points to.
  private func namesake(of code: String, name: String?) -> LocalizedText? {
    guard let name, case let wanted = comparableName(name), !wanted.isEmpty else { return nil }
    let department = rules.departmentCode(of: code)
    let matches = codes.indices.filter {
      comparableNames[$0] == wanted && codes[$0].hasPrefix(department)
    }
    guard matches.count == 1, let match = matches.first else { return nil }
    let label = label(codes[match])
    return LocalizedText(en: "is it \(label)?", es: "¿es \(label)?")
  }

  private func neighborhood(of code: String) -> LocalizedText? {
    let province = rules.provinceCode(of: code)
    let siblings = codes.filter { $0.hasPrefix(province) }
    if let first = siblings.first, let last = siblings.last {
      return LocalizedText(
        en: "province \(province) has \(first) to \(last)",
        es: "la provincia \(province) tiene de \(first) a \(last)")
    }
    let department = rules.departmentCode(of: code)
    if codes.contains(where: { $0.hasPrefix(department) }) {
      return LocalizedText(
        en: "there is no province \(province)", es: "no hay una provincia \(province)")
    }
    return LocalizedText(
      en: "there is no department \(department)", es: "no hay un departamento \(department)")
  }

  private func label(_ code: String) -> String {
    guard let index = index(of: code), !names[index].isEmpty else { return code }
    return "\(code) \(names[index])"
  }
}
