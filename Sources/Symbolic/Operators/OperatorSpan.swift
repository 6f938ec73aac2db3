import ArbitraryPrecision
import Expressions
import Operators

/// Operators whose means are known combinations of other means, in all states or in those of a sector.
///
/// Each row says that the mean of an operator is a combination of named means: O has the mean <O> for an observable,
/// and for a conserved quantity C and a state with C|psi> = c|psi>, C Hermitian and c real, (C - c) W and W (C - c)
/// have the mean zero for every operator W, since <psi|(C - c) = 0 as well. Rows are brought to echelon form with
/// pivots that vanish for no values of the names, so that no division by zero occurs. An operator that the rows reduce
/// to a number has the mean that they say; of one that they do not reduce nothing is said.
struct OperatorSpan {
  private(set) var arithmetic: OperatorArithmetic<SymbolicField>
  private var rows: [Row] = []
  /// Rows whose coefficients may all vanish: they are no pivots, until others have taken words from them.
  private var pending: [Row] = []
  /// Rows without operators: what they say holds of the means in every state.
  private var relations: [Row] = []

  private struct Row {
    var form: OperatorForm
    var means: [String: RationalFunction]
    var pivot: [Letter] = []
  }

  /// The most operators W that are tried for a quantity.
  private static let greatestCount = 128

  init(_ arithmetic: OperatorArithmetic<SymbolicField>) { self.arithmetic = arithmetic }

  /// Says that an operator has a named mean.
  mutating func add(_ form: OperatorForm, named name: String) throws {
    try insert(Row(form: form, means: [name: .one]))
  }

  /// Says that states are eigenstates of a quantity: for W = 1, the words of some operators, and what turns a word of
  /// the quantity into one of these.
  mutating func add(_ quantity: OperatorForm, value: RationalFunction, for targets: [OperatorForm]) throws {
    var difference = quantity
    try difference.add(arithmetic.ring.negation(value), [], in: arithmetic.ring)
    // In order, so that the same question is always answered in the same way.
    let certain = quantity.terms.filter { !$0.key.isEmpty && arithmetic.ring.vanishesNowhere($0.value) }
    let parts = OperatorSpan.ordered(certain.keys)
    let words = OperatorSpan.ordered(Set(targets.flatMap(\.terms.keys)))
    let longest = words.map(\.count).max() ?? 0
    var seen: Set<[Letter]> = []
    var work = words
    func isNew(_ word: [Letter]) -> Bool { seen.count < OperatorSpan.greatestCount && seen.insert(word).inserted }
    for word in [[]] + words where isNew(word) { _ = try addProducts(difference, word) }
    while let word = work.popLast() {
      for part in parts {
        guard let rest = OperatorSpan.rest(of: word, without: part), isNew(rest) else { continue }
        work += OperatorSpan.ordered(try addProducts(difference, rest).filter { $0.count <= longest })
      }
    }
  }

  /// The rows of (C - c) W and W (C - c), and the words in them.
  private mutating func addProducts(_ difference: OperatorForm, _ word: [Letter]) throws -> Set<[Letter]> {
    var words: Set<[Letter]> = []
    for product in [try product(difference, word), try product(word, difference)] {
      words.formUnion(product.terms.keys)
      try insert(Row(form: product, means: [:]))
    }
    return words
  }

  /// The combination of named means, with the empty name for a number, that the mean of an operator is; nil where the
  /// rows do not say.
  func combination(of target: OperatorForm) throws -> [String: RationalFunction]? {
    // target - combination has the mean zero: so subtracted rows leave minus their means.
    let reduced = try reduce(Row(form: target, means: [:]))
    guard reduced.form.terms.keys.allSatisfy(\.isEmpty) else { return nil }
    var result = reduced.means.mapValues { arithmetic.ring.negation($0) }.filter { !$0.value.isZero }
    if let number = reduced.form.terms[[]] { result[""] = number }
    return result
  }

  /// Combinations of named means and numbers that vanish in every state.
  func vanishing() -> [[String: RationalFunction]] {
    relations.map { row in
      var result = row.means.filter { !$0.value.isZero }
      if let number = row.form.terms[[]] { result[""] = arithmetic.ring.negation(number) }
      return result
    }.filter { !$0.isEmpty }
  }

  private mutating func insert(_ row: Row) throws {
    pending.append(row)
    var isSettled = false
    while !isSettled {
      isSettled = true
      for (number, waiting) in pending.enumerated() {
        let row = try reduce(waiting)
        if row.form.terms.keys.allSatisfy(\.isEmpty) {
          relations.append(row)
        } else if try !addPivot(of: row) {
          pending[number] = row
          continue
        }
        pending.remove(at: number)
        isSettled = false
        break
      }
    }
  }

  /// Makes a row that is reduced one with a pivot, where it has a coefficient that vanishes nowhere.
  private mutating func addPivot(of row: Row) throws -> Bool {
    let pivots = row.form.terms.filter { !$0.key.isEmpty && arithmetic.ring.vanishesNowhere($0.value) }.keys
    guard let pivot = pivots.max(by: { $0.count != $1.count ? $0.count < $1.count : $1.lexicographicallyPrecedes($0) }),
      let factor = row.form.terms[pivot]
    else { return false }
    var row = try scaled(row, by: try arithmetic.ring.quotient(.one, factor))
    row.pivot = pivot
    for (number, other) in rows.enumerated() {
      guard let coefficient = other.form.terms[pivot] else { continue }
      rows[number] = try subtracting(row, times: coefficient, from: other)
    }
    rows.append(row)
    return true
  }

  private func reduce(_ row: Row) throws -> Row {
    var row = row
    // No row holds the pivot of another one: once through is enough.
    for other in rows {
      guard let coefficient = row.form.terms[other.pivot] else { continue }
      row = try subtracting(other, times: coefficient, from: row)
    }
    return row
  }

  private func scaled(_ row: Row, by factor: RationalFunction) throws -> Row {
    Row(
      form: try arithmetic.scaled(row.form, by: factor),
      means: try row.means.mapValues { try arithmetic.ring.product($0, factor) }, pivot: row.pivot)
  }

  private func subtracting(_ row: Row, times factor: RationalFunction, from other: Row) throws -> Row {
    let part = try scaled(row, by: arithmetic.ring.negation(factor))
    var means = other.means
    for (name, value) in part.means {
      means[name] = try means[name].map { try arithmetic.ring.sum($0, value) } ?? value
    }
    return Row(form: try arithmetic.sum(other.form, part.form), means: means, pivot: other.pivot)
  }

  private static func ordered(_ words: some Sequence<[Letter]>) -> [[Letter]] {
    words.sorted { $1.lexicographicallyPrecedes($0) }
  }

  /// A word without the letters of another one, which it must hold; nil where it does not.
  private static func rest(of word: [Letter], without part: [Letter]) -> [Letter]? {
    var rest = word
    for letter in part {
      guard let place = rest.firstIndex(of: letter) else { return nil }
      rest.remove(at: place)
    }
    return rest
  }

  private mutating func product(_ form: OperatorForm, _ word: [Letter]) throws -> OperatorForm {
    var result = OperatorForm()
    for (left, coefficient) in form.terms {
      let shift = left.labelCount
      try arithmetic.add(left + word.shiftingLabels(by: shift), coefficient, to: &result)
    }
    return result
  }

  private mutating func product(_ word: [Letter], _ form: OperatorForm) throws -> OperatorForm {
    var result = OperatorForm()
    let shift = word.labelCount
    for (right, coefficient) in form.terms {
      try arithmetic.add(word + right.shiftingLabels(by: shift), coefficient, to: &result)
    }
    return result
  }
}
