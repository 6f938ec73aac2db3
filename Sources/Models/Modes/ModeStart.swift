import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// A start of a model with modes: amplitudes on finitely many basis states, and how far the true vector is from them.
struct ModeStart {
  /// The state of one site.
  enum Site {
    /// Finitely many amplitudes.
    case finite([(level: Int, amplitude: ComplexInterval)])
    /// A Gaussian state, cut off after some quanta.
    case gaussian(GaussianMode, last: Int, base: Rational, amplitudes: [ComplexInterval])
    /// A level of a quadratic form, cut off.
    case turned(TurnedTail, amplitudes: [ComplexInterval])

    /// A Gaussian state cut off where what is left has a 2-norm of about 2^-bits, with amplitudes to as many bits: the
    /// recursion for them loses some.
    static func cut(_ word: GaussianWord, _ point: ModelPoint, bits: Int, within budget: Budget) throws -> Site {
      let bound = BigFloat(1, precision: 64, rounding: .nearest).scaled(byPowerOfTwo: -bits, rounding: .down)
      for precision in (0..<6).map({ (bits + 64) << $0 }) {
        let mode = try word.mode(point.scalars(precision: precision), precision: precision)
        let (last, base) = try mode.cut(bits: bits)
        let amplitudes = try mode.amplitudes(upTo: last, within: budget)
        guard amplitudes.allSatisfy({ $0.real.width < bound && $0.imaginary.width < bound }) else { continue }
        return .gaussian(mode, last: last, base: base, amplitudes: amplitudes)
      }
      throw NotToldYet(what: "an amplitude of the start")
    }

    /// At least the sum of |psi_n|^2 (1 + w n^p)^m over what is cut off.
    func tail(weight w: Int, power p: Int, exponent m: Rational) throws -> Interval {
      switch self {
      case .finite: return Interval(0, precision: 64)
      case .gaussian(let state, let last, let base, _):
        return try state.tail(beyond: last, base: base, weight: w, power: p, exponent: m)
      case .turned(let tail, _): return try tail.bound(weight: w, power: p, exponent: m)
      }
    }

    var levels: [(level: Int, amplitude: ComplexInterval)] {
      switch self {
      case .finite(let list): list
      case .gaussian(_, _, _, let list), .turned(_, let list): list.enumerated().map { ($0.offset, $0.element) }
      }
    }
  }

  /// A product state with its coefficient.
  struct Term {
    let coefficient: ComplexInterval
    let sites: [Site]
  }

  let terms: [Term]
  let amplitudes: [BasisState: ComplexInterval]

  init(_ terms: [Term], _ point: ModelPoint, within budget: Budget) throws {
    self.terms = terms
    var amplitudes: [BasisState: ComplexInterval] = [:]
    for term in terms {
      var partial: [(numbers: [Int], amplitude: ComplexInterval)] = [([], term.coefficient)]
      for site in term.sites {
        try budget.check()
        let levels = site.levels
        guard partial.count * levels.count <= GrowingSector.greatestSize else { throw Sector.limit.exceeded }
        partial = partial.flatMap { numbers, amplitude in
          levels.map { (numbers + [$0.level], amplitude * $0.amplitude) }
        }
      }
      for (numbers, amplitude) in partial where !amplitude.isExactlyZero {
        guard let state = point.basis.state(numbers) else { continue }
        amplitudes[state] = amplitudes[state].map { $0 + amplitude } ?? amplitude
      }
    }
    self.amplitudes = amplitudes
  }

  /// A start of finitely many amplitudes.
  init(_ vector: StartState.Vector, _ point: ModelPoint) throws {
    terms = []
    amplitudes = try vector.mapValues(point.scalars.enclosure)
  }

  /// At least |B^(m/2) (psi - phi)|, psi being the true start and phi the amplitudes.
  ///
  /// Of a product, what is left out has more than M_k quanta in some mode. With B <= product of b_k, b_k = 1 + w_k
  /// n_k^(p_k), the square is at most the sum over k of the tail of |psi_k|^2 b_k^m times the whole sums of the other
  /// modes; amplitudes of other sites are unit vectors. Of a superposition the norms add up.
  func tail(_ weight: ModeWeight, power m: Rational) throws -> Interval {
    var sum = Interval(0, precision: 64)
    for term in terms {
      var (tails, wholes): ([Interval], [Interval]) = ([], [])
      for (mode, site) in weight.modes.enumerated() {
        let (w, p) = (weight.weights[mode], weight.powers[mode])
        tails.append(try term.sites[site].tail(weight: w, power: p, exponent: m))
        wholes.append(
          m.signum == 0
            ? Interval(1, precision: 64) : try term.sites[site].mean(weight: w, power: p, exponent: m))
      }
      var square = Interval(0, precision: 64)
      for mode in tails.indices where !(tails[mode].isPoint && tails[mode].containsZero) {
        square += wholes.indices.reduce(tails[mode]) { $1 == mode ? $0 : $0 * wholes[$1] }
      }
      sum += term.coefficient.magnitude.rounded(to: 64) * square.greatest.squareRoot
    }
    return sum.greatest
  }
}
