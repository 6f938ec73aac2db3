import Catalogue
import Expressions

/// Lists of values for each parameter; the points are all combinations. A value may be a formula in other parameters,
/// `N^2`.
struct Grid: Sendable {
  /// The values of one parameter.
  enum Values: Sendable {
    case list([String])
    case integers(ClosedRange<Int>)

    var count: Int {
      switch self {
      case .list(let texts): texts.count
      case .integers(let range): range.count
      }
    }

    subscript(_ index: Int) -> String {
      switch self {
      case .list(let texts): texts[index]
      case .integers(let range): "\(range.lowerBound + index)"
      }
    }

    /// The values in words.
    var shown: String {
      switch self {
      case .list(let texts): texts.joined(separator: ", ")
      case .integers(let range): "\(range.lowerBound) ... \(range.upperBound)"
      }
    }
  }

  /// The parameters in the quantity's order.
  let axes: [(name: String, values: Values)]
  /// The values that are formulas in other parameters.
  var formulas: [String: Expression] = [:]
  /// What the values of formulas must lie in.
  var domain: ClaimDomain?
  /// Where it stands, for messages about single points.
  var place = ""

  static let greatestSize = 1_000_000

  /// The number of combinations.
  var count: Int { axes.reduce(1) { $0 * $1.values.count } }

  /// The combination of an index, the last parameter running fastest, with the parameters that are given besides;
  /// formulas are replaced by constants in which the values of the others stand.
  func point(_ index: Int, with others: [(name: String, text: String)] = []) -> [(name: String, text: String)] {
    var rest = index
    let reversed = axes.reversed().map { axis in
      defer { rest /= axis.values.count }
      return (name: axis.name, text: axis.values[rest % axis.values.count])
    }
    let point = reversed.reversed() + others
    if formulas.isEmpty { return point }
    let values = point.reduce(into: [String: Expression]()) { result, entry in
      if formulas[entry.text] == nil { result[entry.name.inFormulas] = try? Expression(parsing: entry.text) }
    }
    return point.map { entry in
      (name: entry.name, text: formulas[entry.text].map { "\($0.substituting(values))" } ?? entry.text)
    }
  }

  /// The parameters at a point; a refusal names the place of the grid, or another one.
  ///
  /// - Throws: `BadInput` with the place for values that are refused together, or that a formula has outside the
  ///   claim's domain; `Undecided`.
  func arguments(
    _ index: Int, with others: [(name: String, text: String)] = [], of quantity: Quantity, at place: String? = nil
  ) throws -> Arguments {
    let place = place ?? self.place
    let point = point(index, with: others)
    let arguments: Arguments
    do { arguments = try Arguments(point, for: quantity) } catch let refusal as BadInput {
      throw BadInput("\(place): \(refusal.message)")
    }
    guard let domain, !formulas.isEmpty else { return arguments }
    for parameter in quantity.parameters {
      guard let text = point.first(where: { $0.name == parameter.name })?.text else { continue }
      guard domain.contains(text, of: parameter) == true else {
        throw BadInput("\(place): \(ClaimDomain.outside(text))")
      }
    }
    return arguments
  }
}

extension String {
  /// A parameter's name in formulas, where a hyphen would be a minus sign.
  var inFormulas: String { String(map { $0 == "-" ? "_" : $0 }) }
}
