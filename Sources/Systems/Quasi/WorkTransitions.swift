import ArbitraryPrecision
import RigorousNumerics

/// What a work quasiprobability is made of: for the different levels E_a of H0, with projectors P_a, the numbers
///
///     r_abk = Re Tr(P_a rho P_b U' P_k U) = Re sum over i in a, j in b of rho_ij <j|U' P_k U|i>,
///
/// so that p_q has the weight r_abk at the work w = E_k - q E_a - (1 - q) E_b. They do not depend on q, and r_abk =
/// r_bak.
struct WorkTransitions: Sendable {
  /// E_a, each once, in rising order.
  let levels: [Rational]
  /// r_abk at (a d + b) d + k, d being the number of levels.
  private let values: [Interval]
  let precision: Int

  /// The numbers of a rule that is asked for a >= b alone.
  init(levels: [Rational], precision: Int, value: (_ a: Int, _ b: Int, _ k: Int) throws -> Interval) rethrows {
    let d = levels.count
    var values = [Interval](repeating: Interval(0, precision: precision), count: d * d * d)
    for a in 0..<d {
      for b in 0...a {
        for k in 0..<d {
          let r = try value(a, b, k)
          values[(a * d + b) * d + k] = r
          values[(b * d + a) * d + k] = r
        }
      }
    }
    (self.levels, self.values, self.precision) = (levels, values, precision)
  }

  /// r_abk.
  func value(_ a: Int, _ b: Int, _ k: Int) -> Interval { values[(a * levels.count + b) * levels.count + k] }

  /// All values of work for which there is a weight, equal ones once, whatever the weights are.
  static func works(levels: [Rational], q: Rational) -> Set<Rational> {
    var works: Set<Rational> = []
    for a in levels {
      for b in levels {
        let spent = q * a + (1 - q) * b
        for k in levels { works.insert(k - spent) }
      }
    }
    return works
  }

  /// The atoms of p_q by rising work; weights at the same rational work are added up.
  func atoms(q: Rational) -> [WorkQuasiprobability.Atom] {
    var sums: [Rational: Interval] = [:]
    let d = levels.count
    for a in 0..<d {
      for b in 0..<d {
        let spent = q * levels[a] + (1 - q) * levels[b]
        for k in 0..<d {
          let (work, r) = (levels[k] - spent, value(a, b, k))
          sums[work] = sums[work].map { $0 + r } ?? r
        }
      }
    }
    return sums.sorted { $0.key < $1.key }.map { WorkQuasiprobability.Atom(work: $0.key, probability: $0.value) }
  }
}
