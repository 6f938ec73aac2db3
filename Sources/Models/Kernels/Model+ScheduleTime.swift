import ArbitraryPrecision
import Catalogue
import Expressions
import RigorousNumerics

extension Model {
  /// Doubles with a time in the piece of the schedule in which the exact time is.
  ///
  /// The nearest double of a time at the end of a piece may be later than it: beyond the last piece, or after a reset.
  /// So the time is the greatest double that is not beyond the end of the piece, or the least one after its beginning,
  /// both at the other parameters as doubles.
  func fitted(
    _ nearest: KernelInput, to exact: Arguments, _ schedule: ScheduleDeclaration, of quantity: Quantity
  ) throws -> KernelInput {
    guard exact.has(.time), exact[.time].isZero != .certainlyTrue else { return nearest }
    let bits = 128
    do {
      let time = exact[.time]
      let place = try ScheduleClock(schedule, ModelPoint(self, exact, precision: bits), within: Budget()).place(
        of: .init(value: time.enclosure(precision: bits), exact: time), isAfter: false)
      let rounded = try Arguments(exactly: nearest, for: quantity)
      let clock = try ScheduleClock(schedule, ModelPoint(self, rounded, precision: bits), within: Budget())
      let here = ScheduleClock.Time(value: rounded[.time].enclosure(precision: bits), exact: rounded[.time])
      var double = nearest[.time]
      if place.after != place.before, try clock.compare(here, place.after) > 0 {
        double = clock.begin(place.after).lower.double(rounding: .down)
      } else if try clock.compare(here, place.before) <= 0 {
        let begin = clock.begin(place.before)
        double = begin.upper.double(rounding: .down).nextUp
      }
      return nearest.replacing(.time, by: double)
    } catch is NotToldYet {
      return nearest
    } catch is BadInput {
      // The quantity says by itself what is wrong.
      return nearest
    }
  }
}
