// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift module and its tests.
func module(
  _ name: String, _ dependencies: [Target.Dependency], tests: [Target.Dependency] = [],
  papers: [String] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, exclude: papers, swiftSettings: strict),
    .testTarget(
      name: name + "Tests", dependencies: [.target(name: name), "Support"] + dependencies + tests,
      swiftSettings: strict),
  ]
}

let package = Package(
  name: "quiebre",
  products: [
    .executable(name: "quiebre", targets: ["quiebre"]),
    .library(name: "QuiebreKit", targets: ["QuiebreKit"]),
  ],
  traits: [
    .trait(name: "GDAL", description: "Read GeoPackage, Shapefile, FlatGeobuf and GeoTIFF."),
    .default(enabledTraits: ["GDAL"]),
  ],
  targets: [
    .systemLibrary(name: "CGEOS", pkgConfig: "geos", providers: [.apt(["libgeos-dev"])]),
    .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
    .systemLibrary(name: "CGDAL", pkgConfig: "gdal", providers: [.apt(["libgdal-dev"])]),
    // Both are C++ behind a C header. No pkgConfig: SwiftPM refuses the flags in their .pc files.
    .target(name: "TOMLBridge"),
    .target(name: "JSONBridge", linkerSettings: [.linkedLibrary("simdjson")]),
    // C: the loader picks the version for the processor at hand.
    .target(name: "LaneKernels"),
    .target(name: "Support", path: "Tests/Support", swiftSettings: strict),
    .executableTarget(
      name: "quiebre", dependencies: ["QuiebreKit", "Diagnostics", "Compute"],
      swiftSettings: strict),
    .testTarget(
      name: "ToolTests", dependencies: ["quiebre", "QuiebreKit", "Diagnostics", "Support"],
      swiftSettings: strict),
    // Makes the derived files of Geo/; not needed to run Quiebre.
    .executableTarget(
      name: "quiebre-geodata",
      dependencies: ["Compute", "Diagnostics", "Formats", "GeoCore", "GeoFiles"],
      swiftSettings: strict),
    .testTarget(
      name: "GeodataTests",
      dependencies: [
        "quiebre-geodata", "Support", "Compute", "Diagnostics", "Formats", "GeoCore", "GeoFiles",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "quiebre-bench",
      dependencies: [
        "QuiebreKit", "Compute", "GeoCore", "GeoFiles", "Formats", "Districts", "LaborModel",
        "LaneKernels", "Statistics", "Diagnostics",
      ],
      path: "Benchmarks", exclude: ["README.md", "baselines"], swiftSettings: strict),
  ]
    + module("Compute", [])
    + module("Diagnostics", [])
    + module("Formats", ["Diagnostics", "TOMLBridge", "JSONBridge"])
    + module("GeoCore", ["Compute", "CGEOS", "CPROJ"])
    + module(
      "GeoFiles",
      [
        "GeoCore", "Diagnostics", "Formats", "JSONBridge",
        .target(name: "CGDAL", condition: .when(traits: ["GDAL"])),
      ])
    + module("Statistics", ["Compute"])
    + module("Districts", ["GeoCore", "Compute", "Diagnostics", "Formats"], tests: ["GeoFiles"])
    + module(
      "LaborModel",
      ["LaneKernels", "Compute", "Statistics", "Districts", "Diagnostics", "Formats"],
      papers: ["MODEL.md"])
    + module("ScenarioFiles", ["LaborModel", "Districts", "Statistics", "Diagnostics", "Formats"])
    + module(
      "Reports",
      ["LaborModel", "Statistics", "Districts", "GeoCore", "Diagnostics", "Formats"])
    + module(
      "QuiebreKit",
      [
        "Compute", "GeoCore", "GeoFiles", "Districts", "Statistics", "LaborModel",
        "ScenarioFiles", "Reports", "Diagnostics", "Formats",
      ]),
  cxxLanguageStandard: .cxx17
)

// libFuzzer brings the main function, so that this target links under its flag alone: `make fuzz`.
if Context.environment["QUIEBRE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "quiebre-fuzz", dependencies: ["GeoFiles", "GeoCore", "Formats", "Diagnostics"],
      path: "Tests/Fuzz", exclude: ["README.md", "found"],
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])]))
}
