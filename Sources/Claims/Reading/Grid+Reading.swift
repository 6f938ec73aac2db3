import Catalogue
import Expressions
import YAMLText

extension Grid {
  /// The points at which the parameters together are checked while a claim is read; those of larger grids are checked
  /// when the run comes to them.
  static let pointsCheckedAtOnce = 4096

  /// `a ... b` as a range of integers.
  static func range(_ text: String) -> ClosedRange<Int>? {
    let words = text.split(separator: " ")
    guard words.count == 3, words[1] == "...", let low = Int(words[0]), let high = Int(words[2]), low <= high,
      !high.subtractingReportingOverflow(low).overflow, high - low < Int.max
    else { return nil }
    return low...high
  }

  /// The grid of a key, every value checked against the parameter and the claim's domain.
  ///
  /// - Parameters:
  ///   - skipped: a parameter that must not be listed.
  ///   - fallback: the grid when the key is missing; without one it is required, unless no parameter needs a value.
  init(
    _ keys: inout YAMLMapping, _ key: String, of quantity: Quantity, within domain: ClaimDomain? = nil,
    without skipped: String? = nil, fallback: Grid? = nil
  ) throws(BadInput) {
    let parameters = quantity.parameters.filter { $0.name != skipped }
    guard keys.has(key) else {
      if let fallback {
        _ = keys.entry(key)
        self = fallback
        return
      }
      guard parameters.allSatisfy({ $0.defaultText != nil }) else {
        throw keys.missing(key)
      }
      _ = keys.entry(key)
      axes = parameters.map { ($0.name, .list([$0.defaultText ?? ""])) }
      place = keys.place("statement")
      if skipped == nil, quantity.hasConstraint { try check(of: quantity) }
      return
    }
    guard var mapping = try keys.mapping(key) else {
      throw keys.fault(key, "must be a mapping of parameters to values")
    }
    try mapping.requireKeys(among: parameters.map(\.name))
    var axes: [(name: String, values: Values)] = []
    var formulas: [String: Expression] = [:]
    for parameter in parameters {
      let name = parameter.name
      guard mapping.entry(name) != nil else {
        guard let text = parameter.defaultText else {
          throw keys.fault(key, "the parameter \(name) is missing; accepted: a list of its values")
        }
        axes.append((name, .list([text])))
        continue
      }
      axes.append((name, try Grid.values(&mapping, parameter, of: quantity, within: domain, &formulas)))
    }
    let size = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard size <= Double(Grid.greatestSize) else {
      throw keys.fault(key, "the grid has \(size) points; accepted: at most \(Grid.greatestSize)")
    }
    var dependent: Set<String> = []
    for case (let name, .list(let texts)) in axes where texts.contains(where: { formulas[$0] != nil }) {
      dependent.insert(name.inFormulas)
    }
    for (value, formula) in formulas.sorted(by: { $0.key < $1.key })
    where !formula.variables.isDisjoint(with: dependent) {
      throw keys.fault(key, "'\(value)' stands on a parameter that is a formula itself; accepted: others")
    }
    (self.axes, self.formulas, self.domain) = (axes, formulas, domain)
    place = keys.place(key)
    // The value of the parameter that is left out here is known to the reader of the claim alone.
    guard skipped == nil, !formulas.isEmpty || quantity.hasConstraint else { return }
    try check(of: quantity)
  }

  /// Checks the parameters together, at the first points.
  ///
  /// - Parameter more: refuses parameters for another reason.
  func check(
    with others: [(name: String, text: String)] = [], of quantity: Quantity, at place: String? = nil,
    _ more: (Arguments) throws -> Void = { _ in }
  ) throws(BadInput) {
    for index in 0..<min(count, Grid.pointsCheckedAtOnce) {
      let arguments: Arguments
      do { arguments = try self.arguments(index, with: others, of: quantity, at: place) } catch let refusal as BadInput
      {
        throw refusal
      } catch {
        throw BadInput("\(place ?? self.place): \(error)")
      }
      do { try more(arguments) } catch { throw BadInput("\(place ?? self.place): \(error)") }
    }
  }

  /// The formula of a value in which other parameters stand; nil for other values.
  private static func formula(
    _ item: YAMLMapping.Item, of parameter: Parameter, among quantity: Quantity, _ keys: YAMLMapping
  ) throws(BadInput) -> Expression? {
    guard parameter.isNumber, let formula = try? Expression(parsing: item.text), !formula.variables.isEmpty else {
      return nil
    }
    let known = quantity.parameters.filter { $0.isNumber && $0.name != parameter.name }.map(\.name.inFormulas)
    if let unknown = formula.variables.subtracting(known).sorted().first {
      let accepted = known.isEmpty ? "none" : known.joined(separator: ", ")
      throw keys.fault(
        parameter.name, "unknown name '\(unknown)' in '\(item.text)'; accepted: \(accepted)", line: item.line)
    }
    return formula
  }

  private static func values(
    _ keys: inout YAMLMapping, _ parameter: Parameter, of quantity: Quantity, within domain: ClaimDomain?,
    _ formulas: inout [String: Expression]
  ) throws(BadInput) -> Values {
    let name = parameter.name
    guard case .text(let text)? = keys.entry(name)?.content else {
      return .list(try list(&keys, parameter, of: quantity, within: domain, &formulas))
    }
    guard let range = range(text), range.count <= greatestSize else {
      throw keys.fault(
        name,
        "'\(text)' is refused; accepted: a list, or at most \(greatestSize) integers 'a ... b', with spaces")
    }
    try keys.requireEnds(range, of: parameter)
    if let text = domain?.firstOutside(range, of: parameter) { throw keys.fault(name, ClaimDomain.outside(text)) }
    return .integers(range)
  }

  private static func list(
    _ keys: inout YAMLMapping, _ parameter: Parameter, of quantity: Quantity, within domain: ClaimDomain?,
    _ formulas: inout [String: Expression]
  ) throws(BadInput) -> [String] {
    let name = parameter.name
    let items = try keys.items(name) ?? []
    guard !items.isEmpty else { throw keys.fault(name, "the list is empty; accepted: at least one value") }
    var (plain, seen): ([YAMLMapping.Item], Set<String>) = ([], [])
    for item in items {
      guard let formula = try formula(item, of: parameter, among: quantity, keys) else {
        plain.append(item)
        continue
      }
      guard seen.insert(item.text).inserted else { throw ListedValues.twice(item, parameter, keys) }
      formulas[item.text] = formula
    }
    if !plain.isEmpty { _ = try ListedValues(plain, of: parameter, keys) }
    for item in plain where domain?.contains(item.text, of: parameter) ?? true != true {
      throw keys.fault(name, ClaimDomain.outside(item.text), line: item.line)
    }
    return items.map(\.text)
  }
}
