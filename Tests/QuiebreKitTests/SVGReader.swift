// Quiebre · QuiebreKitTests
// A picture's role, texts and colors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import FoundationXML

/// Reads what a screen reader and a printer would need of a picture.
final class SVGReader: NSObject, XMLParserDelegate {
  private(set) var role = ""
  private(set) var labels = ""
  private(set) var texts: [String: String] = [:]
  private(set) var colors: [String] = []
  private var element = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    element = name
    if name == "svg" {
      role = attributes["role"] ?? ""
      labels = attributes["aria-labelledby"] ?? ""
    }
    for key in ["fill", "stroke"] {
      if let color = attributes[key], color.hasPrefix("#") { colors.append(color) }
    }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    texts[element, default: ""] += text
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
    qualifiedName: String?
  ) { element = "" }
}
