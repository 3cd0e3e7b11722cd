// Quiebre · Districts
// The proof of which coding a list of codes is in: by the names beside them, else by the codes.
// SPDX-License-Identifier: Apache-2.0

/// How well a table's codes and names fit a coding.
public struct CodingEvidence: Hashable, Sendable {
  /// The coding that the table is read as.
  public let coding: String
  /// Rows with a name and a code.
  public let namedRows: Int
  /// Rows whose name is that of the district under this coding.
  public let matchingNames: Int
  /// Rows whose code exists in this coding.
  public let knownCodes: Int
  public let rows: Int
  /// The same counts for the best other coding, if the codings are known.
  public let rival: Rival?

  public struct Rival: Hashable, Sendable {
    public let coding: String
    public let matchingNames: Int
    public let knownCodes: Int
  }

  /// Whether the names beside the codes tell which coding it is: at least 3 in 10 of them are a
  /// district's under one of the readings, or three are under the rival's only.
  var namesDecide: Bool {
    guard namedRows > 0 else { return false }
    let best = max(matchingNames, rival?.matchingNames ?? 0)
    return best * 10 >= namedRows * 3 || namesSpeakForRival
  }

  private var namesSpeakForRival: Bool {
    guard let rival else { return false }
    return rival.matchingNames > matchingNames && rival.matchingNames >= 3
  }

  /// Whether the rival explains the table better, beyond doubt.
  ///
  /// By names: more of them fit the rival, at least three. Without names: of some twenty codes or
  /// more, fewer than 95 in 100 are ours and at least 10 in 100 more are the rival's. Real tables
  /// know no coding whole: each misses the districts of other years.
  public var speaksForRival: Bool {
    guard let rival else { return false }
    if namesDecide { return namesSpeakForRival }
    return rows >= 20 && knownCodes * 100 < rows * 95
      && (rival.knownCodes - knownCodes) * 10 >= rows
  }
}

extension CodeBook {
  /// Counts names and codes under the given reading and under the best other one.
  func evidence(codes: [String?], names: [String]?, readAs coding: String) -> CodingEvidence {
    let comparable = names?.map(comparableName)
    let count = { (reading: String) -> (names: Int, known: Int) in
      var result = (names: 0, known: 0)
      for (row, code) in codes.enumerated() {
        guard let code, let district = self.index(of: code, readAs: reading) else { continue }
        result.known += 1
        if let name = comparable?[row], !name.isEmpty, self.comparableNames[district] == name {
          result.names += 1
        }
      }
      return result
    }
    let mine = count(coding)
    let rivals = otherCodings(than: coding).map { (coding: $0, count: count($0)) }
    let best = rivals.max { ($0.count.names, $0.count.known) < ($1.count.names, $1.count.known) }
    let named = codes.indices.count {
      codes[$0] != nil && comparable?[$0].isEmpty == false
    }
    return CodingEvidence(
      coding: coding, namedRows: named, matchingNames: mine.names, knownCodes: mine.known,
      rows: codes.count,
      rival: best.map {
        CodingEvidence.Rival(
          coding: $0.coding, matchingNames: $0.count.names, knownCodes: $0.count.known)
      })
  }

  /// The first row whose name, or else whose code, fits the rival's reading and not ours.
  func witness(
    codes: [String?], names: [String]?, against rival: String, for coding: String
  ) -> Int? {
    guard let names else {
      return codes.firstIndex { code in
        guard let code else { return false }
        return index(of: code, readAs: coding) == nil && index(of: code, readAs: rival) != nil
      }
    }
    return codes.indices.first { row in
      guard let code = codes[row] else { return false }
      let name = comparableName(names[row])
      let fits = { (reading: String) in
        self.index(of: code, readAs: reading).map { self.comparableNames[$0] == name } ?? false
      }
      return fits(rival) && !fits(coding)
    }
  }

  /// Whether a text is the name of a district, under this reading of its code or another.
  func isName(_ text: String, of code: String, readAs coding: String) -> Bool {
    let name = comparableName(text)
    guard !name.isEmpty else { return false }
    return ([coding] + otherCodings(than: coding)).contains { reading in
      index(of: code, readAs: reading).map { comparableNames[$0] == name } ?? false
    }
  }

  /// Codes that stand in both codings and name different districts.
  func sharedCodes(_ coding: String, _ rival: String) -> Int {
    guard let codings, let a = codings.codings.firstIndex(of: coding) else { return 0 }
    return codings.rows.count { row in
      codings.code(row[a], from: coding, to: rival) != row[a]
        && codings.code(row[a], from: rival, to: coding) != nil
    }
  }

  private func otherCodings(than coding: String) -> [String] {
    (codings?.codings ?? []).filter { $0 != coding }
  }
}
