import ArbitraryPrecision

/// A sum of products of operators in normal order, with coefficients in a field.
///
/// Letters stand by degree of freedom, raising before z before lowering, and labels of sums are numbered so that the
/// word is the least one. For bosons, fermions and spins such words are a basis (Poincare, Birkhoff and Witt); products
/// of Pauli matrices of one site are reduced to a single one. Indices that are summed run over all values, equal ones
/// included.
struct OperatorForm {
  private(set) var terms: [[Letter]: RationalFunction] = [:]

  static let greatestSize = 20_000

  var isZero: Bool { terms.isEmpty }

  mutating func add(_ coefficient: RationalFunction, _ word: [Letter], in field: SymbolicField) throws {
    let sum = try terms[word].map { try field.sum($0, coefficient) } ?? coefficient
    terms[word] = sum.isZero ? nil : sum
    guard terms.count <= OperatorForm.greatestSize else {
      throw OutsideFragment("more than \(OperatorForm.greatestSize) products of operators")
    }
  }
}

/// Arithmetic of operators over a field.
struct OperatorArithmetic {
  let algebra: OperatorAlgebra
  var field: SymbolicField

  func sum(_ a: OperatorForm, _ b: OperatorForm) throws -> OperatorForm {
    var result = a
    for (word, coefficient) in b.terms { try result.add(coefficient, word, in: field) }
    return result
  }

  func scaled(_ a: OperatorForm, by factor: RationalFunction) throws -> OperatorForm {
    var result = OperatorForm()
    for (word, coefficient) in a.terms { try result.add(try field.product(coefficient, factor), word, in: field) }
    return result
  }

  /// The number of labels that sums in a word use; they count from 0.
  static func labels(_ word: [Letter]) -> Int {
    word.reduce(0) {
      if case .bound(let label) = $1.index { return max($0, label + 1) }
      return $0
    }
  }

  /// The most exchanges that one word is brought to normal order with.
  private static let greatestSteps = 100_000

  /// Adds a word in any order.
  ///
  /// Without sums letter by letter, equal words being added up before the next letter: a power of n letters costs a
  /// polynomial in n. Labels of sums tie letters to those that follow, so that words with sums are taken whole.
  mutating func add(_ word: [Letter], _ coefficient: RationalFunction, to result: inout OperatorForm) throws {
    guard OperatorArithmetic.labels(word) == 0 else { return try exchangeAll(word, coefficient, to: &result) }
    var form = OperatorForm()
    try form.add(coefficient, [], in: field)
    for letter in word {
      var next = OperatorForm()
      for (start, factor) in form.terms.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        try exchangeAll(start + [letter], factor, to: &next)
      }
      form = next
    }
    for (word, coefficient) in form.terms { try result.add(coefficient, word, in: field) }
  }

  /// Adds a word in any order, by exchanging neighbours until it is in normal order.
  private mutating func exchangeAll(
    _ word: [Letter], _ coefficient: RationalFunction, to result: inout OperatorForm
  ) throws {
    var work = [(word: word, coefficient: coefficient)]
    func push(_ place: Int, _ count: Int, of word: [Letter], _ new: Replacement, _ coefficient: RationalFunction) throws
    {
      var next = word
      next.replaceSubrange(place..<place + count, with: new.letters)
      if let (old, other) = new.merged { next = OperatorArithmetic.renamed(next, old, other) }
      // A label that no letter bears any more is a sum over all cells of the same thing, unless it was made equal to
      // another.
      let lost =
        OperatorArithmetic.bound(word).count - OperatorArithmetic.bound(next).count - (new.merged == nil ? 0 : 1)
      var value = try field.product(coefficient, RationalFunction(new.factor))
      for _ in 0..<lost {
        guard let cells = algebra.cells else { throw OutsideFragment("a sum without a number of cells") }
        value = try field.product(value, field.value(of: .parameter(cells)))
      }
      work.append((next, value))
    }
    var steps = 0
    while let (word, coefficient) = work.popLast() {
      steps += 1
      guard work.count <= OperatorForm.greatestSize, steps <= OperatorArithmetic.greatestSteps else {
        throw OutsideFragment("more than \(OperatorForm.greatestSize) products of operators, or too many steps")
      }
      if coefficient.isZero { continue }
      if let place = word.indices.dropLast().first(where: { isOutOfOrder(word[$0], word[$0 + 1]) }) {
        for new in exchange(word[place], word[place + 1]) { try push(place, 2, of: word, new, coefficient) }
      } else if let pair = pairToReduce(word) {
        // Bring the second letter beside the first.
        var next = word
        for position in stride(from: pair.second, to: pair.first + 1, by: -1) {
          for new in exchange(next[position - 1], next[position]).dropFirst() {
            try push(position - 1, 2, of: next, new, coefficient)
          }
          next.swapAt(position - 1, position)
        }
        for new in OperatorArithmetic.pauli(next[pair.first], next[pair.first + 1]) {
          try push(pair.first, 2, of: next, new, coefficient)
        }
      } else {
        guard let (least, isOpposite) = try canonical(word) else { continue }
        try result.add(isOpposite ? field.negation(coefficient) : coefficient, least, in: field)
      }
    }
  }

  /// The labels of sums in a word.
  private static func bound(_ word: [Letter]) -> Set<Letter.Index> {
    Set(word.map(\.index).filter { if case .bound = $0 { true } else { false } })
  }

  /// Labels renumbered without gaps, in the order in which they occur.
  static func closed(_ word: [Letter]) -> [Letter] {
    var names: [Int: Int] = [:]
    return word.map { letter in
      guard case .bound(let label) = letter.index else { return letter }
      var letter = letter
      let name = names[label] ?? names.count
      names[label] = name
      letter.index = .bound(name)
      return letter
    }
  }

  private static func renamed(_ word: [Letter], _ old: Letter.Index, _ new: Letter.Index) -> [Letter] {
    word.map { letter in
      var letter = letter
      if letter.index == old { letter.index = new }
      return letter
    }
  }

  /// The least word among those with labels renamed, and whether it is the opposite; nil where the sum vanishes.
  ///
  /// Renaming keeps degrees of freedom and parts in place, so that letters are put in order among those of one part:
  /// these commute, and of fermions anticommute, also where two labels are equal. A word that is its own opposite is
  /// zero.
  private func canonical(_ word: [Letter]) throws -> (word: [Letter], isOpposite: Bool)? {
    let word = OperatorArithmetic.closed(word)
    let count = OperatorArithmetic.labels(word)
    guard count >= 2 else { return (word, false) }
    guard count <= 5 else { throw OutsideFragment("more than five sums in a product") }
    var best: (word: [Letter], isOpposite: Bool)?
    for order in OperatorArithmetic.permutations(count) {
      let renamed = word.map { letter in
        guard case .bound(let label) = letter.index else { return letter }
        var letter = letter
        letter.index = .bound(order[label])
        return letter
      }
      let candidate = ordered(renamed)
      if let known = best, known.word == candidate.word {
        if known.isOpposite != candidate.isOpposite { return nil }
      } else if best.map({ candidate.word.lexicographicallyPrecedes($0.word) }) ?? true {
        best = candidate
      }
    }
    return best
  }

  /// Letters behind the observables in order, and whether fermions changed places an odd number of times.
  private func ordered(_ word: [Letter]) -> (word: [Letter], isOpposite: Bool) {
    let front = word.prefix { kind($0) == .observable }
    var rest = Array(word.dropFirst(front.count))
    var isOpposite = false
    // By insertion, which counts exchanges.
    for end in rest.indices.dropFirst() {
      var place = end
      while place > 0, rest[place] < rest[place - 1] {
        if kind(rest[place]) == .fermion, kind(rest[place - 1]) == .fermion { isOpposite.toggle() }
        rest.swapAt(place, place - 1)
        place -= 1
      }
    }
    return (front + rest, isOpposite)
  }

  private static func permutations(_ count: Int) -> [[Int]] {
    guard count > 1 else { return [Array(0..<count)] }
    return permutations(count - 1).flatMap { shorter in
      (0..<count).map { place in
        var longer = shorter
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }
}
