import ArgumentParser
import Catalogue
import Conformance
import Systems

/// `qbo harness`
struct Harness: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The suite's own double-precision kernels as a harness for 'qbo validate'.",
    discussion: "Reads lines of the protocol of docs/protocol.md on standard input and answers on standard output.")

  @OptionGroup var models: ModelOptions

  func run() throws {
    let harness = KernelHarness(quantities: try models.catalogue().quantities)
    var lines = LineReader(0, name: "standard input")
    while let line = try lines.next() {
      guard let answer = try harness.answer(try line.get()) else { return }
      Output.write(answer + "\n")
    }
  }
}
