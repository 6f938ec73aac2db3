import ArgumentParser
import Catalogue
import Reporting
import RigorousNumerics
import Systems

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Holds the double-precision kernels against certified values.",
    usage: "qbo audit [KERNEL-PREFIX ...] [--model FILE ...] [--full] [--format text|json] [--jobs J]")

  @Argument(help: "Only kernels whose names start with one of these.")
  var prefixes: [String] = []

  @OptionGroup var models: ModelOptions

  @Flag(help: "More inputs.")
  var full = false

  @OptionGroup var output: FormatOptions

  @OptionGroup var jobs: JobsOptions

  func run() throws {
    let format = try output.format()
    let jobs = try jobs.count()
    let entered = try models.read()
    let everything = try models.catalogue(entered).quantities
    let all = everything.filter { $0.kernel != nil }
    for prefix in prefixes where !all.contains(where: { $0.name.hasPrefix(prefix) }) {
      let names = all.map(\.name).joined(separator: ", ")
      if let known = everything.first(where: { $0.name == prefix }) {
        throw BadInput("\(known.name) has no double-precision kernel; accepted: prefixes of \(names)")
      }
      throw BadInput("no kernel has a name that starts with '\(prefix.abridged)'; accepted: prefixes of \(names)")
    }
    // Without a beginning of names the files alone: what is built in needs no file to be audited.
    let isMeant = { (quantity: Quantity) -> Bool in
      prefixes.isEmpty
        ? entered.isEmpty || entered.contains { quantity.name.hasPrefix($0.name + ".") }
        : prefixes.contains { quantity.name.hasPrefix($0) }
    }
    let selected = all.filter(isMeant)
    let without = entered.isEmpty ? [] : everything.filter { $0.kernel == nil && isMeant($0) }.map(\.name)
    guard !selected.isEmpty else {
      throw BadInput(
        "--model: none of \(without.joined(separator: ", ")) has a double-precision kernel; accepted: models with "
          + "figures of the state at one time")
    }
    let audits = SoFar<KernelAudit>()
    Interruption.watch { AuditReport(audits: audits.all, without: without).printed(as: format) }
    let isFull = full
    try Jobs.run(
      selected, jobs: jobs, started: { Output.progress("auditing \(selected[$0].name)") },
      { try $0.audit(full: isFull, within: Budget(seconds: 3600)) }, each: { if let audit = $0 { audits.add(audit) } })
    Output.progress("")
    let report = AuditReport(audits: audits.all, without: without)
    Interruption.end()
    Output.write(report.printed(as: format))
    if !report.held { throw Status.unexpected }
  }
}
