import ArbitraryPrecision

/// The rules by which neighbouring letters change places.
enum ExchangeRules {
  static func isOutOfOrder(_ a: Letter, _ b: Letter) -> Bool {
    // Observables of which nothing is known stand first, in the order in which they are written.
    if a.kind == .observable { return false }
    if b.kind == .observable { return true }
    // Matrices of one cell are multiplied, not exchanged.
    if a.matrix != nil, b.matrix != nil, a.factor == b.factor, a.cell == b.cell { return false }
    if b < a { return true }
    // The square of a fermion's letter vanishes.
    return a == b && a.isFermion
  }

  /// Letters in the place of two, a factor, and two cells that this term makes one.
  typealias Replacement = (letters: [Letter], factor: Rational, merged: (Letter.Cell, Letter.Cell)?)

  /// ab as a sum: the exchanged product first, then what the commutator leaves, with the two labels made one where it
  /// needs that.
  static func exchange(_ a: Letter, _ b: Letter) -> [Replacement] {
    let areFermions = a.isFermion && b.isFermion
    if areFermions, a == b { return [] }
    var result: [Replacement] = [([b, a], areFermions ? -1 : 1, nil)]
    let meeting = a.meets(b)
    guard meeting != .never else { return result }
    var merged: (Letter.Cell, Letter.Cell)?
    var cell = a.cell
    if meeting == .whereEqual {
      if case .label = a.cell { (merged, cell) = ((a.cell, b.cell), b.cell) } else { merged = (b.cell, a.cell) }
    }
    for (kind, factor) in remainder(a.kind, b.kind) {
      result.append((kind.map { [Letter(a.factor, $0, cell: cell)] } ?? [], factor, merged))
    }
    return result
  }

  /// What ab - (+-)ba is for letters of one degree of freedom: of bosons, fermions and spins where they are out of
  /// order; Pauli matrices and levels are exchanged both ways.
  private static func remainder(_ a: Letter.Kind, _ b: Letter.Kind) -> [(kind: Letter.Kind?, factor: Rational)] {
    switch (a, b) {
    case (.boson(.annihilation), .boson(.creation)), (.fermion(.annihilation), .fermion(.creation)): [(nil, 1)]
    case (.spin(.z), .spin(.plus)): [(.spin(.plus), 1)]
    case (.spin(.minus), .spin(.z)): [(.spin(.minus), 1)]
    case (.spin(.minus), .spin(.plus)): [(.spin(.z), -2)]
    // [s_z, s_p] = 2 s_p, [s_p, s_m] = s_z.
    case (.pauli(.z), .pauli(.plus)): [(.pauli(.plus), 2)]
    case (.pauli(.plus), .pauli(.z)): [(.pauli(.plus), -2)]
    case (.pauli(.minus), .pauli(.z)): [(.pauli(.minus), 2)]
    case (.pauli(.z), .pauli(.minus)): [(.pauli(.minus), -2)]
    case (.pauli(.plus), .pauli(.minus)): [(.pauli(.z), 1)]
    case (.pauli(.minus), .pauli(.plus)): [(.pauli(.z), -1)]
    // [|k><l|, |m><n|] is |k><n| where l = m, minus |m><l| where k = n.
    case (.level(let k, let l), .level(let m, let n)):
      (l == m ? [(.level(k, n), 1)] : []) + (k == n ? [(.level(m, l), -1)] : [])
    default: []
    }
  }

  /// Two letters of Pauli matrices, levels or matrices of one cell in a word in normal order.
  static func pairToReduce(_ word: [Letter]) -> (first: Int, second: Int)? {
    for (i, a) in word.enumerated() where isReduced(a.kind) {
      for j in i + 1..<max(word.count, i + 1) where word[j].factor == a.factor && word[j].cell == a.cell {
        return (i, j)
      }
    }
    return nil
  }

  private static func isReduced(_ kind: Letter.Kind) -> Bool {
    switch kind {
    case .pauli, .level, .matrix: true
    default: false
    }
  }

  /// The product of two letters of one cell as a combination of one letter and the identity.
  static func product(_ a: Letter, _ b: Letter) throws(OutsideFragment) -> [Replacement] {
    func letter(_ kind: Letter.Kind) -> [Letter] { [Letter(a.factor, kind, cell: a.cell)] }
    let half = Rational(1, 2)
    if let x = a.matrix, let y = b.matrix {
      let product = try SparseMatrix.product(x, y)
      guard let number = product.multipleOfOne else { return [(letter(.matrix(product)), 1, nil)] }
      return number.signum == 0 ? [] : [([], number, nil)]
    }
    return switch (a.kind, b.kind) {
    case (.pauli(.plus), .pauli(.minus)): [([], half, nil), (letter(.pauli(.z)), half, nil)]
    case (.pauli(.minus), .pauli(.plus)): [([], half, nil), (letter(.pauli(.z)), -half, nil)]
    case (.pauli(.z), .pauli(.z)): [([], 1, nil)]
    case (.pauli(.z), .pauli(.plus)): [(letter(.pauli(.plus)), 1, nil)]
    case (.pauli(.plus), .pauli(.z)): [(letter(.pauli(.plus)), -1, nil)]
    case (.pauli(.z), .pauli(.minus)): [(letter(.pauli(.minus)), -1, nil)]
    case (.pauli(.minus), .pauli(.z)): [(letter(.pauli(.minus)), 1, nil)]
    case (.level(let k, let l), .level(let m, let n)) where l == m: [(letter(.level(k, n)), 1, nil)]
    // Two raising or two lowering Pauli letters, and levels that do not meet.
    default: []
    }
  }

  /// |D-1><D-1| as 1 minus the other |k><k|.
  static func lastLevel(_ letter: Letter, of count: Int) -> [Replacement] {
    let others = (0..<count - 1).map { k -> Replacement in
      ([Letter(letter.factor, .level(k, k), cell: letter.cell)], -1, nil)
    }
    return [([], 1, nil)] + others
  }
}
