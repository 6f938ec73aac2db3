import Expressions
import YAMLText

/// A formula of figures of merit: arithmetic of numbers, parameters and the time with names in the places of figures.
struct FigureFormula: Sendable {
  /// The arithmetic; each figure is a name, abbreviations are written out.
  let expression: Expression
  /// The figures by the names that stand for them.
  let calls: [String: FigureCall]
  /// How each of them is written.
  let texts: [String: Expression]
  /// As it was written.
  let written: Expression
  let place: YAMLEntry

  /// The formula as a formula, for its faults.
  var formula: ModelFormula { ModelFormula(expression: written, place: place) }
}

/// One of two answers about a place on the time axis.
enum TimeAnswer: Sendable { case value, time }

/// A figure of merit of a model with what it is of.
///
/// Formulas in it may name the indices of sums around it.
indirect enum FigureCall: Sendable {
  case mean(ModelFormula)
  case variance(ModelFormula)
  case covariance(ModelFormula, ModelFormula)
  /// The probability of a product state of some factors.
  case weight([StateAssignment])
  /// A figure of a part with its own Hamiltonian.
  case energetic(EnergyFigure, part: Int)
  /// The ergotropy of several copies of a part together.
  case copies(part: Int, ModelFormula)
  /// A figure of a reduced state alone.
  case ofState(StateFigure, FigureSubject)
  /// The quantum Fisher information of a state for an observable.
  case fisher(FigureSubject, ModelFormula)
  case concurrence(PartDeclaration.Place, PartDeclaration.Place)
  case distance(DistanceFigure, FigureSubject, StateReference)
  /// The formula at t = 0.
  case initial(FigureFormula)
  /// The derivative in time.
  case rate(FigureFormula)
  /// The greatest or least value, or its time, over all times or from 0 to the end of a window.
  case extremum(isGreatest: Bool, TimeAnswer, FigureFormula, window: FigureFormula?)
  case firstMaximum(TimeAnswer, FigureFormula)
  /// The first time at which the formula passes a level.
  case firstTime(FigureFormula, level: FigureFormula)
  case average(FigureFormula, until: FigureFormula)
  case at(FigureFormula, time: FigureFormula)
  /// The limit as the time goes to infinity.
  case steady(FigureFormula)
  /// The first time from which the whole state stays within a trace distance of its limit.
  case relaxationTime(FigureFormula)
  /// Minus the greatest real part of the generator's eigenvalues other than zero.
  case gap
  /// The sum over an integer from one number to another.
  case sum(index: String, from: ModelFormula, to: ModelFormula, FigureFormula)
}

/// A factor or a cell with its state.
struct StateAssignment: Sendable {
  let place: PartDeclaration.Place
  let word: StateWord
}

/// Whose reduced state a figure is of.
enum FigureSubject: Sendable {
  /// The whole space.
  case all
  case part(Int)
  /// A factor, a cell or a family.
  case place(PartDeclaration.Place)
}

/// A state that another one is held against.
enum StateReference: Sendable {
  case start
  /// The state of one factor or cell, or of each cell of a family.
  case word(StateWord)
  /// States of several factors.
  case product([StateAssignment])
  /// The Gibbs state of a part at an inverse temperature.
  case gibbs(part: Int, ModelFormula)
}

/// Figures of a part with its Hamiltonian.
enum EnergyFigure: String, Sendable, CaseIterable {
  case ergotropy, passive, capacity
  case incoherentErgotropy = "incoherent_ergotropy"
  case coherentErgotropy = "coherent_ergotropy"
  case energyCoherence = "energy_coherence"
}

/// Figures of a reduced state alone.
enum StateFigure: String, Sendable, CaseIterable {
  case purity, entropy, coherence, negativity
  case largestEigenvalue = "largest_eigenvalue"
}

/// Figures of two states.
enum DistanceFigure: String, Sendable, CaseIterable {
  case fidelity
  case traceDistance = "trace_distance"
}
