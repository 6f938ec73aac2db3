import Expressions

/// Normal orders written as formulas.
extension OperatorArithmetic {
  func formula(_ form: OperatorForm) throws -> Expression {
    var result: Expression?
    for (word, coefficient) in form.terms.sorted(by: { $1.key.lexicographicallyPrecedes($0.key) }) {
      let labels = OperatorArithmetic.labels(word)
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
      result = Expression.adding(try field.formula(coefficient), times: factors, to: result)
    }
    return result ?? .number(0)
  }

  private func indexName(_ label: Int) -> String {
    let free = ["j", "k", "l", "m", "n"].filter { name in
      name != algebra.cells && !algebra.modes.contains { $0.name == name }
    }
    return label < free.count ? free[label] : "j\(label)"
  }

  private func formula(_ letter: Letter) -> Expression {
    let mode = algebra.modes[letter.mode]
    let index =
      switch letter.index {
      case .none: ""
      case .concrete(let value): "[\(value)]"
      case .bound(let label): "[\(indexName(label))]"
      }
    func name(_ part: String) -> Expression { Expression(.variable("\(mode.name)\(part)\(index)")) }
    switch (mode.kind, letter.part) {
    case (.boson, .raise), (.fermion, .raise): return Expression(.operation(.adjoint, [name("")]))
    case (.boson, _), (.fermion, _), (.observable, _): return name("")
    case (.spin, .raise), (.qubit, .raise): return name("_p")
    case (.spin, .z), (.qubit, .z): return name("_z")
    case (.spin, .lower), (.qubit, .lower): return name("_m")
    }
  }
}
