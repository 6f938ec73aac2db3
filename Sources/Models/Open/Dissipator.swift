import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics
import States

/// What a jump adds to the master equation: rate (L rho R' - (R'L rho + rho R'L)/2), R being L but for jumps that are
/// correlated, which stand in pairs.
struct Dissipator {
  let left: ModelPoint.Operator
  let right: ModelPoint.Operator
  /// Real where both operators are one.
  let rate: ScalarPolynomial
  let place: ModelFormula
}

extension ModelPoint {
  /// What the model's jumps add to the master equation.
  func dissipators() throws -> [Dissipator] { try dissipators(model.jumps) }

  /// What jumps add to the master equation; those whose rates are exactly zero are left out.
  ///
  /// - Throws: ``BadInput`` for rates that are negative or not real, and matrices of rates that are not Hermitian or
  ///   have a negative eigenvalue.
  func dissipators(_ jumps: [JumpDeclaration]) throws -> [Dissipator] {
    var result: [Dissipator] = []
    for jump in jumps {
      switch jump.content {
      case .single(let each, let operation, let rate):
        for indices in try values(of: each, in: operation) {
          let (own, rate) = (operation.substituting(indices), rate.substituting(indices))
          let polynomial = try polynomial(own)
          try requireDefinite(polynomial, own)
          let value = try scalar(rate.expression, rate)
          try requireRate(value, rate)
          guard try scalars.decision(isZero: value) != .certainlyTrue, !polynomial.isZero else { continue }
          result.append(Dissipator(left: polynomial, right: polynomial, rate: value, place: rate))
        }
      case .correlated(let operators, let rates):
        result += try correlated(operators, rates)
      }
    }
    return result
  }

  private func correlated(_ operators: [ModelFormula], _ rates: [[ModelFormula]]) throws -> [Dissipator] {
    let polynomials = try operators.map { operation in
      let polynomial = try polynomial(operation)
      try requireDefinite(polynomial, operation)
      return polynomial
    }
    let values = try rates.map { try $0.map { try scalar($0.expression, $0) } }
    try requireNonNegative(values, rates)
    var result: [Dissipator] = []
    for (k, left) in polynomials.enumerated() {
      for (l, right) in polynomials.enumerated() where try scalars.decision(isZero: values[k][l]) != .certainlyTrue {
        result.append(Dissipator(left: left, right: right, rate: values[k][l], place: rates[k][l]))
      }
    }
    return result
  }

  /// Refuses a rate that is negative or not real.
  private func requireRate(_ value: ScalarPolynomial, _ rate: ModelFormula) throws {
    guard !value.holdsTime else { return }
    let enclosure = try scalars.enclosure(value)
    guard enclosure.imaginary.containsZero, enclosure.real.upper.signum >= 0 else {
      throw rate.fault("the rate is negative or not real; accepted: rates of 0 or more")
    }
    if try scalars.decision(isZero: value) == .certainlyTrue { return }
    guard value.isVisiblyReal || enclosure.imaginary.isExactZero else {
      throw Undecided(rate.fault("undecided whether the rate is real").message)
    }
    guard enclosure.real.lower.signum >= 0 else { throw NotToldYet(what: "whether a rate is negative") }
  }

  /// Refuses a matrix of rates that is not Hermitian, or has a negative eigenvalue: decided for entries whose parts are
  /// rational.
  private func requireNonNegative(_ values: [[ScalarPolynomial]], _ rates: [[ModelFormula]]) throws {
    for (k, row) in values.enumerated() {
      for (l, value) in row.enumerated() where l <= k {
        let difference = value + -scalars.conjugate(values[l][k])
        switch try scalars.decision(isZero: difference) {
        case .certainlyTrue: continue
        case .certainlyFalse:
          throw rates[k][l].fault(
            "the rates are not Hermitian: the entry of row \(k), column \(l) is not the conjugate of its mirror image"
              + "; accepted: Hermitian matrices")
        case .undecided: throw Undecided(rates[k][l].fault("undecided whether the rates are Hermitian").message)
        }
      }
    }
    guard let place = rates.first?.first else { return }
    let numbers = values.map { $0.map(\.number) }
    if numbers.allSatisfy({ $0.allSatisfy { $0 != nil } }) {
      let decomposition = RankDecomposition(values.count) { row, column in
        (numbers[row][column]?.real ?? 0, numbers[row][column]?.imaginary ?? 0)
      }
      guard decomposition != nil else {
        throw place.fault("the rates have a negative eigenvalue; accepted: matrices without one")
      }
      return
    }
    guard !values.joined().contains(where: \.holdsTime) else {
      throw Unanswered(beyond: place.fault("a matrix of rates that depends on t; accepted: one without t").message)
    }
    let enclosures = try values.map { try $0.map { try scalars.enclosure($0) } }
    let matrix = HermitianMatrix(values.count, precision: precision) { enclosures[$0][$1] }
    let spectrum = try HermitianSpectrum(matrix, bits: precision, within: Budget()).eigenvalues
    if spectrum.contains(where: { $0.upper.signum < 0 }) {
      throw place.fault("the rates have a negative eigenvalue; accepted: matrices without one")
    }
    guard spectrum.allSatisfy({ $0.lower.signum >= 0 }) else {
      throw Undecided(place.fault("undecided whether the rates have a negative eigenvalue").message)
    }
  }

  /// The values of the indices of a jump: all cells, or all pairs j < k, of the families that they stand at.
  func values(of each: [String], in operation: ModelFormula) throws -> [[String: Expression]] {
    guard !each.isEmpty else { return [[:]] }
    var counts: Set<Int> = []
    for index in each { cells(at: index, in: operation.expression, &counts) }
    guard let count = counts.first, counts.count == 1 else {
      throw operation.fault(
        counts.isEmpty
          ? "the index '\(each[0])' stands at no family; accepted: operators such as s_m[\(each[0])]"
          : "the families have \(counts.sorted().map(String.init).joined(separator: " and ")) cells; accepted: one size"
      )
    }
    func number(_ value: Int) -> Expression { .number(Rational(Integer(value))) }
    if each.count == 1 { return (0..<count).map { [each[0]: number($0)] } }
    return (0..<count).flatMap { j in (j + 1..<max(count, j + 1)).map { [each[0]: number(j), each[1]: number($0)] } }
  }

  private func cells(at index: String, in formula: Expression, _ counts: inout Set<Int>) {
    if case .operation(.member(let name, let arguments), let parts) = formula.node, arguments < parts.count,
      parts.dropFirst(arguments).contains(where: { $0.variables.contains(index) }),
      let factor = model.factors.firstIndex(where: { $0.placeholder.operatorNames.contains(name) }),
      case .number(let count)? = basis.factors[FactorID(factor)].cells
    {
      counts.insert(count)
    }
    for part in formula.node.children { cells(at: index, in: part, &counts) }
  }
}
