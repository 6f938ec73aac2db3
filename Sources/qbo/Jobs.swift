import ArgumentParser
import Catalogue
import Foundation
import RigorousNumerics
import Synchronization

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

/// Work on many inputs by several threads, with the results in the order of the inputs.
///
/// Inputs are begun in their order. After one that fails no later one is begun, and the results of those before it are
/// still handed on, so that what is seen is what one thread after the other would have shown.
enum Jobs {
  private struct State<Result: Sendable>: Sendable {
    var begun = 0
    var ended: [Int: Swift.Result<Result, any Error>] = [:]
    var hasFailed = false
  }

  /// - Parameters:
  ///   - each: what is done with a result, on the calling thread.
  ///   - started: told the place of an input whose work begins, on some thread.
  static func run<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, started: @escaping @Sendable (Int) -> Void,
    _ work: @escaping @Sendable (Item) throws -> Result, each: (Result) -> Void
  ) throws {
    let state = Shared(State<Result>())
    let ended = DispatchSemaphore(value: 0)
    for _ in 0..<min(jobs, items.count) {
      WorkThread.start {
        while let index = state.value.withLock({ state -> Int? in
          guard !state.hasFailed, state.begun < items.count else { return nil }
          defer { state.begun += 1 }
          return state.begun
        }) {
          started(index)
          let result = Swift.Result { try work(items[index]) }
          state.value.withLock {
            if case .failure = result { $0.hasFailed = true }
            $0.ended[index] = result
          }
          ended.signal()
        }
      }
    }
    for index in items.indices {
      var result = state.value.withLock { $0.ended.removeValue(forKey: index) }
      while result == nil {
        ended.wait()
        result = state.value.withLock { $0.ended.removeValue(forKey: index) }
      }
      if let value = try result?.get() { each(value) }
    }
  }

  private final class Shared<Value: Sendable>: Sendable {
    let value: Mutex<Value>
    init(_ value: Value) { self.value = Mutex(value) }
  }
}
