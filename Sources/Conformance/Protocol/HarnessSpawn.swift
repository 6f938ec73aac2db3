import Foundation
import Synchronization

/// The three pipes of a harness; the ends here are closed in every process that is started.
final class HarnessPipes {
  let input: Int32
  let output: Int32
  let error: Int32
  let otherEnds: [Int32]

  init() throws(HarnessFault) {
    var ends: [[Int32]] = []
    for _ in 0..<3 {
      var pair: [Int32] = [-1, -1]
      guard pipe(&pair) == 0 else {
        for end in ends.joined() { _ = Foundation.close(end) }
        throw .notStarted(String(cString: strerror(errno)))
      }
      for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      ends.append(pair)
    }
    (input, output, error) = (ends[0][1], ends[1][0], ends[2][0])
    otherEnds = [ends[0][0], ends[1][1], ends[2][1]]
    for end in [input, output, error] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  func closeOtherEnds() {
    for end in otherEnds { _ = Foundation.close(end) }
  }

  func close() {
    for end in [input, output, error] { _ = Foundation.close(end) }
  }
}

/// Processes in groups of their own.
enum HarnessSpawn {
  /// The group that a signal to this program ends as well; 0 for none.
  private static let watched = Atomic<pid_t>(0)

  /// Starts the shell with a command in a new process group.
  ///
  /// The cap is that of the shell's `ulimit -v`, where the system has it: it holds for each process of the group.
  static func start(_ command: String, kilobytes: Int, _ pipes: HarnessPipes) throws(HarnessFault) -> pid_t {
    #if canImport(Darwin)
      var (actions, attributes): (posix_spawn_file_actions_t?, posix_spawnattr_t?) = (nil, nil)
    #else
      var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for (target, end) in pipes.otherEnds.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, end, Int32(target))
    }
    // A signal that is ignored here would be ignored there.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigaddset(&signals, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let words = ["/bin/sh", "-c", "ulimit -v \(kilobytes) 2>/dev/null\n\(command)"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    arguments.append(nil)
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments, environ)
    guard code == 0 else {
      pipes.closeOtherEnds()
      throw .notStarted(String(cString: strerror(code)))
    }
    return pid
  }

  /// Kills all processes of a group.
  static func killGroup(_ pid: pid_t) -> Int32 { pid > 1 ? kill(-pid, SIGKILL) : 0 }

  /// Names the group that ends with this program when a terminal or another program ends it.
  static func watch(_ pid: pid_t) { watched.store(pid, ordering: .sequentiallyConsistent) }

  /// Prepares this program: a closed pipe is an error and no end, and an end by a signal ends the harness as well. A
  /// signal that is ignored stays so.
  static func prepare() {
    signal(SIGPIPE, SIG_IGN)
    // Where it is ignored, the system forgets what a process ended by.
    signal(SIGCHLD, SIG_DFL)
    watch(0)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let old = signal(number, SIG_IGN)
      if unsafeBitCast(old, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      signal(number) { number in
        _ = HarnessSpawn.killGroup(HarnessSpawn.watched.load(ordering: .sequentiallyConsistent))
        _exit(128 + number)
      }
    }
  }

  /// What a process ended by.
  static func words(_ status: Int32) -> String {
    let number = status & 0x7f
    return number == 0 ? "ended with status \((status >> 8) & 0xff)" : "was ended by signal \(number)"
  }
}
