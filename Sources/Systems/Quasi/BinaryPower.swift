import RigorousNumerics

/// The power x^m, m >= 1, of a product that is associative, from the highest bit of m down, so that every second factor
/// is x itself.
///
/// - Throws: `Unanswered` when the time is over.
func binaryPower<Factor>(
  _ x: Factor, _ m: Int, within budget: Budget, product: (Factor, Factor) -> Factor
) throws(Unanswered) -> Factor {
  var result = x
  for bit in stride(from: Int.bitWidth - m.leadingZeroBitCount - 2, through: 0, by: -1) {
    try budget.check()
    result = product(result, result)
    if m >> bit & 1 == 1 { result = product(result, x) }
  }
  return result
}
