import ArbitraryPrecision

/// Exact matrix elements of operators between states of a product basis.
extension ProductBasis {
  /// A letter with the site that it acts on.
  struct PlacedLetter: Sendable {
    fileprivate let kind: Letter.Kind
    fileprivate let number: Int
    fileprivate let site: Site
  }

  /// A letter on its site.
  ///
  /// - Throws: ``OutsideFragment`` for a letter that acts on no site, or that its factor has not.
  private func placed(_ letter: Letter) throws(OutsideFragment) -> PlacedLetter {
    guard let number = site(of: letter.factor, letter.cell) else {
      guard factors.all.indices.contains(letter.factor.position) else {
        throw OutsideFragment(
          "a letter of factor \(letter.factor.position); accepted: those below \(factors.all.count)")
      }
      throw OutsideFragment("a letter of '\(factors[letter.factor].name)' on a cell that is none")
    }
    try requireLetter(letter.kind, of: factors[letter.factor])
    return PlacedLetter(kind: letter.kind, number: number, site: sites[number])
  }

  /// The state that a letter makes of a basis state, with its factor; nil where that is zero.
  ///
  /// - Throws: ``OutsideFragment`` for a letter that acts on no site, and beyond ``greatestQuanta``.
  public func apply(
    _ letter: Letter, to state: BasisState
  ) throws(OutsideFragment) -> (state: BasisState, factor: SquareRoot)? {
    try apply(try placed(letter), to: state)
  }

  private func apply(
    _ letter: PlacedLetter, to state: BasisState
  ) throws(OutsideFragment) -> (state: BasisState, factor: SquareRoot)? {
    let (site, number) = (letter.site, letter.number)
    let n = state[site.field]
    let (moved, factor): (Int, SquareRoot)
    // 2J of a spin.
    let twice = (site.dimension ?? 1) - 1
    switch letter.kind {
    case .boson(.creation):
      guard n < ProductBasis.greatestQuanta else {
        throw OutsideFragment("more than \(ProductBasis.greatestQuanta) quanta of '\(factors[site.factor].name)'")
      }
      (moved, factor) = (n + 1, SquareRoot(of: n + 1))
    case .boson(.annihilation):
      guard n > 0 else { return nil }
      (moved, factor) = (n - 1, SquareRoot(of: n))
    case .fermion(let ladder):
      guard n == (ladder == .creation ? 0 : 1) else { return nil }
      (moved, factor) = (1 - n, SquareRoot(isOdd(before: number, in: state) ? -1 : 1, halved: false))
    // J(J+1) - m(m+1) = (J-m)(J+m+1) with m = n - J.
    case .spin(.plus):
      guard n < twice else { return nil }
      (moved, factor) = (n + 1, SquareRoot(of: twice - n) * SquareRoot(of: n + 1))
    case .spin(.minus):
      guard n > 0 else { return nil }
      (moved, factor) = (n - 1, SquareRoot(of: n) * SquareRoot(of: twice - n + 1))
    case .spin(.z): (moved, factor) = (n, SquareRoot(2 * n - twice, halved: true))
    case .pauli(.plus):
      guard n == 0 else { return nil }
      (moved, factor) = (1, .one)
    case .pauli(.minus):
      guard n == 1 else { return nil }
      (moved, factor) = (0, .one)
    case .pauli(.z): (moved, factor) = (n, SquareRoot(n == 0 ? -1 : 1, halved: false))
    case .level(let k, let l):
      guard n == l else { return nil }
      (moved, factor) = (k, .one)
    case .matrix: throw OutsideFragment("one image of a matrix of '\(factors[site.factor].name)', which has many")
    case .observable: throw OutsideFragment("the observable '\(factors[site.factor].name)' has no matrix")
    }
    guard !factor.isZero else { return nil }
    var result = state
    result[site.field] = moved
    return (result, factor)
  }

  /// Refuses a letter that its factor has not: it would act on the bits of another site.
  private func requireLetter(_ kind: Letter.Kind, of factor: Factor) throws(OutsideFragment) {
    let isOwn =
      switch (kind, factor.kind) {
      case (.boson, .boson), (.fermion, .fermion), (.spin, .spin), (.pauli, .qubit), (.observable, .observable): true
      case (.matrix(let matrix), .matrix(let space)): matrix.dimension == space.dimensions.reduce(1, *)
      case (.level(let k, let l), .levels(let count)): (0..<count).contains(k) && (0..<count).contains(l)
      default: false
      }
    guard isOwn else { throw OutsideFragment("a letter that '\(factor.name)' has not") }
  }

  /// Whether the sign of Jordan and Wigner is minus: for an odd number of fermions on the sites before one.
  private func isOdd(before number: Int, in state: BasisState) -> Bool {
    var isOdd = false
    for site in sites[..<number] where factors[site.factor].kind == .fermion && state[site.field] == 1 {
      isOdd.toggle()
    }
    return isOdd
  }

  /// The state that a word makes of a basis state, the last letter first; nil where that is zero.
  public func apply(
    _ word: [Letter], to state: BasisState
  ) throws(OutsideFragment) -> (state: BasisState, factor: SquareRoot)? {
    var result = (state: state, factor: SquareRoot.one)
    for letter in word.reversed() {
      guard let next = try apply(letter, to: result.state) else { return nil }
      result = (next.state, next.factor * result.factor)
    }
    return result
  }

  private func apply(
    _ word: [PlacedLetter], to state: BasisState
  ) throws(OutsideFragment) -> (state: BasisState, factor: SquareRoot)? {
    var result = (state: state, factor: SquareRoot.one)
    for letter in word {
      guard let next = try apply(letter, to: result.state) else { return nil }
      result = (next.state, next.factor * result.factor)
    }
    return result
  }

  /// The states that a word makes of a basis state with their factors, the last letter first.
  public func images(
    of word: [Letter], at state: BasisState
  ) throws(OutsideFragment) -> [(state: BasisState, root: SquareRoot, number: GaussianRational)] {
    var images = [(state: state, root: SquareRoot.one, number: GaussianRational(1))]
    for letter in word.reversed() {
      var next: [(state: BasisState, root: SquareRoot, number: GaussianRational)] = []
      for image in images {
        guard let matrix = letter.matrix else {
          guard let moved = try apply(letter, to: image.state) else { continue }
          next.append((moved.state, moved.factor * image.root, image.number))
          continue
        }
        try requireLetter(letter.kind, of: factors[letter.factor])
        let own = sites(of: letter)
        for element in matrix.column(number(of: own, in: image.state)) {
          next.append((setting(own, to: element.row, in: image.state), image.root, element.value * image.number))
        }
      }
      images = next
    }
    return images
  }

  /// The number of a state on neighbouring sites together, the first one slowest.
  private func number(of range: Range<Int>, in state: BasisState) -> Int {
    range.reduce(0) { $0 * (sites[$1].dimension ?? 1) + state[sites[$1].field] }
  }

  private func setting(_ range: Range<Int>, to number: Int, in state: BasisState) -> BasisState {
    var (result, left) = (state, number)
    for site in range.reversed() {
      let dimension = sites[site].dimension ?? 1
      result[sites[site].field] = left % dimension
      left /= dimension
    }
    return result
  }

  /// A combination of basis states with exact coefficients.
  public typealias Combination<Coefficient> = [BasisState: RadicalSum<Coefficient>]

  /// An operator with the sites that its letters act on, for many columns.
  public struct PlacedOperator<Coefficient> {
    fileprivate let words: [(word: [Letter], placed: [PlacedLetter]?, coefficient: Coefficient)]
    fileprivate let multiples = Multiples<Coefficient>()
  }

  /// Multiples of the coefficients of an operator by numbers, of which many columns take the same.
  fileprivate final class Multiples<Coefficient> {
    private struct Name: Hashable {
      let word: Int
      let factor: SquareRoot
    }
    private var known: [Name: Coefficient] = [:]
    private static var greatestCount: Int { 4096 }

    /// A coefficient, by the number of its word, times the rational part of a number.
    func product<Ring: CoefficientRing>(
      _ word: Int, _ coefficient: Coefficient, _ root: SquareRoot, in ring: Ring
    ) throws -> Coefficient where Ring.Element == Coefficient {
      if root.hasFactorOne { return coefficient }
      let name = Name(word: word, factor: root.rationalPart)
      if let found = known[name] { return found }
      let found = try ring.product(coefficient, ring.number(root.factor))
      if known.count < Self.greatestCount { known[name] = found }
      return found
    }
  }

  /// An operator on the sites of this basis.
  ///
  /// - Throws: ``OutsideFragment`` for letters that act on no site, such as those of sums over a symbolic number of
  ///   cells.
  public func placed<Coefficient>(
    _ polynomial: OperatorPolynomial<Coefficient>
  ) throws(OutsideFragment) -> PlacedOperator<Coefficient> {
    var words: [(word: [Letter], placed: [PlacedLetter]?, coefficient: Coefficient)] = []
    for (word, coefficient) in polynomial.terms {
      guard word.allSatisfy({ $0.matrix == nil }) else {
        words.append((word, nil, coefficient))
        continue
      }
      // The last letter acts first.
      var letters: [PlacedLetter] = []
      for letter in word.reversed() { letters.append(try placed(letter)) }
      words.append((word, letters, coefficient))
    }
    return PlacedOperator(words: words)
  }

  /// The column of an operator: the combination of basis states that it makes of one.
  ///
  /// - Throws: ``OutsideFragment`` for sums over a symbolic number of cells and beyond ``greatestQuanta``; what the
  ///   ring throws.
  public func column<Ring: CoefficientRing>(
    of polynomial: OperatorPolynomial<Ring.Element>, at state: BasisState, in ring: Ring
  ) throws -> Combination<Ring.Element> {
    try column(of: try placed(polynomial), at: state, in: ring)
  }

  /// The column of an operator that is placed already.
  ///
  /// - Throws: ``OutsideFragment`` beyond ``greatestQuanta``; what the ring throws.
  public func column<Ring: CoefficientRing>(
    of polynomial: PlacedOperator<Ring.Element>, at state: BasisState, in ring: Ring
  ) throws -> Combination<Ring.Element> {
    var result: Combination<Ring.Element> = [:]
    var hasZero = false
    for (number, (word, letters, coefficient)) in polynomial.words.enumerated() {
      guard let letters else {
        for image in try images(of: word, at: state) {
          let product = try ring.product(coefficient, ring.number(image.number))
          try result[image.state, default: RadicalSum()].add(product, image.root, in: ring)
          hasZero = true
        }
        continue
      }
      guard let (image, factor) = try apply(letters, to: state) else { continue }
      let multiple = try polynomial.multiples.product(number, coefficient, factor, in: ring)
      try result[image, default: RadicalSum()].add(multiple, under: factor.squarefree, in: ring)
      if result[image]?.isZero ?? true { hasZero = true }
    }
    return hasZero ? result.filter { !$0.value.isZero } : result
  }

  /// The combination that an operator makes of another one.
  public func apply<Ring: CoefficientRing>(
    _ polynomial: OperatorPolynomial<Ring.Element>, to combination: Combination<Ring.Element>, in ring: Ring
  ) throws -> Combination<Ring.Element> {
    var result: Combination<Ring.Element> = [:]
    for (state, amplitude) in combination {
      for (image, element) in try column(of: polynomial, at: state, in: ring) {
        let product = try element.product(amplitude, in: ring)
        try result[image, default: RadicalSum()].add(product, times: ring.one, in: ring)
      }
    }
    return result.filter { !$0.value.isZero }
  }
}
