import ArbitraryPrecision
import Catalogue
import Operators
import RigorousNumerics

/// What vectors become as long as no jump occurs: v' = G v with the effective generator G = -iH - (sum of r R'L)/2.
///
/// Rates being non-negative, G + G' <= 0, so that no vector gets longer: the 2-norm of a difference does not grow, and
/// a path's distance from the true vector is at most the integral of its defect in this norm.
struct NoJumpFlow {
  /// The basis states that the vectors reach under G.
  let states: [BasisState]
  let flow: ContractiveFlow

  /// The flow on all that some basis states reach; nil where that is more than a number of states.
  init?(
    _ generator: inout MasterGenerator, from start: [BasisState], atMost greatest: Int, _ point: ModelPoint,
    within budget: Budget
  ) throws {
    var images: [BasisState: [(image: BasisState, term: MasterGenerator.Term)]] = [:]
    var (waiting, found, placed) = (start, Set(start), MasterGenerator.Placed())
    while let state = waiting.popLast() {
      try budget.check()
      let own = try generator.effectiveImage(state, &placed)
      for (image, _) in own where found.insert(image).inserted { waiting.append(image) }
      images[state] = own
      guard found.count <= greatest else { return nil }
    }
    let states = found.sorted()
    let places = states.enumerated().reduce(into: [BasisState: Int]()) { $0[$1.element] = $1.offset }
    self.states = states
    let parts = generator.realFunctions
    var constant: [ContractiveFlow.Entry] = []
    var driven = Array(repeating: [ContractiveFlow.Entry](), count: parts.count)
    for (column, state) in states.enumerated() {
      for (image, term) in images[state] ?? [] {
        guard let row = places[image] else { continue }
        func add(_ a: Interval, _ b: Interval, to entries: inout [ContractiveFlow.Entry]) {
          entries += [
            .init(2 * row, 2 * column, a), .init(2 * row, 2 * column + 1, -b),
            .init(2 * row + 1, 2 * column, b), .init(2 * row + 1, 2 * column + 1, a),
          ]
        }
        let (a, b) = (term.value.real, term.value.imaginary)
        guard let function = term.function else {
          add(a, b, to: &constant)
          continue
        }
        add(a, b, to: &driven[parts.places[function].real])
        if let imaginary = parts.places[function].imaginary { add(-b, a, to: &driven[imaginary]) }
      }
    }
    let drive = generator.functions.isEmpty ? nil : try point.drive(generator.functions)
    flow = ContractiveFlow(
      dimension: 2 * states.count, constant: constant, driven: driven, drive: drive,
      spread: Interval(1, precision: 64))
  }

  /// A vector of amplitudes in the order of the states, as a path.
  ///
  /// - Parameter bits: the error is about 2^-bits until the end.
  func path(_ vector: [ComplexInterval], until end: BigFloat, bits: Int) throws -> KickedFlow {
    let start = try start(vector, bits: bits)
    return try KickedFlow(flow, from: start.state, size: start.size, until: end, bits: bits)
  }

  /// The amplitudes of a vector after a time, in the order of the states.
  ///
  /// - Parameter bits: the error is about 2^-bits.
  func evolved(
    _ vector: [ComplexInterval], until time: Interval, bits: Int, within budget: Budget
  ) throws -> [ComplexInterval] {
    let start = try start(vector, bits: bits)
    return amplitudes(try flow.evolved(start.state, size: start.size, until: time, bits: bits, within: budget))
  }

  /// A vector in fixed point, and at least its 2-norm.
  func start(_ vector: [ComplexInterval], bits: Int) throws -> (state: FlowState, size: BigFloat) {
    guard vector.allSatisfy(\.isBounded) else { throw NotToldYet(what: "an amplitude of the start") }
    return (FlowState(vector.flatMap { [$0.real, $0.imaginary] }, fractionBits: bits + 32), Self.size(vector))
  }

  /// At least the 2-norm of a vector.
  static func size(_ vector: [ComplexInterval]) -> BigFloat {
    vector.reduce(Interval(0, precision: 64)) { $0 + $1.squaredMagnitude.rounded(to: 64) }.squareRoot.upper
  }

  /// Amplitudes with the error of the whole vector.
  func amplitudes(_ state: FlowState) -> [ComplexInterval] {
    states.indices.map { ComplexInterval(state.element(2 * $0), state.element(2 * $0 + 1)) }
  }

  /// The amplitudes that are stored, without the error.
  func storedAmplitudes(_ state: FlowState, precision: Int) -> [ComplexInterval] {
    states.indices.map {
      ComplexInterval(
        state.storedElement(2 * $0, precision: precision), state.storedElement(2 * $0 + 1, precision: precision))
    }
  }
}
