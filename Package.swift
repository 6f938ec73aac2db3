// swift-tools-version: 6.1

import PackageDescription

let package = Package(
  name: "quantum-battery-oracle",
  platforms: [.macOS(.v15)],
  products: [.library(name: "ArbitraryPrecision", targets: ["ArbitraryPrecision"])],
  targets: [
    .systemLibrary(name: "CGMP", pkgConfig: "gmp", providers: [.apt(["libgmp-dev"]), .brew(["gmp"])]),
    .systemLibrary(name: "CMPFR", pkgConfig: "mpfr", providers: [.apt(["libmpfr-dev"]), .brew(["mpfr"])]),
    .target(name: "ArbitraryPrecision", dependencies: ["CGMP", "CMPFR"]),
    .target(name: "Expressions", dependencies: ["ArbitraryPrecision"]),
    .target(name: "RigorousNumerics", dependencies: ["ArbitraryPrecision", "Expressions"]),
    .target(name: "FastKernels"),
    .target(name: "RandomInputs"),
    .target(
      name: "BatteryModels",
      dependencies: ["ArbitraryPrecision", "Expressions", "FastKernels", "RandomInputs", "RigorousNumerics"]),
  ],
  swiftLanguageModes: [.v6]
)
