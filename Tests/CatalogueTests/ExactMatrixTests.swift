import ArbitraryPrecision
import Expressions
import Foundation
import Testing

@testable import Catalogue

/// Matrices as they are typed and as files hold them: exact elements, and a line for what is refused.
@Suite struct ExactMatrixTests {
  private func rational(_ matrix: ExactMatrix) -> [[Rational]] {
    matrix.elements.map { element in element.rational.map { [$0.real, $0.imaginary] } ?? [] }
  }

  private let qubit: [[Rational]] = [
    [Rational(1, 2), 0], [0, Rational(1, 4)], [0, Rational(-1, 4)], [Rational(1, 2), 0],
  ]

  @Test(arguments: [
    "[[1/2, i/4], [-i/4, 1/2]]", " [ [1/2,i/4] ,[-i/4,1/2] ] ", "[[0.5, 0.25*i], [1/(4*i), (1 + i)*(1 - i)/4]]",
    "[[\"1/2\", \"i/4\"], ['-i/4', '1/2']]", "[[1/2, i^5/4], [1/(4*i), sqrt(1/4)]]",
    "[[1/2, (i)/(4)], [(1 - i)*(1 + i)/(8*i), -i^2/2]]",
  ])
  func `the same numbers make the same matrix`(_ text: String) throws {
    let matrix = try ExactMatrix(parsing: text)
    #expect(rational(matrix) == qubit)
    #expect(matrix == (try ExactMatrix(parsing: "[[1/2, i/4], [-i/4, 1/2]]")))
    #expect(matrix.hashValue == (try ExactMatrix(parsing: "[[1/2, i/4], [-i/4, 1/2]]")).hashValue)
  }

  @Test func `elements may be irrational`() throws {
    let matrix = try ExactMatrix(parsing: "[[sqrt(2)*(1 + i)/2, pi], [0, (1 + sqrt(3)*i)^3]]")
    #expect(!matrix.isRational)
    let root = Interval(2, precision: 128).squareRoot.scaled(byPowerOfTwo: -1)
    let first = matrix[0, 0].enclosure(precision: 128)
    #expect(!first.real.isDisjoint(from: root) && !first.imaginary.isDisjoint(from: root))
    // (1 + sqrt(3) i)^3 = -8.
    let cube = matrix[1, 1].enclosure(precision: 128)
    #expect(cube.real.contains(-8) && matrix[1, 1].imaginary.isZero == .certainlyTrue)
  }

  @Test(arguments: [
    ("", "'' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE"),
    ("1/2", "'1/2' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE"),
    ("[1, 0]", "'[1, 0]' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE"),
    (
      "[[1, 0], [0, 1]",
      "'[[1, 0], [0, 1]' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE"
    ),
    ("[[1]] 2", "'[[1]] 2' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE"),
    ("[[1][2]]", "'[[1][2]]' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE"),
    ("[[1, 0]]", "row 0 of the matrix has 2 elements of 1 rows; accepted: as many columns as rows"),
    ("[[1, 0], [0]]", "row 1 of the matrix has 1 elements of 2 rows; accepted: as many columns as rows"),
    (
      "[[1, x], [0, 1]]",
      "element (0, 1): 'x': column 1: unknown name 'x'; accepted: numbers, i, pi, sqrt(...) and + - * / ^ ( )"
    ),
    ("[[1, 2/(i^2 + 1)], [0, 1]]", "element (0, 1): '2/(i^2 + 1)': column 2: division by zero"),
    (
      "[[sqrt(i)]]",
      "element (0, 0): 'sqrt(i)': column 1: a function of a number that is not real; accepted: functions of real numbers"
    ),
    (
      "[[(1 + i)^65]]",
      "element (0, 0): '(1 + i)^65': column 8: the exponent 65 of a number that is not real; accepted: 0 to 64"
    ),
    (
      "[[cos(1)]]",
      "element (0, 0): 'cos(1)': column 1: the function 'cos' is not accepted in a constant; accepted: sqrt, pi and + - * / ^ ( )"
    ),
    ("[[sqrt(-1)]]", "element (0, 0): 'sqrt(-1)': column 1: square root of a negative number"),
  ])
  func `what is no matrix is refused`(_ text: String, _ message: String) {
    #expect(throws: BadInput(message)) { try ExactMatrix(parsing: text) }
  }

  @Test func `no more rows are read than accepted`() {
    let text = "[" + Array(repeating: "[0]", count: 257).joined(separator: ",") + "]"
    #expect(throws: BadInput("the matrix has 257 rows; accepted: 1 to 256")) { try ExactMatrix(parsing: text) }
  }

  // MARK: - Files

  private func matrix(of data: Data) throws -> ExactMatrix {
    let file = FileManager.default.temporaryDirectory.appending(path: "matrix-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try data.write(to: file)
    do { return try MatrixFile.matrix(file.path) } catch let refusal as BadInput {
      let name = "file '\(file.path.abridged)': "
      throw BadInput(refusal.message.replacing(name, with: ""))
    }
  }

  private static let market = "%%MatrixMarket matrix "

  @Test(arguments: [
    market + "array complex hermitian\n% a comment\n2 2\n5.0e-01 0\n0 -.25\n0.5 0.0e+00\n",
    market + "array complex general\n2 2\n.5 0\n0 -.25\n0 .25\n.5 0\n",
    market + "coordinate complex hermitian\n2 2 3\n1 1 .5 0\n2 1 0 -25E-2\n2 2 0.5 0\n",
    market + "coordinate complex general\n\n2 2 4\n2 2 0.5 0\n1 1 .5 0\n2 1 0 -25E-2\n1 2 0 +.25\n",
    "[[\"1/2\", [0, 0.25]], [[0, \"-1/4\"], 0.5]]", "{\"re\": [[0.5, 0], [0, 0.5]], \"im\": [[0, 0.25], [-0.25, 0]]}",
  ])
  func `files hold the same matrix`(_ text: String) throws {
    #expect(rational(try matrix(of: Data(text.utf8))) == qubit)
  }

  @Test func `symmetric and integer files are read`() throws {
    let text = Self.market + "coordinate integer symmetric\n2 2 2\n2 1 -3\n2 2 1\n"
    #expect(rational(try matrix(of: Data(text.utf8))) == [[0, 0], [-3, 0], [-3, 0], [1, 0]])
  }

  @Test func `decimals of files are exact as written`() throws {
    let text = Self.market + "array real general\n1 1\n0.1\n"
    #expect(rational(try matrix(of: Data(text.utf8))) == [[Rational(1, 10), 0]])
  }

  @Test(arguments: [
    (
      market + "array real diagonal\n1 1\n1\n",
      "line 1: '%%matrixmarket matrix array real diagonal' is no header; accepted: "
        + "%%MatrixMarket matrix, then coordinate or array, then real, integer or complex, then general, symmetric, "
        + "skew-symmetric or hermitian"
    ),
    (market + "array real general\n", "the line of the size is missing; accepted: rows and columns"),
    (market + "array real general\n1 1 1\n1\n", "line 2: 3 numbers; accepted: rows and columns"),
    (market + "array real general\n1 x\n1\n", "line 2: 'x' is no count; accepted: integers of 0 or more"),
    (
      market + "array real general\n1 2\n1\n2\n",
      "line 2: the matrix has 1 rows and 2 columns; accepted: as many columns as rows"
    ),
    (
      market + "array real general\n1000000000 1000000000\n",
      "line 2: the matrix has 1000000000 rows; accepted: 1 to 256"
    ),
    (market + "array real general\n2 2\n1\n0\n0\n", "the file has 3 elements, its size says 4; accepted: equally many"),
    (market + "coordinate real general\n2 2 5\n1 1 1\n", "line 2: 5 elements of 2 x 2; accepted: at most all"),
    (
      market + "coordinate real general\n2 2 2\n1 1 1\n",
      "the file has 1 elements, its size says 2; accepted: equally many"
    ),
    (
      market + "coordinate real general\n2 2 1\n3 1 1\n",
      "line 3: no element of the matrix; accepted: row and column from 1 to 2, and the value"
    ),
    (
      market + "coordinate real symmetric\n2 2 1\n1 2 1\n",
      "line 3: an element above the diagonal of a symmetric matrix; accepted: those on and below it"
    ),
    (
      market + "coordinate real general\n2 2 2\n1 2 1\n1 2 1\n",
      "line 4: the element (1, 2) is given twice; accepted: each one once"
    ),
    (
      market + "array complex general\n1 1\n1\n",
      "line 3: 1 numbers for a complex element; accepted: its real and imaginary part"
    ),
    (market + "array real general\n1 1\n1 0\n", "line 3: 2 numbers for a real element; accepted: one"),
    (market + "array real general\n1 1\nnan\n", "line 3: 'nan' is no number; accepted: decimals such as -1.5e-3"),
    (market + "array real general\n1 1\n1/2\n", "line 3: '1/2' is no number; accepted: decimals such as -1.5e-3"),
    (market + "array integer general\n1 1\n1.5\n", "line 3: '1.5' is no integer; accepted: integers"),
    (
      market + "array complex hermitian\n1 1\n1 1\n",
      "line 3: the imaginary part of a diagonal element of a hermitian matrix is not zero; accepted: 0"
    ),
    ("hello", "it begins as no matrix does; accepted: Matrix Market, .npy or JSON"),
    ("[[1, ]]", "not JSON: column 6: a JSON value is expected here"),
    ("{\"re\": [[1]], \"x\": 1}", "unknown key 'x'; accepted: re and im"),
    ("{\"re\": [[1]], \"im\": [[1, 2]]}", "re and im differ in rows or columns; accepted: as many of each"),
    (
      "[[1], 2]",
      "row 1 is no array; accepted: rows of numbers, of formulas in strings, or of pairs [re, im]; or {\"re\": rows, \"im\": rows}"
    ),
    (
      "[[true]]",
      "element (0, 0): true is no number; accepted: rows of numbers, of formulas in strings, or of pairs [re, im]; or {\"re\": rows, \"im\": rows}"
    ),
    ("[[[1, \"i\"]]]", "element (0, 0): 'i' is not real; accepted: real numbers as parts"),
    ("[[1, 2]]", "row 0 of the matrix has 2 elements of 1 rows; accepted: as many columns as rows"),
  ])
  func `what a file cannot say is refused`(_ text: String, _ message: String) {
    #expect(throws: BadInput(message)) { try matrix(of: Data(text.utf8)) }
  }

  /// The bytes that `numpy.save` writes: a header of 64 bytes' multiple, then the elements.
  private func array(_ descr: String, order: String = "False", shape: String, _ values: [Double]) -> Data {
    var header = "{'descr': '\(descr)', 'fortran_order': \(order), 'shape': \(shape), }"
    header += String(repeating: " ", count: 64 - (11 + header.count) % 64) + "\n"
    var data = Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.count & 255), UInt8(header.count >> 8)])
    data += Data(header.utf8)
    for value in values {
      let bits = descr.hasPrefix("<") ? value.bitPattern.littleEndian : value.bitPattern.bigEndian
      withUnsafeBytes(of: bits) { data += Data($0) }
    }
    return data
  }

  @Test func `arrays of doubles are dyadic rationals`() throws {
    for descr in ["<c16", ">c16"] {
      let data = array(descr, shape: "(2, 2)", [0.5, 0, 0, 0.25, 0, -0.25, 0.5, 0])
      #expect(rational(try matrix(of: data)) == qubit)
    }
    let columns = array("<c16", order: "True", shape: "(2, 2)", [0.5, 0, 0, -0.25, 0, 0.25, 0.5, 0])
    #expect(rational(try matrix(of: columns)) == qubit)
    let tenth = try #require(Rational(exactly: 0.1))
    #expect(rational(try matrix(of: array("<f8", shape: "(1, 1)", [0.1]))) == [[tenth, 0]])
    #expect(tenth != Rational(1, 10))
  }

  @Test func `arrays of another kind are refused`() throws {
    let good = array("<f8", shape: "(2, 2)", [1, 0, 0, 0])
    for (data, message) in [
      (array("<f4", shape: "(1, 1)", [1]), "the elements are '<f4'; accepted: float64 and complex128"),
      (array("<f8", shape: "(2,)", [1, 0]), "the shape is (2,); accepted: (n, n), as many columns as rows"),
      (array("<f8", shape: "(1, 2)", [1, 0]), "the shape is (1, 2); accepted: (n, n), as many columns as rows"),
      (array("<f8", shape: "(300, 300)", [1]), "the matrix has 300 rows; accepted: 1 to 256"),
      (array("<f8", shape: "(1, 1)", [.nan]), "element (0, 0) is nan; accepted: finite numbers"),
      (array("<f8", order: "Maybe", shape: "(1, 1)", [1]), "the header has no fortran_order; accepted: True or False"),
      (good.dropLast(), "the file has 31 bytes of elements; accepted: what the shape (2, 2) takes"),
      (good.prefix(40), "the file is truncated in its header; accepted: whole files of numpy.save"),
    ] { #expect(throws: BadInput(message)) { try matrix(of: Data(data)) } }
  }

  @Test func `a file that is not there is refused`() {
    #expect(throws: BadInput("file 'no/such.mtx' cannot be read; accepted: a file of a matrix")) {
      try MatrixFile.matrix("no/such.mtx")
    }
  }

  // MARK: - Parameters

  @Test func `parameters of these kinds have typed values`() throws {
    let matrix = Parameter(MatrixKey("M"), "any matrix")
    let list = Parameter(IntegersKey("dims"), "positive integers", default: "2,2")
    let quantity = Quantity(
      "toy.matrix", [matrix, list], unit: "1", meaning: "-", source: Source(derivedIn: .init("spectra", "States")),
      routes: [Route("none", method: "-") { _, _, _ in Interval(0, precision: 64) }])
    let arguments = try Arguments([("M", "[[2]]")], for: quantity)
    #expect(arguments[MatrixKey("M")] == (try ExactMatrix(parsing: "[[4/2]]")))
    #expect(arguments[IntegersKey("dims")] == [2, 2])
    #expect(arguments == (try Arguments([("M", "[[2.0]]"), ("dims", "2, 2")], for: quantity)))
    #expect(Subject(quantity).map(\.name) == nil)
    #expect(
      throws: BadInput(
        "parameter dims: '2,x' is no list of integers; accepted: positive integers, as 2,3")
    ) { try list.check("2,x") }
    #expect(
      throws: BadInput("parameter M: 'x' is no matrix; accepted: rows in brackets, [[1/2, i/4], [-i/4, 1/2]], or @FILE")
    ) {
      try matrix.check("x")
    }
    #expect(
      throws: BadInput(
        "parameter M of toy.matrix is missing; accepted: any matrix, as [[1/2, i/4], [-i/4, 1/2]] or @FILE")
    ) {
      try Arguments([], for: quantity)
    }
  }
}
