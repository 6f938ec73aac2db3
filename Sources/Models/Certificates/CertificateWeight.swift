import ArbitraryPrecision
import Foundation
import Operators
import RigorousNumerics

/// The weight A = (1 + N)^m, N being the quanta of all bosons, in whose norm checkers bound the distance of a path
/// where a mean has no bound (docs/certificates.md, S11).
///
/// Nothing is proved here: the checkers find their own numbers. These tell how near a path has to be.
struct CertificateWeight {
  /// m.
  let power: Int
  /// About the greatest K with +-O <= K A.
  private let form: Double
  /// About exp(ct), with L*(A) <= c A until the end.
  private let growth: Double

  /// The greatest m that checkers read.
  private static let greatestPower = 64

  /// - Parameters:
  ///   - observables: the operators without a bound.
  ///   - end: up to where the path runs.
  /// - Throws: ``Unanswered`` for an operator of too many letters.
  init(_ observables: [CertificateObservable], _ problem: CertificateProblem, until end: Rational) throws {
    let point = problem.point
    let words = try observables.map { try ModeTerm.terms(of: $0.polynomial ?? .init(), modes: point.modes, point) }
    let degree = words.joined().reduce(0) { most, word in
      max(most, point.modes.indices.reduce(0) { $0 + word.degree($1) })
    }
    power = max(1, (degree + 1) / 2)
    guard power <= Self.greatestPower else { throw CertificateText.unbounded }
    let m = Double(power)
    form = words.reduce(0.0) { most, terms in
      max(
        most,
        terms.reduce(0.0) { sum, term in
          let (up, down) = (term.creations.reduce(0, +), term.annihilations.reduce(0, +))
          return sum + term.bound * pow(Double(max(1, up) * max(1, down)), m / 2)
        })
    }
    // What depends on the time is bounded over all times until the end.
    let there = point.at(Interval(0, precision: point.precision).hull(Interval(end, precision: point.precision)))
    var rate = try ModeTerm.terms(of: problem.hamiltonian, modes: point.modes, there).reduce(0.0) { sum, term in
      switch abs(term.step) {
      case 0: sum
      case 1: sum + term.bound * (pow(2, m) - 1) / pow(2, m / 2)
      default: sum + term.bound * (pow(3, m) - 1) / pow(3, (m - 1) / 2)
      }
    }
    for jump in try ModeDissipator.terms(of: problem.jumps, modes: point.modes, there) {
      let steps = Set(jump.left.map(\.step))
      if steps.isSubset(of: [0]) || steps == [-1] { continue }
      let moving = jump.left.reduce(0.0) { $0 + ($1.step == 0 ? 0 : $1.bound) }
      let all = jump.left.reduce(0.0) { $0 + $1.bound }
      rate += jump.rate.magnitudeBound * all * moving * m * pow(2, m)
    }
    growth = exp(rate * end.double)
  }

  /// About how much a mean moves with the distance of a path on some states in the plain norm.
  ///
  /// The roots of A on the states that it moves along and on a start's tail make two factors A; numbers with more
  /// digits reach a little further than these states.
  func slope(_ states: [BasisState], _ problem: CertificateProblem) -> Double {
    let point = problem.point
    let most = states.reduce(0) { most, state in
      let numbers = point.basis.numbers(of: state)
      return max(most, point.modes.reduce(0) { $0 + numbers[$1] })
    }
    return 2 * form * growth * pow(Double(2 * most + 4), 2 * Double(power))
  }
}

extension ModeTerm {
  /// By how much it changes the sum of the quanta.
  fileprivate var step: Int { creations.reduce(0, +) - annihilations.reduce(0, +) }

  /// About the sum of the sizes of the words that a certificate writes for it: z of a qubit is 2n - 1.
  fileprivate var bound: Double {
    word.reduce(size.magnitudeBound) { product, letter in
      switch letter.kind {
      case .pauli(.z), .spin(.z): 3 * product
      case .matrix(let matrix): Double(matrix.dimension) * product
      default: product
      }
    }
  }
}
