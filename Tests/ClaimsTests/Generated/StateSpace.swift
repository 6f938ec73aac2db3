import ArbitraryPrecision
import RandomInputs

/// What a name of an operator stands for.
enum OperatorKind: String {
  case boson, fermion, spin, qubit, observable

  /// The endings of its operators.
  var parts: [String] {
    switch self {
    case .boson, .fermion, .observable: [""]
    case .spin, .qubit: ["_x", "_y", "_z", "_p", "_m"]
    }
  }
}

/// A space on which the operators of a claim act: a number for each boson, a bit for each fermion and qubit, a few bits for
/// each spin, which is made of spins 1/2, and one last number for observables, which are matrices.
///
/// A boson's letters act as a |n> = n |n - 1> and a' |n> = |n + 1>; the basis is not normalised, and all elements are Gaussian rationals.
struct StateSpace {
  typealias State = [[Int]: World.Number]

  /// A degree of freedom, where its numbers stand, and how many they are.
  struct Mode {
    let kind: OperatorKind
    let places: Range<Int>
  }

  /// The dimension of the matrices that observables are.
  static let dimension = 3

  private(set) var modes: [String: Mode] = [:]
  private var fermions: [Int] = []
  private var size = 0
  private var bosons: Set<Int> = []

  /// Adds a degree of freedom; a spin is made of so many spins 1/2.
  mutating func add(_ name: String, _ kind: OperatorKind, spins: Int) {
    let count = kind == .spin ? spins : kind == .observable ? 0 : 1
    modes[name] = Mode(kind: kind, places: size..<size + count)
    if kind == .fermion { fermions.append(size) }
    if kind == .boson { bosons.insert(size) }
    size += count
  }

  /// The degree of freedom and the ending of an operator; nil for a number.
  func letter(_ formula: Formula) -> (mode: Mode, part: String, name: String)? {
    let (word, index) =
      switch formula {
      case .name(let name): (name, "")
      case .member(let family, let index): (family, "[\(index)]")
      default: ("", "")
      }
    if let mode = modes[word + index], mode.kind.parts == [""] { return (mode, "", word) }
    guard word.count > 2, let mode = modes[word.dropLast(2) + index], mode.kind.parts.contains(String(word.suffix(2)))
    else { return nil }
    return (mode, String(word.suffix(1)), word)
  }

  /// Whether an operator stands in a formula.
  func holds(_ formula: Formula) -> Bool { letter(formula) != nil || formula.parts.contains(where: holds) }

  /// A basis state: enough quanta that products of lowering letters leave something.
  func randomState(_ random: inout SplitMix64) -> [Int] {
    (0..<size).map { Int(random.next() % (bosons.contains($0) ? 7 : 2)) } + [
      Int(random.next() % UInt64(StateSpace.dimension))
    ]
  }

  /// A raising or lowering letter at one place.
  func stepped(_ state: State, _ place: Int, up: Bool) -> State {
    let isBoson = bosons.contains(place)
    var result: State = [:]
    for (numbers, amplitude) in state {
      let n = numbers[place]
      var factor = isBoson ? (up ? 1 : n) : (n == 0) == up ? 1 : 0
      if fermions.contains(place) {
        // The signs of Jordan and Wigner make all fermions anticommute.
        for other in fermions where other < place && numbers[other] == 1 { factor = -factor }
      }
      guard factor != 0 else { continue }
      var next = numbers
      next[place] += up ? 1 : -1
      result[next] = amplitude * World.exact(Rational(factor))
    }
    return result
  }

  /// A Hermitian matrix of small integers, one for each name, on the last number.
  func mixed(_ state: State, by name: String) -> State {
    var random = SplitMix64(seed: name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
    var entry: [[Int]] = []
    for _ in 0..<2 * StateSpace.dimension {
      entry.append((0..<StateSpace.dimension).map { _ in Int(random.next() % 9) - 4 })
    }
    var result: State = [:]
    for (numbers, amplitude) in state {
      let column = numbers[size]
      for row in 0..<StateSpace.dimension {
        var next = numbers
        next[size] = row
        let real = World.exact(Rational(entry[row][column] + entry[column][row]))
        let imaginary = World.exact(Rational(entry[3 + row][column] - entry[3 + column][row]))
        let value = amplitude * (real + World.imaginaryUnit * imaginary)
        result[next] = result[next].map { $0 + value } ?? value
      }
    }
    return result
  }
}

extension World {
  typealias State = StateSpace.State

  /// What a formula, written out, makes of a state, factor by factor as it is written; nil where a factor has no value.
  func applying(_ formula: Formula, to state: State) -> State? {
    guard space.holds(formula) else {
      return value(formula).map { factor in state.mapValues { $0 * factor } }
    }
    if let (mode, part, name) = space.letter(formula) { return acting(mode, part, name, adjoint: false, on: state) }
    switch formula {
    case .negation(let a): return applying(a, to: state).map { World.scaled($0, -1) }
    case .adjoint(let a):
      if let (mode, part, name) = space.letter(a) { return acting(mode, part, name, adjoint: true, on: state) }
      return applying(a.adjointWrittenOut, to: state)
    case .binary("+", let a, let b): return sum(applying(a, to: state), applying(b, to: state))
    case .binary("-", let a, let b):
      return sum(applying(a, to: state), applying(b, to: state).map { World.scaled($0, -1) })
    case .binary("*", let a, let b): return applying(b, to: state).flatMap { applying(a, to: $0) }
    case .binary("/", let a, let b): return space.holds(b) ? nil : applying(a * (.number(1) / b), to: state)
    case .binary("^", let a, .number(let n)):
      return (0..<n).reduce(state) { result, _ in result.flatMap { applying(a, to: $0) } }
    case .commutator(let a, let b): return applying(a * b - b * a, to: state)
    default: return nil
    }
  }

  private static func scaled(_ state: State, _ factor: Rational) -> State {
    state.mapValues { $0 * World.exact(factor) }
  }

  private func sum(_ a: State?, _ b: State?) -> State? {
    guard let a, let b else { return nil }
    return a.merging(b) { $0 + $1 }
  }

  private func acting(_ mode: StateSpace.Mode, _ part: String, _ name: String, adjoint: Bool, on state: State) -> State?
  {
    func total(_ change: (Int) -> State) -> State {
      mode.places.reduce(into: [:]) { $0.merge(change($1)) { $0 + $1 } }
    }
    let raised = { total { space.stepped(state, $0, up: true) } }
    let lowered = { total { space.stepped(state, $0, up: false) } }
    // Pauli matrices are twice spins 1/2, but for s_p and s_m.
    let half: Rational = mode.kind == .spin ? Rational(1, 2) : 1
    switch (mode.kind, part) {
    case (.observable, _): return space.mixed(state, by: name)
    case (.boson, _), (.fermion, _): return adjoint ? raised() : lowered()
    case (_, "p"): return adjoint ? lowered() : raised()
    case (_, "m"): return adjoint ? raised() : lowered()
    case (_, "x"): return sum(World.scaled(raised(), half), World.scaled(lowered(), half))
    case (_, "y"):
      let difference = sum(World.scaled(raised(), half), World.scaled(lowered(), -half))
      return difference?.mapValues { -($0 * World.imaginaryUnit) }
    default:
      return total { place in
        Dictionary(uniqueKeysWithValues: state.map { ($0, $1 * World.exact($0[place] == 1 ? half : -half)) })
      }
    }
  }
}
