import ArbitraryPrecision
import Expressions
import Operators

/// Normal orders written as formulas.
extension OperatorArithmetic<SymbolicField> {
  func formula(_ form: OperatorForm) throws -> Expression {
    var result: Expression?
    for (word, coefficient) in form.terms.sorted(by: { $1.key.lexicographicallyPrecedes($0.key) }) {
      let labels = word.labelCount
      let letters = word.map(formula)
      var factors = letters
      if labels > 0 {
        let product = letters.dropFirst().reduce(letters[0]) { $0 * $1 }
        factors = [
          (0..<labels).reversed().reduce(product) { inner, label in
            Expression(.operation(.sum(index: indexName(label)), [inner]))
          }
        ]
      }
      result = Expression.adding(try ring.formula(coefficient), times: factors, to: result)
    }
    return result ?? .number(0)
  }

  private func indexName(_ label: Int) -> String {
    let free = ["j", "k", "l", "m", "n"].filter { name in
      name != factors.symbolicSize && !factors.all.contains { $0.name == name }
    }
    return label < free.count ? free[label] : "j\(label)"
  }

  private func formula(_ letter: Letter) -> Expression {
    let index =
      switch letter.cell {
      case .only: ""
      case .number(let value): "[\(value)]"
      case .label(let label): "[\(indexName(label))]"
      }
    func name(_ part: String) -> Expression { Expression(.variable("\(factors[letter.factor].name)\(part)\(index)")) }
    switch letter.kind {
    case .boson(.creation), .fermion(.creation): return Expression(.operation(.adjoint, [name("")]))
    case .boson(.annihilation), .fermion(.annihilation), .observable: return name("")
    case .spin(.plus), .pauli(.plus): return name("_p")
    case .spin(.z), .pauli(.z): return name("_z")
    case .spin(.minus), .pauli(.minus): return name("_m")
    case .matrix(let matrix):
      let word = factors[letter.factor].name(of: matrix) ?? "matrix_\(matrix.dimension)"
      return Expression(.variable("\(word)\(index)"))
    case .level(let k, let l):
      let levels = [k, l].map { Expression.number(Rational(Integer($0))) }
      let cell: [Expression] =
        switch letter.cell {
        case .only: []
        case .number(let value): [.number(Rational(Integer(value)))]
        case .label(let label): [Expression(.variable(indexName(label)))]
        }
      return Expression(.operation(.member(name: factors[letter.factor].name, arguments: 2), levels + cell))
    }
  }
}
