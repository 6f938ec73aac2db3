import ArbitraryPrecision
import RandomInputs

/// What is certain of a claim from worlds in which its sides are worked out: never an answer of the engine.
extension GeneratedClaim {
  /// Whether one of the equalities that the claim stands for certainly fails in one of a few worlds.
  func certainlyFails(_ random: inout SplitMix64) -> Bool {
    steps.contains { certainlyDiffer($0, &random) }
  }

  /// Whether a Hamiltonian is certainly not Hermitian.
  func hamiltonianIsCertainlyBad(_ random: inout SplitMix64) -> Bool {
    guard let hamiltonian = parts["hamiltonian"] else { return false }
    return certainlyDiffer(Equality(left: hamiltonian, right: .adjoint(hamiltonian)), &random)
  }

  /// Whether two sides certainly differ in one of a few worlds.
  func certainlyDiffer(_ equality: Equality, _ random: inout SplitMix64) -> Bool {
    // An abbreviation stands for what it is written for, in those after it as well.
    let values = abbreviations.reduce(into: [String: Formula]()) { $0[$1.name] = $1.formula.replacing($0) }
    let written = equality.map { $0.replacing(values) }
    return (0..<8).contains { _ in
      let (world, pairs) = world(for: written, &random)
      let sides = written.map { $0.expanded(cells: world.cells, pairs: pairs) }
      return world.agree(sides.left, sides.right, &random) == false
    }
  }

  /// A random world for the names of the claim, and its coordinates with their momenta.
  private func world(
    for equality: Equality, _ random: inout SplitMix64
  ) -> (World, pairs: [(coordinate: Formula, momentum: Formula)]) {
    var world = World()
    var pairs: [(Formula, Formula)] = []
    world.cells = Int.random(in: sizes ?? 1...4, using: &random)
    for (name, meaning) in meanings.sorted(by: { $0.key < $1.key }) {
      switch meaning {
      case .parameter(let values): world.values[name] = World.exact(World.sample(values, &random))
      case .operators(let kind): world.space.add(name, kind, spins: 1 + Int(random.next() % 3))
      case .family(let kind):
        let spins = 1 + Int(random.next() % 2)
        for cell in 0..<world.cells { world.space.add("\(name)[\(cell)]", kind, spins: spins) }
      case .cells: world.values[name] = World.exact(Rational(world.cells))
      case .coordinate(let momentum): pairs.append((.name(name), .name(momentum)))
      case .coordinates(let momentum):
        for cell in 0..<world.cells {
          pairs.append((.member(name, index: "\(cell)"), .member(momentum, index: "\(cell)")))
        }
      }
    }
    for name in pairs.flatMap({ ["\($0)", "\($1)"] }) + [time] where world.values[name] == nil {
      world.values[name] = World.exact(World.sample("all", &random))
    }
    return (world, pairs)
  }
}

extension World {
  /// A random rational among the values of a parameter.
  static func sample(_ values: String, _ random: inout SplitMix64) -> Rational {
    let size = Rational(Integer(1 + Int(random.next() % 60)), Integer(1 + Int(random.next() % 23)))
    switch values {
    case "all": return random.next() % 2 == 0 ? size : -size
    case "integers": return Rational(1 + Int(random.next() % 9))
    case "positive": return size
    default:
      let words = values.split(separator: " ").compactMap { Int($0) }
      precondition(words.count == 2, "'\(values)' are no values")
      return Rational(words[0]) + Rational(words[1] - words[0]) * Rational(Integer(Int(random.next() % 1009)), 1008)
    }
  }
}
