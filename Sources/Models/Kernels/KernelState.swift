import ArbitraryPrecision
import Catalogue
import FastKernels
import Operators
import RigorousNumerics

/// The state of a model at a time in doubles: a frame of vectors, each with a bound of its distance from the true one.
///
/// Elements of the Hamiltonian and amplitudes of the start are enclosed from the exact formulas and rounded to doubles
/// once; the evolution is in doubles (``SparseFlow``, ``KernelPath``), and what every step of both is off is in the
/// bound.
struct KernelState: Sendable {
  let point: ModelPoint
  let states: [BasisState]
  let places: [BasisState: Int]
  let vectors: [KernelVector]
  let coefficients: [Coefficient]
  /// B of the modes where the state is cut off; nil where the states here are all that the start reaches.
  let weight: ModeWeight?
  private let conserved: QuantaBound?
  private let terms: [ModeTerm]
  private let exact: [ModelState.Coefficient]

  /// An element of the frame's matrix C.
  struct Coefficient {
    let row: Int
    let column: Int
    let real: Double
    let imaginary: Double
    let radius: Double

    /// At least its magnitude.
    var size: Double { (abs(real) + abs(imaginary) + radius) * (1 + 0x1p-40) }
  }

  /// How near a state with modes is to be.
  struct Accuracy {
    /// Open starts are cut off where 2^-bits of them are left.
    var startBits = 60
    /// The cut of the evolution adds about this to the distance.
    var allowance = 0x1p-54
  }

  /// The most numbers of all vectors together.
  private static let greatestCount = 1 << 22
  /// The most states that are looked at where no theorem gives the flow.
  private static let fewStates = 1000

  /// A time in doubles.
  struct Time {
    let double: Double
    /// At least the distance of the time that is meant.
    var missed = 0.0
  }

  /// The state that a start has become after a time.
  ///
  /// - Throws: `KernelRefusal` where no bound is found or the sizes are beyond the kernel's.
  init(
    _ point: ModelPoint, from start: StartState, after time: Time, accuracy: Accuracy = Accuracy(),
    within budget: Budget
  ) throws {
    self.point = point
    exact = start.coefficients
    coefficients = try start.coefficients.map {
      let (x, y) = (try $0.number.value.real.nearDouble(), try $0.number.value.imaginary.nearDouble())
      return Coefficient(row: $0.row, column: $0.column, real: x.value, imaginary: y.value, radius: x.radius + y.radius)
    }
    guard start.dropped.isEmpty else {
      throw Unanswered(
        beyond: "a kernel from a start with infinitely many vectors; accepted: starts with finitely many")
    }
    let hamiltonian = try point.hamiltonian()
    let modes = point.modes
    terms = modes.isEmpty ? [] : try ModeTerm.terms(of: hamiltonian, modes: modes, point)
    let conserved = modes.isEmpty ? nil : QuantaBound(terms, point)
    self.conserved = conserved
    let cuts = try start.open.mapValues { try $0.cut(point, bits: accuracy.startBits, within: budget) }
    let amplitudes: [[BasisState: ComplexInterval]] = try start.vectors.enumerated().map { place, vector in
      try cuts[place].map(\.amplitudes) ?? vector.mapValues(point.scalars.enclosure)
    }
    let words = try KernelWords(hamiltonian, point)
    let all = Set(amplitudes.flatMap(\.keys))
    do {
      var sector = KernelSector(words)
      var weight = cuts.isEmpty ? nil : conserved?.weight(point)
      var isClosed = modes.isEmpty || conserved != nil
      if isClosed {
        try sector.add(all, depth: .max, within: budget)
      } else if cuts.isEmpty, Existence.weight(terms, modes: modes).weight == nil,
        (try? sector.add(all, depth: .max, atMost: Self.fewStates, within: budget)) != nil
      {
        // Few states that the Hamiltonian does not leave need no theorem.
        isClosed = true
      }
      var vectors: [KernelVector] = []
      func vector(_ place: Int, on places: [BasisState: Int], _ weight: ModeWeight?) throws -> KernelVector {
        let start = try cuts[place] ?? ModeStart(start.vectors[place], point)
        return try KernelVector(start, on: places, weight, point)
      }
      func check(_ count: Int) throws {
        guard count * amplitudes.count <= Self.greatestCount else {
          throw KernelRefusal(
            "\(amplitudes.count) vectors of \(count) numbers; accepted: to \(Self.greatestCount) numbers in all")
        }
      }
      if isClosed {
        try check(sector.states.count)
        let flow = try SparseFlow(sector.hermitian)
        for place in amplitudes.indices {
          try budget.check()
          var own = try vector(place, on: sector.places, weight)
          let run = try flow.evolved(own.numbers, for: time.double)
          own.numbers = run.vector
          // The vector moves by at most |H v| in a unit of time.
          let error = (run.error + time.missed * flow.speed(own.numbers)) * (1 + 0x1p-40)
          own.distance = (own.distance + error) * (1 + 0x1p-40)
          if let weight {
            let greatest = sector.states.reduce(1) { max($0, KernelPath.weight($1, weight, point)) }
            own.ledger.steps = [.init(duration: time.double, squares: [], greatest: greatest, roundings: error)]
          }
          vectors.append(own)
        }
      } else {
        let found = try point.existenceWeight(terms)
        weight = found
        var path = KernelPath(words, found, count: amplitudes.count, allowance: accuracy.allowance, point)
        for place in amplitudes.indices {
          try path.add(amplitudes[place].keys, within: budget)
          try check(path.sector.states.count)
          var own = try vector(place, on: path.sector.places, found)
          try path.evolve(&own, for: time.double, within: budget)
          try path.wait(&own, time.missed)
          vectors.append(own)
        }
        sector = path.sector
      }
      (states, places, self.weight) = (sector.states, sector.places, weight)
      let count = states.count
      self.vectors = vectors.map {
        var vector = $0
        vector.numbers = $0.numbers.extended(to: count)
        return vector
      }
    } catch is TooManyStates {
      throw KernelRefusal(
        "the start reaches more states or elements than the kernel holds; accepted: \(Sector.limit.condition)")
    }
  }

  // MARK: - Distances

  /// At least |B^(m/2) (psi - phi)| of a vector, by the sum of ``ModePath/weightedDistance(power:)``.
  func weightedDistance(_ vector: KernelVector, power m: Rational) throws -> Double {
    guard let weight, m.signum != 0 else { return vector.distance }
    let c = conserved == nil ? WeightGrowth(weight: weight).commutator(terms, power: m) : Interval(0, precision: 64)
    guard c.isBounded else { throw NotToldYet(what: "the mean of an operator without a bound") }
    let half = m / 2
    var powers: [Double: Interval] = [:]
    func power(_ b: Double) -> Interval {
      if let known = powers[b] { return known }
      let value = Interval.of(b).power(half)
      powers[b] = value
      return value
    }
    let ledger = vector.ledger
    var result =
      (try ledger.start?.tail(weight, power: m) ?? Interval(0, precision: 64))
      + power(ledger.first.weight) * Interval.of(ledger.first.roundings)
    for step in ledger.steps {
      let square = step.squares.reduce(Interval(0, precision: 64)) {
        $0 + power($1.weight).squared * Interval.of($1.square)
      }
      let growth = (c * Interval.of(step.duration) / 2).exponential
      result =
        growth * (result + Interval.of(step.duration) * square.squareRoot)
        + power(step.greatest) * Interval.of(step.roundings)
      result = result.greatest
    }
    if let conserved { result = conserved.growth(power: m) * result }
    let bound = result.upper.double(rounding: .up)
    guard bound.isFinite else { throw KernelRefusal("the weighted distance of the cut-off has no bound in doubles") }
    return bound
  }

  /// The state with its distance, for figures that take enclosures.
  func enclosed() -> ModelState {
    let ones = point.modes.map { _ in 1 }
    let own = weight ?? ModeWeight(modes: point.modes, weights: ones, powers: ones)
    let greatest = weight == nil ? states.reduce(1) { max($0, KernelPath.weight($1, own, point)) } : 1
    let isCut = weight != nil
    let state = self
    let distances = vectors.map { vector in
      VectorDistance(norm: Interval.of(vector.distance), weight: own) { power in
        isCut
          ? Interval.of(try state.weightedDistance(vector, power: power))
          : Interval.of(greatest).power(power / 2) * Interval.of(vector.distance)
      }
    }
    return ModelState(
      vectors: vectors.map { vector in
        zip(states, zip(vector.numbers.real, vector.numbers.imaginary)).reduce(into: [:]) {
          $0[$1.0] = StateNumber(value: ComplexInterval(Interval.of($1.1.0), Interval.of($1.1.1)), exact: nil)
        }
      }, coefficients: exact,
      distance: StateDistance(distances, norms: vectors.map { Interval.of($0.numbers.length) }, exact))
  }
}

extension Interval {
  /// The number that a double is.
  fileprivate static func of(_ value: Double) -> Interval {
    Interval(exactly: value, precision: 64) ?? .entire(precision: 64)
  }
}

extension KernelVector {
  /// The amplitudes of a start on given states, rounded to doubles.
  init(_ start: ModeStart, on places: [BasisState: Int], _ weight: ModeWeight?, _ point: ModelPoint) throws {
    numbers = ComplexVector(zeros: places.count)
    var (square, first) = (0.0, 1.0)
    for (state, amplitude) in start.amplitudes {
      guard let place = places[state] else { continue }
      let (x, y) = (try amplitude.real.nearDouble(), try amplitude.imaginary.nearDouble())
      (numbers.real[place], numbers.imaginary[place]) = (x.value, y.value)
      square += x.radius * x.radius + y.radius * y.radius
      if let weight { first = max(first, KernelPath.weight(state, weight, point)) }
    }
    let roundings = square.squareRoot() * (1 + 0x1p-20) + 0x1p-500
    distance = roundings
    guard let weight else { return }
    distance += try start.tail(weight, power: 0).upper.double(rounding: .up)
    distance *= 1 + 0x1p-40
    ledger = KernelLedger(start: start, first: (first, roundings))
  }
}
