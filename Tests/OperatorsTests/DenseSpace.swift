import ArbitraryPrecision
import Expressions
import Operators

/// A dense matrix of enclosures.
struct DenseMatrix {
  static let bits = 256

  let size: Int
  private(set) var rows: [[ComplexInterval?]]

  init(size: Int, _ entries: [(row: Int, column: Int, value: ComplexInterval)]) {
    self.size = size
    rows = Array(repeating: Array(repeating: nil, count: size), count: size)
    for entry in entries { rows[entry.row][entry.column] = entry.value }
  }

  static func identity(_ size: Int) -> DenseMatrix {
    DenseMatrix(size: size, (0..<size).map { ($0, $0, number(1)) })
  }

  static func number(_ real: Rational, _ imaginary: Rational = 0) -> ComplexInterval {
    ComplexInterval(Interval(real, precision: bits), Interval(imaginary, precision: bits))
  }

  static func root(_ value: Rational) -> ComplexInterval {
    ComplexInterval(Interval(value, precision: bits).squareRoot, Interval(0, precision: bits))
  }

  subscript(row: Int, column: Int) -> ComplexInterval {
    rows[row][column] ?? ComplexInterval.zero(precision: DenseMatrix.bits)
  }

  static func + (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    var result = a
    for i in 0..<a.size {
      for j in 0..<a.size {
        guard let value = b.rows[i][j] else { continue }
        result.rows[i][j] = result.rows[i][j].map { $0 + value } ?? value
      }
    }
    return result
  }

  static func * (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    var result = DenseMatrix(size: a.size, [])
    for i in 0..<a.size {
      for k in 0..<a.size {
        guard let x = a.rows[i][k] else { continue }
        for j in 0..<a.size {
          guard let y = b.rows[k][j] else { continue }
          result.rows[i][j] = result.rows[i][j].map { $0 + x * y } ?? x * y
        }
      }
    }
    return result
  }

  func scaled(_ factor: ComplexInterval) -> DenseMatrix {
    var result = self
    for i in 0..<size { for j in 0..<size { result.rows[i][j] = rows[i][j].map { $0 * factor } } }
    return result
  }

  var adjoint: DenseMatrix {
    var result = self
    for i in 0..<size { for j in 0..<size { result.rows[i][j] = rows[j][i]?.conjugate } }
    return result
  }

  /// The product in which the first matrix is slowest, as NumPy's `kron`.
  func kronecker(_ other: DenseMatrix) -> DenseMatrix {
    var result = DenseMatrix(size: size * other.size, [])
    for i in 0..<size {
      for j in 0..<size {
        guard let x = rows[i][j] else { continue }
        for k in 0..<other.size {
          for l in 0..<other.size {
            result.rows[i * other.size + k][j * other.size + l] = other.rows[k][l].map { x * $0 }
          }
        }
      }
    }
    return result
  }
}

/// A space as plain matrices from the tables of each kind of factor: the independent twin of `ProductBasis`.
struct DenseSpace {
  let factors: [Factor]
  /// The number of states of each boson that are kept.
  let quanta: Int

  private func count(_ factor: Factor) -> Int { if case .number(let count)? = factor.cells { count } else { 1 } }

  private func size(_ factor: Factor) -> Int {
    switch factor.kind {
    case .boson: quanta
    case .fermion, .qubit: 2
    case .spin(let twice): (twice ?? 0) + 1
    case .levels(let count): count
    case .matrix(let space): space.dimensions.reduce(1, *)
    case .observable: 1
    }
  }

  /// The sizes of all sites, in order.
  var sizes: [Int] {
    factors.flatMap { factor in
      if case .matrix(let space) = factor.kind, factor.cells == nil { return space.dimensions }
      return Array(repeating: size(factor), count: count(factor))
    }
  }

  var dimension: Int { sizes.reduce(1, *) }

  /// The numbers of the sites of a state, the last one fastest.
  func numbers(_ index: Int) -> [Int] {
    var left = index
    return sizes.reversed().map { size in
      defer { left /= size }
      return left % size
    }.reversed()
  }

  private func table(_ factor: Factor, _ suffix: String, _ levels: [Int]) -> DenseMatrix {
    func entries(_ list: [(Int, Int, ComplexInterval)]) -> DenseMatrix { DenseMatrix(size: size(factor), list) }
    let (one, i) = (DenseMatrix.number(1), DenseMatrix.number(0, 1))
    switch factor.kind {
    case .boson: return entries((1..<quanta).map { ($0 - 1, $0, DenseMatrix.root(Rational(Integer($0)))) })
    case .fermion: return entries([(0, 1, one)])
    case .levels: return entries([(levels[0], levels[1], one)])
    case .matrix(let space):
      let elements = space.operators.first { $0.name == "\(factor.name)_\(suffix)" }?.matrix.elements ?? []
      return entries(elements.map { ($0.row, $0.column, DenseMatrix.number($0.value.real, $0.value.imaginary)) })
    case .observable: return entries([])
    case .qubit:
      let (x, y) = (entries([(0, 1, one), (1, 0, one)]), entries([(0, 1, i), (1, 0, -i)]))
      let half = DenseMatrix.number(Rational(1, 2))
      switch suffix {
      case "x": return x
      case "y": return y
      case "z": return entries([(0, 0, -one), (1, 1, one)])
      case "p": return (x + y.scaled(i)).scaled(half)
      default: return (x + y.scaled(-i)).scaled(half)
      }
    case .spin(let twice):
      let j = Rational(Integer(twice ?? 0), 2)
      let m = (0...(twice ?? 0)).map { Rational(Integer($0)) - j }
      let raise = entries(
        (0..<(twice ?? 0)).map { ($0 + 1, $0, DenseMatrix.root(j * (j + 1) - m[$0] * (m[$0] + 1))) })
      let half = DenseMatrix.number(Rational(1, 2))
      switch suffix {
      case "p": return raise
      case "m": return raise.adjoint
      case "z": return entries(m.enumerated().map { ($0.offset, $0.offset, DenseMatrix.number($0.element)) })
      case "x": return (raise + raise.adjoint).scaled(half)
      default: return (raise + raise.adjoint.scaled(-one)).scaled(DenseMatrix.number(0, Rational(-1, 2)))
      }
    }
  }

  /// The matrix of an operator's name on a cell: Kronecker products with identities, and with diag(1, -1) for the
  /// fermions before a fermion.
  func matrix(_ name: String, cell: Int, levels: [Int] = []) -> DenseMatrix? {
    let parts = name.split(separator: "_").map(String.init)
    guard let owner = factors.firstIndex(where: { $0.name == parts[0] }) else { return nil }
    var result = DenseMatrix.identity(1)
    var isBefore = true
    for (position, factor) in factors.enumerated() {
      for number in 0..<count(factor) {
        if position == owner, number == cell {
          result = result.kronecker(table(factor, parts.count > 1 ? parts[1] : "", levels))
          isBefore = false
        } else if isBefore, factor.kind == .fermion, factors[owner].kind == .fermion {
          let signs = [(0, 0, DenseMatrix.number(1)), (1, 1, DenseMatrix.number(-1))]
          result = result.kronecker(DenseMatrix(size: 2, signs))
        } else {
          result = result.kronecker(.identity(size(factor)))
        }
      }
    }
    return result
  }

  /// The matrix of a formula, operation by operation.
  func matrix(_ formula: Expression) throws -> DenseMatrix {
    switch formula.node {
    case .number(let value): return DenseMatrix.identity(dimension).scaled(DenseMatrix.number(value))
    case .variable("i"): return DenseMatrix.identity(dimension).scaled(DenseMatrix.number(0, 1))
    case .variable(let name):
      guard let matrix = matrix(name, cell: 0) else { throw Unknown(name: name) }
      return matrix
    case .operation(.member(let name, let arguments), let parts):
      let numbers = try parts.map { part in
        guard case .number(let value) = part.node, let integer = value.integer, let word = Int(exactly: integer) else {
          throw Unknown(name: "\(part)")
        }
        return word
      }
      let cell = numbers.count > arguments ? numbers[arguments] : 0
      guard let matrix = matrix(name, cell: cell, levels: Array(numbers.prefix(arguments))) else {
        throw Unknown(name: name)
      }
      return matrix
    case .negation(let a): return try matrix(a).scaled(DenseMatrix.number(-1))
    case .sum(let a, let b): return try matrix(a) + matrix(b)
    case .difference(let a, let b): return try matrix(a) + matrix(b).scaled(DenseMatrix.number(-1))
    case .product(let a, let b): return try matrix(a) * matrix(b)
    case .quotient(let a, let b):
      guard case .number(let value) = b.node else { throw Unknown(name: "\(b)") }
      return try matrix(a).scaled(DenseMatrix.number(1 / value))
    case .power(let a, let n): return try (0..<n).reduce(.identity(dimension)) { power, _ in power * (try matrix(a)) }
    case .operation(.adjoint, let parts): return try matrix(parts[0]).adjoint
    case .operation(.commutator, let parts):
      let (a, b) = (try matrix(parts[0]), try matrix(parts[1]))
      return a * b + (b * a).scaled(DenseMatrix.number(-1))
    default: throw Unknown(name: "\(formula)")
    }
  }

  struct Unknown: Error { let name: String }
}

extension ProductBasis {
  /// The enclosure of an exact element.
  static func enclosure(_ element: RadicalSum<GaussianRational>) -> ComplexInterval {
    element.terms.reduce(ComplexInterval.zero(precision: DenseMatrix.bits)) { sum, term in
      let root = DenseMatrix.root(Rational(term.radicand.integer))
      return sum + DenseMatrix.number(term.value.real, term.value.imaginary) * root
    }
  }
}
