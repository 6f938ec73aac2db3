import Catalogue
import Systems
import Claims
import Testing

/// Claims that were made to trap the engine: false ones that must not be proved, true ones that must not be refuted, and ones that must end.
///
/// Most were decided wrongly once, or did not end: observables were sorted, adjoints of complex functions taken for real ones, trials done on states
/// that everything annihilates, members named that do not exist.
@Suite struct SymbolicTrapTests {
  private func verdict(_ body: String) throws -> (Verdict, String) {
    let outcome = try ClaimSnippet(body).outcome()
    return (outcome.verdict, outcome.evidence.summary)
  }

  @Test(arguments: [
    "statement: sum(j, sum(k, b[j]^5*b[k]))*(A*B - B*A) = 0\nkind: identity\noperators: {A: observable, B: observable}\nfamilies: {b: boson}\ncells: N\nfor: {N: integers}",
    "statement: exp(sin(x))'*a^5 = exp(-sin(x))*a^5\nkind: identity\noperators: {a: boson}\nfor: {x: all}",
    "statement: exp(exp(i*x))'*a^5 = exp(exp(i*x))*a^5\nkind: identity\noperators: {a: boson}\nfor: {x: all}",
    "statement: y = sqrt((t - 1)^2)/(t - 1)\nkind: solution\nunknowns: {y: {equation: 0*y, initial: -1, solution: sqrt((t-1)^2)/(t-1)}}\nfor: {}",
    "statement: y = atan(tan(t))\nkind: solution\nunknowns: {y: {equation: 1, initial: 0, solution: atan(tan(t))}}\nfor: {}",
    "statement: y = c*exp(-2*i*k*c^2*t)\nkind: solution\noperators: {a: boson}\nhamiltonian: k*a'^2*a^2\nunknowns:\n  y: {observable: a, equation: -2*i*k*z*y*y, initial: c, solution: c*exp(-2*i*k*c^2*t)}\n  z: {observable: a', equation: 2*i*k*z*z*y, initial: c, solution: c*exp(2*i*k*c^2*t)}\nfor: {k: positive, c: positive}",
    "statement: rate = 0\nkind: conserved\noperators: {a: boson}\nhamiltonian: w*a'*a\nobservable: t*a'*a\nvariable: t\nfor: {w: positive}",
    "statement: sqrt(-1 - x^2)^2 = -1 - x^2\nkind: identity\nfor: {x: all}",
  ])
  func `what is false is not proved`(_ body: String) throws {
    let (verdict, summary) = try verdict(body)
    #expect(verdict != .proved, "\(summary)")
  }

  @Test(arguments: [
    "statement: sum(j, sum(k, c[j]*c[k] + c[k]*c[j])) + c[3]*c[3]' + c[3]'*c[3] = 1\nkind: identity\nfamilies: {c: fermion}\ncells: N\nsizes: 4 ... 5\nfor: {}",
    "statement: (sum(j, b[j] + b[j]'))^4*sum(k, b[k]) - sum(l, b[l])*(sum(j, b[j] + b[j]'))^4 = -4*N*(sum(j, b[j] + b[j]'))^3\nkind: identity\nfamilies: {b: boson}\ncells: N\nfor: {N: integers}",
    "statement: \"[sum(j, b[j]), sum(k, b[k]')] = N\"\nkind: identity\nfamilies: {b: boson}\ncells: N\nsizes: 5 ... 6\nfor: {}",
    "statement: E = 2*t\nkind: solution\nlet: {E: 2*y}\nunknowns: {y: {equation: 1, initial: 0, solution: t}}\nfor: all",
    "statement: rate = 0\nkind: conserved\noperators: {a: boson}\nhamiltonian: w*a'*a\nobservable: exp(i*w*t)*a\nfor: {w: positive}",
    "statement: c*b*a = c*a*b\nkind: identity\noperators: {a: observable, c: observable, b: boson}\nfor: {}",
    "statement: sqrt(x^4 + 2*x^2 + 1) = x^2 + 1\nkind: identity\nfor: {x: all}",
    "statement: c*b[2]' = b[2]'*c\nkind: identity\noperators: {c: fermion}\nfamilies: {b: boson}\ncells: N\nsizes: 3 ... 4\nfor: {}",
  ])
  func `what is true is proved, or left open`(_ body: String) throws {
    let (verdict, summary) = try verdict(body)
    #expect(verdict == .proved || verdict == .undecided, "\(summary)")
  }

  @Test(arguments: [
    "statement: ((((((x^4096)^4096)^4096)^4096)^4096)^4096)^4096 = 0\nkind: identity\nfor: {x: all}",
    "statement: (x + y + z + 1)*w^4000/(z + x + y + 1 - w) = 1\nkind: identity\nfor: all",
    "statement: (a + a')^999999 = 0\nkind: identity\noperators: {a: boson}\nfor: {}",
    "statement: ((((a + a')^64)^64)^64)^64 = 0\nkind: identity\noperators: {a: boson}\nfor: {}",
    "statement: \(String(repeating: "sum(j, ", count: 14))b[j]\(String(repeating: ")", count: 14)) = 0\nkind: identity\nfamilies: {b: boson}\ncells: N\nfor: {N: integers}",
    "statement: \"\(String(repeating: "[a + a', ", count: 30))a\(String(repeating: "]", count: 30)) = 1\"\nkind: identity\noperators: {a: boson}\nfor: {}",
    "statement: \(String(repeating: "diff(t, ", count: 16))exp(t)*sin(t)*sqrt(1 + t)\(String(repeating: ")", count: 16)) = 0\nkind: identity\nfor: {t: positive}",
    "statement: \"\(String(repeating: "{q + p*q, ", count: 14))sin(q)*p^3\(String(repeating: "}", count: 14)) = 0\"\nkind: identity\ncanonical: {q: p}\nfor: {}",
  ])
  func `what is too long ends`(_ body: String) throws {
    let start = ContinuousClock.now
    let (verdict, summary) = try verdict(body)
    #expect(verdict != .proved, "\(summary)")
    #expect(ContinuousClock.now - start < .seconds(30), "\(summary)")
  }

  @Test(arguments: [
    (
      "let: {\((0..<40).map { $0 == 0 ? "l0: x + 1" : "l\($0): l\($0 - 1)*l\($0 - 1)" }.joined(separator: ", "))}\nfor: {x: all}",
      "l39"
    ),
    ("families: {h: observable}\ncells: N\nfor: {N: integers, x: all}", "h: observables stand alone"),
    ("operators: {J: spin, J_z: boson}\nfor: {x: all}", "'J_z' is given in 'operators' already"),
    ("canonical: {q: q}\nfor: {x: all}", "'q' is given in 'canonical' already"),
    ("canonical: {q: 2*p}\nfor: {x: all}", "'2*p' is no name"),
    ("let: {i: 0}\nfor: {x: all}", "'i' has a meaning of its own"),
    ("operators: {N: boson}\nfamilies: {b: boson}\ncells: N\nfor: {x: all}", "'N' is given in 'operators' already"),
  ])
  func `names and sizes that would mislead are refused`(_ body: String, _ message: String) {
    do {
      _ = try verdict("statement: x = x\nkind: identity\n\(body)")
      Issue.record("accepted")
    } catch {
      #expect(
        "\(error)".contains(message == "l39" ? "is too long with abbreviations written out" : message), "\(error)")
    }
  }

  @Test func `a member that does not exist is refused`() {
    let body =
      "statement: r = 0\nkind: conserved\ncanonical: {q: p}\ncanonical-families: {x: y}\ncells: N\nsizes: 1 ... 2\nhamiltonian: y[5]^2\nobservable: x[5]\nfor: {}"
    do {
      _ = try verdict(body)
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains("'y[5]' does not exist for 1 cells; numbers begin with 0"), "\(error)")
    }
  }
}
