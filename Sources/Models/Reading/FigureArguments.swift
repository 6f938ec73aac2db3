import Catalogue
import Expressions
import YAMLText

/// Reads what stands in the parentheses of a figure.
struct FigureArguments {
  let reader: FigureReader
  let written: Expression
  let word: String
  let bound: Set<String>
  var names: ModelNames

  private var place: YAMLEntry { reader.place }

  /// The refusal of a wrong number or kind of arguments.
  var mismatch: BadInput {
    let accepted = FigureReader.examples.first { $0.word == word }?.written ?? word
    return reader.fault(written, "'\("\(written)".abridged)' is refused; accepted: \(accepted)")
  }

  private func require(_ arguments: [Expression], _ count: ClosedRange<Int>) throws(BadInput) {
    guard count.contains(arguments.count) else { throw mismatch }
    for argument in arguments {
      if case .operation(.equation, _) = argument.node { throw mismatch }
    }
  }

  mutating func read(_ arguments: [Expression]) throws(BadInput) -> FigureCall {
    if let figure = EnergyFigure(rawValue: word) {
      try require(arguments, 1...1)
      return .energetic(figure, part: try part(arguments[0]))
    }
    if let figure = StateFigure(rawValue: word) {
      try require(arguments, 1...1)
      return .ofState(figure, try subject(arguments[0]))
    }
    if let figure = DistanceFigure(rawValue: word) {
      guard arguments.count >= 2 else { throw mismatch }
      let subject = try subject(arguments[0])
      return .distance(figure, subject, try reference(Array(arguments.dropFirst()), of: subject))
    }
    switch word {
    case "mean", "variance":
      try require(arguments, 1...1)
      let observable = try observable(arguments[0])
      return word == "mean" ? .mean(observable) : .variance(observable)
    case "covariance":
      try require(arguments, 2...2)
      return .covariance(try observable(arguments[0]), try observable(arguments[1]))
    case "weight": return .weight(try assignments(arguments))
    case "copies":
      try require(arguments, 2...2)
      return .copies(part: try part(arguments[0]), try names.formula(written: arguments[1], place, .number, bound))
    case "fisher":
      try require(arguments, 2...2)
      return .fisher(try subject(arguments[0]), try observable(arguments[1]))
    case "concurrence":
      try require(arguments, 2...2)
      guard case .place(let x) = try subject(arguments[0]), case .place(let y) = try subject(arguments[1]) else {
        throw mismatch
      }
      return .concurrence(x, y)
    default: return try overTime(arguments)
    }
  }

  private mutating func overTime(_ arguments: [Expression]) throws(BadInput) -> FigureCall {
    func formula(_ position: Int, _ names: inout ModelNames) throws(BadInput) -> FigureFormula {
      try reader.formula(arguments[position], bound, &names)
    }
    switch word {
    case "first_time":
      guard arguments.count == 1, case .operation(.equation, let sides) = arguments[0].node else { throw mismatch }
      return .firstTime(
        try reader.formula(sides[0], bound, &names), level: try reader.formula(sides[1], bound, &names))
    case "initial", "rate", "steady":
      try require(arguments, 1...1)
      let inner = try formula(0, &names)
      return word == "initial" ? .initial(inner) : word == "rate" ? .rate(inner) : .steady(inner)
    case "relaxation_time":
      try require(arguments, 1...1)
      let distance = try formula(0, &names)
      guard distance.calls.isEmpty, !distance.writesTime else {
        let shown = "\(written)".abridged
        throw reader.fault(written, "'\(shown)' holds t or a figure; accepted: relaxation_time(e) of a number")
      }
      return .relaxationTime(distance)
    case "spectral_gap":
      try require(arguments, 1...1)
      guard case .variable("all") = arguments[0].node else { throw mismatch }
      return .gap
    case "first_maximum", "time_of_first_maximum":
      try require(arguments, 1...1)
      return .firstMaximum(word == "first_maximum" ? .value : .time, try formula(0, &names))
    case "average", "at":
      try require(arguments, 2...2)
      let (figure, time) = (try formula(0, &names), try formula(1, &names))
      return word == "at" ? .at(figure, time: time) : .average(figure, until: time)
    case "greatest", "least", "time_of_greatest", "time_of_least":
      try require(arguments, 1...2)
      let figure = try formula(0, &names)
      return .extremum(
        isGreatest: word.hasSuffix("greatest"), word.hasPrefix("time") ? .time : .value, figure,
        window: arguments.count == 2 ? try formula(1, &names) : nil)
    default: throw mismatch
    }
  }

  // MARK: - Operands

  private mutating func observable(_ written: Expression) throws(BadInput) -> ModelFormula {
    try names.formula(written: written, place, .observable, bound)
  }

  private func part(_ written: Expression) throws(BadInput) -> Int {
    guard case .variable(let name) = written.node, let index = reader.parts.firstIndex(where: { $0.name == name })
    else {
      let known = reader.parts.map(\.name).joined(separator: ", ")
      throw reader.fault(
        written,
        "'\("\(written)".abridged)' is no part; accepted: \(known.isEmpty ? "parts, of which there are none" : known)")
    }
    return index
  }

  private mutating func subject(_ written: Expression) throws(BadInput) -> FigureSubject {
    if case .variable(let name) = written.node {
      if name == "all" { return .all }
      if let index = reader.parts.firstIndex(where: { $0.name == name }) { return .part(index) }
    }
    let accepted = (reader.parts.map(\.name) + reader.factors.map(\.name) + ["all"]).joined(separator: ", ")
    guard let found = try PartDeclaration.Place(written, place, bound, &names) else {
      throw reader.fault(written, "'\("\(written)".abridged)' is no part, factor or cell; accepted: \(accepted)")
    }
    return .place(found)
  }

  private mutating func assignments(_ arguments: [Expression]) throws(BadInput) -> [StateAssignment] {
    var result: [StateAssignment] = []
    for argument in arguments {
      guard case .operation(.equation, let sides) = argument.node else {
        throw reader.fault(
          argument, "'\("\(argument)".abridged)' gives no state; accepted: a factor or cell with its state, q = up")
      }
      guard let found = try PartDeclaration.Place(sides[0], place, bound, &names) else {
        throw reader.fault(
          sides[0],
          "'\("\(sides[0])".abridged)' is no factor or cell of the space; accepted: "
            + reader.factors.map(\.name).joined(separator: ", "))
      }
      let word = try StateWord(sides[1], place, of: reader.factors[found.factor], bound, &names)
      result.append(StateAssignment(place: found, word: word))
    }
    return result
  }

  private mutating func reference(
    _ arguments: [Expression], of subject: FigureSubject
  ) throws(BadInput) -> StateReference {
    if arguments.count == 1, case .variable("start") = arguments[0].node { return .start }
    if arguments.contains(where: { if case .operation(.equation, _) = $0.node { true } else { false } }) {
      return .product(try assignments(arguments))
    }
    guard arguments.count == 1 else { throw mismatch }
    if case .part(let part) = subject, case .operation(.member("gibbs", 1), let parts) = arguments[0].node {
      return .gibbs(
        part: part, try names.formula(written: parts[0], place, .number, bound.union([InverseTemperature.infinityName]))
      )
    }
    let places: [PartDeclaration.Place] =
      switch subject {
      case .all: []
      case .part(let part): reader.parts[part].places
      case .place(let place): [place]
      }
    guard places.count == 1 else {
      throw reader.fault(
        arguments[0],
        "'\("\(arguments[0])".abridged)' is no state of several factors; accepted: start, a = fock(0), q = up")
    }
    return .word(try StateWord(arguments[0], place, of: reader.factors[places[0].factor], bound, &names))
  }
}
