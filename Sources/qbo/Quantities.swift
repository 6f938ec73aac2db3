import ArgumentParser
import Catalogue
import Reporting
import Systems

struct Quantities: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the quantities with their parameters.",
    usage: "qbo quantities [PREFIX ...] [--model FILE ...] [--format text|json]")

  @Argument(help: "Only quantities whose names start with one of these.")
  var prefixes: [String] = []

  @OptionGroup var models: ModelOptions

  @OptionGroup var output: FormatOptions

  func run() throws {
    let format = try output.format()
    let entered = try models.read()
    // Without a beginning of names the files alone: what is built in needs no file to be listed.
    let all = try models.catalogue(entered).quantities
    for prefix in prefixes where !all.contains(where: { $0.name.hasPrefix(prefix) }) {
      throw BadInput(
        "no quantity has a name that starts with '\(prefix.abridged)'; accepted: beginnings of names that "
          + "'qbo quantities' lists")
    }
    let own = entered.isEmpty ? all : all.filter { one in entered.contains { one.name.hasPrefix($0.name + ".") } }
    let selected = prefixes.isEmpty ? own : all.filter { one in prefixes.contains { one.name.hasPrefix($0) } }
    Output.write(QuantitiesReport(quantities: selected).printed(as: format))
  }
}
