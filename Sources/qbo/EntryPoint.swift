import ArgumentParser
import BatteryModels
import Foundation

/// The exit statuses that scripts rely on.
enum Status {
  static let unexpected = ExitCode(1)
  static let badInput = ExitCode(2)
  static let undecided = ExitCode(3)
}

/// The program: every refusal is one line on standard error and status 2.
@main
enum EntryPoint {
  static func main() {
    do {
      var command = try QBO.parseAsRoot()
      try command.run()
    } catch {
      exit(finish(error).rawValue)
    }
  }

  private static func finish(_ error: any Error) -> ExitCode {
    if let code = error as? ExitCode { return code }
    if let bad = error as? BadInput {
      Output.complain(bad.message)
      return Status.badInput
    }
    if QBO.exitCode(for: error).isSuccess {
      Output.write(QBO.fullMessage(for: error) + "\n")
      return .success
    }
    Output.complain("\(QBO.message(for: error)); accepted: \(usage)")
    return Status.badInput
  }

  /// The usage of the subcommand that was called, in one line.
  private static var usage: String {
    let name = CommandLine.arguments.dropFirst().first
    let command = QBO.configuration.subcommands.first { $0._commandName == name }
    let text = command.map { QBO.usageString(for: $0) } ?? QBO.usageString()
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing("Usage: ", with: "")
  }
}

/// Standard output and standard error, unbuffered.
enum Output {
  static func write(_ text: String) {
    FileHandle.standardOutput.write(Data(text.utf8))
  }

  /// One line on standard error.
  static func complain(_ message: String) {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: "; ")
    FileHandle.standardError.write(Data("qbo: \(line)\n".utf8))
  }

  /// Replaces the progress line, if standard error and standard output are terminals.
  static func progress(_ text: String) {
    guard isatty(STDERR_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { return }
    FileHandle.standardError.write(Data("\r\u{1b}[K\(text)".utf8))
  }
}
