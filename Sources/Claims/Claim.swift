import ArbitraryPrecision
import Catalogue
import Systems
import Expressions

/// A printed statement, how it is checked, and the verdict that is expected.
public struct Claim: Sendable {
  /// The id, `system.claim`.
  public let id: String
  /// The paper.
  public let source: String
  /// Where in the paper.
  public let equation: String
  /// What it says, in words.
  public let title: String
  /// The statement as printed, in the expression grammar.
  public let statementText: String
  /// The verdict that is expected.
  public let expected: Verdict
  /// Why it is expected.
  public let reason: String

  /// Whether checking takes more than seconds in a build without optimisation.
  public let isLong: Bool

  let statement: Statement
  let kind: Kind

  /// The ways of checking, one for each kind of claim; `docs/claims.md` says what each one shows.
  enum Kind: Sendable {
    case value(GridClaim)
    case bound(GridClaim)
    case constant(ConstantClaim)
    case exponent(ExponentClaim)
    case threshold(ThresholdClaim)
    case identity(SymbolicSetting, Equality)
    case motion(SymbolicSetting, MotionClaim)
    case conserved(SymbolicSetting, MotionClaim)
    case solution(SymbolicSetting, SolutionClaim)
    case misprint(SymbolicSetting, MisprintClaim)
  }

  /// The name of the kind in claim files.
  public var kindName: String {
    switch kind {
    case .value: "value"
    case .bound: "bound"
    case .constant: "constant"
    case .exponent: "exponent"
    case .threshold: "threshold"
    case .identity: "identity"
    case .motion: "equation-of-motion"
    case .conserved: "conserved"
    case .solution: "solution"
    case .misprint: "misprint"
    }
  }
}

/// A quantity against a formula at the points of a grid.
struct GridClaim: Sendable {
  let quantity: Quantity
  let routes: [Route]
  let quick: Grid
  let full: Grid
  let tolerance: Tolerance
  let kernelUlps: Rational?
}

/// A maximum over a half line.
struct ConstantClaim: Sendable {
  let numerator: Expression
  let variable: String
  let stationary: Statement?
  let quantity: Quantity?
  let digits: Int
  let absolute: Constant?
}

/// Local exponents of a quantity on a ladder of one parameter.
struct ExponentClaim: Sendable {
  let quantity: Quantity
  let parameter: String
  let ladder: [String]
  let fullLadder: [String]
  let rest: Grid
  let tolerance: Constant
}

/// Where a quantity crosses a formula as one parameter grows.
struct ThresholdClaim: Sendable {
  let quantity: Quantity
  let parameter: String
  /// The two values between which it crosses.
  let between: [String]
  let rest: Grid
  /// Whether the quantity may jump over the formula: then no more is claimed than the sides at the two values.
  let allowsJumps: Bool
}
