import Foundation
import JSON
import Synchronization

/// Standard output and standard error, unbuffered: the one door for all that is printed.
///
/// Text shows hidden characters escaped, whatever file or argument they came from; JSON has escaped them as JSON does
/// before.
enum Output {
  /// Held while something is written, so that an interrupt comes between whole lines.
  private static let isBusy = Mutex(())

  /// Keeps the numbers of the standard streams from files that are opened later, where the program was started without
  /// a stream: reading or writing such a one fails.
  static func keepStandardDescriptors() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      // The lowest free number is taken, so it is this one; opened the other way round.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  private static func put(_ text: String) -> Bool {
    (try? FileHandle.standardOutput.write(contentsOf: Data(text.visibleLines.utf8))) != nil
  }

  private static func putComplaint(_ message: String) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: "; ").visible
    // Nothing is left to do when even standard error is closed.
    try? FileHandle.standardError.write(contentsOf: Data("qbo: \(line)\n".utf8))
  }

  /// Writes lines to standard output.
  static func write(_ text: String) {
    if !isBusy.withLock({ _ in put(text) }) {
      complain("cannot write to standard output; accepted: an open output with space left")
      exit(Status.badInput.rawValue)
    }
  }

  /// One line on standard error.
  static func complain(_ message: String) {
    isBusy.withLock { _ in putComplaint(message) }
  }

  /// Writes lines and a complaint and ends the program, with nothing written in between or after.
  static func end(_ text: String, complaint: String, status: Int32) {
    progress("")
    isBusy.withLock { _ in
      _ = put(text)
      putComplaint(complaint)
      exit(status)
    }
  }

  /// Replaces the progress line, if standard error and standard output are terminals.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return }
    try? FileHandle.standardError.write(contentsOf: Data("\r\u{1b}[K\(text.visible)".utf8))
  }
}

/// What an interrupt from the keyboard does: what is done is shown in whole lines, and the status is 130.
enum Interruption {
  private static let status: Int32 = 130
  private static let done = Mutex<@Sendable () -> String>({ "" })

  /// From now on an interrupt writes what is done and ends the program; a second one ends it at once.
  static func watch(_ done: @escaping @Sendable () -> String) {
    Interruption.done.withLock { $0 = done }
    // The default action would end the program before the source hears of the signal.
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global(qos: .userInitiated))
    source.setEventHandler {
      signal(SIGINT, SIG_DFL)
      Output.end(Interruption.done.withLock { $0 }(), complaint: "interrupted", status: status)
    }
    source.activate()
    // Held for good by its own handler.
    _ = Unmanaged.passRetained(source as AnyObject)
  }

  /// From now on an interrupt has nothing to show: all of it is written elsewhere.
  static func end() { done.withLock { $0 = { "" } } }
}

/// What is done so far, to be read by an interrupt.
final class SoFar<Item: Sendable>: Sendable {
  private let items = Mutex<[Item]>([])

  var all: [Item] { items.withLock { $0 } }

  func add(_ item: Item) { items.withLock { $0.append(item) } }
}
