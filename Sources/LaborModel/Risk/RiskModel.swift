// Quiebre · LaborModel
// The risk model (MIRTI): a logit of the chance that a child works, with its own uncertainty.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats

/// logit P = Σ β·x + u with u ~ N(0, σ_u²) by district, fitted on a survey.
public struct RiskModel: Hashable, Sendable {
  /// One coefficient.
  public struct Term: Hashable, Sendable {
    /// The column of its variable; `intercept` has none.
    public var name: String
    /// The category that this term stands for; `nil` for a number.
    public var level: String?
    /// Whether the column is in percent, counted as shares.
    public var isPercent: Bool
    /// The category that a level is compared with; `nil` = not told.
    public var reference: String?
    public var beta: Double

    public init(
      name: String, level: String? = nil, isPercent: Bool = false, reference: String? = nil,
      beta: Double
    ) {
      self.name = name
      self.level = level
      self.isPercent = isPercent
      self.reference = reference
      self.beta = beta
    }

    public var isIntercept: Bool { name == "intercept" && level == nil }
  }

  /// What the survey says of the intercept u of one of its districts.
  public struct DistrictEffect: Hashable, Sendable {
    public let mean: Double
    public let deviation: Double

    public init(mean: Double, deviation: Double) {
      self.mean = mean
      self.deviation = deviation
    }
  }

  /// Definition group, such as `A_ENAHO_WORK_5_17`.
  public let definition: String
  public let survey: String
  public let year: Int
  /// Children in the survey.
  public let sampleSize: Int
  public let terms: [Term]
  /// Covariance of the coefficients, in the order of the terms.
  public let covariance: [[Double]]
  /// σ_u, on the logit scale.
  public let districtSpread: Double
  /// û and its standard deviation, by code, of districts that the survey saw.
  public let effects: [String: DistrictEffect]
  public let source: String
  public let isSynthetic: Bool
  /// Lower triangle L with L·L' = covariance.
  let covarianceRoot: [[Double]]

  /// Checks and keeps a model; messages point at `place`.
  ///
  /// - Throws: Q530 for terms or spread that can't be, Q531 for the covariance.
  public init(
    definition: String, survey: String, year: Int, sampleSize: Int, terms: [Term],
    covariance: [[Double]], districtSpread: Double, effects: [String: DistrictEffect] = [:],
    source: String, isSynthetic: Bool, place: SourcePlace? = nil
  ) throws(DiagnosticList) {
    var faults: [Diagnostic] = []
    if terms.isEmpty { faults.append(.badModel("terms", .noTerms, at: place)) }
    var names: [[String?]] = []
    for term in terms {
      if names.contains([term.name, term.level]) {
        faults.append(.badModel("terms", .repeatedTerm(term.name), at: place))
      }
      names.append([term.name, term.level])
      if !term.beta.isFinite { faults.append(.badModel("terms", .notANumber, at: place)) }
    }
    if !(districtSpread >= 0 && districtSpread.isFinite) {
      faults.append(.badModel("sigma_u", .negative, at: place))
    }
    if effects.values.contains(where: { !($0.deviation >= 0 && $0.deviation.isFinite) }) {
      faults.append(.badModel("districts", .negative, at: place))
    }
    let root = choleskyRoot(covariance, size: terms.count)
    if case .failure(let flaw) = root { faults.append(.badCovariance(flaw, at: place)) }
    guard faults.isEmpty, case .success(let triangle) = root else { throw DiagnosticList(faults) }
    self.definition = definition
    self.survey = survey
    self.year = year
    self.sampleSize = sampleSize
    self.terms = terms
    self.covariance = covariance
    self.districtSpread = districtSpread
    self.effects = effects
    self.source = source
    self.isSynthetic = isSynthetic
    covarianceRoot = triangle
  }

  /// Reads `model.json`: `definition`, `survey`, `year`, `n`, `terms[] {name, level?, unit?, beta}`,
  /// `covariance[][]`, `sigma_u`, `source`, `synthetic`; where a fit gave them also
  /// `terms[].reference` and `districts[] {code, u, sd}`.
  ///
  /// - Throws: Every missing or mistyped key at once (Q530), then what the numbers have wrong.
  public init(json: JSONDocument) throws(DiagnosticList) {
    var reader = RiskModelReader(json.root)
    let (definition, survey) = (reader.text("definition"), reader.text("survey"))
    let (year, size) = (reader.whole("year"), reader.whole("n"))
    let (spread, source) = (reader.number("sigma_u"), reader.text("source"))
    let (synthetic, terms) = (reader.flag("synthetic"), reader.terms())
    let (covariance, effects) = (reader.matrix("covariance"), reader.effects())
    guard reader.faults.isEmpty else { throw DiagnosticList(reader.faults) }
    try self.init(
      definition: definition, survey: survey, year: year, sampleSize: size, terms: terms,
      covariance: covariance, districtSpread: spread, effects: effects, source: source,
      isSynthetic: synthetic,
      place: json.root["covariance"]?.place ?? json.root.place)
  }
}

/// Why a matrix is no covariance.
enum CovarianceFlaw: Error, Hashable {
  case wrongSize(expected: Int)
  case notSymmetric(row: Int, column: Int)
  case negativeVariance(row: Int)
}

/// The lower triangle of a covariance matrix, by Cholesky in fixed order.
///
/// Rank may be short, as with a coefficient held fixed: pivots within rounding of 0 count as 0.
func choleskyRoot(_ matrix: [[Double]], size: Int) -> Result<[[Double]], CovarianceFlaw> {
  guard matrix.count == size, matrix.allSatisfy({ $0.count == size }) else {
    return .failure(.wrongSize(expected: size))
  }
  var root = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
  for row in 0..<size {
    for column in 0..<row {
      let scale = (matrix[row][row] * matrix[column][column]).magnitude.squareRoot()
      guard (matrix[row][column] - matrix[column][row]).magnitude <= 1e-6 * scale else {
        return .failure(.notSymmetric(row: row + 1, column: column + 1))
      }
      var rest = matrix[row][column]
      for k in 0..<column { rest -= root[row][k] * root[column][k] }
      root[row][column] = root[column][column] > 0 ? rest / root[column][column] : 0
    }
    let variance = matrix[row][row]
    var rest = variance
    for k in 0..<row { rest -= root[row][k] * root[row][k] }
    guard variance >= 0, rest >= -1e-6 * variance else {
      return .failure(.negativeVariance(row: row + 1))
    }
    root[row][row] = rest > 1e-12 * variance ? rest.squareRoot() : 0
  }
  return .success(root)
}
