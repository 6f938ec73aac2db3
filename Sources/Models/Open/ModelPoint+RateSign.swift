import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

extension ModelPoint {
  /// The pieces of a span of time that are looked at for the sign of a rate.
  private static let greatestPieces = 20_000

  /// Refuses rates that are negative at a time between two: only with rates that are not is the flow a limit
  /// of completely positive maps.
  ///
  /// - Throws: ``BadInput`` for a rate that is negative at a time, or not real; ``Undecided``.
  func requireRates(
    _ dissipators: [Dissipator], from start: Interval = Interval(0, precision: 64), until end: Interval,
    within budget: Budget
  ) throws {
    for jump in dissipators where jump.rate.holdsTime {
      guard try scalars.decision(isZero: jump.rate + -scalars.conjugate(jump.rate)) == .certainlyTrue else {
        throw jump.place.fault("the rate is negative or not real; accepted: rates of 0 or more at all times")
      }
      let rate = jump.rate.formula.substituting(scalars.values)
      try requireNotNegative(rate, jump.place, on: start.rounded(to: 64).hull(end.rounded(to: 64)), within: budget)
    }
  }

  private func requireNotNegative(
    _ rate: Expression, _ place: ModelFormula, on span: Interval, within budget: Budget
  ) throws {
    let (reals, complex) = (DefinedContext(precision: 64), ComplexContext(precision: 64, continuesFunctions: true))
    let isWrittenReal = !rate.variables.contains("i")
    func value(_ time: Interval) throws -> DefinedInterval {
      do throws(ExpressionError) {
        guard !isWrittenReal else {
          return try rate.evaluate(in: reals, variables: ["t": DefinedInterval(time)])
        }
        // Its imaginary part is zero, as was decided.
        let value = try rate.evaluate(
          in: complex, variables: ["t": complex.real(time), "i": complex.imaginaryUnit])
        return DefinedInterval(value.value.real, isDefined: value.isDefined)
      } catch {
        throw place.fault(error.message)
      }
    }
    var pieces = [span]
    var looked = 0
    while let piece = pieces.popLast() {
      try budget.check()
      looked += 1
      let range = try value(piece)
      if range.isDefined, range.interval.lower.signum >= 0 { continue }
      guard let middle = piece.midpoint, looked <= Self.greatestPieces else {
        throw Undecided(place.fault("undecided whether the rate is negative at a time").message)
      }
      let there = try value(Interval(middle))
      guard !(there.isDefined && there.interval.upper.signum < 0) else {
        let shown = middle.double(rounding: .nearest)
        throw place.fault("the rate is negative at t = \(shown); accepted: rates of 0 or more at all times")
      }
      let center = Interval(middle)
      pieces.append(Interval(piece.lower).hull(center))
      pieces.append(center.hull(Interval(piece.upper)))
    }
  }
}
