import ArbitraryPrecision
import Models
import RigorousNumerics

extension WorkTransitions {
  /// The transitions of a slice of a model's motion: phi is the state before it, P_a phi its part of the level a of the
  /// battery, and r_abk = Re <U P_b phi|P_k|U P_a phi> with the motion U of the slice.
  ///
  /// - Parameters:
  ///   - motion: whose start is pure.
  ///   - before: the time from the start to the slice.
  ///   - during: how long the slice takes.
  ///   - bits: the error of each number is about 2^-bits.
  init(_ motion: ModelMotion, before: Interval, during: Interval, bits: Int, within budget: Budget) throws {
    let levels = try motion.levels(of: "battery")
    let different = Set(levels).sorted()
    let places = different.map { level in levels.indices.filter { levels[$0] == level } }
    let zero = ComplexInterval.zero(precision: bits)
    let state = try motion.evolved(motion.start, for: before, bits: bits)
    let parts = try different.map { level in
      try motion.evolved(zip(levels, state).map { $0 == level ? $1 : zero }, for: during, bits: bits)
    }
    try self.init(levels: different, precision: bits) { a, b, k in
      try budget.check()
      return places[k].reduce(zero.real) {
        $0 + parts[a][$1].real * parts[b][$1].real + parts[a][$1].imaginary * parts[b][$1].imaginary
      }
    }
  }
}
