import Foundation
import TestSupport
import Testing

/// A reader finds a type by the name of its file, and knows one by its name alone.
@Suite struct SourceNameTests {
  /// A declaration or an extension in a file of Sources, by one line.
  private struct Declaration {
    let target: String
    let file: String
    let isExtension: Bool
    let isNested: Bool
    let isPublic: Bool
    let name: String
  }

  /// Files that are named for a part of their type or for what they are about, not for a type; one that keeps the rule
  /// leaves the list.
  private static let others: Set<String> = [
    // Kernels by what they compute.
    "ClassicalDickePower", "ClassicalDickeStoredEnergy", "DickeMaximalPower", "DickeStoredEnergy", "DoubleDouble",
    "HarmonicStoredEnergy", "SpinMaximalPower", "SpinStoredEnergy",
    // Checks of claims and algebra of operators by their steps, extensions by what they add.
    "SolutionClaim+Check", "Symbolic+Reading", "Ladder", "NormalOrder", "OperatorForm+Formula", "Word+Labels",
    "VisibleText", "HarmonicStarts",
    // What a system enters by, and the parameters of one.
    "CapacityParameters", "DickeParameters", "FermionParameters", "FreedomParameters", "HarmonicParameters",
    "QuasiParameters", "SpinParameters", "StarParameters", "Papers", "Systems",
  ]

  private static func declarations() throws -> (files: [(target: String, name: String)], all: [Declaration]) {
    let sources = Repository.top.appending(path: "Sources")
    let pattern =
      /^( *)((?:@\w+ |public |package |private |fileprivate |final |indirect )*)(struct|class|enum|actor|protocol|typealias|extension|func) ([\w.]+)/
    var (files, found): ([(target: String, name: String)], [Declaration]) = ([], [])
    for path in try #require(FileManager.default.subpaths(atPath: sources.path)) where path.hasSuffix(".swift") {
      let target = String(path.prefix { $0 != "/" })
      let file = URL(filePath: path).deletingPathExtension().lastPathComponent
      files.append((target, file))
      let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
      for line in text.split(separator: "\n") {
        guard let match = line.firstMatch(of: pattern) else { continue }
        // A file of a free function is named for it.
        let isFunction = match.3 == "func"
        if isFunction && !match.1.isEmpty { continue }
        let name = String(match.4)
        found.append(
          Declaration(
            target: target, file: file, isExtension: match.3 == "extension" || isFunction, isNested: !match.1.isEmpty,
            isPublic: match.2.contains("public"),
            name: isFunction ? name.prefix(1).uppercased() + name.dropFirst() : name)
        )
      }
    }
    #expect(files.count > 300 && found.count > 600)
    return (files, found)
  }

  @Test func `no two public types have one name`() throws {
    let types = try Self.declarations().all.filter { $0.isPublic && !$0.isExtension && !$0.isNested }
    for (name, places) in Dictionary(grouping: types, by: \.name) where places.count > 1 {
      Issue.record("\(name) is public in \(places.map(\.target).sorted().joined(separator: " and "))")
    }
    #expect(types.count > 100)
  }

  /// `Type.swift` declares or extends it, `Type+Topic.swift` as well.
  @Test func `a file declares or extends the type that it is named for`() throws {
    let (files, all) = try Self.declarations()
    let names = Dictionary(grouping: all, by: { "\($0.target)/\($0.file)" }).mapValues { declarations in
      Set(declarations.flatMap { [$0.name] + $0.name.split(separator: ".").map(String.init) })
    }
    for (target, file) in files {
      let type = String(file.prefix { $0 != "+" })
      let keeps = names["\(target)/\(file)", default: []].contains(type)
      #expect(
        keeps != Self.others.contains(file), "\(target)/\(file).swift: \(keeps ? "leaves the list" : "no \(type)")")
    }
  }
}
