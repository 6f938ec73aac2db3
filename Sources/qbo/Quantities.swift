import ArgumentParser
import BatteryModels
import Reporting

struct Quantities: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the quantities with their parameters.", usage: "qbo quantities [--format text|json]")

  @OptionGroup var output: FormatOptions

  func run() throws {
    let report = QuantitiesReport(quantities: Catalogue.quantities)
    Output.write(report.printed(as: try output.format()))
  }
}
