import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import YAMLText

/// A matrix that stands as a letter in formulas, `n: {matrix: n.mtx}`, typed in or from a file.
struct MatrixDeclaration: Sendable {
  let name: String
  let matrix: SparseMatrix
  /// The factor, cell or place on which it acts, where the file says so.
  private let target: PartDeclaration.Place?
  let place: YAMLEntry

  init(_ key: YAMLEntry.Key, _ factors: [FactorDeclaration], _ names: inout ModelNames) throws(BadInput) {
    (name, place) = (key.name, key.value)
    guard factors.contains(where: { if case .matrix = $0.kind { true } else { false } }) else {
      throw place.fault("the space has no factor of matrices; accepted: one of {kind: matrix, size: D}")
    }
    let keys = try place.keys(among: ["matrix", "numbers", "of"])
    func value(_ name: String) -> YAMLEntry? { keys.first { $0.name == name }?.value }
    guard let content = value("matrix") else {
      throw place.fault("the key 'matrix' is missing; accepted: {matrix: FILE, numbers: binary64, of: m}")
    }
    var numbers = MatrixEntries.Numbers.exact
    if let entry = value("numbers") {
      let text = try entry.text()
      guard let known = MatrixEntries.Numbers(rawValue: text) else {
        throw entry.fault(
          "'\(text.abridged)' is refused; accepted: "
            + MatrixEntries.Numbers.allCases.map(\.rawValue).joined(separator: ", "))
      }
      numbers = known
    }
    matrix = try MatrixDeclaration.matrix(content, numbers)
    target = try value("of").map { entry throws(BadInput) in
      let place = try PartDeclaration.Place(try entry.filledText(), entry, &names)
      guard case .matrix = factors[place.factor].kind else {
        throw entry.fault("'\(factors[place.factor].name)' is no factor of matrices; accepted: one of these")
      }
      return place
    }
  }

  private static func matrix(
    _ entry: YAMLEntry, _ numbers: MatrixEntries.Numbers
  ) throws(BadInput) -> SparseMatrix {
    let (rows, elements): (Int, [(row: Int, column: Int, value: ExactComplex)])
    if case .list(let list) = entry.content {
      guard numbers == .exact else { throw entry.fault("'numbers' beside a typed matrix; accepted: beside a file") }
      rows = list.count
      elements = try typed(list)
    } else {
      let file = try entry.file(.square, numbers: numbers)
      rows = file.rows
      elements = file.elements.map { ($0.row, $0.column, $0.value) }
    }
    var rational: [(row: Int, column: Int, value: GaussianRational)] = []
    for (row, column, value) in elements {
      guard let (real, imaginary) = value.rational else {
        throw entry.fault("element (\(row), \(column)) is no complex rational; accepted: decimals, rationals and i")
      }
      rational.append((row, column, GaussianRational(real, imaginary)))
    }
    return SparseMatrix(rows, rational)
  }

  private static func typed(
    _ list: [YAMLEntry]
  ) throws(BadInput) -> [(row: Int, column: Int, value: ExactComplex)] {
    var elements: [(row: Int, column: Int, value: ExactComplex)] = []
    for (row, item) in list.enumerated() {
      let columns = try item.list()
      guard columns.count == list.count else {
        throw item.fault(
          "row \(row) has \(columns.count) elements of \(list.count) rows; accepted: as many columns as rows")
      }
      for (column, element) in columns.enumerated() {
        let text = try element.filledText()
        let value = try element.parsed(text) { text throws(ExpressionError) in try ExactComplex(parsing: text) }
        elements.append((row, column, value))
      }
    }
    return elements
  }
}

extension MatrixDeclaration {
  /// The space of each factor of matrices with the matrices that act there, nil for other factors.
  ///
  /// A matrix acts on what `of` names; else on the only factor, or the only place of one, that has its dimension.
  static func spaces(of model: Model, _ scalars: ModelScalars) throws -> [MatrixSpace?] {
    let dimensions = try model.factors.map { factor -> [Int]? in
      guard case .matrix(let size, let places) = factor.kind else { return nil }
      return try stated(size, places, scalars)
    }
    var operators = [[MatrixSpace.Operator]](repeating: [], count: model.factors.count)
    for declaration in model.matrices {
      let (position, place) = try declaration.target(among: dimensions, of: model, scalars)
      guard let own = dimensions[position] else { continue }
      let matrix = place.map { declaration.matrix.acting(at: $0, of: own) } ?? declaration.matrix
      operators[position].append(.init(declaration.name, matrix))
    }
    return zip(dimensions, operators).map { dimensions, operators in
      dimensions.map { MatrixSpace($0, operators) }
    }
  }

  private static func stated(
    _ size: ModelFormula?, _ places: [ModelFormula], _ scalars: ModelScalars
  ) throws -> [Int] {
    func checked(_ formula: ModelFormula) throws -> Int {
      let value = try ModelPoint.integer(formula, scalars)
      guard (1...MatrixEntries.greatestDimension).contains(value) else {
        throw formula.fault("\(value) states; accepted: 1 to \(MatrixEntries.greatestDimension)")
      }
      return value
    }
    let dimensions = try places.map(checked)
    var product = 1
    for (dimension, place) in zip(dimensions, places) {
      product *= dimension
      guard product <= MatrixEntries.greatestDimension else {
        throw place.fault("more than \(MatrixEntries.greatestDimension) states; accepted: at most so many")
      }
    }
    guard let size else { return dimensions }
    let whole = try checked(size)
    guard dimensions.isEmpty || product == whole else {
      let list = dimensions.map(String.init).joined(separator: " x ")
      throw size.fault("the size is \(whole), and 'dims' are \(list) = \(product); accepted: equal ones")
    }
    return dimensions.isEmpty ? [whole] : dimensions
  }

  /// The factor on which the matrix acts, and its place where it acts on one of several.
  private func target(
    among dimensions: [[Int]?], of model: Model, _ scalars: ModelScalars
  ) throws -> (factor: Int, place: Int?) {
    if let target {
      let own = dimensions[target.factor] ?? []
      guard let cell = target.cell else {
        try require(own.reduce(1, *), model.factors[target.factor].name, target.entry)
        return (target.factor, nil)
      }
      let number = try ModelPoint.integer(cell, scalars)
      guard own.count > 1, own.indices.contains(number) else {
        throw target.entry.fault("there is no place \(number); accepted: places of 'dims', from 0")
      }
      try require(own[number], "\(model.factors[target.factor].name)[\(number)]", target.entry)
      return (target.factor, number)
    }
    let found = dimensions.enumerated().filter { $0.element?.reduce(1, *) == matrix.dimension }.map {
      ($0.offset, Int?.none)
    }
    let places = dimensions.enumerated().flatMap { position, own -> [(Int, Int?)] in
      guard let own, own.count > 1 else { return [] }
      return own.indices.filter { own[$0] == matrix.dimension }.map { (position, $0) }
    }
    let candidates: [(factor: Int, place: Int?)] = found.isEmpty ? places : found
    func shown(_ candidate: (factor: Int, place: Int?)) -> String {
      model.factors[candidate.factor].name + (candidate.place.map { "[\($0)]" } ?? "")
    }
    guard let first = candidates.first else {
      let sizes = dimensions.enumerated().compactMap { position, own in
        own.map { "\(model.factors[position].name) has \($0.reduce(1, *))" }
      }
      throw place.fault(
        "the matrix has \(matrix.dimension) rows, \(sizes.joined(separator: ", ")); accepted: as many rows as a factor "
          + "of matrices, or one of its 'dims', has states")
    }
    guard candidates.count == 1 else {
      throw place.fault(
        "the matrix fits \(candidates.map(shown).joined(separator: " and ")); accepted: of: \"\(shown(first))\" beside "
          + "'matrix'")
    }
    return first
  }

  private func require(_ dimension: Int, _ name: String, _ entry: YAMLEntry) throws(BadInput) {
    guard matrix.dimension == dimension else {
      throw entry.fault(
        "the matrix has \(matrix.dimension) rows, \(name) has \(dimension) states; accepted: equal ones")
    }
  }
}
