import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import Synchronization

/// A model at given parameters: its space, its operators as polynomials, and the ring of their coefficients.
struct ModelPoint {
  typealias Operator = OperatorPolynomial<ScalarPolynomial>

  private(set) var model: Model
  let precision: Int
  /// By how many bits what starts without an end leave out is above the errors of the arithmetic.
  let spareBits: Int
  private(set) var scalars: ModelScalars
  let basis: ProductBasis
  private let integers: [String: Int]
  private var found = FoundOperator()
  /// Columns that were asked for, with these scalars.
  private(set) var columns = OperatorColumns()

  init(_ model: Model, _ arguments: Arguments, precision: Int, spareBits: Int = 16) throws {
    self.model = model
    (self.precision, self.spareBits) = (precision, spareBits)
    // The time of the question is none of the model.
    let values = arguments.numbers.reduce(into: [String: Constant]()) { if $1.name != "t" { $0[$1.name] = $1.value } }
    var integers: [String: Int] = [:]
    for parameter in model.parameters where parameter.isInteger {
      guard case .integer(let value)? = values[parameter.name]?.integrality, let word = Int(exactly: value) else {
        continue
      }
      integers[parameter.name] = word
    }
    self.integers = integers
    let scalars = ModelScalars(values, tables: model.tables, precision: precision)
    self.scalars = scalars
    let spaces = try MatrixDeclaration.spaces(of: model, scalars)
    let kinds = try model.factors.enumerated().map { position, declaration in
      Factor(
        declaration.name, try spaces[position].map { .matrix($0) } ?? ModelPoint.kind(declaration, scalars),
        cells: try declaration.cells.map { cells in
          let count = try ModelPoint.integer(cells, scalars)
          guard (1...ProductBasis.greatestCount).contains(count) else {
            throw cells.fault("\(count) cells; accepted: 1 to \(ProductBasis.greatestCount)")
          }
          return .number(count)
        })
    }
    do {
      basis = try ProductBasis(Factors(kinds))
    } catch {
      throw BadInput("\(model.name): \(error.description)")
    }
  }

  private static func kind(_ declaration: FactorDeclaration, _ scalars: ModelScalars) throws -> Factor.Kind {
    switch declaration.kind {
    case .boson: return .boson
    case .fermion: return .fermion
    case .qubit: return .qubit
    case .matrix: return .matrix(MatrixSpace([]))
    case .spin(let length):
      let twice = try integer(
        ModelFormula(expression: .number(2) * length.expression, place: length.place), scalars, "2J")
      guard (0...ProductBasis.greatestQuanta - 1).contains(twice) else {
        throw length.fault("2J is \(twice); accepted: integers from 0 to \(ProductBasis.greatestQuanta - 1)")
      }
      return .spin(twice: twice)
    case .levels(let count):
      let value = try integer(count, scalars)
      guard (1...ProductBasis.greatestQuanta).contains(value) else {
        throw count.fault("\(value) levels; accepted: integers from 1 to \(ProductBasis.greatestQuanta)")
      }
      return .levels(value)
    }
  }

  /// The greatest magnitude of an integer: a double holds it.
  static let greatestInteger = 1 << 53

  /// The integer of a formula in parameters.
  static func integer(
    _ formula: ModelFormula, _ scalars: ModelScalars, _ noun: String = "'"
  ) throws -> Int {
    let shown = noun == "'" ? "'\(formula.expression)'" : noun
    let constant: Constant
    do {
      constant = try scalars.constant(formula.expression)
    } catch let error as ExpressionError {
      throw formula.fault("\(shown) is no integer (\(error.message))")
    } catch let fault as OutsideFragment {
      throw formula.fault(fault.description)
    }
    switch constant.integrality {
    case .integer(let value):
      guard let word = Int(exactly: value), abs(word) <= greatestInteger else {
        throw formula.fault("\(shown) is too large; accepted: magnitudes up to \(greatestInteger)")
      }
      return word
    case .none: throw formula.fault("\(shown) is \(constant.expression), no integer; accepted: integers")
    case .undecided: throw Undecided(formula.fault("undecided whether \(shown) is an integer").message)
    }
  }

  /// The same model with enclosures of what holds the time at a time.
  func at(_ time: Interval) -> ModelPoint {
    var result = self
    (result.scalars, result.columns) = (scalars.at(time), OperatorColumns())
    return result
  }

  /// The same space and parameters with another Hamiltonian and other jumps.
  func with(_ model: Model) -> ModelPoint {
    var result = self
    (result.model, result.found) = (model, FoundOperator())
    return result
  }

  /// The ring of coefficients with enclosures of another precision.
  func scalars(precision: Int) -> ModelScalars { scalars.enclosing(to: precision) }

  /// The integer of a formula in parameters.
  func integer(_ formula: ModelFormula) throws -> Int { try ModelPoint.integer(formula, scalars) }

  /// The real number that an entry of a table is.
  func entry(_ formula: ModelFormula) throws -> Expression {
    do {
      let entry = try scalars.written(formula.expression)
      guard entry.variables.isEmpty else {
        throw formula.fault("'\(formula.expression)' is not real; accepted: real entries in quantities")
      }
      return entry
    } catch let fault as OutsideFragment {
      throw formula.fault(fault.description)
    }
  }

  /// The normal form of an operator.
  func polynomial(_ formula: ModelFormula) throws -> Operator {
    try reading(formula) { reader in try reader.normalForm(formula.expression) }
  }

  /// An element of a formula without operators.
  func scalar(_ formula: Expression, _ place: ModelFormula) throws -> ScalarPolynomial {
    try reading(place) { reader in try reader.scalar(formula) }
  }

  func reading<T>(
    _ place: ModelFormula, _ body: (inout OperatorReader<ModelScalars>) throws -> T
  ) throws -> T {
    var reader = OperatorReader(basis.factors, scalars, integers: integers)
    do {
      return try body(&reader)
    } catch let fault as Unreadable {
      throw place.fault(fault.error.column == 0 ? fault.reason : "\(fault.error)")
    } catch let fault as OutsideFragment {
      throw place.fault(fault.description)
    }
  }

  /// The normal form of an operator that is Hermitian.
  ///
  /// - Throws: ``BadInput`` with an element that differs from its mirror image's conjugate, ``Undecided`` where none
  ///   is found and none is excluded.
  func hermitian(_ formula: ModelFormula) throws -> Operator {
    let polynomial = try polynomial(formula)
    var arithmetic = OperatorArithmetic(factors: basis.factors, ring: scalars)
    do {
      let difference = try arithmetic.difference(polynomial, try arithmetic.adjoint(polynomial))
      if Self.holdsTime(difference) {
        // An element that is wrong at one time is wrong.
        for time in [Rational(1, 3), 1, Rational(7, 2)] {
          do {
            try at(Interval(time, precision: precision)).requireZero(difference, of: polynomial, formula)
          } catch is Undecided {}
        }
      }
      if !difference.isZero { try requireZero(difference, of: polynomial, formula) }
    } catch let fault as OutsideFragment {
      throw formula.fault(fault.description)
    }
    return polynomial
  }

  /// The model's Hamiltonian, which alone moves the state; zero where the file has none.
  ///
  /// - Throws: ``Unanswered`` where jumps move it as well, or it depends on the time.
  func hamiltonian() throws -> Operator {
    let polynomial = try openHamiltonian()
    guard try dissipators().isEmpty else {
      throw Unanswered(beyond: "\(model.name): this figure is not served yet with jumps")
    }
    guard !Self.holdsTime(polynomial) else {
      throw Unanswered(beyond: "\(model.name): this figure is not served yet with a Hamiltonian that depends on t")
    }
    return polynomial
  }

  /// The model's Hamiltonian, with jumps beside it or the time in it; zero where the file has none.
  ///
  /// - Throws: ``Unanswered`` in a schedule, which has one for each piece.
  func openHamiltonian() throws -> Operator {
    guard model.schedule == nil else { throw unservedInSchedule() }
    return try found.value { try hamiltonian(model.hamiltonian) }
  }

  /// The refusal of what is not served in a schedule.
  func unservedInSchedule() -> Unanswered {
    Unanswered(beyond: "\(model.name): this figure is not served yet in a schedule")
  }

  /// A Hamiltonian; zero for none.
  func hamiltonian(_ formula: ModelFormula?) throws -> Operator {
    guard let formula else { return Operator() }
    let polynomial = try hermitian(formula)
    try requireEven(polynomial, formula)
    return polynomial
  }

  /// The normal form of the Hamiltonian, once it was asked for.
  private final class FoundOperator: Sendable {
    private let known = Mutex<Operator?>(nil)

    func value(_ find: () throws -> Operator) rethrows -> Operator {
      if let known = known.withLock({ $0 }) { return known }
      let found = try find()
      known.withLock { $0 = found }
      return found
    }
  }

  /// The most states that are looked at for an element that is not Hermitian.
  private static let greatestSearch = 4096

  /// Refuses an operator that is not zero; it is known to be zero only where all basis states of the sites that it acts
  /// on were looked at, as for a spin so short that a product of letters vanishes.
  private func requireZero(_ difference: Operator, of polynomial: Operator, _ formula: ModelFormula) throws {
    let degree = difference.terms.keys.map(\.count).max() ?? 0
    // A normally ordered polynomial of bosons that is not zero has an element that is not zero on no more quanta than
    // its degree.
    let met = Set(difference.terms.keys.joined().flatMap { basis.sites(of: $0) })
    let sizes = (0..<basis.count).map { met.contains($0) ? basis.dimension(ofSite: $0) ?? degree + 1 : 1 }
    let isWhole = met.allSatisfy { basis.dimension(ofSite: $0) != nil }
    var isDecided = isWhole
    var numbers = [Int](repeating: 0, count: sizes.count)
    var looked = 0
    search: while true {
      looked += 1
      guard looked <= Self.greatestSearch, let state = basis.state(numbers) else {
        isDecided = false
        break
      }
      for (image, element) in try basis.column(of: difference, at: state, in: scalars) {
        switch try scalars.decision(isZero: element) {
        case .certainlyTrue: continue
        case .undecided: isDecided = false
        case .certainlyFalse:
          let shown = try shown(polynomial, image, state)
          let mirrored = try self.shown(polynomial, state, image)
          throw formula.fault(
            "is not Hermitian: \(shown), and \(mirrored); accepted: operators with conjugate elements there")
        }
      }
      for site in numbers.indices.reversed() {
        numbers[site] += 1
        if numbers[site] < sizes[site] { continue search }
        numbers[site] = 0
      }
      break
    }
    guard isDecided else { throw Undecided(formula.fault("undecided whether this is Hermitian").message) }
  }

  /// `<up|H|down> = g`.
  private func shown(_ polynomial: Operator, _ row: BasisState, _ column: BasisState) throws -> String {
    let element = try basis.column(of: polynomial, at: column, in: scalars)[row]
    let value = try element.map { "\(try scalars.value(of: $0).formula)" } ?? "0"
    func label(_ state: BasisState) -> String { basis.numbers(of: state).map(String.init).joined(separator: ",") }
    return "<\(label(row))|X|\(label(column))> = \(value.abridged)"
  }

  /// The site of a factor or of one of its cells; all sites of a family without an index.
  func sites(of place: PartDeclaration.Place) throws -> [Int] {
    let id = FactorID(place.factor)
    let (name, own) = (basis.factors[id].name, basis.sites(of: id))
    guard let index = place.cell else { return Array(own) }
    guard basis.hasNumbers(id) else { throw place.entry.fault("'\(name)' is no family; accepted: no index") }
    let cell = try integer(index)
    guard let site = basis.site(of: id, .number(cell)) else {
      throw place.entry.fault("there is no cell \(cell) of '\(name)'; accepted: 0 to \(own.count - 1)")
    }
    return [site]
  }

  /// The sites of a part.
  func sites(ofPart part: Int) throws -> [Int] { Set(try model.parts[part].places.flatMap(sites)).sorted() }

  /// The sites that a figure is of.
  func sites(of subject: FigureSubject) throws -> [Int] {
    switch subject {
    case .all: Array(0..<basis.count)
    case .part(let part): try sites(ofPart: part)
    case .place(let place): try sites(of: place)
    }
  }

  /// Refuses a part whose Hamiltonian is not Hermitian or acts elsewhere.
  func check(_ part: PartDeclaration) throws {
    let polynomial = try hermitian(part.hamiltonian)
    let own = Set(try part.places.flatMap(sites))
    for letter in polynomial.terms.keys.joined() {
      guard !basis.support(of: letter).allSatisfy(own.contains) else { continue }
      throw part.hamiltonian.fault(
        "the Hamiltonian of the part acts on '\(basis.factors[letter.factor].name)' outside of it; accepted: "
          + "operators of what 'of' lists")
    }
  }
}
