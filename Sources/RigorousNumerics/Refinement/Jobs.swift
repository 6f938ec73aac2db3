import Foundation
import Synchronization

/// Work on many inputs by several threads, with the results in the order of the inputs.
///
/// Inputs are begun in their order. After one that fails no later one is begun, and the results of those before it are
/// still handed on, so that what is seen is what one thread after the other would have shown. A result is handed on as
/// soon as all before it are, whether the next input is there or not.
public enum Jobs {
  /// - Parameters:
  ///   - next: the next input, asked for on the calling thread, at most ``ahead`` of them for each job before the
  ///     results of earlier ones are handed on; nil after the last.
  ///   - started: told the place of an input whose work begins, on some thread.
  ///   - each: what is done with a result, one at a time, on some thread.
  public static func run<Item: Sendable, Result: Sendable>(
    jobs: Int, next: () throws -> Item?, started: @escaping @Sendable (Int) -> Void = { _ in },
    _ work: @escaping @Sendable (Item) throws -> Result, each: @escaping @Sendable (Result) -> Void
  ) throws {
    let board = Board<Item, Result>(room: ahead * jobs)
    for _ in 0..<jobs {
      WorkThread.start {
        while let (index, item) = board.taken() {
          started(index)
          board.end(index, Swift.Result { try work(item) }, each: each)
        }
        board.leave()
      }
    }
    let reading = Swift.Result {
      while board.hasRoom(), let item = try next() { board.add(item) }
    }
    board.close()
    for _ in 0..<jobs { board.awaitLeave() }
    if let failure = board.failure { throw failure }
    try reading.get()
  }

  /// The same of inputs that are all there.
  public static func run<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, started: @escaping @Sendable (Int) -> Void,
    _ work: @escaping @Sendable (Item) throws -> Result, each: @escaping @Sendable (Result) -> Void
  ) throws {
    guard !items.isEmpty else { return }
    var rest = items.makeIterator()
    try run(jobs: min(jobs, items.count), next: { rest.next() }, started: started, work, each: each)
  }

  /// The results of inputs in their order.
  public static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, started: @escaping @Sendable (Int) -> Void = { _ in },
    _ work: @escaping @Sendable (Item) throws -> Result
  ) throws -> [Result] {
    let results = Collected<Result>()
    try run(items, jobs: jobs, started: started, work, each: results.add)
    return results.all
  }

  private final class Collected<Result: Sendable>: Sendable {
    private let results = Mutex<[Result]>([])
    var all: [Result] { results.withLock { $0 } }
    func add(_ result: Result) { results.withLock { $0.append(result) } }
  }

  private static let ahead = 16

  /// What is asked and what is known, between the threads.
  private final class Board<Item: Sendable, Result: Sendable>: Sendable {
    private struct State: Sendable {
      var waiting: [(index: Int, item: Item)] = []
      var count = 0
      var shown = 0
      var ended: [Int: Swift.Result<Result, any Error>] = [:]
      var hasFailed = false
      var failure: (any Error)?
    }

    private let state = Mutex(State())
    /// Begins at zero, as one that ends below its beginning is a fault.
    private let room = DispatchSemaphore(value: 0)
    /// Inputs that wait, and one for each thread when no more come.
    private let inputs = DispatchSemaphore(value: 0)
    private let left = DispatchSemaphore(value: 0)

    init(room count: Int) { for _ in 0..<count { room.signal() } }

    var failure: (any Error)? { state.withLock(\.failure) }

    /// Waits until one more input may be read; false when none shall be, as one has failed.
    func hasRoom() -> Bool {
      room.wait()
      return state.withLock { !$0.hasFailed }
    }

    func add(_ item: Item) {
      state.withLock {
        $0.waiting.append(($0.count, item))
        $0.count += 1
      }
      inputs.signal()
    }

    /// No more inputs come.
    func close() { inputs.signal() }

    /// Waits for an input; nil when none is left to begin.
    func taken() -> (Int, Item)? {
      inputs.wait()
      let first = state.withLock { state -> (Int, Item)? in
        guard !state.hasFailed, !state.waiting.isEmpty else { return nil }
        return state.waiting.removeFirst()
      }
      // For the next thread to see the end.
      if first == nil { inputs.signal() }
      return first
    }

    func end(_ index: Int, _ result: Swift.Result<Result, any Error>, each: (Result) -> Void) {
      let released = state.withLock { state -> Int in
        if case .failure = result { state.hasFailed = true }
        state.ended[index] = result
        let before = state.shown
        while state.failure == nil, let known = state.ended.removeValue(forKey: state.shown) {
          state.shown += 1
          switch known {
          case .success(let value): each(value)
          case .failure(let error): state.failure = error
          }
        }
        return state.hasFailed ? 1 : state.shown - before
      }
      for _ in 0..<released { room.signal() }
    }

    func leave() { left.signal() }
    func awaitLeave() { left.wait() }
  }
}
