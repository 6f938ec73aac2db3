import ArbitraryPrecision
import Operators

/// Powers of i on basis states that make -iH real and skew.
enum PhaseChoice {
  /// The part of H_kl that is -i i^p H_kl for a power p = p_l - p_k.
  static func part(_ power: Int) -> SkewRotation.Part {
    switch power & 3 {
    case 0: .imaginary
    case 1: .real
    case 2: .minusImaginary
    default: .minusReal
    }
  }

  /// The same choice with 2 added to some p_k, so that each A_(k+1)k is positive, where each state is coupled to its
  /// neighbours in the basis alone; unchanged else.
  static func alongPath(_ phases: [Int], _ sector: Sector, _ scalars: ModelScalars) throws -> [Int] {
    var result = phases
    for (column, entries) in sector.columns.enumerated() where column > 0 {
      let others = entries.filter { $0.row != column }
      guard others.count == 1, others[0].row == column - 1 else { return phases }
      let element = try scalars.enclosure(others[0].element)
      let value: Interval =
        switch part(result[column] - result[column - 1]) {
        case .real: element.real
        case .minusReal: -element.real
        case .imaginary: element.imaginary
        default: -element.imaginary
        }
      // A_k(k+1) is the opposite of A_(k+1)k.
      guard let sign = value.certainSign, sign != 0 else { return phases }
      if sign > 0 { result[column] = (result[column] + 2) & 3 }
    }
    return result
  }

  /// The powers 0 and 1 of i, or nil where there is no such choice.
  static func phases(_ sector: Sector, _ scalars: ModelScalars) throws -> [Int]? {
    var diagonal: RadicalSum<ScalarPolynomial>?
    var neighbours = [[(other: Int, differs: Bool)]](repeating: [], count: sector.states.count)
    for (column, entries) in sector.columns.enumerated() {
      // Elements that are written alike are equal.
      let own = entries.first { $0.row == column }?.element ?? RadicalSum()
      if let diagonal, diagonal != own {
        var difference = own
        try difference.add(diagonal, times: scalars.number(-1), in: scalars)
        guard difference.isZero else { return nil }
      }
      diagonal = diagonal ?? own
      for (row, element) in entries where row != column {
        let differs: Bool
        if element.coefficients.allSatisfy(\.isVisiblyReal) {
          differs = true
        } else if try element.coefficients.allSatisfy({ try scalars.product(scalars.imaginaryUnit(), $0).isVisiblyReal }
        ) {
          differs = false
        } else {
          return nil
        }
        neighbours[row].append((column, differs))
        neighbours[column].append((row, differs))
      }
    }
    var phases = [Int?](repeating: nil, count: neighbours.count)
    for root in phases.indices where phases[root] == nil {
      phases[root] = 0
      var waiting = [(root, 0)]
      while let (state, phase) = waiting.popLast() {
        for (other, differs) in neighbours[state] {
          let expected = differs ? 1 - phase : phase
          if let known = phases[other] {
            guard known == expected else { return nil }
          } else {
            phases[other] = expected
            waiting.append((other, expected))
          }
        }
      }
    }
    return phases.map { $0 ?? 0 }
  }
}
