import ArbitraryPrecision

/// The rules by which neighbouring letters change places.
extension OperatorArithmetic {
  func kind(_ letter: Letter) -> OperatorAlgebra.Kind { algebra.modes[letter.mode].kind }

  func isOutOfOrder(_ a: Letter, _ b: Letter) -> Bool {
    // Observables of which nothing is known stand first, in the order in which they are written.
    if kind(a) == .observable { return false }
    if kind(b) == .observable { return true }
    if b < a { return true }
    // The square of a fermion's letter vanishes.
    return a == b && kind(a) == .fermion
  }

  func isSummed(_ letter: Letter) -> Bool {
    if case .bound = letter.index { return true }
    return false
  }

  typealias Replacement = (letters: [Letter], factor: Rational, merged: (Letter.Index, Letter.Index)?)

  /// ab as a sum: the exchanged product first, then what the commutator leaves, with the two labels made one where it
  /// needs that.
  func exchange(_ a: Letter, _ b: Letter) -> [Replacement] {
    let areFermions = kind(a) == .fermion && kind(b) == .fermion
    if areFermions, a == b { return [] }
    var result: [Replacement] = [([b, a], areFermions ? -1 : 1, nil)]
    let meeting = a.meets(b)
    guard meeting != .never else { return result }
    var merged: (Letter.Index, Letter.Index)?
    var index = a.index
    if meeting == .whereEqual {
      if case .bound = a.index { (merged, index) = ((a.index, b.index), b.index) } else { merged = (b.index, a.index) }
    }
    for (part, factor) in rest(a, b) {
      let letters = part.map { [Letter(mode: a.mode, part: $0, index: index)] } ?? []
      result.append((letters, factor, merged))
    }
    return result
  }

  /// What ab - (+-)ba is for letters of one degree of freedom: of bosons, fermions and spins where they are out of
  /// order; Pauli matrices are exchanged both ways.
  private func rest(_ a: Letter, _ b: Letter) -> [(part: Letter.Part?, factor: Rational)] {
    switch (kind(a), a.part, b.part) {
    case (.boson, .lower, .raise): [(nil, 1)]
    case (.fermion, .lower, .raise): [(nil, 1)]
    case (.spin, .z, .raise): [(.raise, 1)]
    case (.spin, .lower, .z): [(.lower, 1)]
    case (.spin, .lower, .raise): [(.z, -2)]
    // [s_z, s_p] = 2 s_p, [s_p, s_m] = s_z.
    case (.qubit, .z, .raise): [(.raise, 2)]
    case (.qubit, .raise, .z): [(.raise, -2)]
    case (.qubit, .lower, .z): [(.lower, 2)]
    case (.qubit, .z, .lower): [(.lower, -2)]
    case (.qubit, .raise, .lower): [(.z, 1)]
    case (.qubit, .lower, .raise): [(.z, -1)]
    default: []
    }
  }

  /// Two letters of Pauli matrices of one site in a word in normal order.
  func pairToReduce(_ word: [Letter]) -> (first: Int, second: Int)? {
    for (i, a) in word.enumerated() where kind(a) == .qubit {
      for j in i + 1..<max(word.count, i + 1) where word[j].mode == a.mode && word[j].index == a.index { return (i, j) }
    }
    return nil
  }

  /// The product of two letters of one site as a combination of one letter and the identity.
  static func pauli(_ a: Letter, _ b: Letter) -> [Replacement] {
    func letter(_ part: Letter.Part) -> [Letter] { [Letter(mode: a.mode, part: part, index: a.index)] }
    return switch (a.part, b.part) {
    case (.raise, .raise), (.lower, .lower): []
    case (.raise, .lower): [([], Rational(1, 2), nil), (letter(.z), Rational(1, 2), nil)]
    case (.lower, .raise): [([], Rational(1, 2), nil), (letter(.z), Rational(-1, 2), nil)]
    case (.z, .z): [([], 1, nil)]
    case (.z, .raise): [(letter(.raise), 1, nil)]
    case (.raise, .z): [(letter(.raise), -1, nil)]
    case (.z, .lower): [(letter(.lower), -1, nil)]
    case (.lower, .z): [(letter(.lower), 1, nil)]
    }
  }
}
