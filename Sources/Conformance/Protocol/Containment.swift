import Catalogue

/// How much a harness may use, and for how long it is waited for.
public struct Containment: Sendable {
  /// Seconds a case.
  public let caseSeconds: Double
  /// Mebibytes of address space of each of its processes.
  public let megabytes: Int

  /// Further seconds for the start, when libraries are loaded.
  let startSeconds: Double
  /// Seconds for the end.
  static let stopSeconds = 5.0
  /// The most bytes of an answer.
  static let answerBytes = 1 << 20
  /// The most bytes on standard error between two answers.
  static let errorBytes = 1 << 24
  /// The bytes of standard error that are kept for messages.
  static let keptErrorBytes = 2000
  /// The restarts without a good answer after which a run is given up.
  static let restarts = 3

  /// The standard caps, or others.
  public init(caseSeconds: Double = 30, megabytes: Int = 2048) {
    self.init(caseSeconds: caseSeconds, megabytes: megabytes, startSeconds: 10)
  }

  init(caseSeconds: Double, megabytes: Int, startSeconds: Double) {
    (self.caseSeconds, self.megabytes, self.startSeconds) = (caseSeconds, megabytes, startSeconds)
  }
}

/// Why a harness gave no answer.
enum HarnessFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The system could not start a process.
  case notStarted(String)
  /// No line within the time.
  case timeout(Double)
  /// It ended, with what it ended by.
  case ended(String)
  /// It closed its standard output, and lives on.
  case closed
  /// A line without an end.
  case flood
  /// Too much on standard error.
  case errorFlood
  /// A line that is no answer.
  case malformed(String)
  /// More than one line for a question.
  case surplus
  /// An answer to another question.
  case outOfOrder(String)

  var description: String {
    switch self {
    case .notStarted(let reason): "the harness could not be started: \(reason)"
    case .timeout(let seconds):
      "no answer within \(seconds) seconds; the harness was killed (is its output flushed after every line?)"
    case .ended(let how): "the harness \(how)"
    case .closed: "the harness closed its standard output and was killed"
    case .flood: "an answer is longer than \(Containment.answerBytes) bytes; the harness was killed"
    case .errorFlood: "more than \(Containment.errorBytes) bytes on standard error; the harness was killed"
    case .malformed(let what): "the answer is malformed: \(what); the harness was killed"
    case .surplus: "the harness wrote more than its answer and was killed"
    case .outOfOrder(let what): "an answer out of order: \(what); the harness was killed"
    }
  }
}

/// A fault with the end of what the harness wrote on its standard error.
struct HarnessFailure: Error, CustomStringConvertible {
  let fault: HarnessFault
  let standardError: String

  var description: String { standardError.isEmpty ? "\(fault)" : "\(fault); standard error: \(standardError)" }
}
