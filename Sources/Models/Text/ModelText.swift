import ArbitraryPrecision
import Catalogue
import Expressions
import Operators

/// The text of a model as claims about formulas read it: its letters, its parameters, and what its names stand for.
///
/// It is the text that is evaluated: a statement about `H` is one about the Hamiltonian of the certified values.
public struct ModelText: Sendable {
  /// The values that a parameter takes.
  public enum Domain: Sendable, Hashable {
    /// Real numbers, also those of which rational ones alone are accepted.
    case real
    /// Positive real numbers.
    case positive
    /// Zero and positive real numbers.
    case nonNegative
    /// Integers from another one; nil for all integers.
    case integers(from: Int?)
  }

  /// The name of the model.
  public let name: String
  /// The parameters that are not fixed, in order.
  public let parameters: [(name: String, domain: Domain)]
  /// The values of those that are.
  public let fixed: [String: Expression]
  /// The factors in order, with numbers of cells that are numbers, or one parameter.
  public let factors: Factors
  /// Twice the lengths of the spins, formulas in the parameters.
  public let twiceLengths: [FactorID: Expression]
  /// `H`, and the parts by their names, with all abbreviations written out.
  public let names: [String: Expression]

  /// Whether no jump moves the states: there is none, or each has a rate that is zero with what is fixed.
  public let isClosed: Bool

  private let integers: [String: Int]
  private let tables: [String: Factors.TableEntry]

  /// The names of the tables, which stand for numbers.
  public var tableNames: [String] { tables.keys.sorted() }

  /// The name of the Hamiltonian.
  public static let hamiltonian = "H"

  /// A formula that names the letters and parameters of the model, with members and sums written out.
  ///
  /// - Throws: an ``ExpressionError`` at the column of what has no such form.
  public func written(_ formula: Expression) throws(ExpressionError) -> Expression {
    try factors.written(formula, integers: integers, tables: tables)
  }

  init(_ model: Model, at values: [String: Constant]) throws(BadInput) {
    if let schedule = model.schedule {
      throw schedule.place.fault(
        "the model '\(model.name)' has a schedule, and claims about formulas are of one Hamiltonian; accepted: claims "
          + "on its quantities")
    }
    name = model.name
    let fixed = values.mapValues(\.expression)
    self.fixed = fixed
    var open: [(name: String, domain: Domain)] = []
    var integers: [String: Int] = [:]
    for parameter in model.parameters {
      if let value = values[parameter.name] {
        if parameter.isInteger, case .integer(let integer) = value.integrality {
          integers[parameter.name] = Int(exactly: integer)
        }
        continue
      }
      open.append((parameter.name, parameter.textDomain))
    }
    (parameters, self.integers) = (open, integers)
    isClosed = model.jumps.flatMap(\.rates).allSatisfy { rate in
      (try? Constant(rate.expression.substituting(fixed)))?.isZero == .certainlyTrue
    }
    var lengths: [FactorID: Expression] = [:]
    var factors: [Factor] = []
    for (position, declaration) in model.factors.enumerated() {
      let cells = try declaration.cells.map { cells throws(BadInput) in try Self.size(cells, fixed, model) }
      let kind: Factor.Kind
      switch declaration.kind {
      case .boson: kind = .boson
      case .fermion: kind = .fermion
      case .qubit: kind = .qubit
      case .spin(let length):
        lengths[FactorID(position)] = (.number(2) * length.expression).substituting(fixed)
        kind = .spin(twice: nil)
      case .levels(let count):
        guard case .number(let number) = try Self.size(count, fixed, model) else {
          throw count.fault(
            "\(count.expression) levels are no number here; accepted: a value of each parameter in it under 'at'")
        }
        kind = .levels(number)
      case .matrix:
        throw declaration.place.fault(
          "claims about formulas do not read matrices; accepted: models of bosons, fermions, qubits, spins and levels")
      }
      factors.append(Factor(declaration.name, kind, cells: cells))
    }
    let symbols = Set(factors.compactMap { if case .symbol(let name)? = $0.cells { name } else { nil } }).sorted()
    guard symbols.count <= 1 else {
      throw BadInput(
        "the model '\(model.name)' has families of \(symbols.joined(separator: " and ")) cells; accepted: values of "
          + "all but one of these under 'at'")
    }
    let all = Factors(factors)
    let tables = model.tables.mapValues { table -> Factors.TableEntry in { table.entry(at: $0) } }
    self.tables = tables
    (self.factors, twiceLengths) = (all, lengths)
    var names: [String: Expression] = [:]
    for (name, formula) in [(Self.hamiltonian, model.hamiltonian)] + model.parts.map({ ($0.name, $0.hamiltonian) }) {
      guard let formula else {
        names[name] = .number(0)
        continue
      }
      do throws(ExpressionError) {
        names[name] = try all.written(formula.expression.substituting(fixed), integers: integers, tables: tables)
      } catch {
        throw BadInput(
          "the model '\(model.name)': \(name == Self.hamiltonian ? "the Hamiltonian" : "the part '\(name)'"): "
            + "\(error.message); accepted here: values of parameters under 'at' that make numbers of sizes and indices")
      }
    }
    self.names = names
  }

  /// A number of cells or of levels: a number, or a parameter.
  private static func size(
    _ formula: ModelFormula, _ fixed: [String: Expression], _ model: Model
  ) throws(BadInput) -> Factor.Size {
    let written = formula.expression.substituting(fixed)
    if case .variable(let name) = written.node { return .symbol(name) }
    if case .integer(let integer)? = (try? Constant(written))?.integrality, let count = Int(exactly: integer),
      (1...4096).contains(count)
    {
      return .number(count)
    }
    throw formula.fault(
      "'\(written)' is neither a number from 1 to 4096 nor a parameter here; accepted: values under 'at' of the "
        + "parameters in it")
  }
}

extension ModelParameter {
  fileprivate var textDomain: ModelText.Domain {
    if isInteger { return .integers(from: least) }
    return switch parameter.domain {
    case .positive, .atLeastOne: .positive
    case .nonNegative: .nonNegative
    case .all, .stated: .real
    }
  }
}

extension Model {
  /// The names of the parameters, in order.
  public var parameterNames: [String] { parameters.map(\.name) }

  /// The text of the model, with some parameters fixed.
  ///
  /// - Parameter values: parameters with exact numbers, as texts.
  /// - Throws: ``BadInput`` for a value that the parameter does not take, and where the text has no finite form;
  ///   ``Undecided`` when it cannot be told whether a parameter takes a value.
  public func text(at values: [(name: String, text: String)] = []) throws -> ModelText {
    var constants: [String: Constant] = [:]
    for (name, text) in values {
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        throw BadInput(
          "'\(name.abridged)' is no parameter of the model '\(self.name)'; accepted: "
            + (parameters.isEmpty ? "none" : parameterNames.joined(separator: ", ")))
      }
      try parameter.parameter.check(text)
      let constant = try Constant(parsing: text)
      if case .integer(let value) = constant.integrality, let word = Int(exactly: value) {
        try parameter.check(word, text)
      }
      constants[name] = constant
    }
    return try ModelText(self, at: constants)
  }
}
