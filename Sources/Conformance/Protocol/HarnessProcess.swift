import Foundation

/// A running harness: a process group of its own with three pipes, never waited for without a deadline.
///
/// All ends of pipes here are non-blocking and are served by one `poll`, so that a harness that does not read, does not
/// answer or writes without end cannot stop the run: what it writes beyond one line stays in its pipe, and what it does
/// not read stays here.
final class HarnessProcess {
  private let pid: pid_t
  private let pipes: HarnessPipes
  private let containment: Containment
  private var pending: [UInt8] = []
  private var received: [UInt8] = []
  private var errors: [UInt8] = []
  private var errorCount = 0
  private var status: Int32?
  private var isErrorOpen = true

  /// Starts a command by the shell, under a cap of memory.
  ///
  /// - Throws: ``HarnessFault`` when the system cannot start it.
  init(_ command: String, _ containment: Containment) throws(HarnessFault) {
    self.containment = containment
    pipes = try HarnessPipes()
    pid = try HarnessSpawn.start(command, kilobytes: containment.megabytes << 10, pipes)
    HarnessSpawn.watch(pid)
    pipes.closeOtherEnds()
  }

  deinit {
    kill()
    pipes.close()
  }

  /// Puts a line into the pipe, as far as there is room; the rest goes while an answer is waited for.
  func send(_ line: String) {
    pending += Array((line + "\n").utf8)
    (errorCount, errors) = (0, [])
  }

  /// The next line of standard output.
  ///
  /// - Throws: ``HarnessFault`` when there is none within the seconds.
  func receive(within seconds: Double) throws(HarnessFault) -> String {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if let line = takeLine() {
        guard let text = String(validating: line, as: UTF8.self) else { throw .malformed("not UTF-8") }
        return text
      }
      if received.count > Containment.answerBytes { throw .flood }
      if errorCount > Containment.errorBytes { throw .errorFlood }
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { throw .timeout(seconds) }
      guard try serve(for: left) else { throw closing() }
    }
  }

  private func takeLine() -> ArraySlice<UInt8>? {
    guard let end = received.firstIndex(of: 0x0a), end <= Containment.answerBytes else { return nil }
    defer { received.removeFirst(end + 1) }
    return received[..<end]
  }

  /// Waits for one of the pipes, at most a tenth of a second, after which it is looked whether the process still lives:
  /// its children may hold the pipes open when it does not.
  ///
  /// - Returns: whether more can come.
  private func serve(for time: Duration) throws(HarnessFault) -> Bool {
    var descriptors = [pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0)]
    if isErrorOpen { descriptors.append(pollfd(fd: pipes.error, events: Int16(POLLIN), revents: 0)) }
    if !pending.isEmpty { descriptors.append(pollfd(fd: pipes.input, events: Int16(POLLOUT), revents: 0)) }
    let milliseconds = Int32(max(1, min(100, time / .milliseconds(1))))
    // An error here is an interruption by a signal: the loop of the caller goes on.
    let count = poll(&descriptors, nfds_t(descriptors.count), milliseconds)
    if count == 0 { return isAlive || drain() }
    for descriptor in descriptors where descriptor.revents != 0 {
      switch descriptor.fd {
      case pipes.output: if readOutput() == 0 { return false }
      case pipes.error: readError()
      default: writeInput()
      }
    }
    return true
  }

  /// What is left in the pipe of a process that has ended.
  private func drain() -> Bool { readOutput() > 0 }

  /// The bytes that came; 0 at the end, -1 when there are none now.
  private func readOutput() -> Int {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(pipes.output, &chunk, chunk.count)
    if count > 0 { received += chunk[..<count] }
    return count
  }

  private func readError() {
    guard isErrorOpen else { return }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(pipes.error, &chunk, chunk.count)
    if count == 0 { isErrorOpen = false }
    guard count > 0 else { return }
    errorCount += count
    errors += chunk[..<count]
    errors.removeFirst(max(0, errors.count - Containment.keptErrorBytes))
  }

  private func writeInput() {
    let count = write(pipes.input, pending, pending.count)
    if count > 0 {
      pending.removeFirst(count)
    } else if count < 0, errno != EAGAIN, errno != EINTR {
      // It reads no more; whether it still answers is seen on its output.
      pending = []
    }
  }

  // MARK: - The end

  /// Whether the process has not ended; when it has, what it left behind is killed and its status is kept.
  private var isAlive: Bool {
    if status != nil { return false }
    var information = siginfo_t()
    guard waitid(P_PID, id_t(pid), &information, WEXITED | WNOHANG | WNOWAIT) == 0, information.si_signo == SIGCHLD
    else {
      return true
    }
    kill()
    return false
  }

  /// Waits for the end of the process.
  private func awaitEnd(_ seconds: Double) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while isAlive {
      guard ContinuousClock.now < deadline else { return false }
      // Standard error is served meanwhile: a process that writes at its end is not held up.
      usleep(5000)
      readError()
    }
    return true
  }

  /// The fault of a harness whose output has ended.
  private func closing() -> HarnessFault {
    guard awaitEnd(0.5), let status else { return .closed }
    return .ended(HarnessSpawn.words(status))
  }

  /// The last lines of standard error since the question.
  var lastErrors: String {
    readError()
    let text = String(decoding: errors, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).suffix(3).joined(separator: " | ")
      .printable(atMost: Containment.keptErrorBytes)
  }

  /// Whether something came that no question asked for.
  var hasMore: Bool {
    var descriptor = pollfd(fd: pipes.output, events: Int16(POLLIN), revents: 0)
    return !received.isEmpty || (poll(&descriptor, 1, 0) > 0 && readOutput() > 0)
  }

  /// Ends the harness by the command `stop`, or by force: nothing is left of its process group.
  ///
  /// - Returns: what went wrong, nil when it ended by itself.
  func stop() -> String? {
    send(#"{"command": "stop"}"#)
    let deadline = ContinuousClock.now + .seconds(Containment.stopSeconds)
    var surplus = 0
    while isAlive, surplus <= Containment.answerBytes {
      let left = ContinuousClock.now.duration(to: deadline)
      guard left > .zero else { break }
      received = []
      guard let more = try? serve(for: left), more else { break }
      surplus += received.count
    }
    // What a process that has ended wrote last.
    received = []
    _ = drain()
    surplus += received.count
    let ended = surplus <= Containment.answerBytes && awaitEnd(0.5)
    defer { kill() }
    if surplus > 0 { return "the harness wrote after the command stop" }
    if !ended { return "the harness did not end after the command stop and was killed" }
    return status == 0 ? nil : "after the command stop the harness \(HarnessSpawn.words(status ?? 0))"
  }

  /// Kills the process group and collects the process, once: as long as its leader is not collected the number of the
  /// group is no other's.
  func kill() {
    guard status == nil else { return }
    _ = HarnessSpawn.killGroup(pid)
    var code: Int32 = 0
    while waitpid(pid, &code, 0) < 0, errno == EINTR {}
    status = code
    HarnessSpawn.watch(0)
  }
}
