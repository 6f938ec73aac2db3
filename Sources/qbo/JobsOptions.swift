import ArgumentParser
import Catalogue
import Foundation

/// How many inputs a command works on at a time.
struct JobsOptions: ParsableArguments {
  @Option(
    name: .customLong("jobs"), parsing: .unconditional,
    help: "How many are worked on at a time; all cores when not given. What is printed does not depend on it.")
  var given: String?

  func count() throws(BadInput) -> Int {
    guard let given else { return ProcessInfo.processInfo.activeProcessorCount }
    guard let count = Int(given), (1...1024).contains(count) else {
      throw BadInput("--jobs: '\(given.abridged)'; accepted: integers from 1 to 1024")
    }
    return count
  }
}
