import ArbitraryPrecision
import Catalogue
import Expressions

extension GridComparison {
  /// The keys of the kinds `value` and `bound`.
  ///
  /// - Parameters:
  ///   - relations: those that the kind accepts, `accepted` in words.
  init(
    _ claim: inout ClaimReader, _ statement: Statement, _ names: inout QuantityNames, tolerance: Tolerance,
    of kind: any ClaimKind.Type, relations: [Statement.Relation], accepted: String
  ) throws(BadInput) {
    let subject = try names.subject(of: statement, &claim)
    let quantity = subject.quantity
    self.quantity = quantity
    self.tolerance = tolerance
    // Routes that are named are run, and no others.
    checks = claim.keys.keys.contains("routes") ? [] : quantity.routes.filter(\.isCheck)
    (routes, namedForms) = try claim.keys.routes(of: quantity)
    let domain = try ClaimDomain(&claim.keys, of: quantity)
    quick = try Grid(&claim.keys, "quick", of: quantity, within: domain)
    full = try Grid(&claim.keys, "full", of: quantity, within: domain, fallback: quick)
    guard full.count >= quick.count else {
      throw claim.keys.fault(
        "full", "has \(full.count) points where 'quick' has \(quick.count); accepted: at least as many")
    }
    kernelUlps = try claim.keys.kernelUlps(of: quantity)
    relation = statement.relation
    formula = try names.comparand(
      of: statement, subject, claim.keys, kind, relations: relations, accepted: accepted)
    for (key, grid) in [("quick", quick), ("full", full)] where !formula.values.isEmpty {
      let formula = formula
      try grid.check(of: quantity, at: claim.keys.place(key)) { try formula.check($0.formulas) }
    }
  }
}

/// The id of a claim in the place of a route.
struct ClosedFormName: Sendable {
  let id: String
  /// Where it stands, as the beginning of a message.
  let place: String

  /// The refusal of an id without a closed form of a quantity.
  func unknown(of quantity: Quantity, _ forms: [ClosedFormSource]) -> BadInput {
    let accepted = quantity.routes.map(\.name) + forms.map(\.id)
    return BadInput(
      "\(place): unknown route '\(id.abridged)' of \(quantity.name); accepted: \(accepted.joined(separator: ", "))")
  }
}

extension YAMLMapping {
  /// The routes of the key `routes`, and the claims in the places of routes; the first route without the key.
  fileprivate mutating func routes(
    of quantity: Quantity
  ) throws(BadInput) -> ([Route], closedForms: [ClosedFormName]?) {
    guard let items = try items("routes") else { return ([quantity.route], nil) }
    var routes: [Route] = []
    var forms: [ClosedFormName] = []
    for item in items {
      guard !routes.contains(where: { $0.name == item.text }), !forms.contains(where: { $0.id == item.text }) else {
        throw fault("routes", "'\(item.text)' is listed twice; accepted: each route once", line: item.line)
      }
      if let route = quantity.routes.first(where: { $0.name == item.text }) {
        routes.append(route)
        continue
      }
      // The other claims are not read yet.
      forms.append(ClosedFormName(id: item.text, place: place("routes", line: item.line)))
    }
    guard !items.isEmpty else { throw fault("routes", "the list is empty; accepted: at least one route") }
    return (routes, forms)
  }

  /// How many ulps the kernel may be off; nil when no kernel is held against the values.
  fileprivate mutating func kernelUlps(of quantity: Quantity) throws(BadInput) -> Rational? {
    guard let name = try text("kernel") else {
      guard try text("ulps") == nil else { throw fault("ulps", "the key 'kernel' is missing beside it") }
      return nil
    }
    guard name == quantity.name, quantity.kernel != nil else {
      throw fault("kernel", "'\(name)' is no kernel of \(quantity.name)")
    }
    guard let text = try text("ulps") else { throw fault("kernel", "the key 'ulps' is missing beside it") }
    let ulps = try parsed("ulps", text) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard let limit = ulps.rational, limit.signum > 0 else {
      throw fault("ulps", "'\(text)' is refused; accepted: positive rational numbers")
    }
    return limit
  }

  /// The digits of the key `digits`; nil without the key.
  mutating func digits() throws(BadInput) -> Int? { try integer("digits", 1...10_000) }

  /// The digits of the key `digits`, which must be there.
  mutating func requiredDigits() throws(BadInput) -> Int {
    guard let digits = try digits() else { throw missing("digits") }
    return digits
  }

  /// A positive number of the key `absolute`; nil without the key.
  mutating func absolute() throws(BadInput) -> Constant? {
    guard let text = try text("absolute") else { return nil }
    let value = try parsed("absolute", text) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard value.sign == 1 else { throw fault("absolute", "'\(text)' is refused; accepted: positive numbers") }
    return value
  }
}
