import ArbitraryPrecision
import Foundation
import RandomInputs
import Testing

/// MPFR keeps its exponent range, flags and caches per thread. Threads of our own at different precisions must return
/// what one thread does, bit for bit, and releasing caches in the middle must change nothing.
@Suite struct ThreadTests {
  private static func work(_ precision: Int) -> [String] {
    var results: [String] = []
    var x = Interval(Rational(1, 3), precision: precision)
    for step in 0..<12 {
      x =
        (x + Interval.pi(precision: precision)).logarithm.sine.squared + Interval(Rational(1, 7), precision: precision)
      results.append(x.exponential.exactText)
      if step % 5 == 4 { ThreadCaches.release() }
    }
    return results
  }

  @Test func `many threads at different precisions agree with one`() async {
    let precisions = (0..<64).map { [53, 64, 128, 129, 256, 257, 1000, 4000][$0 % 8] + $0 / 8 }
    let expected = precisions.map(Self.work)
    let results = Collector(count: precisions.count)
    await withCheckedContinuation { continuation in
      let group = DispatchGroup()
      for (index, precision) in precisions.enumerated() {
        group.enter()
        // Threads that end: their caches are released by themselves.
        Thread.detachNewThread {
          results.set(index, Self.work(precision))
          ThreadCaches.release()
          group.leave()
        }
      }
      group.notify(queue: .global()) { continuation.resume() }
    }
    for (index, precision) in precisions.enumerated() {
      #expect(results.values[index] == expected[index], "\(precision) bits")
    }
  }

  @Test func `tasks agree as well`() async {
    let expected = (0..<32).map { Self.work(100 + 37 * $0) }
    let results = await withTaskGroup(of: (Int, [String]).self) { group in
      for index in 0..<32 { group.addTask { (index, Self.work(100 + 37 * index)) } }
      return await group.reduce(into: [Int: [String]]()) { $0[$1.0] = $1.1 }
    }
    for index in 0..<32 { #expect(results[index] == expected[index], "task \(index)") }
  }

  /// Results of threads, behind a lock.
  private final class Collector: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [[String]]

    init(count: Int) { stored = Array(repeating: [], count: count) }

    func set(_ index: Int, _ value: [String]) { lock.withLock { stored[index] = value } }

    var values: [[String]] { lock.withLock { stored } }
  }
}
