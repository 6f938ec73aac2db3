import ArgumentParser
import Catalogue
import Reporting
import Systems

struct Quantities: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the quantities with their parameters.", usage: "qbo quantities [--format text|json]")

  @OptionGroup var output: FormatOptions

  func run() throws {
    let report = QuantitiesReport(quantities: Catalogue.builtIn.quantities)
    Output.write(report.printed(as: try output.format()))
  }
}
