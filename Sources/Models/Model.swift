import Catalogue
import Expressions
import Operators
import YAMLText

/// A physical system as a file states it: space, Hamiltonian, start, parts and quantities.
///
/// What of the format is not served is refused by name.
public struct Model: Sendable {
  /// The name, which stands before the point in the names of its quantities.
  public let name: String
  /// What it is, in a line.
  public let title: String
  let source: Source
  let parameters: [ModelParameter]
  let factors: [FactorDeclaration]
  /// The matrices that stand as letters in formulas.
  let matrices: [MatrixDeclaration]
  /// The tables by their names.
  let tables: [String: CouplingTable]
  private(set) var hamiltonian: ModelFormula?
  private(set) var jumps: [JumpDeclaration]
  /// The pieces of a time in which the Hamiltonian and the jumps change; they stand there, and nowhere else.
  private(set) var schedule: ScheduleDeclaration?
  let start: StartDeclaration
  let parts: [PartDeclaration]
  let figures: [FigureDeclaration]
  private let namePlace: YAMLEntry

  /// The same model with another Hamiltonian and other jumps at all times.
  func with(hamiltonian: ModelFormula?, jumps: [JumpDeclaration]) -> Model {
    var result = self
    (result.hamiltonian, result.jumps, result.schedule) = (hamiltonian, jumps, nil)
    return result
  }

  /// The most bytes of a model file.
  static let greatestSize = 4 << 20
  /// The most factors of a space.
  private static let greatestFactors = 1000

  private static let keys = [
    "model", "title", "source", "parameters", "tables", "space", "operators", "let", "hamiltonian", "jumps",
    "schedule", "start", "parts", "quantities",
  ]

  /// Reads a model from a file.
  ///
  /// - Throws: ``BadInput`` with the line.
  public init(path: String) throws(BadInput) {
    let text = try YAMLText.text(ofFile: path, kind: "model file", greatestSize: Model.greatestSize)
    try self.init(parsing: text, name: path)
  }

  /// Reads a model from a text.
  ///
  /// - Parameters:
  ///   - file: the name of the file, for messages.
  ///   - tables: entries of tables that are taken from here, and from no file.
  /// - Throws: ``BadInput`` with the line.
  public init(
    parsing text: String, name file: String, tables: [String: [[Int]: GaussianRational]] = [:]
  ) throws(BadInput) {
    try self.init(try YAMLEntry(parsing: text, file: file), tables: tables)
  }

  /// Reads a model from the keys of one, of a file of its own or in another one.
  ///
  /// - Throws: ``BadInput`` with the line.
  public init(_ root: YAMLEntry, tables given: [String: [[Int]: GaussianRational]] = [:]) throws(BadInput) {
    let entries = try root.keys()
    if let claims = entries.first(where: { $0.name == "claims" }), !entries.contains(where: { $0.name == "model" }) {
      throw claims.value.fault("this is a file of claims; accepted: a model file, or 'qbo verify --claims' for claims")
    }
    _ = try root.keys(among: Self.keys)
    try root.requireMatchingBrackets()
    func entry(_ key: String) -> YAMLEntry? { entries.first { $0.name == key }?.value }
    func required(_ key: String) throws(BadInput) -> YAMLEntry {
      guard let entry = entry(key) else {
        throw root.fault("the key '\(key)' is missing; accepted: a file with model, space, start and quantities")
      }
      return entry
    }
    namePlace = try required("model")
    name = try namePlace.filledText()
    guard name.first?.isLetter ?? false, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else { throw namePlace.fault("'\(name.abridged)' is no name; accepted: letters, digits, hyphens, a letter first") }
    title = try entry("title").map { entry throws(BadInput) in try entry.text() } ?? name
    source = Source(.init(try entry("source").map { entry throws(BadInput) in try entry.filledText() } ?? title))

    var names = ModelNames()
    var parameters: [ModelParameter] = []
    for key in try entry("parameters")?.keys() ?? [] {
      parameters.append(try ModelParameter(key))
      try names.declare(parameter: key.name, key.value)
    }
    self.parameters = parameters
    let tableKeys = try entry("tables")?.keys() ?? []
    for key in tableKeys { try names.declare(table: key.name, key.value) }
    // Abbreviations of numbers may stand in sizes; those of operators need the space.
    let abbreviations = try entry("let")?.keys() ?? []
    let pending = try Self.declare(abbreviations, .rate, &names, isLast: false)
    let space = try required("space")
    var factors: [FactorDeclaration] = []
    let factorKeys = try space.keys()
    guard factorKeys.count <= Self.greatestFactors else {
      throw space.fault(
        "the space has \(factorKeys.count) factors; accepted: at most \(Self.greatestFactors), and cells of families")
    }
    for key in factorKeys {
      factors.append(try FactorDeclaration(key, &names))
      try names.declare(factors[factors.count - 1])
    }
    guard !factors.isEmpty else { throw space.fault("the space has no factor; accepted: at least one") }
    self.factors = factors
    var matrices: [MatrixDeclaration] = []
    for key in try entry("operators")?.keys() ?? [] {
      let matrix = try MatrixDeclaration(key, factors, &names)
      try names.declare(matrix)
      matrices.append(matrix)
    }
    self.matrices = matrices
    _ = try Self.declare(pending, .generator, &names, isLast: true)
    var hamiltonian: ModelFormula?
    let scheduled = entry("schedule")
    for key in entries where scheduled != nil && ["hamiltonian", "jumps"].contains(key.name) {
      throw key.value.fault("stands beside a schedule; accepted: '\(key.name)' in the pieces of the schedule")
    }
    if let place = entry("hamiltonian") {
      let formula = try names.formula(try place.filledText(), place, .generator)
      names.declare(hamiltonian: formula.expression)
      hamiltonian = formula
    }
    self.hamiltonian = hamiltonian
    var jumps: [JumpDeclaration] = []
    for item in try entry("jumps")?.list() ?? [] { jumps.append(try JumpDeclaration(item, &names)) }
    self.jumps = jumps
    var parts: [PartDeclaration] = []
    for key in try entry("parts")?.keys() ?? [] { parts.append(try PartDeclaration(key, &names)) }
    self.parts = parts
    schedule = try scheduled.map { entry throws(BadInput) in
      try ScheduleDeclaration(entry, factors, parts, &names)
    }
    if schedule != nil { names.declareChangingHamiltonian() }
    start = try StartDeclaration(try required("start"), factors, parts, &names)
    let quantities = try required("quantities")
    var figures: [FigureDeclaration] = []
    for key in try quantities.keys() { figures.append(try FigureDeclaration(key, factors, parts, &names)) }
    guard !figures.isEmpty else { throw quantities.fault("there is no quantity; accepted: at least one") }
    self.figures = figures
    var tables: [String: CouplingTable] = [:]
    for key in tableKeys {
      guard let indices = names.tableIndices[key.name] else {
        throw key.value.fault("the table stands nowhere else in the file; accepted: tables that are used")
      }
      if let entries = given[key.name] {
        tables[key.name] = CouplingTable(key.name, entries)
      } else {
        tables[key.name] = try CouplingTable(key.name, key.value, indices: indices)
      }
    }
    self.tables = tables
    for parameter in parameters where !names.used.contains(parameter.name) {
      throw parameter.place.fault("the parameter stands nowhere else in the file; accepted: parameters that are used")
    }
  }

  /// Declares abbreviations in any order, and returns those that cannot be read yet.
  private static func declare(
    _ keys: [YAMLEntry.Key], _ scope: ModelNames.Scope, _ names: inout ModelNames, isLast: Bool
  ) throws(BadInput) -> [YAMLEntry.Key] {
    var pending = keys
    while true {
      var left: [YAMLEntry.Key] = []
      var first: BadInput?
      for key in pending {
        do throws(BadInput) {
          let formula = try names.formula(try key.value.filledText(), key.value, scope)
          try names.declare(abbreviation: key.name, formula)
        } catch {
          left.append(key)
          // What waits for no other abbreviation is wrong by itself.
          if first == nil, !Self.waits(key, for: pending) { first = error }
          if isLast, left.count == pending.count { throw first ?? error }
        }
      }
      if left.isEmpty || left.count == pending.count { return left }
      pending = left
    }
  }

  /// Whether another abbreviation stands in one.
  private static func waits(_ key: YAMLEntry.Key, for pending: [YAMLEntry.Key]) -> Bool {
    guard let text = try? key.value.text(), let written = try? Expression(parsingModel: text) else { return false }
    let names = written.variables
    return pending.contains { $0.name != key.name && names.contains($0.name) }
  }

  /// A catalogue with the quantities of this model.
  ///
  /// - Throws: ``BadInput`` when there is a system of its name.
  public func entered(in catalogue: Catalogue) throws(BadInput) -> Catalogue {
    guard !catalogue.systems.contains(where: { $0.name == name }) else {
      throw namePlace.fault("there is a system '\(name)' already; accepted: another name")
    }
    return try catalogue.adding(system)
  }
}
