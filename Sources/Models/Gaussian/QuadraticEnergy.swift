import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The Hamiltonian of one mode, of degree two and with rising levels.
///
/// c a'a + (b a'^2 + conj(b) a^2)/2 + z a' + conj(z) a + e, c > |b|: by a Bogoliubov transformation and a displacement it
/// is w a'a + e + (w - c)/2 - (c |z|^2 - Re(conj(b) z^2))/w^2 with w = sqrt(c^2 - |b|^2).
struct QuadraticEnergy {
  /// w.
  let frequency: Interval
  /// The ground level.
  let ground: Interval

  /// Nil for Hamiltonians of another degree or of other modes.
  ///
  /// - Throws: ``Unanswered`` where there is no ground level.
  init?(_ polynomial: ModelPoint.Operator, at site: Int, of part: PartDeclaration, _ point: ModelPoint) throws {
    let zero = ComplexInterval.zero(precision: point.precision)
    var (c, e, b, z) = (zero.real, zero.real, zero, zero)
    var isSqueezed = false
    for (word, coefficient) in polynomial.sorted {
      let value = try point.scalars.enclosure(coefficient)
      let creations = word.count { $0.kind == .boson(.creation) }
      guard word.allSatisfy({ point.basis.site(of: $0.factor, $0.cell) == site }) else { return nil }
      switch (creations, word.count) {
      case (0, 0): e = value.real
      case (1, 1): z = value
      case (1, 2): c = value.real
      case (2, 2):
        b = ComplexInterval(2 * value.real, 2 * value.imaginary)
        isSqueezed = true
      case (0, 1), (0, 2): break
      default: return nil
      }
    }
    let square = c.squared - b.squaredMagnitude
    guard let sign = c.certainSign, let rest = square.certainSign else {
      throw NotToldYet(what: "whether a part has a ground level")
    }
    guard sign > 0, rest > 0 else {
      throw Unanswered(
        beyond: part.hamiltonian.fault(
          "the Hamiltonian of '\(part.name)' has no levels that rise from a lowest one; accepted for energies over "
            + "unitaries: c*a'*a + (b*a'^2 + b'*a^2)/2 + ... with c above the magnitude of b"
        ).message)
    }
    frequency = isSqueezed ? square.squareRoot : c
    let shift = c * z.squaredMagnitude - (b.conjugate * z * z).real
    ground = e + (frequency - c) / 2 - shift / square
  }
}
