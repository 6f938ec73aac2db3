import ArbitraryPrecision
import Catalogue
import Expressions
import Operators
import YAMLText

/// A vector or a matrix of a start, from a file or as it is typed, by its elements that are not written as zero.
struct StartMatrix: Sendable {
  /// An element with its place, from 0.
  struct Element: Sendable {
    let row: Int
    /// 0 of a vector.
    let column: Int
    let value: ModelFormula
  }

  let shape: MatrixEntries.Shape
  let rows: Int
  let elements: [Element]
  let place: YAMLEntry

  init(_ entry: YAMLEntry, _ shape: MatrixEntries.Shape, _ names: inout ModelNames) throws(BadInput) {
    (place, self.shape) = (entry, shape)
    switch entry.content {
    case .list(let list):
      rows = list.count
      elements = try StartMatrix.typed(list, entry, shape, &names)
    default:
      let file = try entry.file(shape)
      rows = file.rows
      elements = file.elements.map { element in
        Element(
          row: element.row, column: element.column,
          value: ModelFormula(expression: element.value.formula, place: entry))
      }
    }
  }

  private static func typed(
    _ list: [YAMLEntry], _ entry: YAMLEntry, _ shape: MatrixEntries.Shape, _ names: inout ModelNames
  ) throws(BadInput) -> [Element] {
    guard !list.isEmpty else { throw entry.fault("the list is empty; accepted: one row for each basis state") }
    var elements: [Element] = []
    for (row, item) in list.enumerated() {
      let columns = shape == .vector ? [item] : try item.list()
      guard shape == .vector || columns.count == list.count else {
        throw item.fault(
          "row \(row) has \(columns.count) elements of \(list.count) rows; accepted: as many columns as rows")
      }
      for (column, element) in columns.enumerated() {
        let value = try names.formula(try element.filledText(), element, .number)
        if case .number(let number) = value.expression.node, number.signum == 0 { continue }
        elements.append(Element(row: row, column: column, value: value))
      }
    }
    return elements
  }
}

extension YAMLEntry {
  /// The elements of the file of a matrix or a vector that is named here.
  func file(
    _ shape: MatrixEntries.Shape, numbers: MatrixEntries.Numbers = .exact
  ) throws(BadInput) -> MatrixEntries {
    let path = path(try filledText())
    do { return try MatrixEntries(path: path, shape, numbers: numbers) } catch { throw fault("\(error)") }
  }
}

extension ExactComplex {
  /// The number as a formula with `i`.
  var formula: Expression {
    let unit = Expression(.variable("i"))
    if imaginary.rational?.signum == 0 { return real.expression }
    let turned = imaginary.expression * unit
    return real.rational?.signum == 0 ? turned : real.expression + turned
  }
}

extension StartMatrix {
  /// The elements in the basis of a space.
  ///
  /// - Throws: ``BadInput`` for a space without an end or of another dimension.
  func elements(at point: ModelPoint) throws -> [(row: BasisState, column: BasisState, value: ScalarPolynomial)] {
    let noun = shape == .vector ? "vector" : "matrix"
    guard let dimension = point.basis.dimension else {
      throw place.fault("a \(noun) in a space without an end; accepted: finite spaces, without bosons")
    }
    guard dimension == Integer(rows) else {
      throw place.fault("the \(noun) has \(rows) rows, the space has \(dimension) states; accepted: equally many")
    }
    return try elements.compactMap { element in
      guard let row = point.basis.state(at: element.row), let column = point.basis.state(at: element.column) else {
        return nil
      }
      return (row, column, try point.scalar(element.value.expression, element.value))
    }
  }
}
