import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The equations of the first and second moments of a model of bosons whose Hamiltonian is a polynomial of degree two
/// in the letters and whose jumps are linear ones.
///
/// With R = (X_1, P_1, ...), X = a + a', P = -i (a - a'), [R_j, R_k] = 2i W_jk, a letter is u.R with u = (1, i)/2 for a
/// and (1, -i)/2 for a'. For
///
///     H = R'hR/2 + g.R + const,    L_k = l_k.R + c_k,    C = sum over k, m of r_km conj(l_m) l_k',
///
/// the adjoint generator i [H, X] + sum of r_km (L_m' X L_k - (L_m' L_k X + X L_m' L_k)/2) gives, by
/// [R_j, L] = 2i (W l)_j,
///
///     <R>' = A <R> + f,    A = 2 W (h + Im C),    f = 2 W g + i sum of r_km ((W l_k) conj(c_m) - (W conj(l_m)) c_k),
///
/// and, r [X, L_m'] [L_k, Y] being what it misses of a derivation, for s_jk = <{R_j, R_k}>/2 - <R_j><R_k>
///
///     s' = A s + s A' + D,    D = 4 W (Re C) W'.
///
/// For T = s - 1, the covariances in normal order, the noise is E = D + A + A': exactly zero where all jumps annihilate
/// and H keeps the quanta, so that coherent states are seen to stay coherent. All of this is exact.
struct GaussianGenerator {
  typealias Matrix = [Int: [Int: ScalarPolynomial]]

  /// The number of modes.
  let modes: Int
  /// A, row by row, of what is not zero.
  private(set) var drift: Matrix = [:]
  /// E.
  private(set) var noise: Matrix = [:]
  /// f.
  private(set) var force: [Int: ScalarPolynomial] = [:]

  private let ring: ModelScalars

  /// u of a letter.
  private static func vector(_ letter: Letter, _ point: ModelPoint) -> [(place: Int, value: GaussianRational)]? {
    guard case .boson(let ladder) = letter.kind, let site = point.basis.site(of: letter.factor, letter.cell) else {
      return nil
    }
    let half = Rational(1, 2)
    return [
      (2 * site, GaussianRational(half)), (2 * site + 1, GaussianRational(0, ladder == .creation ? -half : half)),
    ]
  }

  /// The linear form of an operator; nil of others.
  private static func linear(
    _ polynomial: ModelPoint.Operator, _ point: ModelPoint
  ) throws -> (form: [Int: ScalarPolynomial], constant: ScalarPolynomial)? {
    let ring = point.scalars
    var (form, constant) = ([Int: ScalarPolynomial](), ring.number(0))
    for (word, coefficient) in polynomial.terms {
      guard let letter = word.first else {
        constant = coefficient
        continue
      }
      guard word.count == 1, let vector = vector(letter, point) else { return nil }
      for (place, value) in vector {
        form[place] = ring.sum(form[place] ?? ring.number(0), try ring.product(coefficient, ScalarPolynomial(value)))
      }
    }
    return (form.filter { !ring.isZero($0.value) }, constant)
  }

  /// The equations; nil where the moments of degree two do not close.
  init?(_ point: ModelPoint, _ dissipators: [Dissipator], hamiltonian: ModelPoint.Operator? = nil) throws {
    guard (0..<point.basis.count).allSatisfy({ point.basis.dimension(ofSite: $0) == nil }) else { return nil }
    (modes, ring) = (point.basis.count, point.scalars)
    let zero = ring.number(0)
    var (h, g) = (Matrix(), [Int: ScalarPolynomial]())
    for (word, coefficient) in try (hamiltonian ?? point.openHamiltonian()).terms {
      guard word.count <= 2 else { return nil }
      let vectors = word.compactMap { Self.vector($0, point) }
      guard vectors.count == word.count else { return nil }
      if word.count == 1 {
        for (place, value) in vectors[0] {
          g[place] = ring.sum(g[place] ?? zero, try ring.product(coefficient, ScalarPolynomial(value)))
        }
      } else if word.count == 2 {
        for (j, u) in vectors[0] {
          for (k, v) in vectors[1] {
            let value = try ring.product(coefficient, ScalarPolynomial(u * v))
            h[j, default: [:]][k] = ring.sum(h[j]?[k] ?? zero, value)
            h[k, default: [:]][j] = ring.sum(h[k]?[j] ?? zero, value)
          }
        }
      }
    }
    // 2 (h + Im C), and 4 Re C.
    var inner = h.mapValues { $0.mapValues { $0 + $0 } }
    var square = Matrix()
    var force = try Self.turned(g).mapValues { try ring.product($0, ring.number(2)) }
    let unit = ring.imaginaryUnit()
    for jump in dissipators {
      guard let left = try Self.linear(jump.left, point), let right = try Self.linear(jump.right, point) else {
        return nil
      }
      let conjugate = right.form.mapValues { ring.conjugate($0) }
      for (j, m) in conjugate {
        for (k, l) in left.form {
          let value = try ring.product(jump.rate, try ring.product(m, l))
          // Of the sum of all jumps, a Hermitian matrix, Re is the symmetric and i Im the antisymmetric part.
          let turn = ring.negation(try ring.product(unit, value))
          inner[j, default: [:]][k] = ring.sum(inner[j]?[k] ?? zero, turn)
          inner[k, default: [:]][j] = ring.sum(inner[k]?[j] ?? zero, ring.negation(turn))
          let double = value + value
          square[j, default: [:]][k] = ring.sum(square[j]?[k] ?? zero, double)
          square[k, default: [:]][j] = ring.sum(square[k]?[j] ?? zero, double)
        }
      }
      let factor = try ring.product(unit, jump.rate)
      for (place, value) in Self.turned(left.form) {
        let own = try ring.product(factor, try ring.product(value, ring.conjugate(right.constant)))
        force[place] = ring.sum(force[place] ?? zero, own)
      }
      for (place, value) in Self.turned(conjugate) {
        let own = try ring.product(factor, try ring.product(value, left.constant))
        force[place] = ring.sum(force[place] ?? zero, ring.negation(own))
      }
    }
    var (drift, noise) = (Matrix(), Matrix())
    for (j, row) in inner {
      for (k, value) in row {
        drift[j ^ 1, default: [:]][k] = Self.isMomentum(j) ? value : ring.negation(value)
      }
    }
    for (j, row) in square {
      for (k, value) in row {
        noise[j ^ 1, default: [:]][k ^ 1] = Self.isMomentum(j) == Self.isMomentum(k) ? value : ring.negation(value)
      }
    }
    for (j, row) in drift {
      for (k, value) in row {
        noise[j, default: [:]][k] = ring.sum(noise[j]?[k] ?? zero, value)
        noise[k, default: [:]][j] = ring.sum(noise[k]?[j] ?? zero, value)
      }
    }
    self.drift = Self.cleared(drift, ring)
    self.noise = Self.cleared(noise, ring)
    self.force = force.filter { !ring.isZero($0.value) }
  }

  private static func isMomentum(_ place: Int) -> Bool { place % 2 == 1 }

  /// W v: (W v)_X = v_P, (W v)_P = -v_X.
  private static func turned(_ vector: [Int: ScalarPolynomial]) -> [Int: ScalarPolynomial] {
    vector.reduce(into: [:]) { $0[$1.key ^ 1] = isMomentum($1.key) ? $1.value : -$1.value }
  }

  private static func cleared(_ matrix: Matrix, _ ring: ModelScalars) -> Matrix {
    matrix.mapValues { $0.filter { !ring.isZero($0.value) } }.filter { !$0.value.isEmpty }
  }

  /// Whether the time stands in it.
  var holdsTime: Bool {
    force.values.contains(where: \.holdsTime)
      || [drift, noise].contains { $0.values.contains { $0.values.contains(where: \.holdsTime) } }
  }

  /// The modes whose moments the moments of some modes feed on, these included, in order.
  func closure(of own: some Sequence<Int>) -> [Int] {
    var found = Set(own)
    var open = Array(found)
    while let mode = open.popLast() {
      for place in [2 * mode, 2 * mode + 1] {
        for column in (drift[place] ?? [:]).keys where found.insert(column / 2).inserted { open.append(column / 2) }
      }
    }
    return found.sorted()
  }

  /// Modes that nothing joins to others, in groups.
  var groups: [[Int]] {
    var sets = DisjointSets(modes)
    for matrix in [drift, noise] {
      for (row, elements) in matrix { for column in elements.keys { sets.join(row / 2, column / 2) } }
    }
    return sets.groups
  }
}
