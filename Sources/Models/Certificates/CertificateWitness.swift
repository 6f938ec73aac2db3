import ArbitraryPrecision
import Operators
import RigorousNumerics

/// Where along a path a mean, or a mean over the time, is about greatest or least.
struct CertificateWitness {
  private let path: CertificatePath
  private let isVector: Bool
  /// <row|O|column> by columns, on the states of the path.
  private var columns: [[(row: Int, value: ComplexInterval)]] = []

  init(_ path: CertificatePath, _ observable: ModelPoint.Operator, _ problem: CertificateProblem) throws {
    (self.path, isVector) = (path, problem.isVector)
    let point = problem.point
    var numbers: [BasisState: Int] = [:]
    for (number, state) in path.states.enumerated() { numbers[state] = number }
    columns = try path.states.map { state in
      try point.basis.column(of: observable, at: state, in: point.scalars).compactMap { row, element in
        guard let row = numbers[row] else { return nil }
        return (row, try point.scalars.enclosure(element))
      }
    }
  }

  private static let samples = 64

  /// About the mean in the start.
  var startValue: Double {
    path.pieces.first.flatMap { coefficients($0, precision: 64).first?.midpoint?.double(rounding: .nearest) } ?? 0
  }

  /// A time of the path at which the mean, or the mean over the time, is about greatest or least.
  func time(isGreatest: Bool, overTime: Bool) -> Rational {
    var best: (piece: Int, u: Double, value: Double) = (0, 0, -.infinity)
    for (number, piece) in path.pieces.enumerated() {
      let mean = coefficients(piece, precision: 64).map { $0.midpoint?.double(rounding: .nearest) ?? 0 }
      let (begin, length) = (piece.begin.double, piece.length.double)
      for sample in 0...Self.samples {
        let u = Double(sample) / Double(Self.samples)
        let time = begin + length * u
        if overTime, time == 0 { continue }
        let value = mean.reversed().reduce(0) { $0 * u + $1 } / (overTime ? time : 1) * (isGreatest ? 1 : -1)
        if value > best.value { best = (number, u, value) }
      }
    }
    let piece = path.pieces[best.piece]
    let u = refined(best.u, piece, overTime: overTime)
    return piece.begin + piece.length * u
  }

  /// Newton's steps for a zero of the slope, which is taken only where it stays near.
  private func refined(_ guess: Double, _ piece: CertificatePath.Piece, overTime: Bool) -> Rational {
    let precision = path.bits + 32
    let mean = coefficients(piece, precision: precision)
    func number(_ value: Rational) -> Interval { Interval(value, precision: precision) }
    func value(_ a: [Interval], _ u: Interval) -> Interval { a.reversed().reduce(number(0)) { $0 * u + $1 } }
    func slope(_ a: [Interval]) -> [Interval] { a.indices.dropFirst().map { $0 * a[$0] } }
    let (first, second) = (slope(mean), slope(slope(mean)))
    let start = Rational(Integer(Int(guess * 1024)), 1024)
    var u = number(start)
    for _ in 0..<12 {
      let (a, b) = (value(first, u), value(second, u))
      var (up, down) = (a, b)
      if overTime {
        let time = number(piece.begin) + number(piece.length) * u
        up = a * time - value(mean, u) * number(piece.length)
        down = b * time
      }
      guard !down.containsZero, let middle = (u - up / down).midpoint else { return start }
      u = Interval(middle)
      guard abs(middle.double(rounding: .nearest) - guess) < 2 / Double(Self.samples) else { return start }
    }
    guard let found = u.midpoint?.rational, found >= 0, found <= 1 else { return start }
    return found
  }

  /// The coefficients of the mean in u.
  private func coefficients(_ piece: CertificatePath.Piece, precision: Int) -> [Interval] {
    let unit = Rational(Integer(1), Integer.powerOfTwo(path.bits))
    func number(_ x: Integer) -> Interval { Interval(Rational(x) * unit, precision: precision) }
    let zero = Interval(0, precision: precision)
    let states = piece.coefficients.map { x in
      stride(from: 0, to: x.count, by: 2).map { ComplexInterval(number(x[$0]), number(x[$0 + 1])) }
    }
    guard isVector else {
      return states.map { x in
        zip(path.places, x).reduce(zero) { sum, element in
          let (place, value) = element
          guard let entry = columns[place.row].first(where: { $0.row == place.column })?.value else { return sum }
          let real = (value * entry).real
          return sum + (place.row == place.column ? real : 2 * real)
        }
      }
    }
    var result = [Interval](repeating: zero, count: 2 * states.count - 1)
    for (k, x) in states.enumerated() {
      var image = [ComplexInterval](repeating: .zero(precision: precision), count: x.count)
      for (place, value) in x.enumerated() {
        for entry in columns[path.places[place].row] { image[entry.row] = image[entry.row] + entry.value * value }
      }
      for (j, y) in states.enumerated() {
        for (place, value) in y.enumerated() {
          result[j + k] = result[j + k] + (value.conjugate * image[path.places[place].row]).real
        }
      }
    }
    return result
  }
}
