import ArbitraryPrecision
import Expressions
import Operators
import RandomInputs

/// Operators acting on states, letter by letter as the formula is written: an independent check of normal order.
///
/// States are combinations of products of basis states, one number for each degree of freedom. The basis is not
/// normalised, so that all matrix elements are rational: a boson's raising letter takes n to n + 1 with factor 1 and
/// its lowering letter n to n - 1 with factor n; a spin of length l has m = 0 ... 2l, raised with factor 2l - m and
/// lowered with factor m, and z is m - l; fermions carry the signs of Jordan and Wigner. These obey the same
/// commutation rules; adjoints are worked out on the formula.
struct StateAction {
  typealias State = [[Int]: ComplexInterval]

  private let algebra: OperatorAlgebra
  private let cells: Int
  private let values: [String: DefinedComplex]
  private let context: ComplexContext
  /// Twice the length of each spin mode.
  private let lengths: [Int]
  /// Where the numbers of each mode start.
  private let starts: [Int]

  /// Why the action could not be worked out.
  struct Undefined: Error {}

  /// The formula asks for more work than a trial is worth.
  struct TooMuch: Error {}

  init(_ algebra: OperatorAlgebra, cells: Int, lengths: [Int], values: [String: DefinedComplex], bits: Int) {
    self.algebra = algebra
    self.cells = cells
    self.lengths = lengths
    self.values = values
    context = ComplexContext(precision: bits)
    var starts: [Int] = []
    var count = 0
    for factor in algebra.factors.all where factor.kind != .observable { count += factor.count(cells) }
    var next = 0
    for factor in algebra.factors.all {
      // All observables act on one further factor of the space.
      starts.append(factor.kind == .observable ? count : next)
      if factor.kind != .observable { next += factor.count(cells) }
    }
    self.starts = starts
  }

  /// A random basis state.
  func randomState(_ random: inout SplitMix64, quanta: Int) -> [Int] {
    algebra.factors.all.enumerated().filter { $0.element.kind != .observable }.flatMap { number, factor in
      (0..<factor.count(cells)).map { _ in
        let greatest =
          switch factor.kind {
          case .boson: quanta
          case .fermion, .qubit: 1
          case .spin: lengths[number]
          case .levels(let count): count - 1
          case .matrix(let space): space.dimensions.reduce(1, *) - 1
          case .observable: 0
          }
        return Int(random.next() % UInt64(greatest + 1))
      }
    } + [Int(random.next() % UInt64(StateAction.size))]
  }

  /// The most steps of one trial.
  private static let greatestWork = 100_000
  private let work = Work()

  /// Steps taken; of one trial, in one thread.
  private final class Work { var steps = 0 }

  /// The state that a formula makes of another one.
  ///
  /// - Throws: ``Undefined`` where a factor has no value, ``TooMuch`` where the work is.
  func apply(_ expression: Expression, to state: State, _ indices: [String: Int] = [:]) throws -> State {
    work.steps += 1 + state.count
    guard work.steps <= StateAction.greatestWork else { throw TooMuch() }
    func scaled(_ state: State, _ factor: Rational) -> State {
      state.mapValues { $0 * context.number(factor).value }
    }
    func sum(_ a: State, _ b: State) -> State { a.merging(b) { $0 + $1 } }
    switch expression.node {
    case .number, .pi, .call, .generalPower: return try multiplied(state, expression)
    case .variable(let name):
      guard let symbol = try algebra.symbol(name, cells: indices) else { return try multiplied(state, expression) }
      switch symbol {
      case .letter(let letter): return try act(letter, state)
      case .x(let plus, let minus, let isPauli):
        return scaled(sum(try act(plus, state), try act(minus, state)), isPauli ? 1 : Rational(1, 2))
      case .y(let plus, let minus, let isPauli):
        let both = sum(try act(plus, state), scaled(try act(minus, state), -1))
        return both.mapValues {
          $0 * context.imaginaryUnit.value * context.number(isPauli ? -1 : Rational(-1, 2)).value
        }
      }
    case .negation(let a): return scaled(try apply(a, to: state, indices), -1)
    case .sum(let a, let b): return sum(try apply(a, to: state, indices), try apply(b, to: state, indices))
    case .difference(let a, let b):
      return sum(try apply(a, to: state, indices), scaled(try apply(b, to: state, indices), -1))
    case .product(let a, let b): return try apply(a, to: try apply(b, to: state, indices), indices)
    case .quotient(let a, let b):
      return try multiplied(try apply(a, to: state, indices), Expression(.power(b, -1)))
    case .power(let a, let n):
      guard n >= 0 else { return try multiplied(state, expression) }
      var result = state
      for _ in 0..<n { result = try apply(a, to: result, indices) }
      return result
    case .operation(.adjoint, let parts):
      if case .operation(.member(let name, let arguments), let indices) = parts[0].node,
        let letter = try algebra.levels(name, arguments, indices)
      {
        return try act(letter.adjoint, state)
      }
      guard case .variable(let name) = parts[0].node, let symbol = try algebra.symbol(name, cells: indices) else {
        return try apply(parts[0].adjointTree(algebra), to: state, indices)
      }
      // x, y and z are their own adjoints.
      guard case .letter(let letter) = symbol else { return try apply(parts[0], to: state, indices) }
      return try act(letter.adjoint, state)
    case .operation(.commutator, let parts):
      let (a, b) = (parts[0], parts[1])
      return sum(
        try apply(a, to: try apply(b, to: state, indices), indices),
        scaled(try apply(b, to: try apply(a, to: state, indices), indices), -1))
    case .operation(.sum(let index), let parts):
      var result: State = [:]
      for cell in 0..<cells {
        var inner = indices
        inner[index] = cell
        result = sum(result, try apply(parts[0], to: state, inner))
      }
      return result
    case .operation(.derivative(let name), let parts):
      guard parts[0].size <= Expression.greatestTrialSize else { throw Undefined() }
      return try apply(parts[0].derivative(in: name), to: state, indices)
    case .operation(.member(let name, let arguments), let parts):
      guard let letter = try algebra.levels(name, arguments, parts) else { throw Undefined() }
      return try act(letter, state)
    case .operation(.bracket, _), .operation(.cellSum, _), .operation(.equation, _), .quantity: throw Undefined()
    }
  }

  private func multiplied(_ state: State, _ scalar: Expression) throws -> State {
    guard let scalar = scalar.withoutBrackets([]) else { throw Undefined() }
    let factor = try scalar.evaluate(in: context, variables: values)
    guard factor.isDefined else { throw Undefined() }
    return state.mapValues { $0 * factor.value }
  }

  private func act(_ letter: Letter, _ state: State) throws -> State {
    let position = letter.factor.position
    let cell: Int
    switch letter.cell {
    case .only: cell = 0
    case .number(let value): cell = value
    case .label: throw Undefined()
    }
    // A member that does not exist makes no sense, whatever it would do.
    guard cell < algebra.factors[letter.factor].count(cells) else { throw Undefined() }
    let place = starts[position] + cell
    let twice = lengths[position]
    var result: State = [:]
    if case .matrix = letter.kind { throw Undefined() }
    if letter.kind == .observable { return mixed(position, place, state) }
    for (numbers, amplitude) in state where place < numbers.count {
      let n = numbers[place]
      var (next, factor) = (n, Rational(0))
      switch letter.kind {
      case .boson(.creation): (next, factor) = (n + 1, 1)
      case .boson(.annihilation): (next, factor) = (n - 1, Rational(Integer(n)))
      case .fermion(.creation): (next, factor) = (n + 1, n == 0 ? sign(numbers, place) : 0)
      case .fermion(.annihilation): (next, factor) = (n - 1, n == 1 ? sign(numbers, place) : 0)
      case .spin(.plus): (next, factor) = (n + 1, Rational(Integer(twice - n)))
      case .pauli(.plus): (next, factor) = (n + 1, Rational(Integer(1 - n)))
      case .spin(.minus), .pauli(.minus): (next, factor) = (n - 1, Rational(Integer(n)))
      case .spin(.z): factor = Rational(Integer(2 * n - twice), 2)
      case .pauli(.z): factor = Rational(Integer(2 * n - 1))
      case .level(let k, let l): (next, factor) = (k, n == l ? 1 : 0)
      case .matrix, .observable: break
      }
      guard factor.signum != 0 else { continue }
      var moved = numbers
      moved[place] = next
      let value = amplitude * context.number(factor).value
      result[moved] = result[moved].map { $0 + value } ?? value
    }
    return result
  }

  /// The dimension of the factor on which observables act.
  private static let size = 3

  /// A Hermitian matrix of small integers, one for each observable.
  private func mixed(_ mode: Int, _ place: Int, _ state: State) -> State {
    var random = SplitMix64(seed: UInt64(mode) &+ 0x5151 &* UInt64(lengths[mode]))
    let entries = (0..<StateAction.size).map { _ in
      (0..<StateAction.size).map { _ in
        ComplexInterval(
          context.number(Rational(Integer(Int(random.next() % 9) - 4))).value.real,
          context.number(Rational(Integer(Int(random.next() % 9) - 4))).value.real)
      }
    }
    var result: State = [:]
    for (numbers, amplitude) in state {
      let column = numbers[place]
      for row in 0..<StateAction.size {
        var moved = numbers
        moved[place] = row
        let value = amplitude * (entries[row][column] + entries[column][row].conjugate)
        result[moved] = result[moved].map { $0 + value } ?? value
      }
    }
    return result
  }

  /// -1 for an odd number of fermions before a place.
  private func sign(_ numbers: [Int], _ place: Int) -> Rational {
    var odd = false
    for (number, factor) in algebra.factors.all.enumerated() where factor.kind == .fermion {
      for cell in 0..<factor.count(cells) where starts[number] + cell < place {
        if numbers[starts[number] + cell] == 1 { odd.toggle() }
      }
    }
    return odd ? -1 : 1
  }
}

extension Expression {
  /// The adjoint, with adjoints left at names of bosons and fermions alone; parameters are real.
  func adjointTree(_ algebra: OperatorAlgebra) throws -> Expression {
    func adjoint(_ a: Expression) throws -> Expression { try a.adjointTree(algebra) }
    switch node {
    case .number, .pi: return self
    case .call(let function, let a): return Expression(.call(function, try adjoint(a)))
    case .variable("i"): return Expression(.negation(self))
    case .variable(let name): return algebra.isOperator(name) ? Expression(.operation(.adjoint, [self])) : self
    case .negation(let a): return Expression(.negation(try adjoint(a)))
    case .sum(let a, let b): return try adjoint(a) + adjoint(b)
    case .difference(let a, let b): return try adjoint(a) - adjoint(b)
    case .product(let a, let b): return try adjoint(b) * adjoint(a)
    case .quotient(let a, let b): return try adjoint(a) / adjoint(b)
    case .power(let a, let n): return Expression(.power(try adjoint(a), n))
    case .generalPower(let a, let b): return Expression(.generalPower(try adjoint(a), try adjoint(b)))
    case .operation(.adjoint, let parts): return parts[0]
    case .operation(.commutator, let parts):
      return Expression(.operation(.commutator, [try adjoint(parts[1]), try adjoint(parts[0])]))
    case .operation(.sum(let index), let parts):
      return Expression(.operation(.sum(index: index), [try adjoint(parts[0])]))
    case .operation(.derivative(let name), let parts):
      return Expression(.operation(.derivative(name: name), [try adjoint(parts[0])]))
    case .operation(.member, _): return Expression(.operation(.adjoint, [self]))
    case .operation(.bracket, _), .operation(.cellSum, _), .operation(.equation, _), .quantity:
      throw StateAction.Undefined()
    }
  }
}

extension Factor {
  /// The number of its cells, that of families of a symbolic size being given.
  fileprivate func count(_ cells: Int) -> Int {
    switch self.cells {
    case nil: 1
    case .number(let count): count
    case .symbol: cells
    }
  }
}

extension OperatorAlgebra {
  /// The letter |k><l| of a factor of levels, with indices that are numbers; nil for what is none.
  fileprivate func levels(_ name: String, _ arguments: Int, _ parts: [Expression]) throws -> Letter? {
    let numbers = parts.compactMap { part -> Int? in
      if case .number(let value) = part.node { value.integer.flatMap { Int(exactly: $0) } } else { nil }
    }
    guard arguments == 2, numbers.count == parts.count, let id = factors.factor(ofOperator: name) else { return nil }
    let cell = numbers.count > 2 ? Letter.Cell.number(numbers[2]) : .only
    guard case .letter(let letter) = try factors.symbol(name, of: id, cell: cell, levels: (numbers[0], numbers[1]))
    else { return nil }
    return letter
  }
}
