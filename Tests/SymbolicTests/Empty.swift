import Expressions
import Symbolic
import Testing

@Suite struct QuickTests {
  func d(_ l: String, _ r: String, _ dom: [String: SymbolDomain] = [:]) throws -> String {
    "\(l) ?= \(r): \(Identity(try Expression(parsing: l), try Expression(parsing: r), domains: dom).decide())"
  }
  @Test func quick() throws {
    print(try d("sin(x+y)", "sin(x)*cos(y)+cos(x)*sin(y)"))
    print(try d("sqrt(x^2)", "x"))
    print(try d("sqrt(x^2)", "x", ["x": .positive]))
    print(try d("cos(x/2)^2", "(1+cos(x))/2"))
    print(try d("sin(pi/12)", "(sqrt(6)-sqrt(2))/4"))
    print(try d("1/(sqrt(2)+sqrt(3))", "sqrt(3)-sqrt(2)"))
    print(try d("exp(i*x)", "cos(x)+i*sin(x)"))
    print(try d("log(x*y)", "log(x)+log(y)", ["x": .positive, "y": .positive]))
    print(try d("x", "x + 10^-30"))
    print(try d("x*(x-1)*(x-2)*(x-3)", "0"))
    let a = OperatorAlgebra(single: ["a": .boson], indexed: ["b": .boson])
    func o(_ l: String, _ r: String, _ a: OperatorAlgebra) throws -> String {
      "\(l) ?= \(r): \(OperatorIdentity(try Expression(parsingOperators: l), try Expression(parsingOperators: r), algebra: a).decide())"
    }
    print(try o("[a, a']", "1", a))
    print(try o("[sum(j, b[j])/sqrt(N), sum(k, b[k]')/sqrt(N)]", "1", a))
    print(try o("[sum(j, b[j]'*b[j]), sum(k, b[k])]", "-sum(k, b[k])", a))
    let s = OperatorAlgebra(single: ["J": .spin, "s": .qubit, "c": .fermion, "d": .fermion], indexed: ["q": .qubit])
    print(try o("[J_x, J_y]", "i*J_z", s))
    print(try o("[J_x, J_y]", "J_z", s))
    print(try o("s_x*s_y", "i*s_z", s))
    print(try o("c*d+d*c", "0", s))
    print(try o("c*c'", "1-c'*c", s))
    print(try o("[sum(j,q_x[j]/2), sum(k,q_y[k]/2)]", "i*sum(j,q_z[j]/2)", s))
    print(try o("sum(j,q_p[j])*sum(k,q_m[k]) - sum(k,q_m[k])*sum(j,q_p[j])", "sum(j,q_z[j])", s))
    print(try o("sum(j,q_p[j]*q_m[j])", "N/2+sum(j,q_z[j])/2", s))
    print(try o("(a'*a)'", "a'*a", a))
  }
}
