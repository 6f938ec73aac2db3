import ArgumentParser
import Catalogue
import Reporting
import RigorousNumerics
import Systems

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Holds the double-precision kernels against certified values.",
    usage: "qbo audit [KERNEL-PREFIX ...] [--model FILE ...] [--full] [--format text|json]")

  @Argument(help: "Only kernels whose names start with one of these.")
  var prefixes: [String] = []

  @OptionGroup var models: ModelOptions

  @Flag(help: "More inputs.")
  var full = false

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let entered = try models.read()
    let all = try models.catalogue(entered).quantities.filter { $0.kernel != nil }
    for prefix in prefixes where !all.contains(where: { $0.name.hasPrefix(prefix) }) {
      let names = all.map(\.name).joined(separator: ", ")
      throw BadInput("no kernel has a name that starts with '\(prefix)'; accepted: prefixes of \(names)")
    }
    if prefixes.isEmpty, !entered.isEmpty {
      let names = entered.map { "'\($0.name)'" }.joined(separator: ", ")
      throw BadInput(
        "--model: no quantity of \(names) has a double-precision kernel, so that nothing is to be audited; accepted: "
          + "beginnings of names of built-in kernels")
    }
    let selected = prefixes.isEmpty ? all : all.filter { kernel in prefixes.contains { kernel.name.hasPrefix($0) } }
    let audits = SoFar<KernelAudit>()
    Interruption.watch { AuditReport(audits: audits.all).printed(as: format) }
    for quantity in selected {
      Output.progress("auditing \(quantity.name)")
      if let audit = try quantity.audit(full: full, within: Budget(seconds: 3600)) { audits.add(audit) }
    }
    Output.progress("")
    let report = AuditReport(audits: audits.all)
    Interruption.end()
    Output.write(report.printed(as: format))
    if !report.held { throw Status.unexpected }
  }
}
