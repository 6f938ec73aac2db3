import ArbitraryPrecision
import RandomInputs
import RigorousNumerics

/// A random model with jumps as text, and its master equation as a dense matrix on all elements of the density matrix.
struct RandomOpenModel {
  let closed: RandomModel
  private(set) var jumps: [(text: String, matrix: DenseMatrix, rate: Interval)] = []
  private var correlated: (text: String, operators: [DenseMatrix], rates: [[(x: Int, y: Int)]])?

  private static func number(_ value: Int) -> Interval { RandomModel.number(value) }

  init(_ random: inout SplitMix64, greatestDimension: Int) {
    var closed = RandomModel(&random)
    while closed.vector.real.count > greatestDimension { closed = RandomModel(&random) }
    self.closed = closed
    for _ in 0..<Int(random.next() % 3) + 1 {
      let (text, matrix, _) = letter(&random)
      let k = Int(random.next() % 5)
      let (rate, value) =
        random.next() % 4 == 0
        ? ("sqrt(\(k))", Self.number(k).squareRoot)
        : ("\(k)/3", Interval(Rational(Integer(k), 3), precision: RandomModel.precision))
      jumps.append(("{operator: \"\(text)\", rate: \(rate)}", matrix, value))
    }
    guard random.next() % 3 == 0 else { return }
    let (first, a, odd) = letter(&random)
    var (second, b, isOdd) = letter(&random)
    while isOdd != odd { (second, b, isOdd) = letter(&random) }
    // v v' + w w' for v = (1, x + iy), w = (0, z): singular where z is zero.
    let (x, y, z) = (Int(random.next() % 3), Int(random.next() % 3) - 1, Int(random.next() % 2))
    let rates = [[(1, 0), (x, -y)], [(x, y), (x * x + y * y + z, 0)]]
    let text = rates.map { "[" + $0.map { "\"\($0.0) + \($0.1)*i\"" }.joined(separator: ", ") + "]" }
      .joined(separator: ", ")
    correlated = (
      "{correlated: {operators: [\"\(first)\", \"\(second)\"], rates: [\(text)]}}", [a, b],
      rates.map { $0.map { (x: $0.0, y: $0.1) } }
    )
  }

  /// A letter that leads to no more quanta, or the sum of two.
  private func letter(_ random: inout SplitMix64) -> (text: String, matrix: DenseMatrix, isOdd: Bool) {
    func one() -> (text: String, matrix: DenseMatrix, isOdd: Bool) {
      while true {
        let position = Int(random.next() % UInt64(closed.sites.count))
        let choice = Int(random.next() % 3)
        let site = closed.sites[position]
        let own = site.letters[choice]
        if site.space == "boson", own.raises > 0 { continue }
        return (own.text, closed.embedded(position, choice), site.isFermion && own.raises != 0)
      }
    }
    let first = one()
    guard random.next() % 3 == 0 else { return first }
    let second = one()
    guard first.isOdd == second.isOdd else { return first }
    // A raising spin with a lowering mode would need more levels of the mode: none raises it.
    let matrix = first.matrix + second.matrix.scaled(Self.number(0), Self.number(2))
    return ("\(first.text) + 2*i*\(second.text)", matrix, first.isOdd)
  }

  /// The file.
  var text: String {
    let all = jumps.map(\.text) + (correlated.map { [$0.text] } ?? [])
    return closed.text.replacing(
      "start: {", with: "jumps:\n" + all.map { "  - \($0)" }.joined(separator: "\n") + "\nstart: {"
    )
    .replacing("quantities:", with: "quantities:\n  purity: {value: purity(all)}")
  }

  /// The values by the exponential of the whole generator, doubled to real numbers.
  func values() throws -> [(name: String, value: Interval)] {
    let d = closed.vector.real.count
    let (one, half) = (DenseMatrix(identity: d, RandomModel.precision), Interval(Rational(-1, 2), precision: 320))
    func conjugate(_ a: DenseMatrix) -> DenseMatrix {
      var result = a
      result.imaginary = a.imaginary.map { -$0 }
      return result
    }
    var effective = closed.hamiltonian.matrix.scaled(Self.number(0), Self.number(-1))
    var generator = DenseMatrix(zero: d * d, RandomModel.precision)
    func add(_ left: DenseMatrix, _ right: DenseMatrix, _ x: Interval, _ y: Interval) {
      generator = generator + DenseMatrix.kron(left, conjugate(right)).scaled(x, y)
      effective = effective + (right.adjoint * left).scaled(half * x, half * y)
    }
    for jump in jumps { add(jump.matrix, jump.matrix, jump.rate, Self.number(0)) }
    if let correlated {
      for (k, row) in correlated.rates.enumerated() {
        for (l, rate) in row.enumerated() {
          add(correlated.operators[k], correlated.operators[l], Self.number(rate.x), Self.number(rate.y))
        }
      }
    }
    generator = generator + DenseMatrix.kron(effective, one) + DenseMatrix.kron(one, conjugate(effective))
    var doubled = IntervalMatrix(zero: 2 * d * d, precision: RandomModel.precision)
    let time = Interval(closed.timeValue, precision: RandomModel.precision)
    for i in 0..<d * d {
      for j in 0..<d * d {
        let (x, y) = (generator.real[i, j] * time, generator.imaginary[i, j] * time)
        (doubled[i, j], doubled[d * d + i, d * d + j]) = (x, x)
        (doubled[i, d * d + j], doubled[d * d + i, j]) = (-y, y)
      }
    }
    let start = closed.vector.real.flatMap { a in closed.vector.real.map { a * $0 } }
    let end = try doubled.exponential(within: Budget(seconds: 600)).applied(to: start + start.map { 0 * $0 })
    // Tr(X rho).
    func trace(_ x: DenseMatrix) -> Interval {
      (0..<d * d).reduce(Self.number(0)) {
        let (i, j) = ($1 / d, $1 % d)
        return $0 + x.real[j, i] * end[$1] - x.imaginary[j, i] * end[d * d + $1]
      }
    }
    let (x, h) = (closed.observable.matrix, closed.hamiltonian.matrix)
    let (mean, energy) = (trace(x), trace(h))
    let product = (x * h + h * x).scaled(Interval(Rational(1, 2), precision: 320), Self.number(0))
    let last = closed.sites[closed.sites.count - 1].dimension
    let weight = (0..<d).filter { $0 % last == 0 }.reduce(Self.number(0)) { $0 + end[$1 * d + $1] }
    return [
      ("mean", mean), ("variance", trace(x * x) - mean.squared), ("covariance", trace(product) - mean * energy),
      ("weight", weight), ("purity", end.reduce(Self.number(0)) { $0 + $1.squared }),
    ]
  }
}
