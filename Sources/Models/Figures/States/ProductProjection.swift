import ArbitraryPrecision
import Operators

/// The projection of vectors on a product of states of some sites, as numbers on what the other sites are.
struct ProductProjection {
  /// Of each state that the product meets its place, the state of the other sites, and the conjugate of the product's
  /// amplitude.
  let factors: [(place: Int, rest: BasisState, amplitude: ComplexInterval)]
  /// At least what the cut of states without a last level adds to a probability: the projector on such a state is off
  /// by at most t (2 + t) for a tail of length t.
  let error: Interval

  init(_ sites: [(site: Int, state: SiteState)], on states: [BasisState], _ point: ModelPoint) throws {
    let ring = point.scalars
    let open = try sites.map { try $0.state.gaussian.map { try OpenProjection($0, point) } }
    var factors: [(place: Int, rest: BasisState, amplitude: ComplexInterval)] = []
    for (place, state) in states.enumerated() {
      var numbers = point.basis.numbers(of: state)
      var (factor, value) = (ring.one, ComplexInterval(Interval(1, precision: 64), Interval(0, precision: 64)))
      var isMet = true
      for ((site, wanted), open) in zip(sites, open) {
        let number = numbers[site]
        numbers[site] = 0
        if let open {
          guard number < open.amplitudes.count else { isMet = false; break }
          value = value * open.amplitudes[number].conjugate
          continue
        }
        guard let own = wanted.amplitudes[number] else { isMet = false; break }
        factor = try ring.product(factor, ring.conjugate(own))
      }
      guard isMet, let rest = point.basis.state(numbers) else { continue }
      factors.append((place, rest, try ring.enclosure(factor) * value))
    }
    self.factors = factors
    let tail = open.reduce(Interval(0, precision: 64)) { $0 + ($1?.tail ?? Interval(0, precision: 64)) }
    error = tail * (2 + tail)
  }
}
