import Foundation
import TestSupport
import Testing

/// The picture of the layers in docs/architecture.md against `Package.swift` and against what the files import.
@Suite struct ArchitectureTests {
  /// A target of the manifest.
  private struct Target {
    let name: String
    let kind: String
    let folder: String
    let dependencies: Set<String>

    var isInPicture: Bool { kind != "testTarget" && (folder.hasPrefix("Sources/") || folder.hasPrefix("proofs")) }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: Repository.top.appending(path: path), encoding: .utf8)
  }

  /// The targets as they stand in the manifest, read without SwiftPM, which is busy while tests run.
  private static func targets() throws -> [Target] {
    let manifest = try text("Package.swift")
    let starts = manifest.matches(of: /\.(systemLibrary|target|executableTarget|testTarget)\(\s*name: "([^"]+)"/)
    return try starts.map { start in
      let rest = manifest[start.range.lowerBound...]
      var depth = 0
      let end = try #require(
        rest.indices.first { place in
          if rest[place] == "(" { depth += 1 }
          if rest[place] == ")" { depth -= 1 }
          return rest[place] == ")" && depth == 0
        })
      let body = String(rest[..<end])
      let (kind, name) = (String(start.1), String(start.2))
      let listed = body.firstMatch(of: /dependencies: \[([^\]]*)\]/).map { String($0.1) } ?? ""
      let folder = body.firstMatch(of: /path: "([^"]+)"/).map { String($0.1) }
      return Target(
        name: name, kind: kind, folder: folder ?? (kind == "testTarget" ? "Tests/\(name)" : "Sources/\(name)"),
        dependencies: Set(listed.matches(of: /"([^"]+)"/).map { String($0.1) }))
    }
  }

  /// The lines of the picture, the highest first: names of targets among words on what they hold.
  private static func lines(_ names: Set<String>) throws -> [[String]] {
    let page = try text("docs/architecture.md")
    let section = try #require(page.components(separatedBy: "## Layers").last)
    let picture = try #require(section.components(separatedBy: "```").dropFirst().first)
    return picture.split(separator: "\n").dropFirst(picture.hasPrefix("\n") ? 0 : 1)
      .map { line in line.split(separator: " ").map(String.init).filter(names.contains) }
  }

  private static func imports(of target: Target) throws -> Set<String> {
    let folder = Repository.top.appending(path: target.folder)
    let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
    var found: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for match in source.matches(
        of: /(?m)^\s*(?:@testable |internal |package |public )?import (?:struct |enum )?(\w+)/)
      {
        found.insert(String(match.1))
      }
    }
    return found
  }

  @Test func `every target stands in the picture once`() throws {
    let targets = try Self.targets()
    let names = Set(targets.map(\.name))
    #expect(names.count == targets.count && names.count > 30)
    let shown = try Self.lines(names).flatMap { $0 }
    #expect(shown.sorted() == targets.filter(\.isInPicture).map(\.name).sorted())
  }

  @Test func `arrows point down only`() throws {
    let targets = try Self.targets()
    let lines = try Self.lines(Set(targets.map(\.name)))
    let heights = Dictionary(uniqueKeysWithValues: lines.enumerated().flatMap { line in line.1.map { ($0, line.0) } })
    for target in targets where target.isInPicture {
      let own = try #require(heights[target.name], "\(target.name)")
      for dependency in target.dependencies {
        let below = try #require(heights[dependency], "\(target.name) needs \(dependency)")
        #expect(below > own, "\(target.name) needs \(dependency), which does not stand below it")
      }
    }
  }

  @Test func `files import what the manifest says, and nothing else of the package`() throws {
    let targets = try Self.targets()
    let names = Set(targets.map(\.name))
    // Tests that run a program need it, and do not import it.
    let programs = Set(targets.filter { $0.kind == "executableTarget" }.map(\.name))
    let others: Set = ["Proofs", "CLattice", "CDense", "CLimbs"]
    for target in targets where target.kind != "systemLibrary" && !others.contains(target.name) {
      let imported = try Self.imports(of: target).intersection(names)
      #expect(imported == target.dependencies.subtracting(programs), "\(target.name)")
    }
  }
}
