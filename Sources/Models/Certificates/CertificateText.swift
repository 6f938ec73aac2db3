import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import Operators
import RigorousNumerics

/// Formulas and words of operators as a certificate writes them (docs/certificates.md, S1 and S2).
///
/// A certificate holds what its checkers read and nothing else: what has no form there is refused.
enum CertificateText {
  /// The refusal of what no checker covers.
  static func uncovered(_ what: String) -> Unanswered { Unanswered(beyond: "no certificate: \(what)") }

  /// The refusal of a mean that neither a norm nor a weight bounds.
  static var unbounded: Unanswered { uncovered("a mean without a bound on what the start reaches") }

  /// A formula in prefix form, numbers as rationals.
  ///
  /// - Parameter names: what stands for names; `t` and `i` stand for themselves.
  static func json(_ formula: Expression, _ names: [String: JSONValue] = [:]) throws -> JSONValue {
    func list(_ operation: String, _ parts: Expression...) throws -> JSONValue {
      .array([.string(operation)] + (try parts.map { try json($0, names) }))
    }
    switch formula.node {
    case .number(let value): return .string("\(value)")
    case .pi: return .array([.string("pi")])
    case .variable(let name):
      if let known = names[name] { return known }
      guard ["t", "i"].contains(name) else { throw uncovered("the name '\(name)' in a formula") }
      return .array([.string(name)])
    case .negation(let a): return try list("*", .number(-1), a)
    case .sum(let a, let b): return try list("+", a, b)
    case .difference(let a, let b): return .array([.string("+"), try json(a, names), try list("*", .number(-1), b)])
    case .product(let a, let b): return try list("*", a, b)
    case .quotient(let a, let b): return try list("/", a, b)
    case .power(let a, let n):
      guard abs(n) <= 4096 else { throw uncovered("the exponent \(n)") }
      return .array([.string("^"), try json(a, names), .integer(n)])
    case .call(let function, let a):
      switch function {
      case .sqrt, .exp, .sin, .cos: return try list(function.rawValue, a)
      case .sinh, .cosh:
        let both = try [a, Expression(.negation(a))].map { JSONValue.array([.string("exp"), try json($0, names)]) }
        let second = function == .cosh ? both[1] : JSONValue.array([.string("*"), .string("-1"), both[1]])
        return .array([.string("*"), .string("1/2"), .array([.string("+"), both[0], second])])
      case .tan: return try json(Expression(.call(.sin, a)) / Expression(.call(.cos, a)), names)
      case .tanh: return try json(Expression(.call(.sinh, a)) / Expression(.call(.cosh, a)), names)
      case .atan, .log, .abs: throw uncovered("the function \(function.rawValue)")
      }
    case .generalPower, .operation, .quantity: throw uncovered("the formula '\(formula)'")
    }
  }

  /// The terms of an operator, each a coefficient with a word, times a number.
  static func terms(_ polynomial: ModelPoint.Operator, times factor: Rational = 1, _ point: ModelPoint) throws
    -> JSONValue
  {
    var result: [JSONValue] = []
    for (word, coefficient) in polynomial.sorted {
      for (number, letters) in try words(word, point) {
        let scaled = ScalarPolynomial(number * GaussianRational(factor))
        let formula = try point.scalars.product(coefficient, scaled).formula.substituting(point.scalars.values)
        result.append(.array([try json(formula), .array(letters)]))
      }
    }
    return .array(result)
  }

  /// A product of letters as a sum of words of `+`, `-`, `n` and |k><l|: a_z of a qubit is 2n - 1, J_z is n - J.
  private static func words(
    _ word: [Letter], _ point: ModelPoint
  ) throws -> [(number: GaussianRational, letters: [JSONValue])] {
    var result: [(number: GaussianRational, letters: [JSONValue])] = [(GaussianRational(1), [])]
    for letter in word {
      let parts = try self.parts(of: letter, point)
      guard result.count * parts.count <= greatestWords else { throw uncovered("an operator of too many words") }
      result = result.flatMap { left in parts.map { (left.number * $0.number, left.letters + $0.letters) } }
    }
    return result
  }

  private static let greatestWords = 4096

  private static func parts(
    of letter: Letter, _ point: ModelPoint
  ) throws -> [(number: GaussianRational, letters: [JSONValue])] {
    let sites = point.basis.sites(of: letter)
    guard let site = sites.first else { throw uncovered("a letter of no site") }
    let one = GaussianRational(1)
    func own(_ text: String) -> [JSONValue] { [.array([.integer(site), .string(text)])] }
    switch letter.kind {
    case .boson(.creation), .fermion(.creation), .spin(.plus), .pauli(.plus): return [(one, own("+"))]
    case .boson(.annihilation), .fermion(.annihilation), .spin(.minus), .pauli(.minus): return [(one, own("-"))]
    case .pauli(.z): return [(GaussianRational(2), own("n")), (GaussianRational(-1), [])]
    case .spin(.z):
      let twice = (point.basis.dimension(ofSite: site) ?? 1) - 1
      return [(one, own("n")), (GaussianRational(Rational(Integer(-twice), 2)), [])]
    case .level(let k, let l): return [(one, [.array([.integer(site), .integer(k), .integer(l)])])]
    case .matrix(let matrix):
      let dimensions = sites.compactMap { point.basis.dimension(ofSite: $0) }
      return (0..<matrix.dimension).flatMap { column in
        matrix.column(column).map { element in
          var (row, column, letters) = (element.row, column, [JSONValue]())
          for (site, dimension) in zip(sites, dimensions).reversed() {
            letters.append(
              .array([.integer(site), .integer(row % dimension), .integer(column % dimension)]))
            (row, column) = (row / dimension, column / dimension)
          }
          return (element.value, letters)
        }
      }
    case .observable: throw uncovered("an observable without a matrix")
    }
  }
}

extension Expression {
  /// What functions other than roots are taken of, where it holds the time.
  var timedArguments: [Expression] {
    let inner = node.children.flatMap(\.timedArguments)
    guard case .call(let function, let a) = node, function != .sqrt, a.variables.contains("t") else { return inner }
    return inner + [a]
  }
}
