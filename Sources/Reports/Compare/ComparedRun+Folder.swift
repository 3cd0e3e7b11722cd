// Quiebre · Reports
// A finished run read back from its summary and its table of areas, for comparing.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
public import Formats
import LaborModel
import Statistics

extension ComparedRun {
  /// Reads `summary.json`.
  ///
  /// - Parameters:
  ///   - summary: The document.
  ///   - folder: Where it lies.
  /// - Throws: Q565 naming the first member that is missing.
  public init(summary: JSONDocument, folder: String) throws(DiagnosticList) {
    let reader = SummaryReader(summary)
    let root = summary.root
    guard root["schema"]?.string == "quiebre.summary/1" else { throw reader.missing("schema") }
    let nation = try reader.object(root["nation"]?["ages_5_17"], "nation.ages_5_17")
    let money = try reader.object(root["money"], "money")
    let settings = try reader.object(root["settings"], "settings")
    let years = try reader.object(root["years"], "years")
    id = try reader.text(root["scenario"], "scenario")
    self.folder = folder
    let seed = settings["seed"]
    ground = Ground(
      definition: try reader.text(root["definition"], "definition"),
      since: try reader.whole(years["since"], "years.since"),
      base: try reader.whole(years["base"], "years.base"),
      end: try reader.whole(years["end"], "years.end"),
      seed: seed?.string ?? seed?.integer.map { "\($0)" } ?? "",
      replicas: try reader.whole(settings["replicas"], "settings.replicas"),
      currency: try reader.text(money["currency"], "money.currency"),
      priceYear: try reader.whole(money["price_year"], "money.price_year"))
    symbol = money["symbol"]?.string ?? ground.currency
    baseline = Side(
      rate: try reader.band(nation["rate_end_baseline"], "nation.rate_end_baseline"),
      working: try reader.number(nation["working"]?["baseline"], "nation.working.baseline"))
    scenario = Side(
      rate: try reader.band(nation["rate_end"], "nation.rate_end"),
      working: try reader.number(nation["working"]?["scenario"], "nation.working.scenario"))
    difference = try reader.band(nation["difference"], "nation.difference")
    newMoney = try reader.number(money["new"], "money.new")
    avoided = try reader.band(
      root["nation"]?["child_years_avoided"], "nation.child_years_avoided")
    let ends = money["per_child_year_avoided"]
    cost = Cost(
      low: ends?["low"]?.number, middle: ends?["middle"]?.number, high: ends?["high"]?.number)
    let effective = try reader.number(settings["effective"], "settings.effective")
    let isShown = root["observed"]?["stagnation"]?.string == StagnationResult.Verdict.shown.rawValue
    targets = try (root["targets"]?.array ?? []).map { (json) throws(DiagnosticList) in
      try reader.target(json, effective: effective, isShown: isShown)
    }
    areas = []
  }

  /// Fills in the areas of a year from `csv/area_years.csv`.
  ///
  /// - Parameters:
  ///   - table: The table, whose cells have points or commas as the run wrote them.
  ///   - year: One of the run's years.
  ///   - byProvince: Provinces instead of departments.
  /// - Throws: Faults of the table.
  public mutating func readAreas(
    _ table: CSVTable, year: Int, byProvince: Bool
  ) throws(DiagnosticList) {
    do throws(Diagnostic) {
      typealias C = ColumnDictionary
      let level = try table.requiredColumn(C.level.name)
      let code = try table.requiredColumn(C.areaCode.name)
      let name = try table.requiredColumn(C.areaName.name)
      let scenario = try table.requiredColumn(C.scenario.name)
      let years = try table.requiredColumn(C.year.name)
      let ages = try table.requiredColumn(C.ages.name)
      let mean = try table.requiredColumn(C.rateMean.name)
      let wanted = byProvince ? "province" : "department"
      var order: [String] = []
      var found: [String: Area] = [:]
      for row in 0..<table.rowCount
      where table.trimmedText(level, row) == wanted
        && table.trimmedText(years, row) == "\(year)"
        && table.trimmedText(ages, row) == AgeGroup.all.label
      {
        let key = table.trimmedText(code, row)
        guard let value = try table.number(mean, row) else { continue }
        if found[key] == nil { order.append(key) }
        var area =
          found[key]
          ?? Area(
            code: key, name: table.trimmedText(name, row), baseline: .nan, scenario: .nan)
        if table.trimmedText(scenario, row) == id {
          area.scenario = value
        } else {
          area.baseline = value
        }
        found[key] = area
      }
      areas = order.compactMap { found[$0] }
    } catch {
      throw DiagnosticList(error)
    }
  }
}

/// Members of a summary, each missed by name.
private struct SummaryReader {
  private let file: String

  init(_ document: JSONDocument) { file = document.name }

  func missing(_ member: String) -> DiagnosticList {
    DiagnosticList(
      Diagnostic(
        .resultUnusable, entry: member, at: SourcePlace(file: file),
        what: LocalizedText(
          en: "'\(file)' has no usable '\(member)'", es: "'\(file)' no tiene '\(member)' utilizable"
        ),
        why: LocalizedText(
          en: "it is no summary of this version of Quiebre, or it was changed",
          es: "no es un resumen de esta versión de Quiebre, o fue cambiado")))
  }

  func object(_ json: JSONValue?, _ member: String) throws(DiagnosticList) -> JSONValue {
    guard let json, json.object != nil else { throw missing(member) }
    return json
  }

  func text(_ json: JSONValue?, _ member: String) throws(DiagnosticList) -> String {
    guard let text = json?.string else { throw missing(member) }
    return text
  }

  func whole(_ json: JSONValue?, _ member: String) throws(DiagnosticList) -> Int {
    guard let number = json?.integer else { throw missing(member) }
    return number
  }

  func number(_ json: JSONValue?, _ member: String) throws(DiagnosticList) -> Double {
    guard let number = json?.number else { throw missing(member) }
    return number
  }

  func band(_ json: JSONValue?, _ member: String) throws(DiagnosticList) -> Band {
    Band(
      p05: try number(json?["p05"], member + ".p05"),
      p50: try number(json?["p50"], member + ".p50"),
      p95: try number(json?["p95"], member + ".p95"))
  }

  func target(
    _ json: JSONValue, effective: Double, isShown: Bool
  ) throws(DiagnosticList) -> ComparedRun.Target {
    let id = try text(json["id"], "targets.id")
    let deadline = "\(try whole(json["deadline"], "targets.\(id).deadline"))"
    func share(_ side: String) throws(DiagnosticList) -> DrawnShare {
      let p = try number(json[side]?["p"], "targets.\(id).\(side).p")
      return DrawnShare(estimate: p / 100, effectiveDraws: effective)
    }
    let numbers = PeopleNumbers(language: .english)
    let title: LocalizedText
    if let persons = json["persons"]?.number {
      let amount = LocalizedText(verbatim: numbers.whole(persons))
      title = RunPhrase.fewRow.said(LocalizedText(verbatim: deadline), amount)
    } else if let limit = json["goal"]?["limit"]?.number {
      title = RunPhrase.goalRow.said(
        LocalizedText(verbatim: deadline), LocalizedText(verbatim: numbers.trimmed(limit)))
    } else {
      title = (isShown ? RunPhrase.breakRow : .sustainedFallRow).said(
        LocalizedText(verbatim: deadline))
    }
    let place = try text(json["place"] ?? JSONValue(.string(""), at: json.place), "place")
    return ComparedRun.Target(
      id: id,
      title: place.isEmpty
        ? title : LocalizedText(en: title.en + " " + place, es: title.es + " " + place),
      baseline: try share("baseline"), scenario: try share("scenario"))
  }
}
