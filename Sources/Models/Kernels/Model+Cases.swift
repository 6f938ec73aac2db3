import Catalogue

extension Model {
  /// The cases of vectors of the model's quantities, drawn by what their parameters are.
  func cases(of quantities: [Quantity]) -> [CaseList] {
    return quantities.map { quantity in
      let draws = quantity.parameters.map(draw)
      // Without parameters there is one case.
      return CaseList(quantity.name, [], generated: draws.isEmpty ? 1 : Self.caseCount) { generator in
        draws.map { $0(generator) }
      }.leavingOutUntold
    }
  }

  private static let caseCount = 8

  /// How a parameter is drawn.
  private func draw(_ parameter: Parameter) -> @Sendable (CaseGenerator) -> TaggedValue {
    let own = parameters.first { $0.name == parameter.name }
    let least = own?.least ?? 1
    switch parameter.kind {
    case .integer: return { .integer("\(least + $0.below(4))") }
    case .rational: return { .rational("\($0.below(9) - 4)/\(1 + $0.below(4))") }
    default:
      // The time.
      guard own != nil else { return { .time($0) } }
      return { parameter.domain == .all ? .signed($0, -3...1) : .double($0, -3...1) }
    }
  }
}
