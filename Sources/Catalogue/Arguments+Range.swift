import Expressions

extension Arguments {
  /// Refuses ranges that end before they begin, decided from the exact parameters `from` and `to`.
  @Sendable public static func checkRange(_ arguments: Arguments) throws {
    let (from, to) = (arguments[.rangeStart].expression, arguments[.rangeEnd].expression)
    guard let sign = (try? Constant(to - from))?.sign else { throw Undecided("undecided whether from <= to") }
    guard sign >= 0 else { throw BadInput("parameter to: it is below from; accepted: from <= to") }
  }
}
