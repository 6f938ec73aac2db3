import ArbitraryPrecision
import Operators

/// A word of an operator as the modes see it: how often it creates and annihilates in each of them, and a bound of all
/// that does not grow with the quanta.
///
/// A word maps each basis state to a multiple of one other, and different ones to different ones: it is a weighted
/// shift. From the quanta n it has the magnitude
///
///     size times the product over the modes of f(n_k),  f(n)^2 = n!/(n-s)! (n-s+r)!/(n-s)!
///
/// at most, s being the annihilations and r the creations, and n_k becomes n_k + r_k - s_k. Of a matrix from a file the
/// images are several, and its norm is a factor of the size: for given quanta the word is f times the matrix.
struct ModeTerm {
  let word: [Letter]
  /// r, by the place of the mode.
  let creations: [Int]
  /// s, by the place of the mode.
  let annihilations: [Int]
  /// At least the magnitude of the coefficient times the norms of the letters that act elsewhere.
  let size: Interval

  /// r + s.
  func degree(_ mode: Int) -> Int { creations[mode] + annihilations[mode] }
  /// r - s.
  func change(_ mode: Int) -> Int { creations[mode] - annihilations[mode] }
  /// The modes whose quanta it changes.
  var changed: [Int] { creations.indices.filter { change($0) != 0 } }

  /// The words of an operator.
  ///
  /// - Parameter modes: the sites of the bosons.
  static func terms(of polynomial: ModelPoint.Operator, modes: [Int], _ point: ModelPoint) throws -> [ModeTerm] {
    try polynomial.sorted.map { word, coefficient in
      var (creations, annihilations) = (
        [Int](repeating: 0, count: modes.count), [Int](repeating: 0, count: modes.count)
      )
      let value = try point.scalars.enclosure(coefficient)
      guard value.isBounded, !value.isEmpty else { throw NotToldYet(what: "a coefficient") }
      var size = value.magnitude.greatest.rounded(to: 64)
      for letter in word {
        if case .matrix(let matrix) = letter.kind {
          size = size * Interval(matrix.normBound, precision: 64)
          continue
        }
        guard let site = point.basis.site(of: letter.factor, letter.cell) else { continue }
        switch letter.kind {
        case .boson(let ladder):
          guard let mode = modes.firstIndex(of: site) else { continue }
          if ladder == .creation { creations[mode] += 1 } else { annihilations[mode] += 1 }
        // sqrt((J - m)(J + m + 1)) <= J + 1/2, and |m| <= J.
        case .spin(let component):
          let twice = (point.basis.dimension(ofSite: site) ?? 1) - 1
          size = (component == .z ? twice : twice + 1) * size / 2
        case .fermion, .pauli, .level, .observable, .matrix: break
        }
      }
      return ModeTerm(word: word, creations: creations, annihilations: annihilations, size: size)
    }
  }

  /// The word as it stands in a file: `a'^2*a`.
  func shown(_ point: ModelPoint) -> String {
    var pieces: [(text: String, count: Int)] = []
    for letter in word {
      let text = Self.shown(letter, point)
      if pieces.last?.text == text { pieces[pieces.count - 1].count += 1 } else { pieces.append((text, 1)) }
    }
    return pieces.map { $0.count == 1 ? $0.text : "\($0.text)^\($0.count)" }.joined(separator: "*")
  }

  private static func shown(_ letter: Letter, _ point: ModelPoint) -> String {
    let name = point.basis.factors[letter.factor].name
    let cell = if case .number(let number) = letter.cell { "[\(number)]" } else { "" }
    func suffix(_ component: Letter.Component) -> String {
      switch component {
      case .plus: "p"
      case .z: "z"
      case .minus: "m"
      }
    }
    return switch letter.kind {
    case .boson(let ladder), .fermion(let ladder): name + cell + (ladder == .creation ? "'" : "")
    case .spin(let component), .pauli(let component): "\(name)_\(suffix(component))\(cell)"
    case .level(let k, let l): "\(name)(\(k),\(l))\(cell)"
    case .matrix(let matrix): (point.basis.factors[letter.factor].name(of: matrix) ?? name) + cell
    case .observable: name + cell
    }
  }
}

extension OperatorPolynomial {
  /// The words in their order.
  var sorted: [(word: [Letter], coefficient: Coefficient)] {
    terms.map { ($0.key, $0.value) }.sorted { $0.0.lexicographicallyPrecedes($1.0) }
  }
}

extension ModelPoint {
  /// The sites without a last level.
  var modes: [Int] { (0..<basis.count).filter { basis.dimension(ofSite: $0) == nil } }
}
