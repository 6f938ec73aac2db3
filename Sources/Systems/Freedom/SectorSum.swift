import ArbitraryPrecision
import RigorousNumerics

/// The sum of y_q y_q^T over the photons left, sector after sector, in exact integers of rounded vectors.
///
/// The amplitudes c_n come from one of them, set to one near the mean, by c_(n+1) = c_n sqrt(nbar/(n + 1)); the sum Z
/// of all their squares normalises. Beyond the sectors kept the squares fall at least like geometric series, with the
/// ratios nbar/(n1 + 1) above and n0/nbar below.
///
/// Vectors are rounded: of the matrix Y of all y_q the computed one differs in the Frobenius norm by at most
///
///     D = sqrt(sum of (c_n - computed)^2) (1 + max |error of x_n|) + sqrt(sum c_n^2) max |error of x_n|
///       + sqrt(number of elements) u,
///
/// by Minkowski, the last term for products that are cut; then Y^T Y is off by at most D (2 |Y| + D) in the trace norm,
/// |Y|^2 <= Z, and so are every eigenvalue and the trace, and the energy by N times that.
struct SectorSum {
  private let model: TavisCummings
  private let fractionBits: Int
  /// c_n, from the first sector on.
  private let weights: [Interval]
  let norm: Interval
  private let kept: Interval
  /// The computed vectors of the last N + 1 sectors, sector n in place n mod (N + 1).
  private var recent: [[Integer]]
  private var next: Int
  /// The lower triangle of the sum, row after row, in units of 2^(-2 fractionBits).
  private var gram: [Integer]
  private var weightErrors = UpperBound.zero
  private var vectorError = BigFloat.zero(precision: 64)
  private var elements = 0

  init(_ model: TavisCummings, within budget: Budget) throws(Unanswered) {
    self.model = model
    fractionBits = model.bits + 16
    let (first, last) = (model.sectors.lowerBound, model.sectors.upperBound)
    let nbar = model.photons
    // Any sector between may be the one with amplitude one.
    let mean = min(max(Int(nbar.upper.double(rounding: .up)), first), last)
    var up = [Interval(1, precision: nbar.precision)]
    for n in stride(from: mean, to: last, by: 1) {
      if n % 256 == 0 { try budget.check() }
      up.append(up[n - mean] * (nbar / (n + 1)).squareRoot)
    }
    var down: [Interval] = []
    var current = up[0]
    for n in stride(from: mean, to: first, by: -1) {
      if n % 256 == 0 { try budget.check() }
      current = current * (Interval(n, precision: nbar.precision) / nbar).squareRoot
      down.append(current)
    }
    weights = down.reversed() + up
    kept = weights.reduce(Interval(0, precision: nbar.precision)) { $0 + $1.squared }
    func tail(_ weight: Interval, _ ratio: Interval) -> Interval {
      // The ratios are below one by the choice of the sectors; were they not, nothing would be known.
      let rest = 1 - ratio
      guard rest.lower.signum > 0 else { return .entire(precision: 64) }
      return weight.squared * ratio / rest
    }
    let above = tail(weights[weights.count - 1], nbar / (last + 1))
    let below = first == 0 ? Interval(0, precision: 64) : tail(weights[0], Interval(first, precision: 64) / nbar)
    norm = kept + Interval(from: 0, to: 1, precision: 64) * (above + below)
    recent = Array(repeating: [], count: model.cells + 1)
    next = first
    gram = Array(repeating: 0, count: (model.cells + 1) * (model.cells + 2) / 2)
  }

  /// Adds the next sector; the vector of photons that it completes is summed.
  mutating func add(_ vector: SectorRotations.Vector) throws(Unanswered) {
    let weight = weights[next - model.sectors.lowerBound]
    guard weight.isBounded, let middle = weight.anchor else {
      throw Unanswered(undecided: "the amplitudes of the charger are not known to any precision")
    }
    let stored = middle.scaled(byPowerOfTwo: fractionBits, rounding: .nearest).floor ?? 0
    let point = Interval(stored, precision: max(stored.bitWidth, 2)).scaled(byPowerOfTwo: -fractionBits)
    let off = UpperBound((weight - point).magnitude)
    weightErrors = weightErrors + off * off
    vectorError = max(vectorError, vector.error)
    elements += vector.elements.count
    recent[next % (model.cells + 1)] = vector.elements.map { ($0 * stored).shifted(right: vector.fractionBits) }
    next += 1
    // y_q of q = n - N photons, elements of the sectors q ... n.
    let q = next - 1 - model.cells
    guard q >= model.sectors.lowerBound else { return }
    let row = (0...model.cells).map { recent[(q + $0) % (model.cells + 1)][$0] }
    var place = 0
    for m in row.indices {
      for k in 0...m {
        gram[place].add(productOf: row[m], row[k])
        place += 1
      }
    }
  }

  /// L and e of the sum.
  func figures(within budget: Budget) throws -> TavisCummings.Figures {
    let precision = model.bits + 32
    let x = Interval(vectorError)
    let unit = Interval(1, precision: 64).scaled(byPowerOfTwo: -fractionBits)
    let distance =
      (Interval(weightErrors.value).squareRoot * (1 + x) + kept.rounded(to: 64).squareRoot * x
        + Interval(elements, precision: 64).squareRoot * unit)
    let whole = norm.rounded(to: 64)
    let spread = (distance * (2 * whole.squareRoot + distance)) / whole
    guard spread.isBounded else {
      throw Unanswered(undecided: "the state of the cells is not known to any precision")
    }
    let ball = Interval.ball(spread)
    let matrix = HermitianMatrix(symmetric: model.cells + 1, precision: precision) { row, column in
      Interval(gram[row * (row + 1) / 2 + column], precision: precision).scaled(byPowerOfTwo: -2 * fractionBits) / norm
    }
    let missing = 1 - (matrix.trace + ball)
    let loss = Interval(from: 0, to: 1, precision: precision) * missing.maximum(Interval(0, precision: 64))
    guard let largest = try HermitianSpectrum(matrix, bits: model.bits, within: budget).eigenvalues.last else {
      throw Unanswered(undecided: "no eigenvalue was found")
    }
    let range = Interval(from: 0, to: 1, precision: precision)
    let energy = (0...model.cells).reduce(Interval(0, precision: precision)) { $0 + $1 * matrix.realPart($1, $1) }
    return TavisCummings.Figures(
      energy: (energy + model.cells * (ball + loss)).intersection(
        Interval(from: 0, to: Rational(model.cells), precision: precision)),
      largest: (largest + ball + loss).intersection(range))
  }
}
