import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

extension ExactMatrix {
  /// The sum of exact numbers; nil when it is out of the range of constants.
  package static func sum(_ values: [Constant]) -> Constant? {
    let rationals = values.compactMap(\.rational)
    if rationals.count == values.count { return Constant(rationals.reduce(0, +)) }
    let formulas = values.filter { $0.rational?.signum != 0 }.map(\.expression)
    return try? Constant(formulas.dropFirst().reduce(formulas[0], +))
  }

  /// Whether two numbers are equal.
  private static func areEqual(_ a: Constant, _ b: Constant) -> Decision {
    if let x = a.rational, let y = b.rational { return Decision(x == y) }
    return (try? Constant(a.expression - b.expression))?.isZero ?? .undecided
  }

  /// Whether two numbers add up to zero.
  private static func areOpposite(_ a: Constant, _ b: Constant) -> Decision {
    sum([a, b])?.isZero ?? .undecided
  }

  /// Whether two matrices of a dimension are equal.
  package func isEqual(to other: ExactMatrix) -> Decision {
    zip(elements, other.elements).reduce(.certainlyTrue) { known, pair in
      if known == .certainlyFalse { return known }
      return known.and(ExactMatrix.areEqual(pair.0.real, pair.1.real))
        .and(ExactMatrix.areEqual(pair.0.imaginary, pair.1.imaginary))
    }
  }

  /// The first element that is not the conjugate of its counterpart, or of which that is not known.
  package var notHermitian: (row: Int, column: Int, decision: Decision)? {
    for row in 0..<dimension {
      for column in 0...row {
        let (a, b) = (self[row, column], self[column, row])
        let decision = ExactMatrix.areEqual(a.real, b.real).and(ExactMatrix.areOpposite(a.imaginary, b.imaginary))
        if decision != .certainlyTrue { return (row, column, decision) }
      }
    }
    return nil
  }

  /// The trace's real part; nil when it is out of range.
  package var trace: Constant? { ExactMatrix.sum((0..<dimension).map { self[$0, $0].real }) }

  /// All elements divided by a number that is not zero; nil when one is out of range.
  package func divided(by divisor: Constant) -> ExactMatrix? {
    func quotient(_ a: Constant) -> Constant? {
      if let x = a.rational, let y = divisor.rational { return Constant(x / y) }
      return try? Constant(a.expression / divisor.expression)
    }
    var result: [[ExactComplex]] = []
    for row in 0..<dimension {
      result.append([])
      for column in 0..<dimension {
        guard let x = quotient(self[row, column].real), let y = quotient(self[row, column].imaginary) else {
          return nil
        }
        result[row].append(ExactComplex(x, y))
      }
    }
    return try? ExactMatrix(rows: result)
  }

  /// Whether nothing stands beside the diagonal.
  package var isDiagonal: Decision {
    (0..<dimension).reduce(.certainlyTrue) { known, row in
      (0..<dimension).filter { $0 != row }.reduce(known) {
        $0.and(self[row, $1].real.isZero).and(self[row, $1].imaginary.isZero)
      }
    }
  }

  /// Whether it is a multiple of the identity.
  package var isScalar: Decision {
    (1..<max(1, dimension)).reduce(isDiagonal) { known, row in
      known == .certainlyFalse ? known : known.and(ExactMatrix.areEqual(self[row, row].real, self[0, 0].real))
    }
  }

  /// The enclosure of (A + A^H)/2, which is A for a Hermitian matrix.
  package func hermitianPart(precision: Int) -> HermitianMatrix {
    func mean(_ a: Constant, _ b: Constant, _ sign: Int) -> Interval {
      if let x = a.rational, let y = b.rational {
        return Interval((x + (sign > 0 ? y : -y)) / 2, precision: precision)
      }
      let (x, y) = (a.enclosure(precision: precision), b.enclosure(precision: precision))
      return (sign > 0 ? x + y : x - y).scaled(byPowerOfTwo: -1)
    }
    if elements.allSatisfy({ $0.imaginary.isZero == .certainlyTrue }) {
      return HermitianMatrix(symmetric: dimension, precision: precision) {
        mean(self[$0, $1].real, self[$1, $0].real, 1)
      }
    }
    return HermitianMatrix(dimension, precision: precision) {
      ComplexInterval(
        mean(self[$0, $1].real, self[$1, $0].real, 1), mean(self[$0, $1].imaginary, self[$1, $0].imaginary, -1))
    }
  }

  /// The enclosure of (A - A^H)/(2 i), which is zero for a Hermitian matrix.
  package func antiHermitianPart(precision: Int) -> HermitianMatrix {
    // (A/i)_jk = Im A_jk - i Re A_jk.
    let turned = ExactMatrix(dimension: dimension) { row, column in
      let x = self[row, column]
      return ExactComplex(x.imaginary, x.real.rational.map { Constant(-$0) } ?? self[row, column].real.opposite)
    }
    return turned.hermitianPart(precision: precision)
  }

  private init(dimension: Int, _ element: (Int, Int) -> ExactComplex) {
    let rows = (0..<dimension).map { row in (0..<dimension).map { element(row, $0) } }
    do { try self.init(rows: rows) } catch { fatalError("ExactMatrix: \(error.message)") }
  }
}

extension Constant {
  fileprivate var opposite: Constant { (try? Constant(Expression(.negation(expression)))) ?? self }
}
