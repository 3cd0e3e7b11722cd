// Quiebre · Benchmarks
// Runs a twin in Python beside Quiebre, where a Python with its packages is found.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A script of `baselines/` under `$QUIEBRE_PYTHON`, else `python3`.
struct PythonTwin {
  let script: String
  private let python: String

  /// `nil` where that Python doesn't load the modules.
  init?(_ script: String, needs modules: String) {
    self.script = script
    python = unsafe getenv("QUIEBRE_PYTHON").map { unsafe String(cString: $0) } ?? "python3"
    guard shell("\(quoted(python)) -c 'import \(modules)' 2>&1") == "" else { return nil }
  }

  /// The medians that the script gives; `nil` if it fails, which prints why.
  func measure(_ arguments: String) -> Seconds? {
    let root = "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/")
    let path = quoted(root + "/baselines/" + script)
    let text = shell("\(quoted(python)) \(path) \(arguments)")
    guard let text, let processor = number("cpu", in: text), let wall = number("wall", in: text)
    else { return nil }
    return Seconds(processor: processor, wall: wall)
  }

  private func number(_ key: String, in text: String) -> Double? {
    let mark = "\"\(key)\": "
    guard let start = text.ranges(of: mark).first?.upperBound else { return nil }
    return Double(text[start...].prefix { "0123456789.".contains($0) })
  }
}

/// What a shell command writes; `nil` if it fails.
func shell(_ command: String) -> String? {
  guard let pipe = unsafe popen(command, "r") else { return nil }
  var text = ""
  var line = [CChar](repeating: 0, count: 4096)
  while unsafe fgets(&line, 4096, pipe) != nil {
    text += String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
  return unsafe pclose(pipe) == 0 ? text : nil
}

func quoted(_ path: String) -> String {
  "'" + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
    + "'"
}
