import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import RigorousNumerics

/// What is exactly so of the start of a model at given parameters, decided without rounding.
///
/// A start with modes of which all numbers of quanta are filled, such as a coherent one, has no exact list of
/// amplitudes: of such a start nothing is said.
public struct ExactStart {
  private let model: Model
  private let point: ModelPoint
  private let state: StartState

  /// The most amplitudes that are looked at.
  private static let greatestSize = 4096

  /// The start of a model; nil where it is not told.
  ///
  /// - Throws: what a value of the model throws, also where jumps move the state.
  public init?(_ model: Model, _ arguments: Arguments, within budget: Budget) throws {
    self.model = model
    do {
      point = try ModelPoint(model, arguments, precision: 256)
      try point.requireFlow()
      state = try StartState(point, within: budget)
    } catch is NotToldYet {
      return nil
    }
  }

  /// Whether an operator certainly has this mean.
  public func hasMean(_ value: Expression, of observable: Expression) throws -> Bool {
    try isKnown {
      let difference = try difference(observable, value)
      return try vanishes { try image(of: $0, under: difference) }
    }
  }

  /// Whether the sum over j, k of C_jk <v_k|u_j> less a number is certainly zero, u being the images of the vectors.
  private func vanishes(
    less number: Rational = 0, _ image: (StartState.Vector) throws -> StartState.Vector
  ) throws -> Bool {
    let ring = point.scalars
    var sum = ring.number(-number)
    for coefficient in state.coefficients {
      guard let factor = coefficient.number.exact else { return false }
      let left = state.vectors[coefficient.column]
      for (state, amplitude) in try image(state.vectors[coefficient.row]) {
        guard let other = left[state] else { continue }
        let product = try ring.product(ring.conjugate(other), amplitude)
        sum = ring.sum(sum, try ring.product(factor, product))
      }
    }
    return try ring.decision(isZero: sum) == .certainlyTrue
  }

  /// Whether the start certainly holds eigenstates of an operator with this value alone.
  public func isEigenstate(of quantity: Expression, with value: Expression) throws -> Bool {
    try isKnown {
      let difference = try difference(quantity, value)
      for vector in state.vectors {
        for (_, amplitude) in try image(of: vector, under: difference) {
          guard try point.scalars.decision(isZero: amplitude) == .certainlyTrue else { return false }
        }
      }
      return true
    }
  }

  private func difference(_ observable: Expression, _ value: Expression) throws -> ModelPoint.Operator {
    try point.polynomial(ModelFormula(expression: observable - value, place: model.start.place))
  }

  /// A decision; false where the start or a formula has no exact form.
  private func isKnown(_ decide: () throws -> Bool) throws -> Bool {
    guard state.open.isEmpty, state.vectors.reduce(0, { $0 + $1.count }) <= Self.greatestSize else { return false }
    do {
      // What is listed must be all of the state: its trace is exactly 1.
      guard try vanishes(less: 1, { $0 }) else { return false }
      return try decide()
    } catch is NotToldYet { return false } catch is OutsideFragment { return false }
  }

  private func image(
    of vector: StartState.Vector, under polynomial: ModelPoint.Operator
  ) throws -> StartState.Vector {
    let ring = point.scalars
    var result = StartState.Vector()
    for (state, amplitude) in vector {
      for (image, element) in try point.basis.column(of: polynomial, at: state, in: ring) {
        let part = try ring.product(try ring.value(of: element), amplitude)
        result[image] = result[image].map { ring.sum($0, part) } ?? part
      }
    }
    return result
  }
}

extension Model {
  /// The operator whose mean a quantity is; nil for one that is no combination of means at the time of the question.
  ///
  /// - Parameter name: the name with that of the model before it.
  public func operatorOfMean(_ name: String) -> Expression? {
    guard let figure = figures.first(where: { "\(self.name).\($0.name)" == name })?.value, !figure.calls.isEmpty,
      figure.expression.degree(in: Set(figure.calls.keys)) <= 1, !figure.expression.variables.contains("t")
    else { return nil }
    var operators: [String: Expression] = [:]
    for (name, call) in figure.calls {
      guard case .mean(let observable) = call else { return nil }
      operators[name] = observable.expression
    }
    return figure.expression.substituting(operators)
  }
}

extension ModelPoint {
  /// Refuses jumps, and a Hamiltonian of modes that is not proved to have a flow: what is derived from commutators says
  /// something of a flow alone. Where there is one by ``Existence``, or by a conserved number that keeps the modes
  /// finite, every start here stays in the domains of all polynomials, and means obey Heisenberg's equations.
  fileprivate func requireFlow() throws {
    let hamiltonian = try hamiltonian()
    guard !modes.isEmpty else { return }
    let terms = try ModeTerm.terms(of: hamiltonian, modes: modes, self)
    if QuantaBound(terms, self) == nil { _ = try existenceWeight(terms) }
  }
}

extension Model {
  /// The mean of an operator in the start; entire where more bits are needed.
  ///
  /// - Throws: what a value of the model throws, also where jumps move the state.
  public func meanAtStart(
    of observable: Expression, _ arguments: Arguments, precision: Int, within budget: Budget
  ) throws -> Interval {
    do {
      let point = try ModelPoint(self, arguments, precision: precision + 64)
      try point.requireFlow()
      let operation = try point.hermitian(ModelFormula(expression: observable, place: start.place))
      return try ModelEvolution(point, within: budget).initialState().mean(operation, point)
    } catch is NotToldYet {
      return .entire(precision: precision)
    }
  }
}
