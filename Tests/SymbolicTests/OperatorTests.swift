import Expressions
import Symbolic
import Testing

/// Operator identities that are known, by normal order and by the action on states.
@Suite struct OperatorTests {
  private static let algebra = OperatorAlgebra(
    single: ["a": .boson, "J": .spin, "s": .qubit, "c": .fermion, "d": .fermion, "A": .observable],
    indexed: ["b": .boson, "q": .qubit, "r": .qubit, "f": .fermion], cells: "N")

  private func decide(_ left: String, _ right: String) throws -> IdentityDecision {
    OperatorIdentity(
      try Expression(parsingOperators: left), try Expression(parsingOperators: right), algebra: OperatorTests.algebra
    ).decide()
  }

  @Test(arguments: [
    ("(i*a)*(i*c)", "-a*c"), ("sqrt(g)*a*(sqrt(g)*a')", "g*a*a'"), ("[a, a']", "1"), ("[a, a'^3]", "3*a'^2"),
    ("a^2*a'^2", "a'^2*a^2 + 4*a'*a + 2"), ("(g*a'*a^2)'", "g*a'^2*a"),
    ("[J_x, J_y]", "i*J_z"), ("[J_z, J_p^2]", "2*J_p^2"), ("[J_x^2 + J_y^2 + J_z^2, J_x]", "0"), ("J_p'", "J_m"),
    ("J_m*J_p", "J_x^2 + J_y^2 + J_z^2 - J_z^2 - J_z"), ("s_x*s_y", "i*s_z"), ("s_y^2", "1"), ("s_x*s_y*s_z", "i"),
    ("s_p*s_m", "(1 + s_z)/2"), ("c*d + d*c", "0"), ("c*c'", "1 - c'*c"), ("(c'*d)^2", "0"), ("[a, s_x]", "0"),
    ("[c'*c, d]", "0"), ("[c'*d, d'*c]", "c'*c - d'*d"),
    ("[sum(j, b[j])/sqrt(N), sum(k, b[k]')/sqrt(N)]", "1"), ("[sum(j, b[j]'*b[j]), sum(k, b[k])]", "-sum(k, b[k])"),
    ("sum(j, b[j]*b[j]')", "N + sum(j, b[j]'*b[j])"), ("sum(j, 1)", "N"),
    ("[sum(j, q_x[j]/2), sum(k, q_y[k]/2)]", "i*sum(j, q_z[j]/2)"),
    ("sum(j, q_p[j])*sum(k, q_m[k]) - sum(k, q_m[k])*sum(j, q_p[j])", "sum(j, q_z[j])"),
    ("sum(j, q_p[j]*q_m[j])", "N/2 + sum(j, q_z[j])/2"), ("sum(j, q_x[j])^2", "sum(j, sum(k, q_x[k]*q_x[j]))"),
    ("sum(j, q_z[j]^2)", "N"), ("[sum(j, q_z[j]*b[j]), sum(k, b[k]'*r_x[k])]", "sum(l, q_z[l]*r_x[l])"),
    ("[b[2], b[2]']", "1"), ("[b[1], sum(j, b[j]')]", "1"), ("q_x[0]*q_y[0]", "i*q_z[0]"), ("[b[0], b[1]']", "0"),
    ("sum(j, f[j])^2", "0"), ("sum(j, f[j])*sum(k, f[k]') + sum(k, f[k]')*sum(j, f[j])", "N"),
    ("sum(j, sum(k, f[j]*f[k]*b[j]*b[k]))", "0"), ("sum(j, f[j])*sum(k, b[k])", "sum(k, b[k])*sum(j, f[j])"),
    ("sum(j, sum(k, f[j]*f[k]*b[j]*q_z[k]))", "-sum(j, sum(k, f[j]*f[k]*b[k]*q_z[j]))"),
    ("[sum(j, f[j]'*f[j]), sum(k, f[k]')]", "sum(j, f[j]')"),
    ("A*sum(j, b[j])*sum(k, b[k]'*A)", "A*A*(sum(j, sum(k, b[k]'*b[j])) + N)"),
    ("sum(j, sum(k, f[j]'*f[k]))^2", "sum(j, sum(k, f[j]'*f[k]))*N"),
    ("diff(t, exp(-i*w*t)*a)", "i*[w*a'*a, exp(-i*w*t)*a]"),
  ])
  func `known identities are proved`(_ left: String, _ right: String) throws {
    let decision = try decide(left, right)
    guard case .equal(let points) = decision, points == 8 else {
      Issue.record("\(decision)")
      return
    }
  }

  @Test(arguments: [
    ("[a, a']", "-1"), ("[J_x, J_y]", "J_z"), ("s_x*s_y", "-i*s_z"), ("c*d - d*c", "0"), ("a*a'", "a'*a"),
    ("sum(j, b[j]*b[j]')", "1 + sum(j, b[j]'*b[j])"), ("[sum(j, b[j])/N, sum(k, b[k]')]", "N"),
    ("sum(j, q_p[j])*sum(k, q_m[k])", "sum(k, q_m[k])*sum(j, q_p[j])"), ("(a*a)'", "a*a"),
    ("sum(j, f[j])*sum(k, f[k]')", "0"),
    ("sum(j, sum(k, f[j]*f[k]*b[j]*q_z[k]))", "sum(j, sum(k, f[j]*f[k]*b[k]*q_z[j]))"),
    ("sum(j, f[j])*c", "c*sum(j, f[j])"), ("sum(j, sum(k, f[j]'*f[k]))^2", "sum(j, sum(k, f[j]'*f[k]))"),
    ("(1 + 10^-30)*a'*a", "a'*a"), ("(g*i*a)'", "i*g*a'"),
  ])
  func `false identities have a witness`(_ left: String, _ right: String) throws {
    let decision = try decide(left, right)
    guard case .different = decision else {
      Issue.record("\(decision)")
      return
    }
  }

  @Test(arguments: [
    ("b[k]", "1", "'b[k]' has no normal form here: the index 'k' is not summed over"),
    ("1/a", "1", "'1/a' has no normal form here: an operator where a number must stand"),
    ("sin(a)", "1", "'sin(a)' has no normal form here: an operator where a number must stand"),
    ("a^65", "a^64*a", "'a^65' has no normal form here: a power of operators above 64"),
  ])
  func `what has no normal order is named`(_ left: String, _ right: String, _ message: String) throws {
    guard case .undecided(let reason) = try decide(left, right) else {
      Issue.record("decided")
      return
    }
    #expect(reason.hasPrefix(message), "\(reason)")
  }
}
