import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The numbers of a state at one time of a path, or at rest.
struct CertificateMoment {
  let bits: Int
  let states: [BasisState]
  let places: [CertificatePlace]
  let values: [ComplexInterval]

  /// - Throws: ``Unanswered`` for a time beyond the path.
  init(_ path: CertificatePath, at time: Interval) throws {
    (bits, states, places) = (path.bits, path.states, path.places)
    let precision = path.bits + 64
    func end(_ piece: CertificatePath.Piece) -> Interval { Interval(piece.begin + piece.length, precision: precision) }
    guard let piece = path.pieces.first(where: { time.upper <= end($0).upper }) else {
      throw CertificateText.uncovered("a time beyond the path")
    }
    let u = (time - Interval(piece.begin, precision: precision)) / Interval(piece.length, precision: precision)
    values = path.places.indices.map { place in
      func value(_ part: Int) -> Interval {
        let sum = piece.coefficients.reversed().reduce(Interval(0, precision: precision)) {
          $0 * u + Interval($1[2 * place + part], precision: precision)
        }
        return sum.scaled(byPowerOfTwo: -path.bits)
      }
      return ComplexInterval(value(0), value(1))
    }
  }

  /// The state at rest: L rho = 0 with the trace 1, in real numbers, by elimination.
  ///
  /// Nothing is proved here: the checkers solve the same equations, with errors (docs/certificates.md, S10).
  /// - Throws: ``Unanswered`` where more than one state rests.
  init(atRest matrix: CertificateMatrix, bits: Int, within budget: Budget) throws {
    (self.bits, states, places) = (bits, matrix.states, matrix.places)
    let count = matrix.places.count
    let precision = matrix.scale
    let zero = Interval(0, precision: precision)
    // The unknowns are the real and imaginary parts of the places, the imaginary ones of the diagonal being no
    // unknowns; so are the equations, of which the first one of the diagonal is the trace's.
    func isDiagonal(_ place: Int) -> Bool { matrix.places[place].row == matrix.places[place].column }
    let names = (0..<2 * count).filter { $0 % 2 == 0 || !isDiagonal($0 / 2) }
    var rows = Array(repeating: Array(repeating: Integer(0), count: 2 * count), count: 2 * count)
    for part in matrix.parts {
      for (place, entries) in part.rows.enumerated() {
        for entry in entries {
          let (r, i) = (entry.real, entry.imaginary)
          let (x, y, u, v) = (2 * place, 2 * place + 1, 2 * entry.target, 2 * entry.target + 1)
          let plain = entry.isPlain ? Integer(1) : 0
          let turned = entry.isTurned ? Integer(1) : 0
          rows[u][x] += (plain + turned) * r
          rows[u][y] -= (plain + turned) * i
          rows[v][x] += (plain - turned) * i
          rows[v][y] += (plain - turned) * r
        }
      }
    }
    let diagonal = (0..<count).filter(isDiagonal)
    let unit = Interval(1, precision: precision)
    var system = names.map { row in
      names.map { Interval(rows[row][$0], precision: precision).scaled(byPowerOfTwo: -matrix.scale) } + [zero]
    }
    guard let first = diagonal.first, let place = names.firstIndex(of: 2 * first) else {
      throw CertificateText.uncovered("a state without a diagonal")
    }
    system[place] = names.map { $0 % 2 == 0 && isDiagonal($0 / 2) ? unit : zero } + [unit]
    var values = Array(repeating: ComplexInterval.zero(precision: precision), count: count)
    for (name, value) in zip(names, try Self.solved(system, within: budget)) {
      let known = values[name / 2]
      values[name / 2] =
        name % 2 == 0 ? ComplexInterval(value, known.imaginary) : ComplexInterval(known.real, value)
    }
    self.values = values
  }

  /// The solution of equations, each with its right side at its end.
  private static func solved(_ system: [[Interval]], within budget: Budget) throws -> [Interval] {
    var rows = system
    for step in rows.indices {
      try budget.check()
      let best = (step..<rows.count).max { rows[$0][step].magnitudeBound < rows[$1][step].magnitudeBound } ?? step
      rows.swapAt(step, best)
      guard !rows[step][step].containsZero else {
        throw CertificateText.uncovered("a limit of which it is not shown that no other state is at rest")
      }
      let pivot = rows[step]
      for row in rows.indices where row != step && !(rows[row][step].isPoint && rows[row][step].containsZero) {
        let factor = rows[row][step] / pivot[step]
        for column in step..<pivot.count { rows[row][column] = rows[row][column] - factor * pivot[column] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }
}
