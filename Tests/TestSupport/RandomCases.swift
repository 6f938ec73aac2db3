import Foundation
import RandomInputs

/// Random cases of a test: a seed that is printed with a failure, and a number that a variable multiplies.
public enum RandomCases {
  /// The seed: `QBO_TEST_SEED`, or a fixed one so that runs repeat.
  public static let seed: UInt64 =
    ProcessInfo.processInfo.environment["QBO_TEST_SEED"].flatMap(UInt64.init) ?? 20_260_611

  /// The factor on the number of cases: `QBO_TEST_SCALE`, or 1.
  public static let scale: Int = ProcessInfo.processInfo.environment["QBO_TEST_SCALE"].flatMap(Int.init) ?? 1

  /// Whether the full grids are asked for: `QBO_FULL=1`.
  public static let full = ProcessInfo.processInfo.environment["QBO_FULL"] == "1"

  /// Runs a body for a number of cases with a generator that starts from the seed.
  ///
  /// `QBO_TEST_COUNTS` names a file to which a line with the number of cases and the name of the test is added.
  public static func run(
    _ count: Int, function: String = #function, _ body: (inout SplitMix64, _ label: String) throws -> Void
  ) rethrows {
    defer { record(count * scale, function) }
    for index in 0..<count * scale {
      // Every case has a generator of its own: a failing one is repeated from the seed and its index. The seed is scrambled once, as a
      // generator whose seed is another one's state repeats its numbers.
      var seeds = SplitMix64(seed: seed ^ (UInt64(index) &* 0xd134_2543_de82_ef95))
      var random = SplitMix64(seed: seeds.next())
      try body(&random, "seed \(seed), case \(index)")
    }
  }

  /// Adds a line to the file that `QBO_TEST_NOTES` names, where it names one.
  public static func note(_ line: String) {
    guard let path = ProcessInfo.processInfo.environment["QBO_TEST_NOTES"],
      let handle = FileHandle(forWritingAtPath: path)
    else { return }
    handle.seekToEndOfFile()
    handle.write(Data((line + "\n").utf8))
  }

  private static func record(_ count: Int, _ function: String) {
    guard let path = ProcessInfo.processInfo.environment["QBO_TEST_COUNTS"],
      let handle = FileHandle(forWritingAtPath: path)
    else { return }
    handle.seekToEndOfFile()
    handle.write(Data("\(count)\t\(function)\n".utf8))
  }
}
