import Foundation
import TestSupport
import Testing

/// `guide-figures`, run as its users run it.
@Suite struct GuideFiguresTests {
  private static func run(_ arguments: [String], in place: URL? = nil) throws -> Program.Run {
    try Program.run(arguments, program: "guide-figures", in: place)
  }

  @Test func `figures are listed with their pages`() throws {
    let run = try Self.run([])
    #expect(run.status == 0 && run.error == "")
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.first?.wholeMatch(of: /name +page +shows +files/) != nil)
    for row in [
      /star-charging +docs\/star\.md +energy over time, .* +docs\/figures\/star-charging\.svg/,
      /errata +docs\/errata\.md +.* +docs\/errata\.md/,
    ] { #expect(lines.count { $0.wholeMatch(of: row) != nil } == 1) }
    #expect(try Self.run(["--list"]).output == run.output)
  }

  @Test func `an unknown figure is refused in one line`() throws {
    for arguments in [["stars"], ["--all"], ["quasi-flip", "--list"]] {
      let run = try Self.run(arguments)
      let name = try #require(arguments.last)
      #expect(run.status == 2 && run.output == "")
      #expect(run.error.hasPrefix("guide-figures: no figure '\(name)'; accepted: all, spin, dicke, "))
      #expect(run.error.split(separator: "\n").count == 1)
    }
  }

  /// Below the folder that it is run in, the same as in the guide.
  @Test func `a figure that is named is written`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try Self.run(["quasi-flip"], in: folder)
    #expect(run.status == 0 && run.error == "writing quasi-flip\n")
    let path = "docs/figures/quasi-flip.md"
    #expect(FileManager.default.subpaths(atPath: folder.path)?.filter { $0.hasSuffix(".md") } == [path])
    let written = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    #expect(written == (try String(contentsOf: Repository.top.appending(path: path), encoding: .utf8)))
  }
}
