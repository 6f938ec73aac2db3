import Catalogue
import Expressions
import YAMLText

/// Reads formulas of figures of merit.
struct FigureReader {
  let place: YAMLEntry
  let factors: [FactorDeclaration]
  let parts: [PartDeclaration]

  /// The words of figures, with how each is written.
  static let examples: [(word: String, written: String)] =
    [
      ("mean", "mean(X)"), ("variance", "variance(X)"), ("covariance", "covariance(X, Y)"),
      ("weight", "weight(q = up, a = fock(0))"),
    ]
    + EnergyFigure.allCases.map { ($0.rawValue, "\($0.rawValue)(part)") } + [("copies", "copies(part, n)")]
    + StateFigure.allCases.map { ($0.rawValue, "\($0.rawValue)(X)") }
    + [("fisher", "fisher(X, A)"), ("concurrence", "concurrence(x, y)")]
    + DistanceFigure.allCases.map { ($0.rawValue, "\($0.rawValue)(X, STATE)") }
    + ["initial", "rate"].map { ($0, "\($0)(F)") }
    + ["greatest", "least", "time_of_greatest", "time_of_least"].map { ($0, "\($0)(F), \($0)(F, T)") }
    + ["first_maximum", "time_of_first_maximum"].map { ($0, "\($0)(F)") }
    + [
      ("first_time", "first_time(F = c)"), ("average", "average(F, T)"), ("at", "at(F, T)"), ("steady", "steady(F)"),
      ("relaxation_time", "relaxation_time(e)"), ("spectral_gap", "spectral_gap(all)"),
    ]

  static let words = Set(examples.map(\.word))
  /// What stands in quantities, as messages name it.
  static let accepted = "figures such as mean(X), variance(X), weight(q = up)"

  /// Begins the names that stand for figures.
  static let prefix = "figure_"

  /// Reads the text of a quantity.
  func formula(_ text: String, _ names: inout ModelNames) throws(BadInput) -> FigureFormula {
    let written = try place.parsed(text) { text throws(ExpressionError) in try Expression(parsingModel: text) }
    return try formula(written, [], &names)
  }

  /// Reads a formula in which indices of sums around it may stand.
  func formula(
    _ written: Expression, _ bound: Set<String>, _ names: inout ModelNames
  ) throws(BadInput) -> FigureFormula {
    var calls: [String: FigureCall] = [:]
    var known: [Expression: String] = [:]
    let arithmetic = try arithmetic(written, bound, &names, &calls, &known)
    let expression = try names.formula(written: arithmetic, place, .value, bound.union(calls.keys)).expression
    let texts = known.reduce(into: [String: Expression]()) { $0[$1.value] = $1.key }
    return FigureFormula(expression: expression, calls: calls, texts: texts, written: written, place: place)
  }

  /// The formula with a name for each figure.
  private func arithmetic(
    _ written: Expression, _ bound: Set<String>, _ names: inout ModelNames, _ calls: inout [String: FigureCall],
    _ known: inout [Expression: String]
  ) throws(BadInput) -> Expression {
    if let name = known[written] { return Expression(.variable(name), column: written.column) }
    if let call = try call(written, bound, &names) {
      let name = "\(Self.prefix)\(calls.count)"
      calls[name] = call
      known[written] = name
      return Expression(.variable(name), column: written.column)
    }
    if case .operation = written.node { return written }
    var children: [Expression] = []
    for part in written.node.children { children.append(try arithmetic(part, bound, &names, &calls, &known)) }
    return written.replacingChildren(children)
  }

  /// The figure that a formula is; nil where it is none.
  private func call(
    _ written: Expression, _ bound: Set<String>, _ names: inout ModelNames
  ) throws(BadInput) -> FigureCall? {
    if case .operation(.cellSum(.range(let index)), let ends) = written.node {
      let inner = try names.binding([index], bound, at: written, place)
      return .sum(
        index: index, from: try names.formula(written: ends[0], place, .number, bound),
        to: try names.formula(written: ends[1], place, .number, bound), try formula(ends[2], inner, &names))
    }
    guard case .operation(.member(let word, let count), let arguments) = written.node, Self.words.contains(word) else {
      return nil
    }
    var call = FigureArguments(reader: self, written: written, word: word, bound: bound, names: names)
    guard count == arguments.count else { throw call.mismatch }
    defer { names = call.names }
    return try call.read(arguments)
  }

  func fault(_ written: Expression, _ message: String) -> BadInput {
    written.column == 0 ? place.fault(message) : place.fault("column \(written.column): \(message)")
  }
}
