import ArbitraryPrecision
import Foundation

/// Files that a matrix is read from: Matrix Market, NumPy's arrays, JSON; which one, their first bytes tell.
enum MatrixFile {
  /// The most bytes that are read.
  static let greatestSize = 1 << 26

  /// The matrix of a file.
  ///
  /// - Throws: `BadInput` with the file and, where there are lines, the line; ``Undecided``.
  static func matrix(_ path: String) throws -> ExactMatrix {
    ExactMatrix(try entries(path, MatrixReading(greatestDimension: ExactMatrix.greatestDimension)))
  }

  /// The elements of a matrix or a vector in a file.
  static func entries(_ path: String, _ reading: MatrixReading) throws -> MatrixEntries {
    let name = BoundedFile.name(path)
    let data = try BoundedFile.data(
      path, noun: reading.shape.noun, accepted: formats, greatestSize: greatestSize)
    do { return try entries(data, reading) } catch let refusal as BadInput {
      throw BadInput("\(name): \(refusal.message)")
    } catch let open as Undecided {
      throw Undecided("\(name): \(open.reason)")
    }
  }

  private static let formats = "Matrix Market, .npy or JSON"

  private static func entries(_ data: Data, _ reading: MatrixReading) throws -> MatrixEntries {
    if data.starts(with: NumPyArray.magic) { return try NumPyArray.entries(Array(data), reading) }
    guard let text = String(data: data, encoding: .utf8) else {
      throw BadInput("it is neither text nor an array of NumPy; accepted: \(formats)")
    }
    if text.hasPrefix("%%MatrixMarket") { return try MatrixMarket.entries(text, reading) }
    guard let first = text.first(where: { !$0.isWhitespace }), first == "[" || first == "{" else {
      throw BadInput("it begins as no \(reading.shape.noun) does; accepted: \(formats)")
    }
    return try MatrixJSON(reading).entries(text)
  }
}
