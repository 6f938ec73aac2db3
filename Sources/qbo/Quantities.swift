import ArgumentParser
import Catalogue
import Systems
import Reporting

struct Quantities: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the quantities with their parameters.", usage: "qbo quantities [--format text|json]")

  @OptionGroup var output: FormatOptions

  func run() throws {
    let report = QuantitiesReport(quantities: Catalogue.builtIn.quantities)
    Output.write(try output.format() == .json ? "\(report.json)\n" : report.text)
  }
}
