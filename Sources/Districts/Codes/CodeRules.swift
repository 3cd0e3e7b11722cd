// Quiebre · Districts
// What a district code looks like in one country, and how a broken one is recognized.
// SPDX-License-Identifier: Apache-2.0

/// The shape of district codes: digits, of one length, whose first characters name upper levels.
public struct CodeRules: Hashable, Sendable {
  /// Characters of a district code.
  public let length: Int
  /// How many of them name the department.
  public let department: Int
  /// How many of them name the province.
  public let province: Int

  public init(length: Int, department: Int, province: Int) {
    precondition(0 < department && department <= province && province < length, "levels nest")
    self.length = length
    self.department = department
    self.province = province
  }

  /// What is wrong with a code (spaces around it removed), or `nil`.
  public func slip(in text: String) -> CodeSlip? {
    guard !text.isEmpty else { return .blank }
    let digits = text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    if digits, text.utf8.count == length { return nil }
    if let restored = restoringZeros(text) { return .lostZeros(restored: restored) }
    return digits ? .wrongLength(text.utf8.count) : .notDigits
  }

  /// The code with the zeros that a spreadsheet took from its front, or `nil` if that isn't what
  /// happened: no department is all zeros, so fewer than `department` zeros can be lost.
  public func restoringZeros(_ text: String) -> String? {
    let lost = length - text.utf8.count
    guard lost > 0, lost < department, let first = text.utf8.first, first != 0x30,
      text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { return nil }
    return String(repeating: "0", count: lost) + text
  }

  /// The code of the department that a district lies in.
  public func departmentCode(of code: String) -> String { String(code.prefix(department)) }

  /// The code of the province that a district lies in.
  public func provinceCode(of code: String) -> String { String(code.prefix(province)) }
}

/// Why a text is no district code.
public enum CodeSlip: Hashable, Sendable {
  case blank
  /// Digits only, but the zeros in front are gone.
  case lostZeros(restored: String)
  case wrongLength(Int)
  case notDigits
}

/// A place name reduced to what spellings agree on.
///
/// Small letters and digits stay, without accents, tildes, hyphens or spaces: `Huac-Huas` and `HUAC HUAS`, `Cañaria` and `CANARIA` are the same.
public func comparableName(_ name: String) -> String {
  var plain = String.UnicodeScalarView()
  for scalar in name.lowercased().unicodeScalars {
    if let letter = plainLetters[scalar] {
      plain.append(letter)
    } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      plain.append(scalar)
    }
  }
  return String(plain)
}

/// Latin letters with marks, by their plain letter.
///
/// Loose combining marks are no letters and drop
/// out by themselves.
private let plainLetters: [Unicode.Scalar: Unicode.Scalar] = {
  let families: [(Unicode.Scalar, String)] = [
    ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"),
    ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"), ("j", "ĵ"), ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņňŉ"),
    ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşš"), ("t", "ţťŧ"), ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"),
  ]
  var table: [Unicode.Scalar: Unicode.Scalar] = [:]
  for (plain, marked) in families {
    for scalar in marked.unicodeScalars { table[scalar] = plain }
  }
  return table
}()
