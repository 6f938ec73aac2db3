#if os(Linux)
  import Foundation
  import JSON
  import TestSupport
  import Testing

  /// SIGINT while something long runs: whole lines of what is done, and status 130.
  @Suite struct InterruptTests {
    private func start(_ arguments: [String], input: Any, output: Any) throws -> Process {
      let process = Process()
      process.executableURL = Program.products.appending(path: "qbo")
      process.arguments = arguments
      (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
      try process.run()
      return process
    }

    /// A thread waits, not a task, which would wait for the tests beside it while the program runs on.
    ///
    /// Waits until the program takes interrupts itself, by the masks of caught and ignored signals that the kernel shows, and interrupts it.
    private func interrupt(_ process: Process) throws {
      for _ in 0..<300 {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let masks = status.split(separator: "\n").filter { $0.hasPrefix("SigIgn:") || $0.hasPrefix("SigCgt:") }
        let taken = masks.compactMap { UInt64($0.dropFirst(7).trimmingCharacters(in: .whitespaces), radix: 16) }
        if taken.contains(where: { $0 & 0b10 != 0 }) { break }
        Thread.sleep(forTimeInterval: 0.05)
      }
      // From the mask to the handler.
      Thread.sleep(forTimeInterval: 1)
      process.interrupt()
      for _ in 0..<600 where process.isRunning { Thread.sleep(forTimeInterval: 0.05) }
      // The mask of the thread that starts it may block what asks it to end.
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }

    @Test(arguments: ["text", "json"])
    func `verify shows the claims that are done`(_ format: String) throws {
      let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try Data().write(to: file)
      defer { try? FileManager.default.removeItem(at: file) }
      // All claims take minutes.
      let process = try start(
        ["verify", "--full", "--format", format], input: FileHandle.nullDevice,
        output: try FileHandle(forWritingTo: file))
      try interrupt(process)
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.hasSuffix("\n"))
      if format == "json" {
        let answer = try JSONValue(parsing: text.dropLast())
        let done = try #require(answer["claims"]).elements.count
        #expect(answer["summary"]?["claims"] == .integer(done))
        #expect(try #require(answer["summary"]?["interruptedOf"]?.double) > Double(done))
      } else {
        #expect(text.hasPrefix("claim"))
        #expect(text.contains(/interrupted: \d+ of \d+ claims were checked\n/))
      }
    }

    @Test func `a batch ends between lines`() throws {
      let (input, output) = (Pipe(), Pipe())
      let process = try start(["evaluate", "--batch"], input: input, output: output)
      let request = #"{"id": 1, "quantity": "harmonic.advantage", "parameters": {"N": 2}, "digits": 9000}"# + "\n"
      try input.fileHandleForWriting.write(contentsOf: Data(String(repeating: request, count: 3).utf8))
      try interrupt(process)
      let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
      #expect(process.terminationReason == .exit && process.terminationStatus == 130)
      #expect(text.isEmpty || text.hasSuffix("\n"))
      let answers = try text.split(separator: "\n").map { try JSONValue(parsing: $0) }
      #expect(answers.count <= 3 && answers.allSatisfy { $0["outcome"] == .string("value") })
    }
  }
#endif
