import ArgumentParser
import Catalogue
import Foundation
import RigorousNumerics

/// The exit statuses that scripts rely on.
enum Status {
  static let unexpected = ExitCode(1)
  static let badInput = ExitCode(2)
  static let undecided = ExitCode(3)
}

extension ExitCode {
  /// Ends the command with this status, but for success.
  func exit() throws(ExitCode) { if self != .success { throw self } }
}

/// The program: every refusal is one line on standard error and status 2.
@main
enum EntryPoint {
  static func main() {
    Output.keepStandardDescriptors()
    do {
      try requireLimbForm()
      let arguments = Array(CommandLine.arguments.dropFirst())
      try requireSubcommand(arguments)
      try requireOptionsOnce(arguments)
      var command = try QBO.parseAsRoot(arguments)
      try command.run()
    } catch {
      exit(finish(error).rawValue)
    }
  }

  /// The environment may forbid wide registers, and has no word for another wish.
  private static func requireLimbForm() throws(BadInput) {
    let accepted = ["limbs", "doubles", "integers"]
    guard let form = ProcessInfo.processInfo.environment["QBO_LIMB_FORM"], !accepted.contains(form) else { return }
    throw BadInput("QBO_LIMB_FORM: '\(form.abridged)' is refused; accepted: \(accepted.joined(separator: ", "))")
  }

  private static let subcommands = QBO.configuration.subcommands.map { $0._commandName }

  /// The parser would print the help for a missing subcommand and name no alternatives for a wrong one.
  private static func requireSubcommand(_ arguments: [String]) throws(BadInput) {
    let accepted = "accepted: \(subcommands.joined(separator: ", ")), --help, --version"
    guard let first = arguments.first else { throw BadInput("the subcommand is missing; \(accepted)") }
    if subcommands.contains(first) { return }
    if first == "help" { return try requireTopic(Array(arguments.dropFirst())) }
    guard ["--help", "-h", "--version"].contains(first) else {
      throw BadInput("unknown subcommand '\(first.abridged)'; \(accepted)")
    }
    guard arguments.count == 1 else {
      throw BadInput("unexpected '\(arguments[1].abridged)' after \(first); accepted: nothing")
    }
  }

  /// The parser would show the help of the program for a wrong subcommand.
  private static func requireTopic(_ topics: [String]) throws(BadInput) {
    guard topics.count <= 1, topics.allSatisfy(subcommands.contains) else {
      throw BadInput(
        "no help on '\(topics.joined(separator: " ").abridged)'; accepted: \(subcommands.joined(separator: ", "))")
    }
  }

  /// The options that may be given several times.
  private static let repeatable: Set<Substring> = ["--model"]

  /// The parser would let the last of repeated options win.
  private static func requireOptionsOnce(_ arguments: [String]) throws(BadInput) {
    var seen: Set<Substring> = []
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let name = argument.prefix { $0 != "=" }
      guard seen.insert(name).inserted || repeatable.contains(name) else {
        throw BadInput("\(name) is given twice; accepted: once")
      }
    }
  }

  private static func finish(_ error: any Error) -> ExitCode {
    if let code = error as? ExitCode { return code }
    if let bad = error as? BadInput {
      Output.complain(bad.message)
      return Status.badInput
    }
    // What a command cannot do its work without was not decided within the caps.
    if let reason = (error as? Undecided)?.reason ?? (error as? Unanswered)?.reason {
      Output.complain("undecided: \(reason)")
      return Status.undecided
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
    return text.replacing("Usage: ", with: "").split(whereSeparator: \.isNewline)
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
      .filter { $0.hasPrefix("qbo") }.joined(separator: " or ")
  }
}
