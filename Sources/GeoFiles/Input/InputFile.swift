// Quiebre · GeoFiles
// A file's bytes, or a fault that says why there are none.
// SPDX-License-Identifier: Apache-2.0

public import Diagnostics
import Formats
import Glibc

/// The bytes of one file, read whole.
public struct InputFile: Sendable {
  /// The path as the caller named it.
  public let path: String
  public let bytes: [UInt8]

  /// Reads the file at `path`.
  ///
  /// - Throws: Q601 missing (with the nearest name in its folder), Q602 forbidden, Q603 a folder,
  ///   Q604 empty, Q605 any other failure in the system's words, Q606 a lock file of Excel.
  public init(reading path: String) throws(DiagnosticList) {
    self.path = path
    bytes = try InputFile.bytes(of: path, upTo: .max)
  }

  /// The first bytes of a file, to tell its format by; the same faults as a whole reading.
  static func head(of path: String) throws(DiagnosticList) -> [UInt8] {
    try bytes(of: path, upTo: 512)
  }

  private static func bytes(of path: String, upTo limit: Int) throws(DiagnosticList) -> [UInt8] {
    guard !fileName(of: path).hasPrefix("~$") else {
      throw DiagnosticList(lockFault(at: path))
    }
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiagnosticList(systemFault(errno, at: path)) }
    defer { close(descriptor) }
    switch read(descriptor, upTo: limit) {
    case .success(let bytes) where bytes.isEmpty: throw DiagnosticList(emptyFault(at: path))
    case .success(let bytes): return bytes
    case .failure(let failure): throw DiagnosticList(systemFault(failure.number, at: path))
    }
  }

  /// The SHA-256 digest of the bytes, as hexadecimal digits.
  ///
  /// - Complexity: O(count), anew at each call.
  public var sha256: String { SHA256.hash(bytes) }
}

/// Whether a file that can be read stands at `path`.
func fileExists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

/// The part of a path after the last slash.
func fileName(of path: String) -> String {
  String(path.split(separator: "/", omittingEmptySubsequences: false).last ?? "")
}

/// The lowercase letters after the last dot of the file's name, without the dot.
func fileExtension(of path: String) -> String {
  let parts = fileName(of: path).split(separator: ".", omittingEmptySubsequences: false)
  guard parts.count > 1, let last = parts.last else { return "" }
  return last.lowercased()
}

private struct SystemFailure: Error { let number: CInt }

private func read(_ descriptor: CInt, upTo limit: Int) -> Result<[UInt8], SystemFailure> {
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else {
    return .failure(SystemFailure(number: errno))
  }
  guard status.st_mode & S_IFMT != S_IFDIR else { return .failure(SystemFailure(number: EISDIR)) }
  var bytes: [UInt8] = []
  // One byte more than the size tells the end of the file without a second buffer.
  var room = max(Int(status.st_size) + 1, 1 << 16)
  while bytes.count < limit {
    room = min(room, limit - bytes.count)
    let (piece, failure) = readPiece(descriptor, room: room)
    guard failure == 0 else { return .failure(SystemFailure(number: failure)) }
    if bytes.isEmpty { bytes = piece } else { bytes += piece }
    guard piece.count == room else { break }
    room = 1 << 20
  }
  return .success(bytes)
}

/// Up to `room` bytes and the system's error number, 0 if there was none.
private func readPiece(_ descriptor: CInt, room: Int) -> (bytes: [UInt8], failure: CInt) {
  var failure: CInt = 0
  let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
    while count < room {
      let got = unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: count), room - count)
      if got < 0, errno == EINTR { continue }
      if got < 0 { failure = errno }
      guard got > 0 else { return }
      count += got
    }
  }
  return (bytes, failure)
}

/// The fault for an error number of `open` or `read`.
func systemFault(_ number: CInt, at path: String) -> Diagnostic {
  let place = SourcePlace(file: path)
  switch number {
  case ENOENT, ENOTDIR: return missingFault(at: path)
  case EISDIR:
    return Diagnostic(
      .fileIsFolder, at: place,
      what: LocalizedText(
        en: "'\(path)' is a folder, not a file", es: "'\(path)' es una carpeta, no un archivo"),
      fix: LocalizedText(
        en: "name the file inside it", es: "nombre el archivo que está dentro"))
  case EACCES, EPERM:
    return Diagnostic(
      .fileForbidden, at: place,
      what: LocalizedText(
        en: "'\(path)' may not be read by this user",
        es: "este usuario no tiene permiso para leer '\(path)'"),
      fix: LocalizedText(
        en: "chmod u+r '\(path)', or ask its owner",
        es: "chmod u+r '\(path)', o pídalo a su dueño"))
  default:
    let words = unsafe String(cString: strerror(number))
    return Diagnostic(
      .fileUnreadable, at: place,
      what: LocalizedText(
        en: "'\(path)' could not be read: \(words)", es: "no se pudo leer '\(path)': \(words)"),
      fix: LocalizedText(
        en: "check the disk or the network drive", es: "revise el disco o la unidad de red"))
  }
}

private func emptyFault(at path: String) -> Diagnostic {
  Diagnostic(
    .fileEmpty, at: SourcePlace(file: path),
    what: LocalizedText(en: "'\(path)' is empty", es: "'\(path)' está vacío"),
    fix: LocalizedText(
      en: "fetch or export the file again", es: "vuelva a descargar o exportar el archivo"))
}

private func lockFault(at path: String) -> Diagnostic {
  let book = fileName(of: path).dropFirst(2)
  return Diagnostic(
    .fileIsLock, at: SourcePlace(file: path),
    what: LocalizedText(
      en: "'\(path)' is the lock file of a workbook that is open in Excel",
      es: "'\(path)' es el archivo de bloqueo de un libro abierto en Excel"),
    fix: LocalizedText(
      en: "close Excel and name '\(book)'", es: "cierre Excel y nombre '\(book)'"))
}

private func missingFault(at path: String) -> Diagnostic {
  let name = fileName(of: path)
  let folder = String(path.dropLast(name.count))
  guard let names = namesInFolder(folder.isEmpty ? "." : folder) else {
    return Diagnostic(
      .fileMissing, at: SourcePlace(file: path),
      what: LocalizedText(
        en: "'\(path)' does not exist: there is no folder '\(folder)'",
        es: "'\(path)' no existe: no hay una carpeta '\(folder)'"),
      fix: LocalizedText(en: "check the path", es: "revise la ruta"))
  }
  let fix = nearestName(to: name, in: names).map {
    LocalizedText(en: "did you mean '\(folder + $0)'?", es: "¿quiso decir '\(folder + $0)'?")
  }
  return Diagnostic(
    .fileMissing, at: SourcePlace(file: path),
    what: LocalizedText(en: "'\(path)' does not exist", es: "'\(path)' no existe"),
    fix: fix ?? LocalizedText(en: "check the path", es: "revise la ruta"))
}

/// The names in a folder, sorted; `nil` if there is no such folder.
private func namesInFolder(_ folder: String) -> [String]? {
  guard let handle = unsafe opendir(folder) else { return nil }
  defer { unsafe closedir(handle) }
  var names: [String] = []
  while let entry = unsafe readdir(handle) {
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}
