import RandomInputs

/// Identities of real functions with random formulas in the place of their letters.
///
/// A, B and C stand for any formula, T and U for angles, P, Q and R for formulas that are positive; N is a positive integer.
struct RealIdentities: ClaimSource {
  let name = "real functions"

  /// Addition theorems, laws of powers and roots, and rules of differentiation, as any handbook has them.
  static let table = [
    "sin(T)^2 + cos(T)^2 = 1", "sin(T + U) = sin(T)*cos(U) + cos(T)*sin(U)",
    "cos(T - U) = cos(T)*cos(U) + sin(T)*sin(U)",
    "sin(2*T) = 2*sin(T)*cos(T)", "cos(2*T) = 1 - 2*sin(T)^2", "sin(3*T) = 3*sin(T) - 4*sin(T)^3",
    "cos(3*T) = 4*cos(T)^3 - 3*cos(T)",
    "sin(T)*sin(U) = (cos(T - U) - cos(T + U))/2", "sin(T) + sin(U) = 2*sin((T + U)/2)*cos((T - U)/2)",
    "sin(T)^4 - cos(T)^4 = -cos(2*T)", "tan(T)*cos(T) = sin(T)", "1 + tan(T)^2 = 1/cos(T)^2", "sin(T + pi/2) = cos(T)",
    "cos(T + pi) = -cos(T)", "sin(T + pi/3) + sin(T - pi/3) = sin(T)", "sin(pi/6) = 1/2", "exp(A + B) = exp(A)*exp(B)",
    "exp(2*A) = exp(A)^2",
    "exp(A)*exp(-A) = 1", "exp(log(P)) = P", "log(exp(A)) = A", "tan(atan(A)) = A", "sqrt(P^2) = P", "sqrt(A^4) = A^2",
    "sqrt(4*P) = 2*sqrt(P)",
    "sqrt(P)*sqrt(Q) = sqrt(P*Q)", "1/sqrt(P) = sqrt(P)/P", "(sqrt(P) + sqrt(Q))*(sqrt(P) - sqrt(Q)) = P - Q",
    "sqrt(P^2*Q) = P*sqrt(Q)",
    "(A + B)^2 = A^2 + 2*A*B + B^2", "A^2 - B^2 = (A + B)*(A - B)", "A^3 - B^3 = (A - B)*(A^2 + A*B + B^2)",
    "(A^2 + B^2)*(C^2 + 1) = (A*C - B)^2 + (A + B*C)^2", "1/P - 1/(P + 1) = 1/(P*(P + 1))", "P/(P + Q) + Q/(P + Q) = 1",
    "(P/Q)/(R/P) = P^2/(Q*R)", "A/(P/Q) = A*Q/P", "diff(x, A*B) = diff(x, A)*B + A*diff(x, B)",
    "diff(x, A/P) = diff(x, A)/P - A*diff(x, P)/P^2",
    "diff(x, sin(y*x)) = y*cos(x*y)", "diff(y, exp(x*y)*A) = x*exp(x*y)*A + exp(x*y)*diff(y, A)",
    "diff(x, diff(y, A)) = diff(y, diff(x, A))",
    "diff(u, sqrt(u*P)) = (P + u*diff(u, P))/(2*sqrt(u*P))", "diff(x, atan(A)) = diff(x, A)/(1 + A^2)",
    "diff(u, log(u)) = 1/u",
    "sin(pi*N) = 0", "cos(2*pi*N) = 1", "cos(pi*N)^2 = 1", "sqrt((N - 1)^2) = N - 1",
    "(1 + (N - 1)*u)/N - u = (1 - u)/N",
    "exp(i*T) = cos(T) + i*sin(T)", "(A + i*B)*(A - i*B) = A^2 + B^2", "1/(P + i*Q) = (P - i*Q)/(P^2 + Q^2)",
  ]

  /// Functions and powers that came later to the grammar.
  static let laterTable = [
    "cosh(A)^2 - sinh(A)^2 = 1", "sinh(2*A) = 2*sinh(A)*cosh(A)", "tanh(A) = sinh(A)/cosh(A)",
    "cosh(A) = (exp(A) + exp(-A))/2",
    "sinh(A + B) = sinh(A)*cosh(B) + cosh(A)*sinh(B)", "1 - tanh(A)^2 = 1/cosh(A)^2",
    "diff(x, cosh(A)) = sinh(A)*diff(x, A)", "abs(P) = P",
    "abs(x)^2 = x^2", "sqrt(x^2) = abs(x)", "abs(x*y) = abs(x)*abs(y)", "abs(-x) = abs(x)",
    "max(x, y) + min(x, y) = x + y",
    "max(x, y) - min(x, y) = abs(x - y)", "max(x, y) = (x + y + abs(x - y))/2", "max(P + Q, P) = P + Q",
    "min(u, u + v) = u", "P^(3/2) = P*sqrt(P)",
    "P^(-1/2) = 1/sqrt(P)", "(P^(1/3))^3 = P", "u^(1/3)*u^(1/6) = sqrt(u)", "N^(3/2) = N*sqrt(N)",
    "u^(2/3)*u^(-2/3) = 1",
  ]

  /// The names, with their values.
  static let meanings: [String: GeneratedClaim.Meaning] = [
    "x": .parameter("all"), "y": .parameter("all"), "z": .parameter("all"), "u": .parameter("positive"),
    "v": .parameter("positive"),
    "w": .parameter("positive"), "h": .parameter("between 1 and 3"), "N": .parameter("integers"),
  ]

  let equalities: [Equality]

  init(_ table: [String] = RealIdentities.table) { equalities = table.map(FormulaReader.equality) }

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    var identity = instance(&random)
    if random.oneIn(3) {
      // The sum of two identities, one of them times a formula.
      let (other, factor) = (instance(&random), RealIdentities.anything(1, &random))
      identity = Equality(left: identity.left + factor * other.left, right: identity.right + factor * other.right)
    }
    if random.oneIn(2) { identity = identity.rewritten(&random, commuting: true) }
    return GeneratedClaim(identity: identity, rule: "identity", meanings: RealIdentities.meanings)
  }

  /// An identity with something added that is no zero, and hard to tell from it.
  ///
  /// Each is a function with isolated zeros, or one that is no zero on a half line.
  static func nearMiss(_ random: inout SplitMix64) -> GeneratedClaim {
    var identity = RealIdentities().instance(&random)
    let small = random.pick([
      "1/10^30", "x/10^30", "x*(x - 1)*(x - 2)*(x - 3)*(x - 4)*(x - 5)*(x - 6)*(x - 7)*(x - 8)*(x - 9)", "sin(pi*x)",
      "sqrt((u - 7)^2) - (u - 7)",
      "cos(x) - (1 - x^2/2 + x^4/24)", "(N - 1)*(N - 2)*(N - 3)*(N - 4)*(N - 5)", "exp(x) - exp(x - 1/10^20)",
      "sin(pi*N/7)",
    ])
    identity.left = identity.left + FormulaReader.formula(small)
    var claim = GeneratedClaim(identity: identity, rule: "near miss", meanings: meanings)
    claim.truth = .fails
    return claim
  }

  private func instance(_ random: inout SplitMix64) -> Equality {
    let values: [String: Formula] = [
      "A": RealIdentities.anything(2, &random), "B": RealIdentities.anything(1, &random),
      "C": RealIdentities.anything(0, &random),
      "T": RealIdentities.angle(&random), "U": RealIdentities.angle(&random),
      "P": RealIdentities.positive(2, &random), "Q": RealIdentities.positive(1, &random),
      "R": RealIdentities.positive(0, &random),
    ]
    return random.pick(equalities).map { $0.replacing(values) }
  }

  static func anything(_ depth: Int, _ random: inout SplitMix64) -> Formula {
    guard depth > 0 else {
      return random.oneIn(4) ? .number(1 + random.below(5)) : .name(random.pick(["x", "y", "z", "u"]))
    }
    let a = anything(depth - 1, &random)
    switch random.below(6) {
    case 0: return a + anything(depth - 1, &random)
    case 1: return a - anything(depth - 1, &random)
    case 2: return a * anything(depth - 1, &random)
    case 3: return a / positive(0, &random)
    case 4: return a ^ 2
    default: return a
    }
  }

  static func positive(_ depth: Int, _ random: inout SplitMix64) -> Formula {
    guard depth > 0 else {
      return random.oneIn(5) ? .number(2 + random.below(5)) : .name(random.pick(["u", "v", "w", "h"]))
    }
    let a = positive(depth - 1, &random)
    switch random.below(5) {
    case 0: return a + positive(depth - 1, &random)
    case 1: return a * positive(depth - 1, &random)
    case 2: return .number(1) + (.name(random.pick(["x", "y"])) ^ 2)
    case 3: return a ^ 2
    default: return a
    }
  }

  static func angle(_ random: inout SplitMix64) -> Formula {
    let a = Formula.number(2 + random.below(2)) * .name(random.pick(["x", "y"]))
    switch random.below(5) {
    case 0: return .name(random.pick(["x", "y", "z"]))
    case 1: return a + .name("z")
    case 2: return .name("x") * .name("u") - .name("z") / .number(2)
    case 3: return a - .name("pi") / .number(random.pick([2, 3, 4, 6]))
    default: return a
    }
  }
}
