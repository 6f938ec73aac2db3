import ArbitraryPrecision
import Catalogue

/// A square matrix of complex numbers with rational parts.
package struct RationalMatrix: Sendable {
  package struct Element: Equatable, Sendable {
    package var real: Rational
    package var imaginary: Rational

    package init(real: Rational, imaginary: Rational) { (self.real, self.imaginary) = (real, imaginary) }

    package static func + (a: Element, b: Element) -> Element {
      Element(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
    }

    package static func - (a: Element, b: Element) -> Element {
      Element(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
    }

    package func times(_ b: Element) -> Element {
      if imaginary.signum == 0, b.imaginary.signum == 0 { return Element(real: real * b.real, imaginary: 0) }
      return Element(
        real: real * b.real - imaginary * b.imaginary, imaginary: real * b.imaginary + imaginary * b.real)
    }
  }

  package let dimension: Int
  private let elements: [Element]

  /// The matrix of exact elements that are all rational.
  package init(_ matrix: ExactMatrix) {
    demand(matrix.isRational, "RationalMatrix: rational elements")
    dimension = matrix.dimension
    elements = matrix.elements.map { element in
      element.rational.map { Element(real: $0.real, imaginary: $0.imaginary) } ?? Element(real: 0, imaginary: 0)
    }
  }

  package init(_ dimension: Int, _ elements: [Element]) { (self.dimension, self.elements) = (dimension, elements) }

  package subscript(row: Int, column: Int) -> Element { elements[row * dimension + column] }

  /// The product.
  package static func * (a: RationalMatrix, b: RationalMatrix) -> RationalMatrix {
    let n = a.dimension
    return RationalMatrix(
      n,
      (0..<n * n).map { place in
        (0..<n).reduce(Element(real: 0, imaginary: 0)) { $0 + a[place / n, $1].times(b[$1, place % n]) }
      })
  }

  /// Whether it is its own adjoint.
  package var isHermitian: Bool {
    (0..<dimension).allSatisfy { row in
      (0...row).allSatisfy { column in
        let (a, b) = (self[row, column], self[column, row])
        return a.real == b.real && a.imaginary == -b.imaginary
      }
    }
  }

  /// The real part of the trace of a product, all of it for Hermitian matrices.
  package func traceOfProduct(with other: RationalMatrix) -> Rational {
    (0..<dimension).reduce(Rational(0)) { sum, row in
      (0..<dimension).reduce(sum) { $0 + self[row, $1].times(other[$1, row]).real }
    }
  }
}
