// Quiebre · GeoFilesTests
// Bytes of a file, or a fault that says why there are none.
// SPDX-License-Identifier: Apache-2.0

import Diagnostics
import GeoFiles
import Glibc
import Support
import Testing

@Suite("Input file")
struct InputFileTests {
  @Test func readsEveryByte() throws {
    let file = try InputFile(reading: Checkout.root + "/LICENSE")
    // sha256sum LICENSE (coreutils 9.1)
    #expect(file.sha256 == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30")
  }

  @Test func readsWhatHasNoSize() throws {
    #expect(try InputFile(reading: "/proc/self/status").bytes.starts(with: Array("Name:".utf8)))
  }

  @Test(arguments: [
    (Checkout.root + "/LICENCE", DiagnosticCode.fileMissing),
    (Checkout.root + "/nowhere/a.geojson", .fileMissing),
    (Checkout.root + "/LICENSE/a", .fileMissing),
    (Checkout.root + "/Sources", .fileIsFolder),
    ("/dev/null", .fileEmpty),
    ("data/~$plan.xlsx", .fileIsLock),
    ("", .fileMissing),
  ])
  func namesTheFault(_ path: String, _ code: DiagnosticCode) throws {
    let fault = try fault(reading: path)
    #expect(fault.code == code)
    #expect(fault.place?.file == path)
  }

  @Test func proposesTheNearestName() throws {
    let fault = try fault(reading: Checkout.root + "/LICENCE")
    #expect(fault.fix?.en == "did you mean '\(Checkout.root)/LICENSE'?")
  }

  @Test(.enabled(if: geteuid() != 0, "root reads everything"))
  func aForbiddenFileIsNamed() throws {
    #expect(try fault(reading: "/etc/shadow").code == .fileForbidden)
  }

  @Test func aFailedReadRepeatsTheWordsOfTheSystem() throws {
    // The address space of the process: reading at offset 0 fails with EIO.
    let fault = try fault(reading: "/proc/self/mem")
    #expect(fault.code == .fileUnreadable)
    #expect(fault.what.en.contains("Input/output error"))
  }

  private func fault(reading path: String) throws -> Diagnostic {
    let error = #expect(throws: DiagnosticList.self) { try InputFile(reading: path) }
    return try #require(error?.items.first)
  }
}
