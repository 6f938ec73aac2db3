import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import Operators
import YAMLText

/// Numbers by their indices, `J[j, k]`, from a file: each line has the indices and a decimal, or its real and its
/// imaginary part, with blanks or commas between them; `#` begins a comment.
struct CouplingTable: Sendable {
  let name: String
  private let file: String
  private let values: [[Int]: GaussianRational]

  /// The most bytes of a file.
  private static let greatestSize = 1 << 26
  /// The most entries.
  private static let greatestCount = 1_000_000

  /// A table of given entries.
  init(_ name: String, _ values: [[Int]: GaussianRational]) {
    (self.name, self.values, file) = (name, values, "the program")
  }

  /// Reads the table.
  ///
  /// - Parameter indices: how many of them an entry has.
  init(_ name: String, _ place: YAMLEntry, indices: Int) throws(BadInput) {
    self.name = name
    let path = place.path(try place.filledText())
    file = BoundedFile.name(path)
    do throws(BadInput) {
      let data = try BoundedFile.data(
        path, noun: "table", accepted: "lines of indices and a number", greatestSize: Self.greatestSize)
      values = try Self.values(data, of: name, in: file, indices)
    } catch {
      throw place.fault(error.message)
    }
  }

  private static func values(
    _ data: Data, of name: String, in file: String, _ indices: Int
  ) throws(BadInput) -> [[Int]: GaussianRational] {
    var values: [[Int]: (number: GaussianRational, line: Int)] = [:]
    let accepted =
      "accepted: \(indices) \(indices == 1 ? "index" : "indices") and a decimal, or its real and imaginary part"
    for (offset, bytes) in lines(data).enumerated() {
      func fault(_ message: String) -> BadInput { BadInput("\(file) line \(offset + 1): \(message)") }
      if let entry = plain(bytes, indices), values[entry.key] == nil {
        values[entry.key] = (entry.number, offset + 1)
        guard values.count <= greatestCount else { throw fault("more than \(greatestCount) entries; accepted: fewer") }
        continue
      }
      guard let line = String(bytes: bytes, encoding: .utf8) else {
        throw BadInput("\(file) is no text; accepted: lines of indices and a number")
      }
      let content = line.prefix { $0 != "#" }
      guard !content.allSatisfy(\.isWhitespace) else { continue }
      guard let words = words(content) else { throw fault("'\(String(content).abridged)' is no entry; \(accepted)") }
      guard (1...2).contains(words.count - indices) else {
        throw fault("\(words.count) \(words.count == 1 ? "number" : "numbers"); \(accepted), as for \(name)[...]")
      }
      var key: [Int] = []
      for word in words.prefix(indices) {
        // Programs write integers as 3.0e+00, too.
        guard let index = Rational(decimal: word)?.integer.flatMap({ Int(exactly: $0) }) else {
          throw fault("'\(String(word).abridged)' is no index; \(accepted)")
        }
        key.append(index)
      }
      var parts: [Rational] = []
      for word in words.dropFirst(indices) {
        guard let value = number(word) else { throw fault("'\(String(word).abridged)' is no number; \(accepted)") }
        parts.append(value)
      }
      if let first = values[key]?.line {
        throw fault("\(shown(name, key)) is given twice, first on line \(first); accepted: each entry once")
      }
      values[key] = (GaussianRational(parts[0], parts.count == 2 ? parts[1] : 0), offset + 1)
      guard values.count <= greatestCount else { throw fault("more than \(greatestCount) entries; accepted: fewer") }
    }
    guard !values.isEmpty else { throw BadInput("\(file) has no entry; \(accepted)") }
    return values.mapValues(\.number)
  }

  /// Lines, which end with a line feed, a carriage return or both.
  private static func lines(_ data: Data) -> [ArraySlice<UInt8>] {
    let bytes = Array(data)
    let (feed, carriage) = (UInt8(ascii: "\n"), UInt8(ascii: "\r"))
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for place in bytes.indices where bytes[place] == feed || bytes[place] == carriage {
      // A feed after a return ends no line of its own.
      if bytes[place] == feed, place > 0, bytes[place - 1] == carriage {
        start = place + 1
        continue
      }
      lines.append(bytes[start..<place])
      start = place + 1
    }
    lines.append(bytes[start...])
    return lines
  }

  /// An entry of whole numbers and one or two decimals with single blanks between them, which most are; nil for others.
  private static func plain(_ line: ArraySlice<UInt8>, _ indices: Int) -> (key: [Int], number: GaussianRational)? {
    let words = line.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard (1...2).contains(words.count - indices) else { return nil }
    var key: [Int] = []
    for word in words.prefix(indices) {
      guard (1...15).contains(word.count) else { return nil }
      var value = 0
      for digit in word {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = 10 * value + Int(digit - UInt8(ascii: "0"))
      }
      key.append(value)
    }
    let numbers = words.dropFirst(indices).compactMap { Rational(decimal: String(decoding: $0, as: UTF8.self)) }
    guard numbers.count == words.count - indices else { return nil }
    return (key, GaussianRational(numbers[0], numbers.count == 2 ? numbers[1] : 0))
  }

  /// What stands between blanks and commas; nil where nothing stands between two commas. The last two numbers may stand
  /// in parentheses.
  private static func words(_ line: Substring) -> [Substring]? {
    var line = line
    if let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")"), open < close,
      line[line.index(after: close)...].allSatisfy(\.isWhitespace),
      words(line[line.index(after: open)..<close])?.count == 2
    {
      let (before, inside) = (line[..<open], line[line.index(after: open)..<close])
      line = Substring(before + " " + inside)
    }
    var words: [Substring] = []
    for field in line.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = field.split(whereSeparator: \.isWhitespace)
      guard !parts.isEmpty else { return nil }
      words += parts
    }
    return words
  }

  /// A decimal, or a double in hexadecimal digits.
  private static func number(_ word: Substring) -> Rational? {
    let digits = word.drop { $0 == "-" || $0 == "+" }
    guard digits.hasPrefix("0x") || digits.hasPrefix("0X") else { return Rational(decimal: word) }
    return Double(word).flatMap { Rational(exactly: $0) }
  }

  private static func shown(_ name: String, _ indices: [Int]) -> String {
    "\(name)[\(indices.map(String.init).joined(separator: ", "))]"
  }

  /// The number at some indices.
  ///
  /// - Throws: ``OutsideFragment`` where the file has none.
  func value(at indices: [Int]) throws(OutsideFragment) -> GaussianRational { try entry(at: indices).get() }

  /// The number at some indices, or why there is none.
  func entry(at indices: [Int]) -> Result<GaussianRational, OutsideFragment> {
    if let value = values[indices] { return .success(value) }
    return .failure(
      OutsideFragment(
        "the table has no entry \(Self.shown(name, indices)); accepted: the \(values.count) entries of \(file)"))
  }
}
