import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The parity of the number of fermions: nature has no superpositions of even and odd numbers, and reduced states of
/// fermions are those of the even operators.
extension ModelPoint {
  private static func isOdd(_ word: [Letter]) -> Bool { word.count { $0.isFermion } % 2 == 1 }

  /// Refuses a Hamiltonian that does not keep the parity.
  func requireEven(_ polynomial: Operator, _ formula: ModelFormula) throws(BadInput) {
    let odd = polynomial.terms.keys.filter(Self.isOdd).min { $0.lexicographicallyPrecedes($1) }
    guard let odd else { return }
    throw formula.fault(
      "the term '\(shown(odd))' has an odd number of fermion letters; accepted: even ones, which keep the parity of "
        + "the number of fermions")
  }

  /// Refuses a jump that keeps the parity in one term and changes it in another.
  func requireDefinite(_ polynomial: Operator, _ formula: ModelFormula) throws(BadInput) {
    let words = polynomial.terms.keys.sorted { $0.lexicographicallyPrecedes($1) }
    guard let first = words.first, let other = words.first(where: { Self.isOdd($0) != Self.isOdd(first) }) else {
      return
    }
    let (odd, even) = Self.isOdd(first) ? (first, other) : (other, first)
    throw formula.fault(
      "the term '\(shown(odd))' has an odd number of fermion letters, and '\(shown(even))' an even one; accepted: all "
        + "even or all odd")
  }

  /// Whether the number of fermions of a basis state is odd.
  private func isOdd(_ state: BasisState) -> Bool {
    (0..<basis.count).count { site in
      basis.factors[basis.factor(ofSite: site)].kind == .fermion && basis.number(of: site, in: state) == 1
    } % 2 == 1
  }

  /// Refuses states of both parities in one vector, and coefficients between vectors of different ones.
  func requireDefiniteParity(of start: StartState) throws(BadInput) {
    guard basis.factors.all.contains(where: { $0.kind == .fermion }) else { return }
    var parities: [Bool?] = []
    for (place, vector) in start.vectors.enumerated() {
      let states = vector.keys.sorted()
      if let first = states.first, let other = states.first(where: { isOdd($0) != isOdd(first) }) {
        throw refusal(isOdd(first) ? (other, first) : (first, other))
      }
      let terms = start.open[place]?.terms ?? []
      let found = terms.map { term in
        term.sites.enumerated().count { site, state in
          basis.factors[basis.factor(ofSite: site)].kind == .fermion && state.amplitudes[1] != nil
        } % 2 == 1
      }
      guard Set(found).count <= 1 else {
        throw model.start.place.fault(
          "the start holds even and odd numbers of fermions; accepted: vectors of one parity, and mixtures of these")
      }
      parities.append(states.first.map(isOdd) ?? found.first)
    }
    for element in start.coefficients where element.row != element.column {
      guard let a = parities[element.row], let b = parities[element.column], a != b,
        let x = start.vectors[element.row].keys.min(), let y = start.vectors[element.column].keys.min()
      else { continue }
      throw refusal(a ? (y, x) : (x, y))
    }
  }

  private func refusal(_ pair: (even: BasisState, odd: BasisState)) -> BadInput {
    func label(_ state: BasisState) -> String { basis.numbers(of: state).map(String.init).joined(separator: ",") }
    return model.start.place.fault(
      "the start holds |\(label(pair.even))> with an even number of fermions beside |\(label(pair.odd))> with an odd "
        + "one; accepted: vectors of one parity, and mixtures of these")
  }

  /// A word as it stands in a file.
  private func shown(_ word: [Letter]) -> String {
    ModeTerm(word: word, creations: [], annihilations: [], size: Interval(1, precision: 64)).shown(self)
  }
}
