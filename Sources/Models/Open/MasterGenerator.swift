import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The right side of a master equation, L rho = G rho + rho G' + sum over d of r_d L_d rho R_d', with the effective
/// generator G = -iH - (sum over d of r_d R_d' L_d)/2, by columns of its operators.
///
/// The matrix of rates being Hermitian, the sum in G is: rho G' has its adjoint, so that L rho is Hermitian with rho.
struct MasterGenerator {
  /// A number at an element, times a function of time where there is one.
  struct Term {
    /// The place in ``functions``; nil for a constant.
    let function: Int?
    /// Whether the conjugate of the function is meant.
    var isConjugate = false
    let value: ComplexInterval
  }

  /// What one operator makes of a basis state.
  private typealias Column = [(image: BasisState, value: ComplexInterval)]

  /// An operator times a function of time.
  private struct Part {
    let function: ScalarPolynomial?
    let polynomial: ModelPoint.Operator
    var columns: [BasisState: Column] = [:]
  }

  /// What a jump puts back: a number and a function of time, times two operators.
  private typealias Recycling = (
    function: Int?, factor: ComplexInterval, exact: ScalarPolynomial, left: Int, right: Int
  )

  private let point: ModelPoint
  /// The functions of time, none a multiple of another one.
  private(set) var functions: [ScalarPolynomial] = []
  private var effective: [(function: Int?, part: Int)] = []
  private var recycling: [Recycling] = []
  private var parts: [Part] = []

  /// - Throws: ``BadInput`` for a Hamiltonian or a jump that is none.
  init(_ point: ModelPoint, _ hamiltonian: ModelPoint.Operator, _ dissipators: [Dissipator]) throws {
    self.point = point
    let ring = point.scalars
    var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: ring)
    do {
      var sum = try arithmetic.scaled(hamiltonian, by: -ring.imaginaryUnit())
      for jump in dissipators {
        let square = try arithmetic.product(try arithmetic.adjoint(jump.right), jump.left)
        let half = try ring.product(jump.rate, ring.number(Rational(-1, 2)))
        sum = try arithmetic.sum(sum, try arithmetic.scaled(square, by: half))
      }
      for part in try split(sum) {
        let (function, factor) = try place(of: part.function)
        let scaled = try arithmetic.scaled(part.polynomial, by: factor)
        effective.append((function, add(Part(function: part.function, polynomial: scaled))))
      }
      for jump in dissipators {
        let left = try split(jump.left).map { ($0.function, add($0)) }
        let right = try split(jump.right).map { ($0.function, add($0)) }
        for (f, i) in left {
          for (g, j) in right {
            var number = jump.rate
            if let f { number = try ring.product(number, f) }
            if let g { number = try ring.product(number, ring.conjugate(g)) }
            let isConstant = !number.holdsTime
            let (function, factor) = isConstant ? (nil, number) : try place(of: number)
            let value = try ring.enclosure(factor)
            guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a rate") }
            recycling.append((function, value, factor, i, j))
          }
        }
      }
    } catch let fault as OutsideFragment {
      throw Unanswered(beyond: fault.description)
    }
  }

  private mutating func add(_ part: Part) -> Int {
    parts.append(part)
    return parts.count - 1
  }

  /// The place of a function of time, and what it is to be multiplied by.
  private mutating func place(of function: ScalarPolynomial?) throws -> (function: Int?, factor: ScalarPolynomial) {
    guard let function else { return (nil, point.scalars.one) }
    for (place, known) in functions.enumerated() {
      if let ratio = function.ratio(to: known) { return (place, ScalarPolynomial(ratio)) }
    }
    functions.append(function)
    return (functions.count - 1, point.scalars.one)
  }

  /// An operator as a sum of functions of time times operators without the time.
  private func split(_ polynomial: ModelPoint.Operator) throws -> [Part] {
    try point.timeParts(polynomial).map { Part(function: $0.function, polynomial: $0.polynomial) }
  }

  /// Operators on their sites by the numbers of their parts, for many columns.
  typealias Placed = [Int: ProductBasis.PlacedOperator<ScalarPolynomial>]

  private mutating func column(_ part: Int, _ state: BasisState) throws -> Column {
    var placed = Placed()
    return try column(part, state, &placed)
  }

  private mutating func column(_ part: Int, _ state: BasisState, _ known: inout Placed) throws -> Column {
    if let known = parts[part].columns[state] { return known }
    var column: Column = []
    do {
      let placed = try known[part] ?? point.basis.placed(parts[part].polynomial)
      known[part] = placed
      for (image, element) in try point.basis.column(of: placed, at: state, in: point.scalars)
      where try point.scalars.decision(isZero: element) != .certainlyTrue {
        let value = try point.scalars.enclosure(element)
        guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coupling") }
        column.append((image, value))
      }
    } catch let fault as OutsideFragment {
      throw Unanswered(beyond: fault.description)
    }
    parts[part].columns[state] = column
    return column
  }

  /// L |row><column|: its elements, each with what adds up to it.
  mutating func image(
    _ row: BasisState, _ column: BasisState
  ) throws -> [(row: BasisState, column: BasisState, term: Term)] {
    var result: [(row: BasisState, column: BasisState, term: Term)] = []
    for (function, part) in effective {
      for (image, value) in try self.column(part, row) {
        result.append((image, column, Term(function: function, value: value)))
      }
    }
    for (function, part) in effective {
      for (image, value) in try self.column(part, column) {
        result.append((row, image, Term(function: function, isConjugate: true, value: value.conjugate)))
      }
    }
    for (function, factor, _, left, right) in recycling {
      let images = try self.column(right, column)
      for (first, a) in try self.column(left, row) {
        for (second, b) in images {
          result.append((first, second, Term(function: function, value: factor * a * b.conjugate)))
        }
      }
    }
    return result
  }

  /// G |state>: its elements, each with what adds up to it.
  mutating func effectiveImage(
    _ state: BasisState, _ placed: inout Placed
  ) throws -> [(image: BasisState, term: Term)] {
    var result: [(image: BasisState, term: Term)] = []
    for (function, part) in effective {
      for (image, value) in try column(part, state, &placed) {
        result.append((image, Term(function: function, value: value)))
      }
    }
    return result
  }

  /// The places on and below the diagonal where jumps put what they make of a matrix on some states, all of its
  /// elements being there; nil where they are more than a number.
  mutating func recycled(
    _ states: [BasisState], atMost greatest: Int, within budget: Budget
  ) throws -> Set<DensityBlock.Place>? {
    var (images, placed) = ([Int: Set<BasisState>](), Placed())
    func reached(_ part: Int, _ generator: inout MasterGenerator) throws -> Set<BasisState> {
      if let known = images[part] { return known }
      var own: Set<BasisState> = []
      for state in states { own.formUnion(try generator.column(part, state, &placed).map(\.image)) }
      images[part] = own
      return own
    }
    var result: Set<DensityBlock.Place> = []
    for (_, _, _, left, right) in recycling {
      try budget.check()
      let (rows, columns) = (try reached(left, &self), try reached(right, &self))
      for row in rows {
        for column in columns { result.insert(.init(row: max(row, column), column: min(row, column))) }
        guard result.count <= greatest else { return nil }
      }
    }
    return result
  }

  /// What jumps make of matrices on some states, by terms.
  mutating func feed(_ states: [BasisState], within budget: Budget) throws -> [JumpFeed.Term] {
    var (sides, placed) = ([Int: JumpFeed.Side](), Placed())
    func side(_ part: Int, _ generator: inout MasterGenerator) throws -> JumpFeed.Side {
      if let known = sides[part] { return known }
      try budget.check()
      let columns = try states.map { try generator.column(part, $0, &placed) }
      let images = Set(columns.flatMap { $0.map(\.image) }).sorted()
      let places = images.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
      let own = JumpFeed.Side(
        images: images,
        columns: columns.map { $0.compactMap { entry in places[entry.image].map { ($0, entry.value) } } })
      sides[part] = own
      return own
    }
    var terms: [JumpFeed.Term] = []
    for (function, factor, _, left, right) in recycling {
      let (left, right) = (try side(left, &self), try side(right, &self))
      guard !left.images.isEmpty, !right.images.isEmpty else { continue }
      terms.append(.init(function: function, factor: factor, left: left, right: right))
    }
    return terms
  }

  /// L |row><column| exactly, of a generator without functions of time.
  func exactImage(
    _ row: BasisState, _ column: BasisState
  ) throws -> [(row: BasisState, column: BasisState, value: RadicalSum<ScalarPolynomial>)] {
    demand(functions.isEmpty, "MasterGenerator: exact images of constant generators")
    let ring = point.scalars
    var result: [(row: BasisState, column: BasisState, value: RadicalSum<ScalarPolynomial>)] = []
    for (_, part) in effective {
      for (image, value) in try point.basis.column(of: parts[part].polynomial, at: row, in: ring) {
        result.append((image, column, value))
      }
      for (image, value) in try point.basis.column(of: parts[part].polynomial, at: column, in: ring) {
        result.append((row, image, try value.conjugate(in: ring)))
      }
    }
    for (_, _, factor, left, right) in recycling {
      let images = try point.basis.column(of: parts[right].polynomial, at: column, in: ring)
      for (first, a) in try point.basis.column(of: parts[left].polynomial, at: row, in: ring) {
        for (second, b) in images {
          var value = RadicalSum<ScalarPolynomial>()
          try value.add(try a.product(try b.conjugate(in: ring), in: ring), times: factor, in: ring)
          result.append((first, second, value))
        }
      }
    }
    return result
  }
}
