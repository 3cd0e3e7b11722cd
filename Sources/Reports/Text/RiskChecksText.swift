// Quiebre · Reports
// How far the risk of districts can be trusted: classes that change, departments against the survey.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Districts
public import LaborModel

extension RiskAssessment {
  /// Districts that change class, and departments against their direct estimates.
  ///
  /// - Parameters:
  ///   - registry: Of the same districts.
  ///   - language: Of the words.
  /// - Returns: Text that ends with a line feed; empty if there is nothing to say.
  public func checksText(of registry: DistrictRegistry, in language: Language) -> String {
    let numbers = PeopleNumbers(language: language)
    var lines: [String] = []
    if let stability {
      func percent(_ share: ClassStability.Share) -> String {
        numbers.rate(share.mean, share.p05, share.p95)
      }
      lines.append(
        RiskCheckPhrase.stability.said(
          percent(stability.districts), percent(stability.children),
          numbers.whole(Double(stability.firm)), numbers.whole(Double(registry.districts.count)),
          in: language))
    }
    if !departmentShifts.isEmpty {
      var table = TextTable()
      table.append(
        RiskCheckPhrase.departmentHead.said(in: language).split(separator: "|").map(String.init))
      for shift in departmentShifts {
        let error = shift.logitError * shift.estimate * (1 - shift.estimate)
        table.append([
          "  " + registry.departments[shift.department].name, numbers.rate(shift.scored) + " %",
          "\(numbers.rate(shift.estimate)) % (\(numbers.fixed(error * 100, 1)))",
          shift.z.map { numbers.signed($0, 1) } ?? PeopleNumbers.none,
          numbers.fixed(shift.damping, 2), numbers.rate(shift.benchmarked) + " %",
        ])
      }
      lines += [RiskCheckPhrase.departments.said(in: language)] + table.lines()
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }
}

enum RiskCheckPhrase: Phrase {
  case stability
  case departments
  case departmentHead

  var text: LocalizedText {
    switch self {
    case .stability:
      LocalizedText(
        en: "Drawn again, {1} % of districts (5-95 %) with {2} % of children are in another class; "
          + "{3} of {4} keep theirs in nine of ten draws.",
        es: "En otro sorteo, {1} % de los distritos (5-95 %) con {2} % de NNA están en otra clase; "
          + "{3} de {4} conservan la suya en nueve de diez.")
    case .departments:
      LocalizedText(
        en: "Departments against the survey: z = (scored - survey)/error; beyond ±2 they disagree.",
        es: "Departamentos frente a la encuesta: z = (calculado - encuesta)/error; más allá de ±2 "
          + "discrepan.")
    case .departmentHead:
      LocalizedText(
        en: "  department|scored|survey (error)|z|damping|benchmarked",
        es: "  departamento|calculado|encuesta (error)|z|amortiguación|ajustado")
    }
  }
}
