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

  /// Lines of which some take long, some are refused and one is no JSON.
  private static let requests = (0..<40).map { number in
    switch number % 4 {
    case 0: #"{"id": \#(number), "quantity": "spin.stored-energy", "parameters": {"N": 200, "tau": "1/100"}}"#
    case 1: #"{"id": \#(number), "quantity": "harmonic.advantage", "parameters": {"N": \#(number)}}"#
    case 2: #"{"id": \#(number), "quantity": "harmonic.none"}"#
    default: number == 7 ? "no JSON" : ""
    }
  }

  @Test func `a batch is answered in the order of its lines`() throws {
    func answers(_ jobs: Int) throws -> (status: Int32, output: String) {
      let input = Self.requests.joined(separator: "\n") + "\n"
      let run = try Program.run(["evaluate", "--batch", "--digits", "20", "--jobs", "\(jobs)"], input: input)
      return (run.status, run.output.replacing(#/"seconds": [0-9.e-]+/#, with: "seconds"))
    }
    let one = try answers(1)
    #expect(one.status == 2 && one.output.split(separator: "\n").count == 31)
    for jobs in [2, 3, 64] { #expect(try answers(jobs) == one, "\(jobs)") }
  }
}
