import ArbitraryPrecision

extension Integer {
  /// The primes below a limit that divide this positive number, each with its exponent, and what is left.
  func primeFactors(below limit: Int) -> (powers: [(prime: Int, exponent: Int)], rest: Integer) {
    var powers: [(prime: Int, exponent: Int)] = []
    var (rest, prime) = (self, 2)
    while prime < limit, rest != 1 {
      var exponent = 0
      while rest.modulo(prime) == 0 {
        rest = rest.dividedDown(by: Integer(prime))
        exponent += 1
      }
      if exponent > 0 { powers.append((prime, exponent)) }
      prime += prime == 2 ? 1 : 2
    }
    return (powers, rest)
  }
}
