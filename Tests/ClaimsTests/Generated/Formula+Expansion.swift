/// Formulas written out: sums over cells as sums of members, derivatives and Poisson brackets worked out.
extension Formula {
  /// The formula for a number of cells, with nothing left but arithmetic, functions, members with numbers, adjoints and commutators.
  ///
  /// - Parameter pairs: coordinates with their momenta.
  func expanded(cells: Int, pairs: [(coordinate: Formula, momentum: Formula)]) -> Formula {
    switch self {
    case .sum(let index, let body):
      let terms = (0..<cells).map { body.binding(index, to: $0).expanded(cells: cells, pairs: pairs) }
      return terms.dropFirst().reduce(terms.first ?? .number(0)) { $0 + $1 }
    case .derivative(let name, let body):
      return body.expanded(cells: cells, pairs: pairs).derivative(in: .name(name))
    case .poisson(let a, let b):
      let (f, g) = (a.expanded(cells: cells, pairs: pairs), b.expanded(cells: cells, pairs: pairs))
      return pairs.reduce(.number(0)) { sum, pair in
        sum + f.derivative(in: pair.coordinate) * g.derivative(in: pair.momentum)
          - f.derivative(in: pair.momentum) * g.derivative(in: pair.coordinate)
      }
    default: return with(parts.map { $0.expanded(cells: cells, pairs: pairs) })
    }
  }

  /// The formula with a number in the place of an index; an inner sum over an index of the same name has its own.
  private func binding(_ index: String, to cell: Int) -> Formula {
    switch self {
    case .member(let family, index): .member(family, index: "\(cell)")
    case .sum(index, _): self
    default: with(parts.map { $0.binding(index, to: cell) })
    }
  }

  /// The derivative in a name or a member, by the rules.
  func derivative(in x: Formula) -> Formula {
    func prime(_ a: Formula) -> Formula { a.derivative(in: x) }
    if self == x { return .number(1) }
    switch self {
    case .number, .name, .member: return .number(0)
    case .negation(let a): return .negation(prime(a))
    case .binary("*", let a, let b): return prime(a) * b + a * prime(b)
    case .binary("/", let a, let b): return prime(a) / b - a * prime(b) / (b ^ 2)
    case .binary("^", let a, let n): return n * .binary("^", a, n - .number(1)) * prime(a)
    case .binary(let sign, let a, let b): return .binary(sign, prime(a), prime(b))
    case .call(let function, let arguments):
      guard let slope = Formula.slope(of: function, at: arguments[0]) else { return .call("unknown", []) }
      return slope * prime(arguments[0])
    case .adjoint(let a): return .adjoint(prime(a))
    case .commutator(let a, let b): return .commutator(prime(a), b) + .commutator(a, prime(b))
    case .poisson, .sum, .derivative: return .call("unknown", [])
    }
  }

  private static func slope(of function: String, at a: Formula) -> Formula? {
    func call(_ function: String) -> Formula { .call(function, [a]) }
    switch function {
    case "sin": return call("cos")
    case "cos": return .negation(call("sin"))
    case "tan": return .number(1) + (call("tan") ^ 2)
    case "atan": return .number(1) / (.number(1) + (a ^ 2))
    case "exp": return call("exp")
    case "log": return .number(1) / a
    case "sqrt": return .number(1) / (.number(2) * call("sqrt"))
    case "sinh": return call("cosh")
    case "cosh": return call("sinh")
    case "tanh": return .number(1) - (call("tanh") ^ 2)
    default: return nil
    }
  }

  /// The adjoint, with primes left at names and members alone: (xy)' = y'x', and parameters are real.
  var adjointWrittenOut: Formula {
    switch self {
    case .number: self
    case .name("i"): .negation(self)
    case .name, .member: .adjoint(self)
    case .adjoint(let a): a
    case .binary("*", let a, let b): b.adjointWrittenOut * a.adjointWrittenOut
    case .binary("^", let a, let n): .binary("^", a.adjointWrittenOut, n)
    case .commutator(let a, let b): .commutator(b.adjointWrittenOut, a.adjointWrittenOut)
    default: with(parts.map(\.adjointWrittenOut))
    }
  }
}
