// swift-tools-version: 6.1

import PackageDescription

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The claim files.
let proofs = ["harmonic", "spin", "dicke", "capacity", "freedom", "star", "quasi", "fermions", "misprints"]
/// Those of further papers, with their models.
let papers = [
  "pairs", "tavis", "central", "supercharging", "locked", "twophoton", "sums", "laws", "copies", "speed", "farina",
  "bath", "pulses", "seah", "driven", "star-model",
]
let paperModels = [
  "pair-jc", "pair-oscillators", "pair-qubits", "tavis-fock", "tavis-coherent", "tavis-squeezed", "tavis-law",
  "central-spin", "central-qubit", "ferraro", "two-photon-dicke", "two-photon-exchange", "capacity-pair",
  "capacity-closed", "capacity-mixed", "alicki-fannes", "dicke-coherent", "dicke-rotating", "dicke-symmetric",
  "pair-coherent", "tavis-locked", "farina-oscillators", "farina-qubits", "cakmak", "pulsed-squeezed", "pulse-area",
  "driven-qubit", "driven-cells", "collisions", "gaussian-pulse",
]
/// The systems of the papers as model files.
let seedModels = [
  "harmonic-sector", "harmonic-coherent", "harmonic-modes", "harmonic-parallel", "spin-pair", "spin-cells",
  "spin-parallel", "dicke-mode", "dicke-strong", "dicke-parallel", "dicke-coherent-mode", "capacity-cells",
  "capacity-noise", "tavis-cummings-spin", "tavis-cummings-cells", "cells-apart", "vacuum-flip", "quasi-blocks",
  "fermion-pairs", "fermion-quartets", "dephased-star",
]

// An arrow of imports points down only: a target names nothing that stands after it.
let package = Package(
  name: "quantum-battery-oracle",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "qbo", targets: ["qbo"]),
    .library(name: "ArbitraryPrecision", targets: ["ArbitraryPrecision"]),
    .library(
      name: "QuantumBatteryOracle",
      targets: [
        "ArbitraryPrecision", "Expressions", "Operators", "Symbolic", "RigorousNumerics", "FastKernels", "Catalogue",
        "Systems", "Claims", "Conformance", "Reporting", "JSON",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // Documentation only: `swift package generate-documentation --target ArbitraryPrecision`.
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // C libraries, found by pkg-config.
    .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
    .systemLibrary(name: "CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev"]), .brew(["mpfr"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // Numbers and formulas.
    .target(name: "ArbitraryPrecision", dependencies: ["CGMP", "CMPFR"]),
    // A loop each in C, for registers that Swift cannot be asked for.
    .target(name: "CLattice"),
    .target(name: "CDense"),
    .target(name: "CLimbs"),
    .target(name: "FastKernels", dependencies: ["CLattice"]),
    .target(name: "Expressions", dependencies: ["ArbitraryPrecision"]),
    .target(name: "RigorousNumerics", dependencies: ["ArbitraryPrecision", "CDense", "CGMP", "CLimbs", "Expressions"]),

    .target(name: "JSON"),
    .target(name: "Operators", dependencies: ["ArbitraryPrecision", "Expressions"]),
    .target(name: "RandomInputs"),
    .target(name: "Symbolic", dependencies: ["ArbitraryPrecision", "Expressions", "Operators", "RandomInputs"]),

    // What a certified quantity is.
    .target(
      name: "Catalogue",
      dependencies: [
        "ArbitraryPrecision", "CZlib", "Expressions", "FastKernels", "JSON", "RandomInputs", "RigorousNumerics",
      ]),

    // Files in YAML, figures of a state, and models as data.
    .target(name: "YAMLText", dependencies: ["Catalogue", yams]),
    .target(
      name: "States", dependencies: ["ArbitraryPrecision", "Catalogue", "Expressions", "RigorousNumerics"]),
    .target(
      name: "Models",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Expressions", "FastKernels", "JSON", "Operators", "RandomInputs",
        "RigorousNumerics", "States", "YAMLText",
      ]),

    .target(
      name: "SeedModels", path: "proofs/models", exclude: ["fermion-pairs.txt", "fermion-quartets.txt"],
      resources: seedModels.map { .embedInCode("\($0).yaml") }),

    // Physics.
    .target(
      name: "Systems",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Expressions", "FastKernels", "Models", "Operators", "RandomInputs",
        "RigorousNumerics", "SeedModels", "States",
      ]),
    .target(
      name: "Proofs", path: "proofs",
      exclude: [
        "coq", "models", "papers/pending", "papers/models/collisions.yaml",
      ],
      resources: (proofs + ["coverage"] + papers.map { "papers/\($0)" } + paperModels.map { "papers/models/\($0)" })
        .map { .embedInCode("\($0).yaml") }),
    .target(
      name: "Claims",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Expressions", "FastKernels", "Models", "Operators", "Proofs",
        "RigorousNumerics", "SeedModels", "Symbolic", "YAMLText",
      ]),

    // Other implementations against certified values.
    .target(
      name: "Conformance",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "FastKernels", "JSON", "RigorousNumerics",
      ]),

    // The program.
    .target(
      name: "Reporting",
      dependencies: ["ArbitraryPrecision", "Catalogue", "Claims", "Conformance", "JSON", "Models", "RigorousNumerics"]),
    .executableTarget(
      name: "qbo",
      dependencies: [
        "Catalogue", "Systems", "Claims", "Conformance", "JSON", "Models", "Reporting",
        "RigorousNumerics", argumentParser,
      ]),

    // Figures and tables of the guide pages: `swift run -c release guide-figures` lists them.
    .executableTarget(
      name: "guide-figures", dependencies: ["Catalogue", "Reporting", "Systems"]),

    // Benchmarks, run from the top folder: `swift run -c release interval-benchmark`.
    .executableTarget(
      name: "interval-benchmark", dependencies: ["ArbitraryPrecision", "CMPFR"], path: "Benchmarks/Intervals",
      exclude: ["peers.py"]),
    .executableTarget(
      name: "evolution-benchmark", dependencies: ["ArbitraryPrecision", "FastKernels", "RigorousNumerics"],
      path: "Benchmarks/Evolution",
      exclude: ["peers.py", "limit.c"]),
    .executableTarget(
      name: "dicke-benchmark",
      dependencies: ["ArbitraryPrecision", "Catalogue", "Systems", "FastKernels", "RigorousNumerics"],
      path: "Benchmarks/Dicke", exclude: ["peers.py"]),
    .executableTarget(
      name: "routes-benchmark", dependencies: ["ArbitraryPrecision", "Catalogue", "RigorousNumerics", "Systems"],
      path: "Benchmarks/Routes", exclude: ["built_in.py"]),
    .executableTarget(
      name: "spectra-benchmark", dependencies: ["ArbitraryPrecision", "RandomInputs", "RigorousNumerics"],
      path: "Benchmarks/Spectra", exclude: ["peers.py"]),
    .executableTarget(
      name: "quasi-benchmark",
      dependencies: ["ArbitraryPrecision", "Catalogue", "Systems", "FastKernels", "RigorousNumerics"],
      path: "Benchmarks/Quasi", exclude: ["peers.py", "methods.py"]),

    // Tests, one target a layer; `QBO_TEST_SCALE` multiplies random cases, `QBO_FULL=1` takes the full grids.
    .target(name: "TestSupport", dependencies: ["RandomInputs"], path: "Tests/TestSupport"),
    .testTarget(
      name: "ArbitraryPrecisionTests", dependencies: ["ArbitraryPrecision", "RandomInputs", "TestSupport"]),
    .testTarget(
      name: "ExpressionsTests", dependencies: ["ArbitraryPrecision", "Expressions", "RandomInputs", "TestSupport"]),
    .testTarget(
      name: "RigorousNumericsTests",
      dependencies: ["ArbitraryPrecision", "Expressions", "RandomInputs", "RigorousNumerics", "TestSupport"]),
    .testTarget(
      name: "OperatorsTests",
      dependencies: ["ArbitraryPrecision", "Expressions", "Operators", "RandomInputs", "TestSupport"]),
    .testTarget(
      name: "SymbolicTests",
      dependencies: ["ArbitraryPrecision", "Expressions", "RandomInputs", "Symbolic", "TestSupport"]),
    .testTarget(
      name: "FastKernelsTests", dependencies: ["ArbitraryPrecision", "FastKernels", "RandomInputs", "TestSupport"]),
    .testTarget(
      name: "ModelsTests",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Expressions", "FastKernels", "Models", "Operators", "RandomInputs",
        "RigorousNumerics", "SeedModels", "States", "Systems", "TestSupport",
      ],
      exclude: ["Papers"]),
    .testTarget(
      name: "CatalogueTests",
      dependencies: ["ArbitraryPrecision", "Catalogue", "Expressions", "FastKernels", "RigorousNumerics", "Systems"]),
    .testTarget(
      name: "SystemsTests",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Systems", "Expressions", "FastKernels", "RandomInputs", "RigorousNumerics",
        "States", "TestSupport",
      ]),
    .testTarget(
      name: "StatesTests",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "RandomInputs", "RigorousNumerics", "States", "TestSupport",
      ]),
    .testTarget(
      name: "ClaimsTests",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Claims", "Expressions", "RandomInputs", "Reporting", "Systems",
        "TestSupport", yams,
      ]),
    .testTarget(name: "JSONTests", dependencies: ["JSON"]),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Conformance", "Expressions", "JSON", "RandomInputs", "RigorousNumerics",
        "Reporting", "Systems", "TestSupport",
        "qbo",
      ]),
    .testTarget(
      name: "ReportingTests",
      dependencies: [
        "ArbitraryPrecision", "Catalogue", "Claims", "FastKernels", "JSON", "Reporting", "RigorousNumerics", "Systems",
        "TestSupport",
      ]),
    .testTarget(name: "CommandLineTests", dependencies: ["JSON", "TestSupport", "guide-figures", "qbo"]),
  ],
  swiftLanguageModes: [.v6]
)

// `QBO_CHECK_INVARIANTS=1 swift test` checks the invariants of data structures and loops; nothing of them is left in
// other builds.
if Context.environment["QBO_CHECK_INVARIANTS"] == "1" {
  for target in package.targets where target.type != .system {
    target.swiftSettings = (target.swiftSettings ?? []) + [.define("CHECK_INVARIANTS")]
  }
}
