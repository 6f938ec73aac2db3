import Foundation
import JSON
import TestSupport
import Testing

@testable import Conformance

/// Harnesses that misbehave: the run ends in time, says what happened, and goes on with the next case where it can.
@Suite(.timeLimit(.minutes(60))) struct ContainmentTests {
  @Test func `a harness that does as it should is not accused`() throws {
    let (run, json) = try ShellHarness.run(ShellHarness.script(ShellHarness.right))
    #expect(run.status == 0)
    #expect(run.error == "")
    #expect(json.outcomes.count == ShellHarness.cases)
    #expect(json.outcomes.allSatisfy { ["agrees", "refused"].contains($0.verdict) })
    #expect(json.restarts == 0)
    #expect(json.remarks == [])
  }

  /// One case fails, the others are answered by a harness that was started again.
  private static let onceFaults: [(name: String, body: String, note: String)] = [
    ("hangs", "echo last words >&2; sleep 600", "no answer within 1.5 seconds"),
    ("hangs without reading", "while :; do :; done", "no answer within 1.5 seconds"),
    ("dies", "echo last words >&2; exit 7", "the harness ended with status 7; standard error: last words"),
    ("is killed", "kill -9 $$", "the harness was ended by signal 9"),
    ("answers nothing and closes", "exec >&-; sleep 600", "the harness closed its standard output"),
    ("leaves a child and dies", "sleep 600 & exit 3", "the harness ended with status 3"),
    ("prints garbage", "echo garbage", "the answer is malformed: not JSON: column 1"),
    ("prints bytes", "printf '\\377\\376\\n'", "the answer is malformed: not UTF-8"),
    ("prints a blank line", "echo", "the answer is malformed: not JSON: column 1: the text ends"),
    ("answers another question", #"echo '{"seq": 77, "value": 1}'"#, "an answer out of order: seq is 77, asked was 3"),
    ("answers without a number", #"echo '{"value": 1}'"#, "the answer is malformed: the key 'seq' is missing"),
    // Both lines at once: the second one is there when the first is read.
    (
      "answers twice", #"printf '{"seq": 3, "skipped": ""}\n{"seq": 3, "skipped": ""}\n'"#,
      "the harness wrote more than its answer"
    ),
    (
      "answers ahead", #"printf '{"seq": 3, "skipped": ""}\n{"seq": 4, "value": 0}\n'"#,
      "the harness wrote more than its answer"
    ),
    ("begins another line", #"printf '{"seq": 3, "skipped": ""}\n{'"#, "the harness wrote more than its answer"),
    (
      "answers in two ways", #"echo '{"seq": 3, "value": 1, "skipped": ""}'"#,
      "the answer is malformed: value and skipped"
    ),
    ("floods a line", "head -c 3000000 /dev/zero | tr '\\0' 'x'", "an answer is longer than 1048576 bytes"),
    ("floods without an end", "while :; do printf xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", "; the harness was killed"),
    ("floods standard error", "yes >&2", "harness was killed"),
  ]

  @Test(arguments: onceFaults.indices)
  func `one bad case is errored and the harness restarted`(_ index: Int) throws {
    let (name, body, note) = Self.onceFaults[index]
    // A session is new after the fault, so its third question is the first time's alone: a file remembers that it happened.
    try withFolder { folder in
      let mark = folder.appending(path: "mark").path
      let script = ShellHarness.script(
        "if [ $n = 3 ] && [ ! -e '\(mark)' ]; then touch '\(mark)'; \(body); else \(ShellHarness.skip); fi")
      let clock = ContinuousClock()
      var (run, json) = (Program.Run?.none, JSONValue.null)
      let time = try clock.measure {
        // Long where something comes in the end, so that a busy machine is not taken for a slow harness.
        let result = try ShellHarness.run(script, seconds: name.hasPrefix("hangs") ? "1.5" : "15")
        (run, json) = (result.run, result.json)
      }
      #expect(time < .seconds(30))
      #expect(run?.status == 1)
      #expect(json.outcomes.count == ShellHarness.cases)
      let bad = json.outcomes.indices.filter { json.outcomes[$0].verdict == "errored" }
      #expect(bad == [2], "\(name)")
      #expect(json.outcomes.count { $0.verdict == "skipped" } == ShellHarness.cases - 1)
      #expect(json.restarts == 1)
      for place in bad {
        #expect(json.outcomes[place].note.contains(note), "\(json.outcomes[place].note)")
        if body.contains("last words") { #expect(json.outcomes[place].note.contains("standard error: last words")) }
      }
    }
  }

  @Test func `a harness that never answers is given up`() throws {
    let (run, json) = try ShellHarness.run(ShellHarness.script("sleep 600"), seconds: "0.5")
    #expect(run.status == 1)
    #expect(json.restarts == 3)
    #expect(json.outcomes.prefix(4).allSatisfy { $0.note.contains("no answer within 0.5 seconds") })
    #expect(json.outcomes.dropFirst(4).allSatisfy { $0.note == "not asked: the run was given up" })
    #expect(
      json.remarks.contains {
        $0.hasPrefix("the run was given up: the harness failed 4 times in a row, after 3 restarts")
      })
  }

  /// With its failures known, the run fails all the same, and so does its record: most cases were not asked.
  @Test func `a run that is given up does not pass by its known failures`() throws {
    try withFolder { folder in
      let (known, record) = (folder.appending(path: "known.json"), folder.appending(path: "answers.jsonl").path)
      let (_, json) = try ShellHarness.run(ShellHarness.script("exit 1"))
      let failures = (json["cases"]?.elements ?? []).compactMap { $0["id"]?.text }.map {
        #"{"id": "\#($0)", "verdict": "errored", "reason": ""}"#
      }
      try Data("{\"failures\": [\(failures.joined(separator: ", "))]}".utf8).write(to: known)
      let (run, _) = try ShellHarness.run(
        ShellHarness.script("exit 1"), more: ["--known-failures", known.path, "--record", record])
      #expect(run.status == 1)
      #expect(run.output.contains("the run was given up"))
      let again = try Program.run([
        "validate", record, "--known-failures", known.path, "--quantity", "harmonic.ratio", "--vectors",
        Places.fixtures,
      ])
      #expect(again.status == 1)
      #expect(again.output.contains("is listed as errored and is skipped"))
    }
  }

  @Test func `good answers between faults keep a run going`() throws {
    let (run, json) = try ShellHarness.run(
      ShellHarness.script("if [ $n = 1 ]; then \(ShellHarness.skip); else exit 1; fi"))
    #expect(run.status == 1)
    #expect(
      json.outcomes.map(\.verdict) == (0..<ShellHarness.cases).map { $0.isMultiple(of: 2) ? "skipped" : "errored" })
    #expect(json.restarts == ShellHarness.cases / 2)
  }

  // MARK: - Start and stop

  @Test(arguments: [
    ("exit 5", "ended with status 5"), ("echo no >&2; exit 1", "ended with status 1; standard error: no"),
    ("echo garbage; sleep 600", "the answer is malformed: not JSON"),
    (#"echo '{"protocol": 2, "name": "new"}'; sleep 600"#, "the answer to start is {\"protocol\": 2"),
    (
      #"read -r a; echo '{"protocol": 1, "name": "x"}'; echo '{"yes": 1}'; sleep 600"#,
      "the answer to dialect is {\"yes\": 1}"
    ),
  ])
  func `a harness that does not start is bad input`(_ script: String, _ message: String) throws {
    let (run, _) = try ShellHarness.run(script)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.error.hasPrefix("qbo: --harness: 'exec sh "))
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.error.hasSuffix("; accepted: a command that speaks the protocol of docs/protocol.md\n"))
  }

  @Test func `a command that is not there is bad input`() throws {
    let run = try Program.run(["validate", "--harness", "no-such-command-here", "--vectors", Places.fixtures])
    #expect(run.status == 2)
    #expect(
      run.error.hasPrefix("qbo: --harness: 'no-such-command-here' does not start: the harness ended with status 127"))
    #expect(run.error.count { $0 == "\n" } == 1)
  }

  @Test func `a harness that hangs at its start is bad input`() throws {
    let (run, _) = try ShellHarness.run("sleep 600", seconds: "0.1")
    #expect(run.status == 2)
    #expect(run.error.contains("no answer within 10.1 seconds"))
  }

  @Test func `another dialect is bad input`() throws {
    let (run, _) = try ShellHarness.run(
      #"read -r a; echo '{"protocol": 1, "name": "x"}'; read -r a; echo '{"dialect": false, "reason": "degrees"}'"#)
    #expect(run.status == 2)
    #expect(run.error == "qbo: --harness: x does not speak the dialect qbo-1: degrees; accepted: a harness that does\n")
  }

  @Test(arguments: [
    ("trap '' TERM HUP; sleep 600", "the harness did not end after the command stop and was killed"),
    ("exit 9", "after the command stop the harness ended with status 9"),
    ("echo late", "the harness wrote after the command stop"), ("yes", "the harness wrote after the command stop"),
  ])
  func `what happens after stop is said and contained`(_ end: String, _ remark: String) throws {
    let script = ShellHarness.script(ShellHarness.right).replacing("exit 0;;", with: "\(end); exit 0;;")
    let (run, json) = try ShellHarness.run(script)
    #expect(run.status == 0)
    #expect(json.remarks == [remark])
    #expect(json.outcomes.allSatisfy { ["agrees", "refused"].contains($0.verdict) })
  }

  @Test func `children are not left behind`() throws {
    try withFolder { folder in
      let file = folder.appending(path: "children").path
      let script = ShellHarness.script(
        "sleep 600 & echo $! >> '\(file)'; if [ $n = 2 ]; then exit 1; else \(ShellHarness.skip); fi")
      let (_, json) = try ShellHarness.run(script)
      #expect(json.outcomes.count == ShellHarness.cases)
      let children = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").compactMap { pid_t($0) }
      #expect(children.count >= ShellHarness.cases)
      // A killed process may wait for init to collect it: it is then a zombie, and no longer runs.
      #expect(children.allSatisfy { !Self.runs($0) })
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a run that is ended by a signal ends its harness`(_ number: Int32) throws {
    try withFolder { folder in
      let (file, script) = (folder.appending(path: "pid").path, folder.appending(path: "harness.sh"))
      try Data(ShellHarness.script("echo $$ > '\(file)'; sleep 600").utf8).write(to: script)
      let process = Process()
      // What runs the tests may ignore or block signals, which processes take over from it: Python undoes this.
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = [
        "python3", "-c",
        """
        import os, signal, sys
        for number in (1, 2, 15): signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        os.execv(sys.argv[1], sys.argv[1:])
        """, Program.products.appending(path: "qbo").path, "validate", "--harness", "exec sh '\(script.path)'",
        "--vectors",
        Places.fixtures,
      ]
      (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
      try process.run()
      var harness: pid_t?
      for _ in 0..<300 where harness == nil {
        usleep(100_000)
        harness = (try? String(contentsOfFile: file, encoding: .utf8)).flatMap { pid_t($0.dropLast()) }
      }
      kill(process.processIdentifier, number)
      process.waitUntilExit()
      #expect(process.terminationStatus == 128 + number)
      #expect(!Self.runs(try #require(harness)))
    }
  }

  private static func runs(_ pid: pid_t) -> Bool {
    for _ in 0..<50 {
      guard kill(pid, 0) == 0 else { return false }
      let state = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8))?.split(separator: ")").last
      if state?.dropFirst().first == "Z" { return false }
      usleep(100_000)
    }
    return true
  }

  #if os(Linux)
    @Test func `memory is capped`() throws {
      let body = "if [ $n = 3 ]; then x=xxxxxxxx; while :; do x=$x$x; done; else \(ShellHarness.skip); fi"
      let (run, json) = try ShellHarness.run(
        ShellHarness.script(body), seconds: "20", more: ["--case-megabytes", "64"])
      #expect(run.status == 1)
      let notes = json.outcomes.filter { $0.verdict == "errored" }.map(\.note)
      #expect(!notes.isEmpty)
      #expect(
        notes.allSatisfy { $0.hasPrefix("the harness ended") || $0.hasPrefix("the harness was ended") }, "\(notes)")
    }
  #endif

  @Test func `questions hold no answers`() throws {
    let run = try Program.run(["fixtures", "questions", "--vectors", Places.fixtures, "--quantity", "harmonic"])
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count > 50)
    for line in lines {
      let keys = try JSONValue(parsing: line).objectKeys
      #expect(keys == ["command", "seq", "id", "quantity", "parameters"])
    }
  }
}

extension JSONValue {
  fileprivate var objectKeys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.map(\.key)
  }
}
