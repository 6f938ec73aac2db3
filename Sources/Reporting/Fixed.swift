/// A number with two decimals.
func fixed(_ number: Double) -> String {
  guard number.isFinite, abs(number) < 1e15 else { return "\(number)" }
  let rounded = Int((number * 100).rounded())
  let (whole, fraction) = abs(rounded).quotientAndRemainder(dividingBy: 100)
  return "\(rounded < 0 ? "-" : "")\(whole).\(fraction < 10 ? "0" : "")\(fraction)"
}
