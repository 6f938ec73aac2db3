import Operators

/// Phases 1 and i on basis states that make -iH real and skew.
enum PhaseChoice {
  /// The powers p_k of i, or nil where there is no such choice.
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
