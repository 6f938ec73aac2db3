import ArbitraryPrecision
import RandomInputs
import RigorousNumerics

/// A random model as text, and the same as dense matrices that are built beside it.
struct RandomModel {
  static let precision = 320

  struct Site {
    let name: String
    let space: String
    let dimension: Int
    let start: String
    let level: Int
    /// Letters with their matrices and the quanta that they add.
    let letters: [(text: String, matrix: DenseMatrix, raises: Int)]
    let isFermion: Bool
  }

  private(set) var sites: [Site] = []
  private(set) var hamiltonian = (text: "", matrix: DenseMatrix(zero: 1, precision))
  private(set) var observable = (text: "", matrix: DenseMatrix(zero: 1, precision))
  private(set) var vector: (real: [Interval], imaginary: [Interval]) = ([], [])
  private(set) var time = ""
  private(set) var timeValue: Rational = 0

  static func number(_ value: Int) -> Interval { Interval(value, precision: precision) }

  init(_ random: inout SplitMix64) {
    let hasBoson = random.next() % 3 == 0
    var dimension = 1
    if hasBoson { append(RandomModel.boson(Int(random.next() % 2))) }
    repeat {
      dimension = sites.reduce(1) { $0 * $1.dimension }
      let site = RandomModel.site("xyzuv".map(String.init)[sites.count], &random, extreme: hasBoson)
      if dimension * site.dimension > 10 { break }
      append(site)
    } while sites.count < 5 && random.next() % 2 == 0
    dimension = sites.reduce(1) { $0 * $1.dimension }
    hamiltonian = operatorSum(Int(random.next() % 4) + 1, conserving: hasBoson, &random)
    observable = operatorSum(Int(random.next() % 2) + 1, conserving: hasBoson, &random)
    let corner: [(String, Rational)] = [("0", 0), ("1e-6", Rational(1, 1_000_000)), ("20", 20)]
    let fraction = Int(random.next() % 40)
    let plain = ("\(fraction)/10", Rational(Integer(fraction), 10))
    (time, timeValue) = random.next() % 4 == 0 ? corner[Int(random.next() % 3)] : plain
    // The product of the starts: basis states, or (|0> + |1>)/sqrt(2) of qubits.
    let root = (RandomModel.number(1) / 2).squareRoot
    var real = [RandomModel.number(1)]
    for site in sites {
      let own = (0..<site.dimension).map { level -> Interval in
        site.level == -1 ? root : RandomModel.number(level == site.level ? 1 : 0)
      }
      real = real.flatMap { a in own.map { a * $0 } }
    }
    vector = (real, real.map { _ in RandomModel.number(0) })
  }

  private mutating func append(_ site: Site) { sites.append(site) }

  static func matrix(_ d: Int, _ element: (Int, Int) -> Interval) -> DenseMatrix {
    DenseMatrix((0..<d).map { i in (0..<d).map { element(i, $0) } })
  }

  /// A mode that starts with n quanta. A partner of ten basis states in all gives it two at most, and a word of two
  /// letters one more on the way: the cut at n + 4 levels is none.
  private static func boson(_ n: Int) -> Site {
    let d = n + 4
    let lower = matrix(d) { $1 == $0 + 1 ? number($1).squareRoot : number(0) }
    return Site(
      name: "a", space: "boson", dimension: d, start: "fock(\(n))", level: n,
      letters: [("a", lower, -1), ("a'", lower.adjoint, 1), ("a'*a", lower.adjoint * lower, 0)], isFermion: false)
  }

  private static func site(_ name: String, _ random: inout SplitMix64, extreme: Bool) -> Site {
    let kind = random.next() % 4
    switch kind {
    case 0:
      let raise = matrix(2) { number($0 == 1 && $1 == 0 ? 1 : 0) }
      let z = matrix(2) { number($0 != $1 ? 0 : $0 == 1 ? 1 : -1) }
      let choice = Int(random.next() % (extreme ? 2 : 3))
      return Site(
        name: name, space: "qubit", dimension: 2, start: ["down", "up", "plus"][choice], level: [0, 1, -1][choice],
        letters: [("\(name)_p", raise, 1), ("\(name)_m", raise.adjoint, -1), ("\(name)_z", z, 0)], isFermion: false)
    case 1:
      let twice = Int(random.next() % 3)
      // sqrt(J(J+1) - m(m+1)) with m = k - J, from the definition.
      let raise = matrix(twice + 1) { i, k in
        guard i == k + 1 else { return number(0) }
        let (j, m) = (Rational(Integer(twice), 2), Rational(Integer(2 * k - twice), 2))
        return Interval(j * (j + 1) - m * (m + 1), precision: precision).squareRoot
      }
      let z = matrix(twice + 1) {
        $0 == $1 ? Interval(Rational(Integer(2 * $0 - twice), 2), precision: precision) : number(0)
      }
      let level = Int(random.next() % UInt64(twice + 1))
      return Site(
        name: name, space: "spin \(twice)/2", dimension: twice + 1, start: "dicke(\(level))", level: level,
        letters: [("\(name)_p", raise, 1), ("\(name)_m", raise.adjoint, -1), ("\(name)_z", z, 0)], isFermion: false)
    case 2:
      let d = Int(random.next() % 3) + 1
      let level = Int(random.next() % UInt64(d))
      let top = matrix(d) { number($0 == d - 1 && $1 == 0 ? 1 : 0) }
      let last = matrix(d) { number($0 == d - 1 && $1 == d - 1 ? 1 : 0) }
      return Site(
        name: name, space: "levels \(d)", dimension: d, start: "level(\(level))", level: level,
        letters: [
          ("\(name)(\(d - 1),0)", top, d > 1 ? 1 : 0), ("\(name)(0,\(d - 1))", top.adjoint, d > 1 ? -1 : 0),
          ("\(name)(\(d - 1),\(d - 1))", last, 0),
        ], isFermion: false)
    default:
      let lower = matrix(2) { number($0 == 0 && $1 == 1 ? 1 : 0) }
      let level = Int(random.next() % 2)
      return Site(
        name: name, space: "fermion", dimension: 2, start: "level(\(level))", level: level,
        letters: [("\(name)'", lower.adjoint, 1), (name, lower, -1), ("\(name)'*\(name)", lower.adjoint * lower, 0)],
        isFermion: true)
    }
  }

  /// A letter on the whole space, with the signs of Jordan and Wigner for one that changes a fermion's number.
  func embedded(_ position: Int, _ letter: Int) -> DenseMatrix {
    let chosen = sites[position].letters[letter]
    var result = DenseMatrix(identity: 1, RandomModel.precision)
    for (other, site) in sites.enumerated() {
      let factor: DenseMatrix
      if other == position {
        factor = chosen.matrix
      } else if other < position, site.isFermion, sites[position].isFermion, chosen.raises != 0 {
        factor = RandomModel.matrix(2) { RandomModel.number($0 != $1 ? 0 : $0 == 0 ? 1 : -1) }
      } else {
        factor = DenseMatrix(identity: site.dimension, RandomModel.precision)
      }
      result = .kron(result, factor)
    }
    return result
  }

  /// c W + conj(c) W' over random words of one or two letters; those that keep the parity of fermions, and the sum of
  /// quanta where a mode stands.
  func operatorSum(
    _ count: Int, conserving: Bool, _ random: inout SplitMix64
  ) -> (text: String, matrix: DenseMatrix) {
    var dimension = 1
    for site in sites { dimension *= site.dimension }
    var (texts, sum) = ([String](), DenseMatrix(zero: dimension, RandomModel.precision))
    for _ in 0..<count {
      var word: [(Int, Int)] = []
      repeat {
        word = (0...(random.next() % 3 == 0 ? 0 : 1)).map { _ in
          (Int(random.next() % UInt64(sites.count)), Int(random.next() % 3))
        }
      } while conserving && word.reduce(0) { $0 + sites[$1.0].letters[$1.1].raises } != 0
        || word.count { sites[$0.0].isFermion && sites[$0.0].letters[$0.1].raises != 0 } % 2 != 0
      let (coefficient, x, y) = RandomModel.coefficient(&random)
      let product = word.map { "\(sites[$0.0].letters[$0.1].text)" }.joined(separator: "*")
      texts.append("(\(coefficient))*(\(product)) + ((\(coefficient))*(\(product)))'")
      let matrix = word.map { embedded($0.0, $0.1) }.dropFirst().reduce(embedded(word[0].0, word[0].1), *).scaled(x, y)
      sum = sum + matrix + matrix.adjoint
    }
    return (texts.joined(separator: " + "), sum)
  }

  /// Numbers with their enclosures: zero, and zero that does not show it, among them.
  static func coefficient(_ random: inout SplitMix64) -> (text: String, real: Interval, imaginary: Interval) {
    let k = Int(random.next() % 9) - 4
    switch random.next() % 8 {
    case 0: return ("0", number(0), number(0))
    case 1: return ("sqrt(2)*sqrt(3) - sqrt(6)", number(0), number(0))
    case 2: return ("sqrt(5)", number(5).squareRoot, number(0))
    case 3: return ("i", number(0), number(1))
    case 4: return ("exp(i*\(k))", number(k).cosine, number(k).sine)
    case 5: return ("sin(\(k)) + i/3", number(k).sine, Interval(Rational(1, 3), precision: precision))
    default: return ("\(k)/3", Interval(Rational(Integer(k), 3), precision: precision), number(0))
    }
  }

  /// The file.
  var text: String {
    let space = sites.map { "  \($0.name): \($0.space)" }.joined(separator: "\n")
    let start = sites.map { "\($0.name): \($0.start)" }.joined(separator: ", ")
    let last = sites[sites.count - 1]
    let level = last.space == "boson" ? "fock(0)" : "level(0)"
    return """
      model: random
      space:
      \(space)
      hamiltonian: "\(hamiltonian.text)"
      start: {\(start)}
      quantities:
        mean: {value: "mean(\(observable.text))"}
        variance: {value: "variance(\(observable.text))"}
        covariance: {value: "covariance(\(observable.text), H)"}
        weight: {value: "weight(\(last.name) = \(level))"}
      """
  }

  /// The values by the dense exponential.
  func values() throws -> [(name: String, value: Interval)] {
    let psi = try hamiltonian.matrix.evolved(vector, Interval(timeValue, precision: RandomModel.precision))
    typealias Vector = (real: [Interval], imaginary: [Interval])
    func inner(_ a: Vector, _ b: Vector) -> Interval {
      zip(zip(a.real, b.real), zip(a.imaginary, b.imaginary)).reduce(RandomModel.number(0)) {
        $0 + $1.0.0 * $1.0.1 + $1.1.0 * $1.1.1
      }
    }
    let (x, h) = (observable.matrix.applied(psi), hamiltonian.matrix.applied(psi))
    let (mean, energy) = (inner(psi, x), inner(psi, h))
    let last = sites[sites.count - 1].dimension
    let weight = psi.real.indices.filter { $0 % last == 0 }.reduce(RandomModel.number(0)) {
      $0 + psi.real[$1].squared + psi.imaginary[$1].squared
    }
    return [
      ("mean", mean), ("variance", inner(x, x) - mean.squared), ("covariance", inner(x, h) - mean * energy),
      ("weight", weight),
    ]
  }
}
