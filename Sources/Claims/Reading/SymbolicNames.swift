import BatteryModels
import Expressions
import Symbolic

/// Names in claims about formulas: each stands for one thing, and for something.
extension SymbolicSetting {
  /// Words with a meaning of their own.
  private static let reserved = ["i", "pi", "sum", "diff"] + ElementaryFunction.allCases.map(\.rawValue)

  /// Refuses names that are no names, that have a meaning of their own, or that are given twice.
  func requireDistinct(_ lists: [(key: String, names: [String])], _ keys: YAMLMapping) throws(BadInput) {
    var seen: [String: String] = [:]
    for (key, names) in lists {
      for name in names {
        try SymbolicSetting.requireName(name, keys, key)
        if let other = seen[name] {
          throw keys.fault(key, "'\(name)' is given in '\(other)' already; accepted: each name once")
        }
        seen[name] = key
      }
    }
  }

  /// Refuses names that stand for something already, such as those of unknowns.
  func requireNew(_ names: [String], _ keys: YAMLMapping, _ key: String) throws(BadInput) {
    let known = knownNames
    for name in names {
      try SymbolicSetting.requireName(name, keys, key)
      if known.contains(name) || (algebra?.isOperator(name) ?? false) {
        throw keys.fault(key, "'\(name)' stands for something else already; accepted: a new name")
      }
    }
  }

  private static func requireName(_ name: String, _ keys: YAMLMapping, _ key: String) throws(BadInput) {
    let isWord = name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } ?? false
    guard isWord, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
      throw keys.fault(key, "'\(name)' is no name; accepted: letters, digits and _, a letter first")
    }
    guard !reserved.contains(name) else {
      throw keys.fault(
        key, "'\(name)' has a meaning of its own; accepted: other names than \(reserved.joined(separator: ", "))")
    }
  }

  /// The names that stand for numbers, coordinates and abbreviations.
  private var knownNames: Set<String> {
    let canonical = pairs.flatMap { [$0.coordinate, $0.momentum] }
    let cells = (algebra?.cells ?? cellsText).map { [$0] } ?? []
    return Set(domains.keys).union(definitions.keys).union(canonical).union(cells)
  }

  /// Refuses names that stand for nothing, which a slip of the pen would make, and operations that mean nothing here.
  func requireNames(
    _ formula: Expression, _ keys: YAMLMapping, _ key: String, _ place: String? = nil, and more: [String] = []
  ) throws(BadInput) {
    let start = place.map { "\($0): " } ?? ""
    let known = knownNames.union(more).union(["i"])
    let indexed = Set(families.flatMap { [$0.coordinate, $0.momentum] })
    let operators = algebra?.exampleNames ?? []
    for name in formula.variables.sorted() where !known.contains(name) {
      let parsed = IndexedName(name)
      if let sizes, let number = parsed.number, number >= sizes.lowerBound {
        throw keys.fault(key, "\(start)'\(name)' does not exist for \(sizes.lowerBound) cells; numbers begin with 0")
      }
      if parsed.index != nil, indexed.contains(parsed.base) { continue }
      if let algebra, algebra.isOperator(name) {
        guard algebra.isComplete(name) else {
          throw keys.fault(key, "\(start)'\(name)' has the wrong index; accepted: b[j] for families, and no index else")
        }
        guard sizes != nil || parsed.number == nil else {
          throw keys.fault(key, "\(start)'\(name)' needs the key 'sizes'; accepted without it: indices of sums")
        }
        continue
      }
      let isNearOperator = algebra?.isNear(parsed.base) ?? false
      guard !isOpen || isNearOperator || parsed.index != nil else { continue }
      let accepted = (known.subtracting(["i"]).sorted() + operators).joined(separator: ", ")
      throw keys.fault(key, "\(start)unknown name '\(name)'; accepted: \(accepted.isEmpty ? "none" : accepted)")
    }
    try requireOperations(formula, keys, key, start)
  }

  private func requireOperations(
    _ formula: Expression, _ keys: YAMLMapping, _ key: String, _ start: String
  ) throws(BadInput) {
    if case .operation(let operation, _) = formula.node {
      switch operation {
      case .adjoint, .commutator:
        guard algebra != nil else {
          throw keys.fault(key, "\(start)adjoints and commutators need the key 'operators' or 'families'")
        }
      case .bracket:
        guard !pairs.isEmpty || !families.isEmpty else {
          throw keys.fault(key, "\(start)Poisson brackets need the key 'canonical'")
        }
      case .sum(let index):
        guard algebra?.cells != nil || cellsText != nil else {
          throw keys.fault(key, "\(start)sums need the key 'cells'")
        }
        guard !knownNames.contains(index), !SymbolicSetting.reserved.contains(index) else {
          throw keys.fault(key, "\(start)the index '\(index)' stands for something else already; accepted: a new name")
        }
      case .derivative: break
      }
    }
    for part in formula.node.children { try requireOperations(part, keys, key, start) }
  }

  /// Refuses parameters that stand in none of the formulas of a claim.
  func requireUse(in formulas: [Expression], _ keys: YAMLMapping) throws(BadInput) {
    let used = formulas.reduce(into: Set<String>()) { $0.formUnion($1.variables) }
      .union(definitions.values.reduce(into: Set<String>()) { $0.formUnion($1.variables) })
    for name in domains.keys.sorted() where !used.contains(name) && name != cells {
      throw keys.fault("for", "'\(name)' stands in no formula; accepted: names that do")
    }
  }
}
