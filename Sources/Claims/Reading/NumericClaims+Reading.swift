import ArbitraryPrecision
import Catalogue
import Systems
import Expressions

extension YAMLMapping {
  /// The decimal of the key `printed`.
  mutating func printedDecimal() throws(BadInput) -> PrintedDecimal? {
    guard let text = try text("printed") else { return nil }
    guard let printed = PrintedDecimal(text) else {
      throw fault("printed", "'\(text)' is refused; accepted: a decimal as printed, such as 0.7246, -12 or 3.80e34")
    }
    for key in ["digits", "absolute"] where keys.contains(key) {
      throw fault(key, "the printed decimal says how many digits are claimed; accepted: 'printed' without '\(key)'")
    }
    return printed
  }

  /// A positive number of the key `absolute`.
  fileprivate mutating func absolute() throws(BadInput) -> Constant? {
    guard let text = try text("absolute") else { return nil }
    let value = try parsed("absolute", text) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard value.sign == 1 else { throw fault("absolute", "'\(text)' is refused; accepted: positive numbers") }
    return value
  }

  /// What a value claim says of the distance between quantity and formula.
  mutating func tolerance(_ printed: PrintedDecimal?) throws(BadInput) -> Tolerance {
    if let printed { return Tolerance(absolute: Constant(printed.halfUnit), printed: printed) }
    let absolute = try absolute()
    return Tolerance(
      digits: absolute == nil ? try requiredDigits() : try digits(), absolute: absolute,
      absoluteText: try text("absolute"))
  }

  /// The digits at which the comparison of a bound starts; they are no tolerance.
  mutating func bits() throws(BadInput) -> Tolerance { Tolerance(digits: try requiredDigits()) }
}

extension GridClaim {
  init(_ keys: inout YAMLMapping, tolerance: Tolerance) throws(BadInput) {
    quantity = try keys.requiredQuantity()
    self.tolerance = tolerance
    let quantity = quantity
    if let items = try keys.items("routes") {
      var routes: [Route] = []
      for item in items {
        guard let route = quantity.routes.first(where: { $0.name == item.text }) else {
          let accepted = quantity.routes.map(\.name).joined(separator: ", ")
          throw keys.fault(
            "routes", "unknown route '\(item.text)' of \(quantity.name); accepted: \(accepted)", line: item.line)
        }
        guard !routes.contains(where: { $0.name == item.text }) else {
          throw keys.fault("routes", "'\(item.text)' is listed twice; accepted: each route once", line: item.line)
        }
        routes.append(route)
      }
      guard !routes.isEmpty else { throw keys.fault("routes", "the list is empty; accepted: at least one route") }
      self.routes = routes
    } else {
      routes = [quantity.route]
    }
    let domain = try ClaimDomain(&keys, of: quantity)
    quick = try Grid(&keys, "quick", of: quantity, within: domain)
    full = try Grid(&keys, "full", of: quantity, within: domain, fallback: quick)
    if let name = try keys.text("kernel") {
      guard name == quantity.name, quantity.kernel != nil else {
        throw keys.fault("kernel", "'\(name)' is no kernel of \(quantity.name)")
      }
      guard let text = try keys.text("ulps") else { throw keys.fault("kernel", "the key 'ulps' is missing beside it") }
      let ulps = try keys.parsed("ulps", text) { text throws(ExpressionError) in try Constant(parsing: text) }
      guard let limit = ulps.rational, limit.signum > 0 else {
        throw keys.fault("ulps", "'\(text)' is refused; accepted: positive rational numbers")
      }
      kernelUlps = limit
    } else {
      guard try keys.text("ulps") == nil else { throw keys.fault("ulps", "the key 'kernel' is missing beside it") }
      kernelUlps = nil
    }
  }
}

extension ConstantClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    let name = try keys.requiredText("variable")
    let text = try keys.requiredText("maximise")
    let function = try keys.parsed("maximise", text) { text throws(ExpressionError) in try Expression(parsing: text) }
    guard case .quotient(let numerator, let divisor) = function.node, divisor == Expression(.variable(name)),
      numerator.variables == [name]
    else { throw keys.fault("maximise", "must be of the form FORMULA/\(name) with the variable \(name) alone") }
    variable = name
    self.numerator = numerator
    if let text = try keys.text("stationary") {
      let condition = try keys.parsed("stationary", text) { text throws(ExpressionError) in
        try Statement(parsing: text)
      }
      guard condition.relation == .equal,
        condition.left.variables.union(condition.right.variables).isSubset(of: [name])
      else { throw keys.fault("stationary", "must be an equation in \(name)") }
      stationary = condition
    } else {
      stationary = nil
    }
    quantity = try keys.quantity()
    if let quantity, !quantity.parameters.isEmpty {
      throw keys.fault("quantity", "must be one without parameters")
    }
    digits = try keys.requiredDigits()
    absolute = try keys.absolute()
  }
}

extension ExponentClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    quantity = try keys.requiredQuantity()
    let quantity = quantity
    parameter = try keys.number(of: quantity)
    let text = try keys.requiredText("tolerance")
    tolerance = try keys.parsed("tolerance", text) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard tolerance.sign == 1 else { throw keys.fault("tolerance", "'\(text)' is refused; accepted: positive numbers") }
    rest = try Grid(&keys, "for", of: quantity, without: parameter)
    guard let ladder = try keys.rising("ladder", of: parameter, beside: rest, of: quantity) else {
      throw keys.missing("ladder")
    }
    self.ladder = ladder
    fullLadder = try keys.rising("full-ladder", of: parameter, beside: rest, of: quantity) ?? ladder
    for (key, values) in [("ladder", ladder), ("full-ladder", fullLadder)] where values.count < 2 {
      throw keys.fault(key, "must list at least two values")
    }
  }
}

extension ThresholdClaim {
  init(_ keys: inout YAMLMapping) throws(BadInput) {
    quantity = try keys.requiredQuantity()
    let quantity = quantity
    parameter = try keys.number(of: quantity)
    let parameter = parameter
    guard quantity.parameters.contains(where: { $0.name == parameter && $0.kind != .integer }) else {
      throw keys.fault(
        "parameter", "'\(parameter)' takes integers alone, and nothing lies between; accepted: real parameters")
    }
    allowsJumps = try keys.allowsJumps()
    guard allowsJumps || quantity.parameters.contains(where: { $0.name == parameter && $0.isContinuous }) else {
      let known = quantity.parameters.filter(\.isContinuous).map(\.name)
      let accepted = known.isEmpty ? "" : "\(known.joined(separator: ", ")), or "
      throw keys.fault(
        "parameter",
        """
        \(quantity.name) is not known to be continuous in '\(parameter)', and may jump over the formula; accepted: \
        \(accepted)'jumps: allowed'
        """
      )
    }
    rest = try Grid(&keys, "for", of: quantity, without: parameter)
    // What crosses is then no longer the quantity as a function of one parameter.
    if let value = rest.formulas.first(where: { $0.value.variables.contains(parameter.inFormulas) })?.key {
      throw keys.fault("for", "'\(value)' stands on \(parameter), which varies; accepted: formulas in other parameters")
    }
    guard let between = try keys.rising("between", of: parameter, beside: rest, of: quantity) else {
      throw keys.missing("between")
    }
    self.between = between
    guard between.count == 2 else { throw keys.fault("between", "must list two values") }
  }
}

extension YAMLMapping {
  /// The name of a parameter that takes numbers.
  fileprivate mutating func number(of quantity: Quantity) throws(BadInput) -> String {
    let parameter = try requiredText("parameter")
    let known = quantity.parameters.filter { !$0.isChoice }.map(\.name)
    guard known.contains(parameter) else {
      throw fault(
        "parameter", "'\(parameter)' is no number of \(quantity.name); accepted: \(known.joined(separator: ", "))")
    }
    return parameter
  }

  /// Values of a parameter, each a good one at all points of the others, positive and rising.
  fileprivate mutating func rising(
    _ key: String, of parameter: String, beside rest: Grid, of quantity: Quantity
  ) throws(BadInput) -> [String]? {
    guard let items = try items(key) else { return nil }
    guard let kind = quantity.parameters.first(where: { $0.name == parameter }) else { return nil }
    var previous: Constant?
    for item in items {
      try requireValue(item.text, of: kind, under: key, line: item.line)
      let current = try parsed(key, item.text) { text throws(ExpressionError) in try Constant(parsing: text) }
      let rises =
        if let previous { try? Constant(current.expression - previous.expression).sign } else { Int?.some(1) }
      guard current.sign == 1, rises == 1 else {
        throw fault(key, "the values must be positive and rise", line: item.line)
      }
      previous = current
      try rest.check(
        with: [(name: parameter, text: item.text)], of: quantity, at: place(key, line: item.line))
    }
    return items.map(\.text)
  }

  fileprivate mutating func allowsJumps() throws(BadInput) -> Bool {
    guard let text = try text("jumps") else { return false }
    guard text == "allowed" else { throw fault("jumps", "'\(text)' is refused; accepted: allowed") }
    return true
  }
}
