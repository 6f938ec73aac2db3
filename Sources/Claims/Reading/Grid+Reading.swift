import ArbitraryPrecision
import BatteryModels
import Expressions
import Yams

extension String {
  /// A parameter's name in formulas, where a hyphen would be a minus sign.
  var inFormulas: String { String(map { $0 == "-" ? "_" : $0 }) }
}

/// The parameters for which a claim is made: what its grids must lie in.
struct ClaimDomain {
  /// The values of one parameter.
  enum Extent {
    case all
    case list(ListedValues)
    case integers(ClosedRange<Int>)
    case box(Constant, Constant)
  }

  /// The values of a list, read once.
  struct ListedValues {
    let texts: Set<String>
    let rationals: Set<Rational>
    let others: [Constant]

    init(_ texts: [String]) {
      let constants = texts.compactMap { try? Constant(parsing: $0) }
      self.texts = Set(texts)
      rationals = Set(constants.compactMap(\.rational))
      others = constants.filter { $0.rational == nil }
    }
  }

  private var extents: [String: Extent] = [:]

  init(_ keys: inout YAMLMapping, of quantity: Quantity) throws(BadInput) {
    guard let node = keys.node("for") else { return }
    if case .scalar(let scalar) = node, scalar.string == "all" { return }
    guard var mapping = try keys.mapping("for") else { return }
    for name in mapping.keys {
      guard quantity.parameters.contains(where: { $0.name == name }) else {
        let known = quantity.parameters.map(\.name).joined(separator: ", ")
        throw mapping.fault(name, "\(quantity.name) has no such parameter; accepted: \(known)")
      }
      extents[name] = try ClaimDomain.extent(&mapping, name)
    }
  }

  private static func extent(_ keys: inout YAMLMapping, _ name: String) throws(BadInput) -> Extent {
    guard case .scalar(let scalar)? = keys.node(name) else { return .list(ListedValues(try keys.list(name) ?? [])) }
    if scalar.string == "all" { return .all }
    if let range = Grid.range(scalar.string) { return .integers(range) }
    let words = scalar.string.split(separator: " ")
    if words.count == 4, words[0] == "between", words[2] == "and" {
      let low = try keys.parsed(name, String(words[1])) { text throws(ExpressionError) in try Constant(parsing: text) }
      let high = try keys.parsed(name, String(words[3])) { text throws(ExpressionError) in try Constant(parsing: text) }
      return .box(low, high)
    }
    throw keys.fault(name, "'\(scalar.string)' is refused; accepted: all, a list, 'a ... b', 'between a and b'")
  }

  /// Whether a value given as text lies in the extent of a parameter; nil when undecided.
  func contains(_ text: String, of parameter: Parameter) -> Bool? {
    guard let extent = extents[parameter.name] else { return true }
    if case .all = extent { return true }
    if case .list(let list) = extent, list.texts.contains(text) { return true }
    guard let value = try? Constant(parsing: text) else { return false }
    func sign(_ a: Constant, minus b: Constant) -> Int? { (try? Constant(a.expression - b.expression))?.sign }
    switch extent {
    case .all: return true
    case .list(let list):
      if let rational = value.rational { return list.rationals.contains(rational) }
      return list.others.contains { sign($0, minus: value) == 0 }
    case .integers(let range):
      guard case .integer(let integer) = value.integrality, let word = Int(exactly: integer) else { return false }
      return range.contains(word)
    case .box(let low, let high):
      guard let below = sign(value, minus: low), let above = sign(high, minus: value) else { return nil }
      return below >= 0 && above >= 0
    }
  }
}

extension Grid {
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
    guard keys.keys.contains(key) else {
      if let fallback {
        _ = keys.node(key)
        self = fallback
        return
      }
      guard parameters.allSatisfy({ $0.defaultText != nil }) else {
        throw keys.missing(key)
      }
      _ = keys.node(key)
      axes = parameters.map { ($0.name, [$0.defaultText ?? ""]) }
      return
    }
    guard var mapping = try keys.mapping(key) else {
      throw keys.fault(key, "must be a mapping of parameters to values")
    }
    try mapping.requireKeys(among: parameters.map(\.name))
    var axes: [(name: String, values: [String])] = []
    var formulas: [String: Expression] = [:]
    var dependent: Set<String> = []
    for parameter in parameters {
      let name = parameter.name
      guard mapping.node(name) != nil else {
        guard let text = parameter.defaultText else {
          throw keys.fault(key, "the parameter \(name) is missing; accepted: a list of its values")
        }
        axes.append((name, [text]))
        continue
      }
      let values = try Grid.values(&mapping, name)
      for value in values {
        if let formula = try Grid.formula(value, of: parameter, among: quantity, mapping) {
          formulas[value] = formula
          continue
        }
        do { try parameter.check(value) } catch { throw mapping.fault(name, "\(error)") }
        if let domain, domain.contains(value, of: parameter) != true {
          throw mapping.fault(
            name, "the value \(value) is outside what 'for' states, or undecided; accepted: values inside")
        }
      }
      axes.append((name, values))
    }
    let size = axes.reduce(1.0) { $0 * Double($1.values.count) }
    guard size <= Double(Grid.greatestSize) else {
      throw keys.fault(key, "the grid has \(size) points; accepted: at most \(Grid.greatestSize)")
    }
    for (name, values) in axes where values.contains(where: { formulas[$0] != nil }) {
      dependent.insert(name.inFormulas)
    }
    for (value, formula) in formulas where !formula.variables.isDisjoint(with: dependent) {
      throw keys.fault(key, "'\(value)' stands on a parameter that is a formula itself; accepted: others")
    }
    (self.axes, self.formulas) = (axes, formulas)
    // The value of the parameter that is left out here is known to the reader of the claim alone.
    guard skipped == nil, !formulas.isEmpty || quantity.hasConstraint else { return }
    for index in 0..<count {
      let point = point(index)
      do { _ = try Arguments(point, for: quantity) } catch { throw keys.fault(key, "\(error)") }
      guard let domain else { continue }
      for (parameter, entry) in zip(parameters, point) where domain.contains(entry.text, of: parameter) != true {
        throw keys.fault(
          key, "the value \(entry.text) is outside what 'for' states, or undecided; accepted: values inside")
      }
    }
  }

  /// The formula of a value in which other parameters stand; nil for other values.
  private static func formula(
    _ value: String, of parameter: Parameter, among quantity: Quantity, _ keys: YAMLMapping
  ) throws(BadInput) -> Expression? {
    guard !parameter.isChoice, let formula = try? Expression(parsing: value), !formula.variables.isEmpty else {
      return nil
    }
    let known = quantity.parameters.filter { !$0.isChoice && $0.name != parameter.name }.map(\.name.inFormulas)
    if let unknown = formula.variables.subtracting(known).sorted().first {
      let accepted = known.isEmpty ? "none" : known.joined(separator: ", ")
      throw keys.fault(parameter.name, "unknown name '\(unknown)' in '\(value)'; accepted: \(accepted)")
    }
    return formula
  }

  private static func values(_ keys: inout YAMLMapping, _ name: String) throws(BadInput) -> [String] {
    if case .scalar(let scalar)? = keys.node(name) {
      guard let range = range(scalar.string), range.count <= greatestSize else {
        throw keys.fault(
          name,
          "'\(scalar.string)' is refused; accepted: a list, or at most \(greatestSize) integers 'a ... b', with spaces")
      }
      return range.map { "\($0)" }
    }
    let values = try keys.list(name) ?? []
    guard !values.isEmpty else { throw keys.fault(name, "the list is empty; accepted: at least one value") }
    return values
  }
}
