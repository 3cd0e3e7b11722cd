// Quiebre · ScenarioFiles
// A formula over the fields of districts: parsed once, checked against the fields, evaluated often.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics

/// A formula as written, with its syntax tree.
public struct Formula: Hashable, Sendable {
  public let text: String
  /// Where the text's first character stands, inside the quotes.
  public let place: SourcePlace
  let root: Node

  /// A part of the formula; `offset` counts characters from the start of the text.
  struct Node: Hashable, Sendable {
    indirect enum Content: Hashable, Sendable {
      case number(Double)
      case percent(Double)
      case text(String)
      case field(String)
      case negated(Node)
      case not(Node)
      case binary(Operator, Node, Node)
      case oneOf(Node, [Node])
      case call(Function, [Node])
    }
    let content: Content
    let offset: Int
    let length: Int
  }

  enum Operator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case less = "<"
    case lessOrEqual = "<="
    case equal = "=="
    case notEqual = "!="
    case greaterOrEqual = ">="
    case greater = ">"
    case and
    case or
  }

  enum Function: String, CaseIterable, Hashable, Sendable {
    case min
    case max
    case choose = "if"
  }
}
