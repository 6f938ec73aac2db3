import Catalogue
import Expressions
import YAMLText

/// The pieces of a time, one after the other, each with a Hamiltonian and jumps of its own, and resets between them.
struct ScheduleDeclaration: Sendable {
  struct Piece: Sendable {
    /// How long it lasts; nil for all times that are left.
    let length: ModelFormula?
    /// None is H = 0.
    let hamiltonian: ModelFormula?
    let jumps: [JumpDeclaration]
    let place: YAMLEntry
  }

  /// What replaces the states of some factors.
  struct Reset: Sendable {
    let fresh: StartDeclaration.Product
    let place: YAMLEntry
  }

  indirect enum Step: Sendable {
    /// The piece of a number.
    case piece(Int)
    /// The reset of a number.
    case reset(Int)
    case repeated(ModelFormula, [Step])
  }

  private(set) var pieces: [Piece] = []
  private(set) var resets: [Reset] = []
  private(set) var steps: [Step] = []
  let place: YAMLEntry

  /// What `for` says of a last piece without an end.
  private static let rest = "rest"
  private static let accepted =
    "accepted: {for: T, hamiltonian: H, jumps: [...]}, {reset: {factor: state}}, {repeat: n, steps: [...]}"

  init(
    _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ parts: [PartDeclaration], _ names: inout ModelNames
  ) throws(BadInput) {
    place = entry
    steps = try steps(entry, factors, parts, &names, isRepeated: false)
  }

  private mutating func steps(
    _ entry: YAMLEntry, _ factors: [FactorDeclaration], _ parts: [PartDeclaration], _ names: inout ModelNames,
    isRepeated: Bool
  ) throws(BadInput) -> [Step] {
    let items = try entry.list()
    let known = pieces.count
    var steps: [Step] = []
    for (position, item) in items.enumerated() {
      let keys = try item.keys()
      func value(_ name: String) -> YAMLEntry? { keys.first { $0.name == name }?.value }
      if let count = value("repeat") {
        _ = try item.keys(among: ["repeat", "steps"])
        guard let inner = value("steps") else {
          throw item.fault("the key 'steps' is missing; accepted: {repeat: n, steps: [...]}")
        }
        let number = try names.formula(try count.filledText(), count, .number)
        steps.append(.repeated(number, try self.steps(inner, factors, parts, &names, isRepeated: true)))
      } else if let fresh = value("reset") {
        _ = try item.keys(among: ["reset"])
        let product = try StartDeclaration.product(fresh, factors, parts, &names, isWhole: false)
        guard !(try fresh.keys()).isEmpty else {
          throw fresh.fault("no factor is reset; accepted: {reset: {factor: state}}")
        }
        steps.append(.reset(resets.count))
        resets.append(Reset(fresh: product, place: fresh))
      } else if let length = value("for") {
        _ = try item.keys(among: ["for", "hamiltonian", "jumps"])
        let isRest = try length.text() == Self.rest
        guard !isRest || (!isRepeated && position == items.count - 1) else {
          throw length.fault("'rest' is the length of the last piece of all; accepted: formulas in parameters")
        }
        guard !isRest || !names.parameters.contains(Self.rest) else {
          throw length.fault("'rest' is a parameter as well; accepted: another name for the parameter")
        }
        var jumps: [JumpDeclaration] = []
        for jump in try value("jumps")?.list() ?? [] { jumps.append(try JumpDeclaration(jump, &names)) }
        let piece = Piece(
          length: isRest ? nil : try names.formula(try length.filledText(), length, .number),
          hamiltonian: try value("hamiltonian").map { place throws(BadInput) in
            try names.formula(try place.filledText(), place, .generator)
          }, jumps: jumps, place: item)
        steps.append(.piece(pieces.count))
        pieces.append(piece)
      } else {
        throw item.fault("a step is neither a piece nor a reset nor a repetition; \(Self.accepted)")
      }
    }
    guard pieces.count > known else {
      throw entry.fault("there is no piece that lasts; \(Self.accepted)")
    }
    return steps
  }

  /// The names in its formulas.
  var variables: Set<String> {
    var names: Set<String> = []
    for piece in pieces {
      names.formUnion(piece.length?.expression.variables ?? [])
      names.formUnion(piece.hamiltonian?.expression.variables ?? [])
      for jump in piece.jumps { names.formUnion(jump.variables) }
    }
    for reset in resets { names.formUnion(reset.fresh.variables) }
    func add(_ steps: [Step]) {
      for case .repeated(let count, let inner) in steps {
        names.formUnion(count.expression.variables)
        add(inner)
      }
    }
    add(steps)
    return names
  }

  /// The parts in whose Gibbs states factors are put.
  var gibbsParts: Set<Int> { Set(resets.flatMap(\.fresh.gibbs).map(\.part)) }
}
