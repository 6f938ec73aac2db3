import ArbitraryPrecision
import Catalogue
import RandomInputs
import RigorousNumerics
import TestSupport

/// A random model of one or two modes with a quadratic Hamiltonian and linear jumps, and what its first and second
/// moments come to, by other equations than those of the program: the means of the letters c = (a, a', b, b') and of
/// their products c_i c_j as they stand, by the rule for products
///
///     L*(c_i c_j) = i ([H, c_i] c_j + c_i [H, c_j]) + sum of r/2 (K' [c_i c_j, K] + [K', c_i c_j] K),
///
/// in complex numbers, with no quadratures and no normal order, and the exponential of the whole matrix in intervals.
struct GaussianTwin {
  let modes: Int
  /// H = sum over i <= j of h_ij (c_i c_j + adjoint) + sum of f_k (a_k + adjoint), coefficients in text.
  let text: String
  let time: String
  private let quadratic: [[ComplexInterval]]
  private let linear: [ComplexInterval]
  private let jumps: [(rate: Interval, letters: [ComplexInterval], constant: ComplexInterval)]
  private let start: (means: [ComplexInterval], quanta: [Interval], squeezed: [ComplexInterval])

  private static let precision = 192

  private static func number(_ value: Rational) -> Interval { Interval(value, precision: precision) }

  private static let zero = ComplexInterval.zero(precision: precision)

  /// The number of letters, and of all variables: 1, c, cc.
  private var letters: Int { 2 * modes }
  private var count: Int { 1 + letters + letters * letters }

  /// [c_i, c_j].
  private func commutator(_ i: Int, _ j: Int) -> Int { i ^ 1 == j ? (i % 2 == 0 ? 1 : -1) : 0 }

  init(_ random: inout SplitMix64, modes: Int) {
    self.modes = modes
    let names = ["a", "a'", "b", "b'"]
    let corners = [
      Rational(0), 0, 1, 1, -1, Rational(1, 2), Rational(1, 4), Rational(3, 7), Rational(-2, 3), Rational(1, 1000),
    ]
    func pick() -> Rational { corners[Int.random(in: 0..<corners.count, using: &random)] }
    func complex() -> (Rational, Rational) { (pick(), Bool.random(using: &random) ? 0 : pick()) }
    func text(_ value: (Rational, Rational)) -> String { "(\(value.0) + (\(value.1))*i)" }
    func enclosed(_ value: (Rational, Rational)) -> ComplexInterval {
      ComplexInterval(Self.number(value.0), Self.number(value.1))
    }
    let n = 2 * modes
    var h = [[ComplexInterval]](repeating: Array(repeating: Self.zero, count: n), count: n)
    var pieces = ["0"]
    // a'a of each mode with a real factor; aa; and a'b, ab between two.
    for mode in 0..<modes {
      let own = pick()
      h[2 * mode + 1][2 * mode] = enclosed((own, 0))
      pieces.append("(\(own))*\(names[2 * mode + 1])*\(names[2 * mode])")
      let squeezing = complex()
      h[2 * mode][2 * mode] = enclosed(squeezing)
      h[2 * mode + 1][2 * mode + 1] = enclosed((squeezing.0, -squeezing.1))
      pieces.append(
        "\(text(squeezing))*\(names[2 * mode])^2 + \(text((squeezing.0, -squeezing.1)))*\(names[2 * mode + 1])^2")
    }
    if modes == 2 {
      let (hop, pair) = (complex(), complex())
      h[1][2] = enclosed(hop)
      h[3][0] = enclosed((hop.0, -hop.1))
      h[0][2] = enclosed(pair)
      h[1][3] = enclosed((pair.0, -pair.1))
      pieces.append("\(text(hop))*a'*b + \(text((hop.0, -hop.1)))*b'*a")
      pieces.append("\(text(pair))*a*b + \(text((pair.0, -pair.1)))*a'*b'")
    }
    quadratic = h
    var f = [ComplexInterval](repeating: Self.zero, count: n)
    for mode in 0..<modes {
      let drive = complex()
      f[2 * mode] = enclosed(drive)
      f[2 * mode + 1] = enclosed((drive.0, -drive.1))
      pieces.append("\(text(drive))*\(names[2 * mode]) + \(text((drive.0, -drive.1)))*\(names[2 * mode + 1])")
    }
    linear = f
    var jumps: [(rate: Interval, letters: [ComplexInterval], constant: ComplexInterval)] = []
    var lines: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let rate = [Rational(0), 1, Rational(1, 3), 2, Rational(1, 50)][Int.random(in: 0..<5, using: &random)]
      let values = (0..<n).map { _ in complex() }
      let constant = Bool.random(using: &random) ? (Rational(0), Rational(0)) : complex()
      jumps.append((Self.number(rate), values.map(enclosed), enclosed(constant)))
      let terms = values.enumerated().map { "\(text($0.element))*\(names[$0.offset])" } + [text(constant)]
      lines.append("  - {operator: \"\(terms.joined(separator: " + "))\", rate: \(rate)}")
    }
    // A loss that is seen.
    jumps.append((Self.number(1), (0..<n).map { $0 == 0 ? enclosed((1, 0)) : Self.zero }, Self.zero))
    lines.append("  - {operator: a, rate: 1}")
    self.jumps = jumps
    var (means, quanta, squeezed, words): ([ComplexInterval], [Interval], [ComplexInterval], [String]) = (
      [], [], [], []
    )
    for mode in 0..<modes {
      let name = names[2 * mode]
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        (quanta, squeezed) = (quanta + [Self.number(0)], squeezed + [Self.zero])
        means += [Self.zero, Self.zero]
        words.append("\(name): fock(0)")
      case 1:
        (quanta, squeezed) = (quanta + [Self.number(Rational(2, 5))], squeezed + [Self.zero])
        means += [Self.zero, Self.zero]
        words.append("\(name): thermal(2/5)")
      case 2:
        (quanta, squeezed) = (quanta + [Self.number(3)], squeezed + [Self.zero])
        means += [Self.zero, Self.zero]
        words.append("\(name): fock(3)")
      default:
        let r = Self.number(Rational(1, 3))
        let phi = Self.number(Rational(3, 4))
        let size = r.hyperbolicSine * r.hyperbolicCosine
        quanta.append(r.hyperbolicSine.squared)
        squeezed.append(ComplexInterval(-(size * phi.cosine), -(size * phi.sine)))
        means += [enclosed((Rational(1, 2), Rational(-1, 3))), enclosed((Rational(1, 2), Rational(1, 3)))]
        words.append("\(name): \"displaced_squeezed(1/2 - i/3, 1/3, 3/4)\"")
      }
    }
    start = (means, quanta, squeezed)
    time = ["1/10", "1", "7/3", "4"][Int.random(in: 0..<4, using: &random)]
    let observables =
      modes == 1
      ? ["a'*a", "a + a'", "i*(a - a')", "i*(a^2 - a'^2)", "a^2 + a'^2"]
      : ["a'*a", "b'*b", "b + b'", "a'*b + b'*a", "i*(a'*b - b'*a)", "a*b + a'*b'", "i*(b^2 - b'^2)"]
    let quantities = observables.enumerated().map { "  f\($0.offset): {value: \"mean(\($0.element))\"}" }
    self.text = """
      model: random
      space: {\(modes == 1 ? "a: boson" : "a: boson, b: boson")}
      hamiltonian: "\(pieces.joined(separator: " + "))"
      jumps:
      \(lines.joined(separator: "\n"))
      start: {\(words.joined(separator: ", "))}
      quantities:
      \(quantities.joined(separator: "\n"))
        vx: {value: "variance(a + a')"}
        rx: {value: "rate(mean(a'*a))"}
      """
  }

  // MARK: - Equations

  private typealias Vector = [ComplexInterval]

  private func place(_ i: Int, _ j: Int) -> Int { 1 + letters + i * letters + j }

  /// The rate of <c_i c_j> or <c_i> as a row.
  private func row(of word: [Int]) -> Vector {
    var row = Vector(repeating: Self.zero, count: count)
    func add(_ value: ComplexInterval, _ word: [Int]) {
      let index = word.isEmpty ? 0 : word.count == 1 ? 1 + word[0] : place(word[0], word[1])
      row[index] = row[index] + value
    }
    let unit = ComplexInterval(Self.number(0), Self.number(1))
    func scaled(_ value: ComplexInterval, _ factor: Int) -> ComplexInterval {
      ComplexInterval(factor * value.real, factor * value.imaginary)
    }
    // [H, c] of one letter, as numbers of words.
    func turn(_ c: Int) -> [(value: ComplexInterval, word: [Int])] {
      var result: [(value: ComplexInterval, word: [Int])] = []
      for k in 0..<letters {
        for l in 0..<letters {
          if commutator(l, c) != 0 { result.append((scaled(quadratic[k][l], commutator(l, c)), [k])) }
          if commutator(k, c) != 0 { result.append((scaled(quadratic[k][l], commutator(k, c)), [l])) }
        }
        if commutator(k, c) != 0 { result.append((scaled(linear[k], commutator(k, c)), [])) }
      }
      return result
    }
    for (position, letter) in word.enumerated() {
      let (before, after) = (Array(word[..<position]), Array(word[(position + 1)...]))
      for term in turn(letter) { add(unit * term.value, before + term.word + after) }
    }
    for jump in jumps {
      let half = jump.rate / 2
      for (position, letter) in word.enumerated() {
        let (before, after) = (Array(word[..<position]), Array(word[(position + 1)...]))
        for k in 0..<letters where commutator(letter, k) != 0 {
          // K' [w, K], K' having the conjugate of the factor of c_m at c_(m^1).
          let inner = scaled(jump.letters[k], commutator(letter, k))
          for m in 0..<letters {
            let value = jump.letters[m].conjugate * inner
            add(ComplexInterval(half * value.real, half * value.imaginary), [m ^ 1] + before + after)
          }
          let constant = jump.constant.conjugate * inner
          add(ComplexInterval(half * constant.real, half * constant.imaginary), before + after)
        }
        for k in 0..<letters where commutator(k ^ 1, letter) != 0 {
          // [K', w] K.
          let inner = scaled(jump.letters[k].conjugate, commutator(k ^ 1, letter))
          for m in 0..<letters {
            let value = inner * jump.letters[m]
            add(ComplexInterval(half * value.real, half * value.imaginary), before + after + [m])
          }
          let constant = inner * jump.constant
          add(ComplexInterval(half * constant.real, half * constant.imaginary), before + after)
        }
      }
    }
    return row
  }

  private var rows: [Vector] {
    [Vector(repeating: Self.zero, count: count)] + (0..<letters).map { row(of: [$0]) }
      + (0..<letters).flatMap { i in (0..<letters).map { row(of: [i, $0]) } }
  }

  private var first: Vector {
    var result = Vector(repeating: Self.zero, count: count)
    result[0] = ComplexInterval(Self.number(1), Self.number(0))
    for i in 0..<letters {
      result[1 + i] = start.means[i]
      for j in 0..<letters {
        var value = start.means[i] * start.means[j]
        if i / 2 == j / 2 {
          let mode = i / 2
          let own: ComplexInterval =
            switch (i % 2, j % 2) {
            case (0, 0): start.squeezed[mode]
            case (1, 1): start.squeezed[mode].conjugate
            case (1, 0): ComplexInterval(start.quanta[mode], Self.number(0))
            default: ComplexInterval(start.quanta[mode] + 1, Self.number(0))
            }
          value = value + own
        }
        result[place(i, j)] = value
      }
    }
    return result
  }

  /// The values of the model's quantities.
  func values() throws -> [(name: String, value: Interval)] {
    let (rows, n, t) = (rows, count, try interval(time).rounded(to: Self.precision))
    var generator = IntervalMatrix(zero: 2 * n, precision: Self.precision)
    for (i, row) in rows.enumerated() {
      for (j, value) in row.enumerated() {
        (generator[i, j], generator[n + i, n + j]) = (value.real * t, value.real * t)
        (generator[i, n + j], generator[n + i, j]) = (-(value.imaginary * t), value.imaginary * t)
      }
    }
    let first = first
    let end = try generator.exponential(within: Budget()).applied(to: first.map(\.real) + first.map(\.imaginary))
    func re(_ i: Int, _ j: Int) -> Interval { end[place(i, j)] }
    func im(_ i: Int, _ j: Int) -> Interval { end[n + place(i, j)] }
    let x = end[1] + end[2]
    let rate = rows[place(1, 0)].enumerated().reduce(Self.number(0)) {
      $0 + $1.element.real * end[$1.offset] - $1.element.imaginary * end[n + $1.offset]
    }
    let variance = re(0, 0) + re(1, 1) + re(0, 1) + re(1, 0) - x.squared
    let means =
      modes == 1
      ? [re(1, 0), x, -(end[n + 1] - end[n + 2]), im(1, 1) - im(0, 0), re(0, 0) + re(1, 1)]
      : [
        re(1, 0), re(3, 2), end[3] + end[4], re(1, 2) + re(3, 0), im(3, 0) - im(1, 2), re(0, 2) + re(1, 3),
        im(3, 3) - im(2, 2),
      ]
    return means.enumerated().map { ("f\($0.offset)", $0.element) } + [("vx", variance), ("rx", rate)]
  }
}
