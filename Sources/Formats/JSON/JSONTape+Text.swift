// Quiebre · Formats
// A node of a tape as compact JSON text.
// SPDX-License-Identifier: Apache-2.0

extension JSONTape {
  /// The node and all below it as JSON without spaces, numbers in their shortest form.
  public func compactText(of node: Int) -> String {
    switch kind(of: node) {
    case .null: "null"
    case .boolean: boolean(node) == true ? "true" : "false"
    case .integer: String(integer(node) ?? 0)
    case .real: String(number(node) ?? 0)
    case .string: JSONTape.quoted(string(node))
    case .array: "[" + children(of: node).map(compactText(of:)).joined(separator: ",") + "]"
    case .object: "{" + memberTexts(of: node).joined(separator: ",") + "}"
    }
  }

  private func children(of container: Int) -> [Int] {
    var nodes: [Int] = []
    var node = firstChild(of: container)
    while node < end(of: container) {
      nodes.append(node)
      node = next(after: node)
    }
    return nodes
  }

  private func memberTexts(of object: Int) -> [String] {
    let nodes = children(of: object)
    return stride(from: 0, to: nodes.count, by: 2).map {
      compactText(of: nodes[$0]) + ":" + compactText(of: nodes[$0 + 1])
    }
  }

  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.finished(), as: UTF8.self)
  }
}
