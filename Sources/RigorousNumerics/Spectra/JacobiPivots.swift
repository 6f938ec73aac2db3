import ArbitraryPrecision

/// The pivots of T - x, T a real symmetric tridiagonal matrix without zeros beside its diagonal, and what follows from
/// them.
///
/// With the diagonal a and the elements e beside it,
///
///     d_0 = a_0 - x,      d_k = a_k - x - e_(k-1)^2/d_(k-1).
///
/// Every step rises in the pivot before and falls with x, so enclosures of d for an interval of x are the exact ranges,
/// roundings aside: nothing widens by repetition of a name. A pivot whose enclosure holds zero is taken together with
/// the next one, as a block of two rows with the determinant
///
///     D = d_k (a_(k+1) - x) - e_k^2,      d_(k+2) = a_(k+2) - x - e_(k+1)^2 d_k/D.
struct JacobiPivots {
  fileprivate let diagonal: [Interval]
  private let offDiagonal: [Interval]
  private let squares: [Interval]
  fileprivate var dimension: Int { diagonal.count }

  /// One row of the factorisation: a pivot, or the two rows of a block.
  fileprivate enum Row {
    case pivot(Interval)
    case first(Interval, determinant: Interval)
    case second

    /// The pivot of a row that has one.
    var value: Interval? {
      switch self {
      case .pivot(let d), .first(let d, _): d
      case .second: nil
      }
    }
  }

  init(diagonal: [Interval], offDiagonal: [Interval]) {
    self.diagonal = diagonal
    self.offDiagonal = offDiagonal
    squares = offDiagonal.map(\.squared)
  }

  /// The rows for an x, up to a block of which the determinant may be zero. The last pivot may hold zero.
  fileprivate func rows(_ x: Interval) -> [Row] {
    var rows: [Row] = []
    rows.reserveCapacity(dimension)
    var pivot = diagonal[0] - x
    while true {
      let k = rows.count
      guard k + 1 < dimension else { return rows + [.pivot(pivot)] }
      if let sign = pivot.certainSign, sign != 0 {
        rows.append(.pivot(pivot))
        pivot = diagonal[k + 1] - x - squares[k] / pivot
        continue
      }
      let determinant = pivot * (diagonal[k + 1] - x) - squares[k]
      guard let sign = determinant.certainSign, sign != 0 else { return rows }
      rows += [.first(pivot, determinant: determinant), .second]
      if rows.count == dimension { return rows }
      pivot = diagonal[k + 2] - x - squares[k + 1] * (pivot / determinant)
    }
  }

  /// How many eigenvalues are below x, by Sylvester's law of inertia the number of negative pivots; nil when an
  /// enclosure does not tell.
  ///
  /// A block with D < 0 has one negative eigenvalue. D > 0 would ask for the sign of d_k, which is not known.
  func count(below x: Interval) -> Int? {
    let rows = rows(x)
    guard rows.count == dimension else { return nil }
    var count = 0
    for row in rows {
      switch row {
      case .pivot(let d):
        guard let sign = d.certainSign, sign != 0 else { return nil }
        if sign < 0 { count += 1 }
      case .first(_, let determinant):
        guard determinant.certainSign == -1 else { return nil }
        count += 1
      case .second: break
      }
    }
    return count
  }

  /// The first elements, up to a place, of the solution of (T - x) v = 0 from v_0 = 1 on.
  ///
  /// v_(k+1) = -(d_k/e_k) v_k, and over a block v_(k+2) = D/(e_k e_(k+1)) v_k.
  fileprivate func solution(_ rows: [Row], through place: Int) -> [Interval] {
    var v = [Interval(1, precision: diagonal[0].precision)]
    v.reserveCapacity(place + 2)
    while v.count <= place {
      let k = v.count - 1
      switch rows[k] {
      case .pivot(let d): v.append(-(d / offDiagonal[k]) * v[k])
      case .first(let d, let determinant):
        v.append(-(d / offDiagonal[k]) * v[k])
        if k + 2 <= place { v.append(determinant / (offDiagonal[k] * offDiagonal[k + 1]) * v[k]) }
      case .second: fatalError("JacobiPivots: a block is left by its first row")
      }
    }
    return v
  }
}

/// Eigenvectors of a Jacobi matrix from the pivots of both ends.
struct JacobiTwist {
  private let left: JacobiPivots
  private let right: JacobiPivots

  init(diagonal: [Interval], offDiagonal: [Interval]) {
    left = JacobiPivots(diagonal: diagonal, offDiagonal: offDiagonal)
    right = JacobiPivots(diagonal: diagonal.reversed(), offDiagonal: offDiagonal.reversed())
  }

  func count(below x: Interval) -> Int? { left.count(below: x) }

  /// The eigenvector with a one at some place, for the eigenvalue in x, and the residual g = d_k + d'_k - (a_k - x)
  /// there, d and d' the pivots from the two ends; nil when enclosures do not tell.
  ///
  /// Of an eigenvector each end is the solution from that end, up to a factor, and where an element is not zero they
  /// are fitted together. The place is that of the narrowest residual: as g = 1/((T - x)^-1)_kk, which near an
  /// eigenvalue m is (m - x)/v_k^2, it is the place of the greatest element of the unit vector (Dhillon and Parlett,
  /// Linear Algebra Appl. 387, 2004). For an x beside the eigenvalue m, m = x + g/|v|^2 + O(|m - x|^3) is the Rayleigh
  /// quotient of v.
  func twisted(_ x: Interval) -> (vector: [Interval], residual: Interval)? {
    let dimension = self.left.dimension
    let (left, right) = (self.left.rows(x), self.right.rows(x))
    var best: (place: Int, residual: Interval)?
    for k in max(0, dimension - right.count)..<max(left.count, dimension - right.count) {
      guard let d = left[k].value, let e = right[dimension - 1 - k].value else { continue }
      let residual = d + e - (self.left.diagonal[k] - x)
      if best.map({ residual.magnitude < $0.residual.magnitude }) ?? true { best = (k, residual) }
    }
    guard let best else { return nil }
    let (head, tail) = (
      self.left.solution(left, through: best.place), self.right.solution(right, through: dimension - 1 - best.place)
    )
    let (top, bottom) = (head[best.place], tail[dimension - 1 - best.place])
    guard let a = top.certainSign, let b = bottom.certainSign, a != 0, b != 0 else { return nil }
    let vector = (0..<dimension).map { k in
      k == best.place
        ? Interval(1, precision: top.precision) : k < best.place ? head[k] / top : tail[dimension - 1 - k] / bottom
    }
    return (vector, best.residual)
  }
}
