// Quiebre · QuiebreKit
// Writes results whole or not at all: staged beside the target, then renamed.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import Glibc

/// One file of a result, by its path inside the folder.
struct OutputFile: Sendable {
  let path: String
  let bytes: [UInt8]
}

/// A folder that appears finished or doesn't appear.
struct ResultFolder {
  /// Where the finished folder will stand.
  let path: String
  private let staging: String

  /// - Parameter path: The final path; its parent is made if missing.
  init(path: String) {
    self.path = path
    let parent = path.parentFolder
    staging = parent + "/." + path.lastComponent + ".partial-\(getpid())"
  }

  /// Tries early what would fail late: whether folders can be made in `parent`.
  ///
  /// - Returns: The folders that had to be made, the innermost first, for ``removeEmpty(_:)``.
  static func probe(parent: String) throws(DiagnosticList) -> [String] {
    var missing: [String] = []
    var folder = parent
    while !folder.isEmpty, unsafe access(folder, F_OK) != 0 {
      missing.append(folder)
      folder = folder.parentFolder
    }
    do throws(DiagnosticList) {
      try makeFolders(parent)
      guard unsafe access(parent, W_OK | X_OK) == 0 else { throw writeFault(parent, errno) }
    } catch {
      removeEmpty(missing)
      throw error
    }
    return missing
  }

  /// Takes back folders of ``probe(parent:)`` in which nothing was written after all.
  static func removeEmpty(_ folders: [String]) {
    // A folder that holds something isn't removed.
    for folder in folders { unsafe rmdir(folder) }
  }

  /// Writes all files, then gives the folder its name.
  ///
  /// - Parameters:
  ///   - files: By their paths inside the folder.
  ///   - replacing: Whether a folder of that name may be replaced; the old one goes only when the
  ///     new one is complete.
  /// - Throws: A Q65x fault with the system's reason; nothing is left behind then.
  func write(_ files: [OutputFile], replacing: Bool) throws(DiagnosticList) {
    do throws(DiagnosticList) {
      try ResultFolder.makeFolders(staging)
      for file in files {
        let target = staging + "/" + file.path
        try ResultFolder.makeFolders(target.parentFolder)
        try ResultFolder.write(file.bytes, to: target)
      }
      try publish(replacing: replacing)
    } catch {
      ResultFolder.remove(staging)
      throw error
    }
  }

  private func publish(replacing: Bool) throws(DiagnosticList) {
    let retired = staging + "-old"
    let exists = unsafe access(path, F_OK) == 0
    if exists {
      guard replacing else { throw DiagnosticList(ResultFolder.existsFault(path)) }
      guard unsafe rename(path, retired) == 0 else { throw ResultFolder.writeFault(path, errno) }
    }
    guard unsafe rename(staging, path) == 0 else {
      let reason = errno
      if exists { unsafe rename(retired, path) }
      throw ResultFolder.writeFault(path, reason)
    }
    if exists { ResultFolder.remove(retired) }
  }
}

extension ResultFolder {
  /// Writes one file beside its target and renames it, for `--out FILE`.
  static func replaceFile(_ path: String, with bytes: [UInt8]) throws(DiagnosticList) {
    let partial = path.parentFolder + "/." + path.lastComponent + ".partial-\(getpid())"
    do throws(DiagnosticList) {
      try write(bytes, to: partial)
      guard unsafe rename(partial, path) == 0 else { throw writeFault(path, errno) }
    } catch {
      unsafe unlink(partial)
      throw error
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(DiagnosticList) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw writeFault(path, errno) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      guard count > 0 else {
        if errno == EINTR { continue }
        let reason = errno
        close(descriptor)
        throw writeFault(path, reason)
      }
      rest = rest.dropFirst(count)
    }
    // A full disk may show only here: fsync and close report what write put off.
    let synced = fsync(descriptor) == 0 || errno == EINVAL
    let reason = errno
    guard close(descriptor) == 0, synced else { throw writeFault(path, reason) }
  }

  /// Removes a file that this program made, if it is there.
  static func removeFile(_ path: String) { unsafe unlink(path) }

  private static func makeFolders(_ path: String) throws(DiagnosticList) {
    guard !path.isEmpty, unsafe access(path, F_OK) != 0 else { return }
    try makeFolders(path.parentFolder)
    guard unsafe mkdir(path, 0o755) == 0 || errno == EEXIST else { throw writeFault(path, errno) }
  }

  /// Removes a folder that this process made, with all that is in it.
  private static func remove(_ path: String) {
    guard isDirectory(path) else {
      unsafe unlink(path)
      return
    }
    for name in names(in: path) { remove(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// What a folder holds, sorted; nothing if it can't be read.
  static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

extension ResultFolder {
  private static func existsFault(_ path: String) -> Diagnostic {
    Diagnostic(
      .resultExists, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "the folder '\(path)' exists and holds another result",
        es: "la carpeta '\(path)' ya existe y guarda otro resultado"),
      why: LocalizedText(
        en: "finished results are never overwritten unasked",
        es: "un resultado terminado no se sobrescribe sin pedirlo"),
      fix: LocalizedText(
        en: "choose another folder with --out, or add --force",
        es: "elija otra carpeta con --out, o agregue --force"))
  }

  static func writeFault(_ path: String, _ reason: Int32) -> DiagnosticList {
    let text = unsafe String(cString: strerror(reason))
    let isFull = reason == ENOSPC || reason == EDQUOT
    return DiagnosticList(
      Diagnostic(
        isFull ? .diskFull : .cannotWrite, at: SourcePlace(file: path),
        what: LocalizedText(
          en: "cannot write '\(path)': \(text)", es: "no se puede escribir '\(path)': \(text)"),
        why: LocalizedText(
          en: "nothing was left half-written", es: "no quedó nada escrito a medias"),
        fix: isFull
          ? LocalizedText(en: "free some space, or use --out", es: "libere espacio, o use --out")
          : LocalizedText(
            en: "check the folder's name and rights, or use --out",
            es: "revise el nombre y los permisos de la carpeta, o use --out")))
  }
}

extension String {
  /// The folder part of a path; `.` for a bare name.
  var parentFolder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }

  /// The part after the last slash.
  var lastComponent: String {
    lastIndex(of: "/").map { String(self[index(after: $0)...]) } ?? self
  }
}

/// Whether a file or folder that can be read stands at `path`.
func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

/// Whether a folder stands at `path`.
func isDirectory(_ path: String) -> Bool {
  guard let folder = unsafe opendir(path) else { return false }
  unsafe closedir(folder)
  return true
}

/// A path without `.` and without `..` where text alone can resolve it: `a/../b` is `b`.
func normalized(_ path: String) -> String {
  var parts: [Substring] = []
  for part in path.split(separator: "/") where part != "." {
    if part == "..", let last = parts.last, last != ".." {
      parts.removeLast()
    } else {
      parts.append(part)
    }
  }
  return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
}
