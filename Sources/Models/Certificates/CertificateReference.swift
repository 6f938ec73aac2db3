import ArbitraryPrecision
import Catalogue
import Expressions
import JSON
import Operators
import RigorousNumerics

/// A state of some sites that another one is held against: the sum of w |k><k| over kets k with weights w, divided by
/// its trace (docs/certificates.md, S9).
struct CertificateReference {
  struct Ket {
    let weight: ScalarPolynomial
    let amplitudes: [(levels: [Int], value: ScalarPolynomial)]
  }

  let kets: [Ket]
  /// One over the square of the length of a single ket.
  let scale: ScalarPolynomial

  /// The most amplitudes of all kets together.
  private static let greatestSize = 4096

  /// - Throws: ``Unanswered`` for states that are no such sum of exact numbers.
  init(
    _ reference: StateReference, of sites: [Int], _ indices: [String: Expression], _ problem: CertificateProblem
  ) throws {
    let point = problem.point
    switch reference {
    case .start:
      (kets, scale) = try Self.start(sites, problem)
      return
    case .word(let word):
      kets = try Self.kets(SiteFrame.frames(word.substituting(indices), on: sites, point), sites, point)
    case .product(let assignments):
      let frames = try assignments.flatMap { assignment in
        let own = try point.sites(of: assignment.place.substituting(indices))
        return try SiteFrame.frames(assignment.word.substituting(indices), on: own, point)
      }
      kets = try Self.kets(frames, sites, point)
    case .gibbs(let part, let beta):
      kets = try Self.gibbs(part, beta.substituting(indices), sites, point)
    }
    scale = point.scalars.one
  }

  /// The kets of a product of mixtures, each of which is a unit vector.
  private static func kets(_ frames: [SiteFrame], _ sites: [Int], _ point: ModelPoint) throws -> [Ket] {
    let ring = point.scalars
    typealias Term = (levels: [Int: Int], value: ScalarPolynomial)
    var partial: [(weight: ScalarPolynomial, terms: [Term])] = [(ring.one, [([:], ring.one)])]
    for frame in frames {
      guard !frame.isOpen, !frame.isTurned else {
        throw CertificateText.uncovered("a distance from a state of a mode without a last level")
      }
      var next: [(weight: ScalarPolynomial, terms: [Term])] = []
      for coefficient in frame.coefficients {
        guard coefficient.row == coefficient.column, let weight = coefficient.number.exact else {
          throw CertificateText.uncovered("a distance from a state that is no list of vectors with probabilities")
        }
        var own: [Term] = [([:], ring.one)]
        for (site, state) in zip(frame.sites, frame.vectors[coefficient.row]) {
          own = try own.flatMap { term -> [Term] in
            try state.amplitudes.map { level, amplitude in
              (term.levels.merging([site: level]) { $1 }, try ring.product(term.value, amplitude))
            }
          }
        }
        for (known, terms) in partial {
          let joined = try terms.flatMap { a -> [Term] in
            try own.map { b in (a.levels.merging(b.levels) { $1 }, try ring.product(a.value, b.value)) }
          }
          next.append((try ring.product(known, weight), joined))
        }
      }
      guard next.reduce(0, { $0 + $1.terms.count }) <= greatestSize else {
        throw CertificateText.uncovered("a distance from a state of too many amplitudes")
      }
      partial = next
    }
    return partial.map { weight, terms in
      Ket(weight: weight, amplitudes: sorted(terms.map { term in (sites.map { term.levels[$0] ?? 0 }, term.value) }))
    }
  }

  /// The start's state of some sites: a ket for each state of the other sites.
  private static func start(
    _ sites: [Int], _ problem: CertificateProblem
  ) throws -> (kets: [Ket], scale: ScalarPolynomial) {
    let (ring, basis) = (problem.point.scalars, problem.point.basis)
    guard problem.isListed else {
      throw CertificateText.uncovered("a distance from a state of a mode without a last level")
    }
    let own = Set(sites)
    var (kets, scale) = ([Ket](), ring.one)
    for (probability, vector) in problem.kets {
      let square = try vector.values.reduce(ring.number(0)) {
        ring.sum($0, try ring.product($1, ring.conjugate($1)))
      }
      scale = try ring.reciprocal(square)
      let groups = Dictionary(grouping: vector) { item in
        basis.numbers(of: item.key).enumerated().filter { !own.contains($0.offset) }.map(\.element)
      }
      for group in groups.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        let amplitudes = group.value.map { item in
          let numbers = basis.numbers(of: item.key)
          return (levels: sites.map { numbers[$0] }, value: item.value)
        }
        let weight = problem.kets.count == 1 ? ring.one : try ring.product(probability, scale)
        kets.append(Ket(weight: weight, amplitudes: sorted(amplitudes)))
      }
    }
    guard kets.reduce(0, { $0 + $1.amplitudes.count }) <= greatestSize else {
      throw CertificateText.uncovered("a distance from a state of too many amplitudes")
    }
    return (kets, scale)
  }

  /// The levels of a Hamiltonian without elements beside the diagonal, with exp(-beta E).
  private static func gibbs(_ part: Int, _ beta: ModelFormula, _ sites: [Int], _ point: ModelPoint) throws -> [Ket] {
    let (ring, basis) = (point.scalars, point.basis)
    let refusal = CertificateText.uncovered("a Gibbs state of other than levels of the basis at a finite temperature")
    guard case .number(let temperature) = InverseTemperature(beta) else { throw refusal }
    let energy = try point.hermitian(point.model.parts[part].hamiltonian)
    let inverse = try point.scalar(temperature.expression, temperature)
    guard !ModelPoint.holdsTime(energy), try point.sites(ofPart: part) == sites else { throw refusal }
    var all: [[Int]] = [[]]
    for site in sites {
      guard let dimension = basis.dimension(ofSite: site), all.count * dimension <= greatestSize else { throw refusal }
      all = all.flatMap { levels in (0..<dimension).map { levels + [$0] } }
    }
    return try all.map { levels in
      var numbers = [Int](repeating: 0, count: basis.count)
      for (site, level) in zip(sites, levels) { numbers[site] = level }
      guard let state = basis.state(numbers) else { throw refusal }
      var value = ring.number(0)
      for (row, element) in try basis.column(of: energy, at: state, in: ring) {
        let number = try ring.value(of: element)
        guard row == state else {
          guard ring.isZero(number) else { throw refusal }
          continue
        }
        value = number
      }
      let exponent = ring.negation(try ring.product(inverse, value)).formula
      let weight = try ring.scalar(Expression(.call(.exp, exponent)))
      return Ket(weight: weight, amplitudes: [(levels, ring.one)])
    }
  }

  private static func sorted(
    _ amplitudes: [(levels: [Int], value: ScalarPolynomial)]
  ) -> [(levels: [Int], value: ScalarPolynomial)] {
    amplitudes.sorted { $0.levels.lexicographicallyPrecedes($1.levels) }
  }

  // MARK: - What is written

  /// The list of weights and kets.
  func json(_ point: ModelPoint) throws -> JSONValue {
    func number(_ value: ScalarPolynomial) throws -> JSONValue {
      try CertificateText.json(value.formula.substituting(point.scalars.values))
    }
    return .array(
      try kets.map { ket in
        let amplitudes = try ket.amplitudes.map { levels, value in
          JSONValue.array([.array(levels.map { .integer($0) }), try number(value)])
        }
        return .array([try number(ket.weight), .array(amplitudes)])
      })
  }

  /// The matrix by columns, where each state of the sites has a number.
  func columns(_ count: Int, _ point: ModelPoint, number: ([Int]) -> Int) throws -> [[ComplexInterval]] {
    let zero = ComplexInterval.zero(precision: point.precision)
    var result = Array(repeating: Array(repeating: zero, count: count), count: count)
    var trace = zero.real
    for ket in kets {
      let weight = ComplexInterval(try point.scalars.enclosure(ket.weight).real, zero.real)
      let amplitudes = try ket.amplitudes.map { (number($0.levels), try point.scalars.enclosure($0.value)) }
      for (i, a) in amplitudes {
        trace = trace + weight.real * a.squaredMagnitude
        for (j, b) in amplitudes { result[j][i] = result[j][i] + weight * (a * b.conjugate) }
      }
    }
    return result.map { $0.map { ComplexInterval($0.real / trace, $0.imaginary / trace) } }
  }
}
