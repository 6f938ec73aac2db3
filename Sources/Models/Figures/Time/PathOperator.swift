import ArbitraryPrecision
import Operators
import RigorousNumerics

/// A Hermitian operator of which the mean is taken along a path.
enum PathOperator: Sendable, Hashable {
  /// A sum of words of letters.
  case letters(ModelPoint.Operator)
  /// One that moves some sites between levels.
  case transitions(SiteTransitions)

  /// The sum of words, if it is one.
  var letters: ModelPoint.Operator? { if case .letters(let polynomial) = self { polynomial } else { nil } }

  /// Whether it is zero by its terms.
  var isZero: Bool {
    switch self {
    case .letters(let polynomial): polynomial.isZero
    case .transitions(let transitions): transitions.terms.isEmpty
    }
  }

  /// The image of a basis state.
  func column(at state: BasisState, _ point: ModelPoint) throws -> [BasisState: ComplexInterval] {
    switch self {
    case .letters(let polynomial):
      try point.basis.column(of: polynomial, at: state, in: point.scalars).mapValues { try point.scalars.enclosure($0) }
    case .transitions(let transitions): try transitions.column(at: state, point)
    }
  }

  /// Its words as modes see them, for the bounds of ``WeightGrowth``.
  func terms(_ point: ModelPoint) throws -> [ModeTerm] {
    switch self {
    case .letters(let polynomial): try ModeTerm.terms(of: polynomial, modes: point.modes, point)
    case .transitions(let transitions): try transitions.modeTerms(point)
    }
  }

  /// Values that its mean has; nil where none bound it.
  func range(_ point: ModelPoint) throws -> Interval? {
    switch self {
    case .letters(let polynomial): try point.range(of: polynomial)
    case .transitions(let transitions): transitions.isProjection ? Interval(from: 0, to: 1, precision: 64) : nil
    }
  }

  /// Its mean in the start, exact where it is seen to be zero; entire where it is not known.
  func mean(in start: ModelState, _ point: ModelPoint) throws -> Interval {
    switch self {
    case .letters(let polynomial):
      let there = try point.atStart(polynomial)
      if there.isZero { return Interval(0, precision: point.precision) }
      return try start.mean(there, point)
    case .transitions(let transitions): return try transitions.mean(in: start, point)
    }
  }
}

/// A mean at all times by what it is asked for.
struct MeanQuestion: Hashable {
  let observable: PathOperator
  /// The bits of the polynomials between the states of a path.
  let accuracy: Int
}
