// Quiebre · Support
// Where tests find plain files, whatever the working directory.
// SPDX-License-Identifier: Apache-2.0

/// Paths inside the checkout.
public enum Checkout {
  /// The folder that holds Package.swift.
  public static let root: String = {
    // …/Tests/Support/Fixtures.swift
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// A file under `Tests/Fixtures`.
  public static func fixture(_ path: String) -> String { root + "/Tests/Fixtures/" + path }
}
