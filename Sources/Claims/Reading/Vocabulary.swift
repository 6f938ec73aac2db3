import Catalogue
import Expressions
import Models
import Symbolic

/// What the names in a claim about formulas stand for: each for one thing, the same in all its formulas.
struct Vocabulary {
  /// What a name stands for.
  enum Meaning {
    case parameter(SymbolDomain)
    /// The number of cells.
    case cells
    /// A coordinate or a momentum.
    case coordinate
    /// A formula, written out in names that are no abbreviations.
    case abbreviation(Expression)
    /// A function of the time, which is its solution.
    case unknown
    case time
  }

  /// The operators, if there are any.
  let algebra: OperatorAlgebra?
  /// Coordinates and momenta of which there is one for each cell.
  let families: [CanonicalPair]
  /// The numbers of cells for which sums are written out; nil when the number stays a symbol.
  let sizes: ClosedRange<Int>?
  /// Whether names that are declared nowhere stand for real numbers, as `for: all` says.
  let isOpen: Bool
  /// The model whose names these are; nil where the claim lists its own.
  let model: ModelText?
  /// What is given around the claim.
  var shared: SharedNames
  /// Whether `t` would be the time here, were it not a name around the claim.
  var isTimeHidden = false

  private(set) var meanings: [String: Meaning] = [:]
  /// Coordinates that are unknowns, too, under their own names.
  private(set) var unknownCoordinates: Set<String> = []
  private var declaredIn: [String: String] = [:]

  /// Where a name that is not declared, or the index of a sum, was met first; and all names that stand in formulas.
  private var undeclared: [String: Place] = [:]
  private(set) var indices: [String: Place] = [:]
  private(set) var used: Set<String> = []

  struct Place {
    let keys: YAMLMapping
    let key: String
  }

  init(
    algebra: OperatorAlgebra?, families: [CanonicalPair], sizes: ClosedRange<Int>?, isOpen: Bool, shared: SharedNames,
    model: ModelText? = nil
  ) {
    (self.algebra, self.families, self.sizes) = (algebra, families, sizes)
    (self.isOpen, self.shared, self.model) = (isOpen, shared, model)
  }

  /// Words with a meaning of their own.
  static let reserved =
    ["i", "pi", "sum", "diff", "max", "min"] + ElementaryFunction.allCases.map(\.rawValue)

  // MARK: - Declarations

  /// Declares names; refuses those that are none, that have a meaning of their own, or that stand for something
  /// already.
  mutating func declare(
    _ names: [String], as meaning: Meaning, _ keys: YAMLMapping, _ key: String
  ) throws(BadInput) {
    for name in names {
      try claimName(name, keys, key)
      meanings[name] = meaning
    }
  }

  /// Takes names for operators or indexed coordinates.
  mutating func reserve(_ names: [String], _ keys: YAMLMapping, _ key: String) throws(BadInput) {
    for name in names { try claimName(name, keys, key) }
  }

  /// Declares an unknown; a coordinate is one under its own name where it is its own observable.
  mutating func declareUnknown(_ name: String, isCoordinate: Bool, _ keys: YAMLMapping) throws(BadInput) {
    if isCoordinate, case .coordinate = meanings[name] {
      unknownCoordinates.insert(name)
    } else {
      try declare([name], as: .unknown, keys, "unknowns")
    }
  }

  /// Whether a text can be a name.
  static func isWord(_ name: String) -> Bool {
    (name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } ?? false)
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  }

  private mutating func claimName(_ name: String, _ keys: YAMLMapping, _ key: String) throws(BadInput) {
    guard Vocabulary.isWord(name) else {
      throw keys.fault(key, "'\(name)' is no name; accepted: letters, digits and _, a letter first")
    }
    guard !Vocabulary.reserved.contains(name) else {
      let words = Vocabulary.reserved.joined(separator: ", ")
      throw keys.fault(key, "'\(name)' has a meaning of its own; accepted: other names than \(words)")
    }
    if let other = declaredIn[name] {
      throw keys.fault(key, "'\(name)' is given in '\(other)' already; accepted: each name once")
    }
    // A formula above has taken the name for a real number, as `for: all` says: it would stand for two things.
    if let place = undeclared[name] {
      throw keys.fault(
        key,
        "'\(name)' is a real number in '\(place.key)', which was read before; accepted: a name that stands above the "
          + "formulas that it is in")
    }
    declaredIn[name] = key
  }

  /// Whether a name stands for something.
  func isDeclared(_ name: String) -> Bool { declaredIn[name] != nil }

  /// The values for which names stand.
  var domains: [String: SymbolDomain] {
    meanings.compactMapValues {
      switch $0 {
      case .parameter(let domain): domain
      case .cells: .integers
      default: nil
      }
    }
  }

  /// Coordinates with their momenta, in the order of the file.
  private(set) var coordinatePairs: [CanonicalPair] = []

  mutating func declarePairs(_ pairs: [CanonicalPair], _ keys: YAMLMapping) throws(BadInput) {
    try declare(pairs.flatMap { [$0.coordinate, $0.momentum] }, as: .coordinate, keys, "canonical")
    coordinatePairs = pairs
  }

  /// The name of the number of cells.
  var cells: String? {
    meanings.first { if case .cells = $0.value { true } else { false } }?.key
  }

  /// The formulas of the names that are short for them.
  var abbreviations: [String: Expression] {
    meanings.compactMapValues { if case .abbreviation(let formula) = $0 { formula } else { nil } }
  }

  // MARK: - What was met

  mutating func note(_ name: String) { used.insert(name) }

  mutating func noteUndeclared(_ name: String, _ place: Place) {
    used.insert(name)
    undeclared[name] = undeclared[name] ?? place
  }

  /// The names that are declared nowhere.
  var openNames: [String] { undeclared.keys.sorted() }

  /// Why a name that was met as an index cannot be met as a name.
  static func isIndex(_ name: String) -> String { "'\(name)' is the index of a sum elsewhere in the claim" }

  mutating func noteIndex(_ name: String, _ place: Place) { indices[name] = indices[name] ?? place }

  /// Refuses what only the whole claim shows: names that are index and number, and parameters that stand in no
  /// formula; notes what was taken from around.
  func requireConsistency(_ keys: inout YAMLMapping) throws(BadInput) {
    keys.note(shared.uses)
    for (name, place) in undeclared.sorted(by: { $0.key < $1.key }) where indices[name] != nil {
      throw place.keys.fault(
        place.key,
        "\(Vocabulary.isIndex(name)); accepted: another name, or the index within its sum")
    }
    for (name, meaning) in meanings.sorted(by: { $0.key < $1.key }) {
      guard case .parameter = meaning, !used.contains(name) else { continue }
      throw keys.fault("for", "'\(name)' stands in no formula; accepted: names that do")
    }
  }
}
