import ArbitraryPrecision
import RigorousNumerics

extension GaussianState {
  /// A letter of a mode.
  package struct Letter: Sendable {
    package let mode: Int
    package let isCreation: Bool

    package init(mode: Int, isCreation: Bool) { (self.mode, self.isCreation) = (mode, isCreation) }
  }

  /// The mean of a word of letters in normal order, by Wick's theorem: the sum over all ways to take letters in pairs of
  /// the products of the pairs' covariances in normal order and of the means of the others.
  ///
  /// Up to two letters this asks for no Gaussian state.
  package func mean(_ word: some BidirectionalCollection<Letter>) -> ComplexInterval {
    guard let last = word.last else {
      return ComplexInterval(Interval(1, precision: precision), Interval(0, precision: precision))
    }
    let rest = Array(word.dropLast())
    var sum = ComplexInterval.zero(precision: precision)
    let own = mean(last)
    if !own.isZero { sum = mean(rest) * own }
    for (place, other) in rest.enumerated() {
      let pair = covariance(other, last)
      guard !pair.isZero else { continue }
      sum = sum + mean(rest[..<place] + rest[(place + 1)...]) * pair
    }
    return sum
  }

  /// (<X> +- i <P>)/2.
  private func mean(_ letter: Letter) -> ComplexInterval {
    let (x, p) = (means[2 * letter.mode], means[2 * letter.mode + 1])
    return ComplexInterval(x.scaled(byPowerOfTwo: -1), (letter.isCreation ? -p : p).scaled(byPowerOfTwo: -1))
  }

  /// u'Tv for letters u.R and v.R.
  private func covariance(_ a: Letter, _ b: Letter) -> ComplexInterval {
    let (x, y) = (2 * a.mode, 2 * b.mode)
    func signed(_ value: Interval, _ isNegative: Bool) -> Interval { isNegative ? -value : value }
    let real = excess[x, y] + signed(excess[x + 1, y + 1], a.isCreation == b.isCreation)
    let imaginary = signed(excess[x, y + 1], b.isCreation) + signed(excess[x + 1, y], a.isCreation)
    return ComplexInterval(real.scaled(byPowerOfTwo: -2), imaginary.scaled(byPowerOfTwo: -2))
  }
}

extension ComplexInterval {
  fileprivate var isZero: Bool { real.isExactZero && imaginary.isExactZero }
}
