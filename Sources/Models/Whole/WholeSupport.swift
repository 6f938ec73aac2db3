import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// The basis states, by their numbers, that a master equation reaches word by word.
struct WholeSupport {
  private let point: ModelPoint
  private let budget: Budget
  private let space: WholeSpace

  private typealias Numbers = Set<[Int]>

  init(_ point: ModelPoint, within budget: Budget) throws {
    (self.point, self.budget) = (point, budget)
    space = try WholeSpace(Array(0..<point.basis.count), levels: [:], point)
  }

  /// The levels of each mode from a start on, as many as are met.
  func levels(
    from start: Set<[Int]>, _ pieces: [(hamiltonian: ModelPoint.Operator, jumps: [WholeGenerator.Jump])],
    _ resets: [WholeReset]
  ) throws -> [Int: Int] {
    var met = start
    let steps = point.model.schedule?.steps ?? [.piece(0)]
    let actions = pieces.map { piece in
      [[words(piece.hamiltonian)]] + piece.jumps.map { [words($0.left)] }
        + piece.jumps.map { [words($0.left), words($0.right).map(adjoint)] }
    }
    try follow(steps, actions, resets, &met)
    return point.modes.reduce(into: [:]) { levels, mode in
      levels[mode] = 1 + met.reduce(0) { max($0, $1[mode]) }
    }
  }

  private func words(_ operation: ModelPoint.Operator) -> [[Letter]] { operation.sorted.map(\.word) }
  private func adjoint(_ word: [Letter]) -> [Letter] { word.reversed().map(\.adjoint) }

  private func follow(
    _ steps: [ScheduleDeclaration.Step], _ actions: [[[[[Letter]]]]], _ resets: [WholeReset], _ met: inout Numbers
  ) throws {
    for step in steps {
      switch step {
      case .piece(let number): try close(&met, under: actions[number])
      case .reset(let number): met = resets[number].support(of: met, point)
      case .repeated(let formula, let inner):
        for _ in 0..<max(try point.integer(formula), 0) {
          let before = met
          try follow(inner, actions, resets, &met)
          if met == before { break }
        }
      }
    }
  }

  /// Adds what is reached by actions, each of them sums of words one after the other.
  private func close(_ met: inout Numbers, under actions: [[[[Letter]]]]) throws {
    let one = ComplexInterval(Interval(1, precision: 64), Interval(0, precision: 64))
    var front = Array(met)
    while let numbers = front.popLast() {
      try budget.check()
      for action in actions {
        var images: Numbers = [numbers]
        for words in action {
          images = try images.reduce(into: []) { found, image in
            for word in words { found.formUnion(try space.column([(word, one)], at: image).keys) }
          }
        }
        for image in images where met.insert(image).inserted { front.append(image) }
      }
      guard met.count <= WholeSpace.greatestSize else { throw WholeSpace.limit.exceeded }
    }
  }
}
