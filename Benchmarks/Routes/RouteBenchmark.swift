import ArbitraryPrecision
import Catalogue
import RigorousNumerics
import Systems

/// One value of a quantity by one of its routes, with the time that it takes: `routes-benchmark QUANTITY ROUTE name=value ...`;
/// with the route `none` the quantity is looked up alone, which is what every process does first.
///
/// Routes remember what was found before, so that each value wants a process of its own.
@main
enum RouteBenchmark {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard let name = words.first, let wanted = words.dropFirst().first else {
      throw BadInput("routes-benchmark QUANTITY ROUTE name=value ...")
    }
    let quantity = try Catalogue.builtIn.quantity(named: name)
    guard wanted != "none" else { return print("{}") }
    guard let route = quantity.routes.first(where: { $0.name == wanted }) else {
      let accepted = quantity.routes.map(\.name).joined(separator: ", ")
      throw BadInput("\(name) has no route '\(wanted)'; accepted: \(accepted)")
    }
    let given = words.dropFirst(2).map { word in
      let parts = word.split(separator: "=", maxSplits: 1)
      return (name: String(parts[0]), text: String(parts.last ?? ""))
    }
    let arguments = try Arguments(given, for: quantity)
    let clock = ContinuousClock()
    let start = clock.now
    let budget = Budget(seconds: 60)
    let value = try refine(to: .relative(digits: 30), within: budget) { try route.evaluate(arguments, $0, budget) }
    let seconds = (clock.now - start) / .seconds(1)
    guard let lower = value.lower, let upper = value.upper else { throw BadInput("\(name): no value") }
    print("{\"lower\": \"\(lower)\", \"upper\": \"\(upper)\", \"seconds\": \(seconds)}")
  }
}
