import Catalogue
import Expressions
import Operators
import YAMLText

/// What the names in the formulas of a model stand for, and where each was declared.
struct ModelNames {
  private var lines: [String: Int] = [:]
  private(set) var parameters: [String] = []
  private var abbreviations: [String: Expression] = [:]
  /// The abbreviations that stand for operators.
  private var operatorAbbreviations: Set<String> = []
  /// The abbreviations in which the time stands.
  private var timedAbbreviations: Set<String> = []
  private var factors: [FactorDeclaration] = []
  private var tables: Set<String> = []
  /// The names of matrices from files.
  private var matrices: Set<String> = []
  /// The numbers of indices of the tables that stand in formulas.
  private(set) var tableIndices: [String: Int] = [:]
  private var parts: [String: Expression] = [:]
  private var hamiltonian: Expression?
  /// Whether the Hamiltonian is another one in each piece of a schedule, so that `H` is not written out.
  private var isHamiltonianChanging = false
  /// The names that stand in formulas.
  private(set) var used: Set<String> = []

  /// What may stand in a formula beside numbers.
  struct Scope {
    var operators = false
    var time = false
    /// Names of parts and `H`.
    var parts = false
    var figures = false

    static let number = Scope()
    static let energy = Scope(operators: true)
    /// What moves a state: a Hamiltonian, or the operator of a jump.
    static let generator = Scope(operators: true, time: true)
    /// The rate of a jump.
    static let rate = Scope(time: true)
    static let observable = Scope(operators: true, parts: true)
    static let value = Scope(time: true, figures: true)
  }

  private static let reserved = Set(
    ["t", "i", "pi", "H", "all", "start", "max", "min", "sum", "chain", "ring", "pairs"]
      + ElementaryFunction.allCases.map(\.rawValue) + FigureReader.words + StateWord.allNames)

  // MARK: - Declarations

  /// Declares a name.
  ///
  /// - Throws: ``BadInput`` for what is no name, what is reserved and what is declared already.
  private mutating func declare(_ name: String, _ place: YAMLEntry) throws(BadInput) {
    guard let first = name.utf8.first, Character(Unicode.Scalar(first)).isLetter,
      name.utf8.allSatisfy({
        $0 < 128 && (Character(Unicode.Scalar($0)).isLetter || (48...57).contains($0) || $0 == 95)
      })
    else { throw place.fault("'\(name.abridged)' is no name; accepted: letters, digits and _, a letter first") }
    guard !Self.reserved.contains(name), !name.hasPrefix(FigureReader.prefix) else {
      throw place.fault(
        "the name '\(name)' is reserved; accepted: names that are not functions, states, t, i, H or all")
    }
    if let line = lines[name] {
      throw place.fault("the name '\(name)' stands for something else on line \(line); accepted: one thing of a name")
    }
    lines[name] = place.line
  }

  mutating func declare(parameter name: String, _ place: YAMLEntry) throws(BadInput) {
    try declare(name, place)
    parameters.append(name)
  }

  mutating func declare(table name: String, _ place: YAMLEntry) throws(BadInput) {
    try declare(name, place)
    tables.insert(name)
  }

  mutating func declare(_ matrix: MatrixDeclaration) throws(BadInput) {
    try declare(matrix.name, matrix.place)
    matrices.insert(matrix.name)
  }

  mutating func declare(_ factor: FactorDeclaration) throws(BadInput) {
    try declare(factor.name, factor.place)
    for name in factor.placeholder.operatorNames where name != factor.name { try declare(name, factor.place) }
    factors.append(factor)
  }

  mutating func declare(abbreviation name: String, _ formula: ModelFormula) throws(BadInput) {
    // A number without a value is refused where it is used or not.
    if formula.expression.variables.isEmpty {
      do { _ = try Constant(formula.expression) } catch  where error.kind == .undefined {
        throw formula.fault("the abbreviation '\(name)' has no value: \(error.message)")
      } catch {
        // Such as logarithms, which are no exact constants.
        let value = try? formula.expression.evaluate(in: DefinedContext(precision: 128), variables: [:])
        if let value, value.interval.isEmpty { throw formula.fault("the abbreviation '\(name)' has no value") }
      }
    }
    try declare(name, formula.place)
    abbreviations[name] = formula.expression
    if holdsOperator(formula.expression) { operatorAbbreviations.insert(name) }
    if formula.expression.variables.contains("t") { timedAbbreviations.insert(name) }
  }

  mutating func declare(part name: String, _ formula: ModelFormula) throws(BadInput) {
    try declare(name, formula.place)
    parts[name] = formula.expression
  }

  mutating func declare(hamiltonian formula: Expression) { hamiltonian = formula }
  mutating func declareChangingHamiltonian() { isHamiltonianChanging = true }

  // MARK: - Formulas

  /// The most levels of a formula with its abbreviations written out, so that walking it never exhausts the stack.
  private static let greatestDepth = Expression.greatestDepth
  /// The most nodes of such a formula.
  private static let greatestSize = 200_000

  /// Reads a formula: every name in it is known, and abbreviations, parts and `H` are written out.
  mutating func formula(_ text: String, _ place: YAMLEntry, _ scope: Scope) throws(BadInput) -> ModelFormula {
    let written = try place.parsed(text) { text throws(ExpressionError) in try Expression(parsingModel: text) }
    return try formula(written: written, place, scope, [])
  }

  /// The same of a formula that is read.
  ///
  /// - Parameter bound: names beside those of the model: indices of sums around it, or what stands for figures.
  mutating func formula(
    written: Expression, _ place: YAMLEntry, _ scope: Scope, _ bound: Set<String>
  ) throws(BadInput) -> ModelFormula {
    do { try check(written, scope, bound) } catch { throw place.fault("\(error)") }
    var values = abbreviations
    if scope.parts {
      values.merge(parts) { first, _ in first }
      if !isHamiltonianChanging { values["H"] = hamiltonian ?? .number(0) }
    }
    let expression = written.substituting(values)
    guard expression.depth <= Self.greatestDepth, expression.size <= Self.greatestSize else {
      throw place.fault(
        "the formula is too long with its abbreviations; accepted: at most \(Self.greatestSize) parts, "
          + "\(Self.greatestDepth) deep")
    }
    return ModelFormula(expression: expression, place: place)
  }

  private mutating func check(
    _ formula: Expression, _ scope: Scope, _ bound: Set<String>
  ) throws(ExpressionError) {
    func refusal(_ message: String) -> ExpressionError { .init(.malformed, column: formula.column, message) }
    var (inner, innerBound) = (scope, bound)
    switch formula.node {
    case .variable(let name): return try check(name, scope, bound, refusal)
    case .operation(.member(let name, let count), let arguments):
      if isOperator(name) {
        guard scope.operators else { throw refusal(Self.operatorOutside(name, scope)) }
        inner = .number
      } else if tables.contains(name) {
        let indices = arguments.count
        guard count == 0, tableIndices[name] ?? indices == indices else {
          throw refusal(
            "the table '\(name)' \(count == 0 ? "has \(tableIndices[name] ?? 0) indices elsewhere" : "is no function")"
              + "; accepted: \(name)[j, k], everywhere with as many indices")
        }
        tableIndices[name] = indices
        inner = .number
      } else if FigureReader.words.contains(name) {
        throw refusal("the figure '\(name)' stands in a formula of operators; accepted: figures in quantities")
      } else {
        let accepted = acceptedNames(scope)
        let known = accepted + FigureReader.words.sorted() + ElementaryFunction.allCases.map(\.rawValue)
        let meant = Suggestion.name(for: name, among: known).map { "; did you mean \($0)?" } ?? ""
        throw refusal("unknown function or operator '\(name)'; accepted: \(accepted.joined(separator: ", "))\(meant)")
      }
    case .operation(.sum(let index), _):
      guard !scope.figures else {
        throw refusal("a sum in a quantity states its range; accepted: sum(\(index) from 0 to N - 1, F)")
      }
      innerBound = try binding([index], bound, refusal)
    case .operation(.cellSum(let sum), let parts):
      if case .range = sum, !scope.figures {
        for part in parts.dropLast() { try check(part, .number, bound) }
        return try check(parts[2], scope, try binding(sum.indices, bound, refusal))
      }
      guard !scope.figures else { throw refusal("chains, rings and pairs are sums of operators; accepted: mean(...)") }
      innerBound = try binding(sum.indices, bound, refusal)
    case .operation(.equation, let sides):
      throw refusal("'\(sides[0]) = ...' stands outside of a figure; accepted: weight(q = up), first_time(F = c)")
    case .operation(.bracket, _): throw refusal("a Poisson bracket is no operator; accepted: commutators [a, b]")
    case .operation(.commutator, _), .operation(.adjoint, _):
      guard !scope.figures else { throw refusal("operators stand inside a figure; accepted: \(FigureReader.accepted)") }
    case .call(let function, let argument):
      inner = scope.figures ? scope : Scope(time: scope.time)
      if [.log, .atan, .tan, .tanh].contains(function), argument.variables.contains("i") {
        throw refusal("'\(function.rawValue)' takes real numbers; accepted: formulas without i")
      }
    default: break
    }
    for part in formula.node.children { try check(part, inner, innerBound) }
  }

  private mutating func check(
    _ name: String, _ scope: Scope, _ bound: Set<String>, _ refusal: (String) -> ExpressionError
  ) throws(ExpressionError) {
    if bound.contains(name) { return }
    if parameters.contains(name) || abbreviations[name] != nil {
      if operatorAbbreviations.contains(name), !scope.operators { throw refusal(Self.operatorOutside(name, scope)) }
      if timedAbbreviations.contains(name), !scope.time { throw refusal(Self.timeOutside(name)) }
      used.insert(name)
      return
    }
    if isOperator(name) {
      guard scope.operators else { throw refusal(Self.operatorOutside(name, scope)) }
      return
    }
    switch name {
    case "i" where !scope.figures: return
    case "i": throw refusal("quantities are real; accepted: formulas without i outside of operators")
    case "t" where scope.time: return
    case "t": throw refusal(Self.timeOutside(name))
    case "H" where scope.parts: return
    default: break
    }
    if tables.contains(name) { throw refusal("the table '\(name)' stands without indices; accepted: \(name)[j, k]") }
    if parts[name] != nil || name == "H" {
      guard !scope.parts else { return }
      throw refusal("'\(name)' stands for a Hamiltonian; accepted: mean(\(name)) and other figures of it in quantities")
    }
    if scope.operators, let factor = factors.first(where: { name == $0.name || name.hasPrefix("\($0.name)_") }) {
      throw refusal(
        "'\(name)' is no operator of the \(factor.noun) '\(factor.name)'; accepted: "
          + factor.placeholder.examples.joined(separator: ", "))
    }
    let accepted = acceptedNames(scope)
    let meant = Suggestion.name(for: name, among: accepted).map { "; did you mean \($0)?" } ?? ""
    throw refusal("unknown name '\(name)'; accepted: \(accepted.joined(separator: ", "))\(meant)")
  }

  /// Refuses a name for an index that stands for something else.
  func requireFree(index: String, _ place: YAMLEntry) throws(BadInput) {
    guard index.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }), index.first?.isLetter ?? false
    else { throw place.fault("'\(index.abridged)' is no name; accepted: letters, digits and _, a letter first") }
    _ = try binding([index], [], at: .number(0), place)
  }

  /// The indices in sight below a sum of figures.
  func binding(
    _ indices: [String], _ bound: Set<String>, at formula: Expression, _ place: YAMLEntry
  ) throws(BadInput) -> Set<String> {
    do {
      return try binding(indices, bound) { .init(.malformed, column: formula.column, $0) }
    } catch {
      throw place.fault(formula.column == 0 ? error.message : "\(error)")
    }
  }

  private func binding(
    _ indices: [String], _ bound: Set<String>, _ refusal: (String) -> ExpressionError
  ) throws(ExpressionError) -> Set<String> {
    for index in indices
    where lines[index] != nil || Self.reserved.contains(index) || bound.contains(index)
      || index.hasPrefix(FigureReader.prefix)
    {
      throw refusal("the index '\(index)' stands for something else; accepted: a new name")
    }
    return bound.union(indices)
  }

  private func holdsOperator(_ formula: Expression) -> Bool {
    switch formula.node {
    case .variable(let name): isOperator(name)
    case .operation(.member(let name, _), _): isOperator(name)
    default: formula.node.children.contains(where: holdsOperator)
    }
  }

  private func isOperator(_ name: String) -> Bool {
    matrices.contains(name) || factors.contains { $0.placeholder.operatorNames.contains(name) }
  }

  private static func timeOutside(_ name: String) -> String {
    "'\(name)' stands where nothing depends on the time; accepted: t in the Hamiltonian, in jumps, in 'let', and "
      + "outside of the operators of quantities"
  }

  private static func operatorOutside(_ name: String, _ scope: Scope) -> String {
    scope.figures
      ? "the operator '\(name)' stands outside of a figure; accepted: \(FigureReader.accepted)"
      : "the operator '\(name)' where a number must stand"
  }

  private func acceptedNames(_ scope: Scope) -> [String] {
    var names = parameters + abbreviations.keys.sorted() + tables.sorted().map { "\($0)[j]" }
    if scope.operators { names += factors.flatMap(\.placeholder.examples) + matrices.sorted() }
    if scope.parts { names += parts.keys.sorted() + ["H"] }
    if scope.time { names.append("t") }
    if scope.figures { names.append(FigureReader.accepted) }
    return names.isEmpty ? ["numbers"] : names
  }

  /// The factor of a name.
  func factor(named name: String) -> Int? { factors.firstIndex { $0.name == name } }
}
