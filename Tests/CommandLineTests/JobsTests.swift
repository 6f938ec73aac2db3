import Foundation
import TestSupport
import Testing

/// Several inputs at a time show what one after the other shows.
@Suite struct JobsTests {
  /// What was printed, without seconds.
  private static func shown(_ arguments: [String], jobs: Int) throws -> (status: Int32, output: String, error: String) {
    let run = try Program.run(arguments + ["--format", "json", "--jobs", "\(jobs)"])
    return (run.status, run.output.replacing(#/"seconds": [0-9.e-]+/#, with: "seconds"), run.error)
  }

  @Test(arguments: [
    ["verify", "harmonic", "capacity.c", "misprint"], ["audit", "harmonic", "star.steady"],
  ])
  func `the number of jobs changes nothing`(_ arguments: [String]) throws {
    let one = try Self.shown(arguments, jobs: 1)
    #expect(one.status == 0 && one.output.count > 1000)
    for jobs in [2, 3, 64] {
      let several = try Self.shown(arguments, jobs: jobs)
      #expect(several == one, "\(jobs)")
    }
  }
}
