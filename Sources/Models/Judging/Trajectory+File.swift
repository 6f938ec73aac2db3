import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import JSON

extension Trajectory {
  /// The most bytes of a file.
  static let greatestSize = 1 << 28

  private static let formats = ".npz, JSON lines, or Matrix Market with the times in FILE.times"

  /// Reads a trajectory; which format it is, the first bytes tell.
  ///
  /// - `.npz` of NumPy: `times` (T), `states` (T, d) or (T, d, d), and `dims` where it tells the factors.
  /// - JSON lines: `{"t": "0.1", "re": [...], "im": [...]}`, matrices by rows; a time is exact, as written in a string.
  /// - Matrix Market: a column for each time, the times one in a line in the file of the same name with `.times`.
  ///
  /// - Throws: ``BadInput`` with the file and, where there are lines, the line.
  public init(path: String) throws(BadInput) {
    let name = BoundedFile.name(path)
    let data = try BoundedFile.data(
      path, noun: "trajectory", accepted: Self.formats, greatestSize: Self.greatestSize)
    do throws(BadInput) {
      if data.starts(with: [0x50, 0x4B]) {
        self = try Trajectory(archive: try NumPyArchive(Array(data)))
        return
      }
      guard let text = String(data: data, encoding: .utf8) else {
        throw BadInput("it is neither text nor an archive of NumPy; accepted: \(Self.formats)")
      }
      if text.hasPrefix("%%MatrixMarket") {
        self = try Trajectory(columns: path)
      } else if text.first(where: { !$0.isWhitespace }) == "{" {
        self = try Trajectory(lines: text)
      } else {
        throw BadInput("it begins as no trajectory does; accepted: \(Self.formats)")
      }
    } catch {
      throw error.message.hasPrefix("file '") ? error : BadInput("\(name): \(error.message)")
    }
  }

  // MARK: - NumPy

  private init(archive: NumPyArchive) throws(BadInput) {
    let known = ["times", "states", "dims"]
    if let other = archive.names.first(where: { !known.contains($0) }) {
      throw BadInput("unknown array '\(other.abridged)'; accepted: \(known.joined(separator: ", "))")
    }
    let integers = ["<i8", "<i4", "<i2", "|i1", "<u4", "|u1"]
    guard let states = try archive.array("states") else {
      throw BadInput("the array 'states' is missing; accepted: times, states and, if wanted, dims")
    }
    guard let given = try archive.array("times", kinds: ["<f8", ">f8"] + integers, accepted: "float64 or integers")
    else { throw BadInput("the array 'times' is missing; accepted: times, states and, if wanted, dims") }
    guard given.shape.count == 1 else {
      throw BadInput("'times' has \(given.shape.count) axes; accepted: one")
    }
    let shape = states.shape
    guard shape.count == 2 || shape.count == 3 && shape[1] == shape[2], shape.allSatisfy({ $0 > 0 }) else {
      let shown = shape.map(String.init).joined(separator: ", ")
      throw BadInput("'states' has the shape (\(shown)); accepted: (T, d) for vectors, (T, d, d) for density matrices")
    }
    var times: [Constant] = []
    if given.isInteger {
      times = given.integers().map { Constant(Rational(Integer($0))) }
    } else {
      for (index, time) in given.numbers().real.enumerated() {
        guard let exact = Rational(exactly: time) else {
          throw BadInput("time \(index) is \(time); accepted: finite numbers")
        }
        times.append(Constant(exact))
      }
    }
    let factors = try archive.array("dims", kinds: integers, accepted: "integers")
    if let factors, factors.shape.count != 1 {
      throw BadInput("'dims' has \(factors.shape.count) axes; accepted: one, a number for each factor")
    }
    let count = shape.dropFirst().reduce(1, *)
    let numbers = states.numbers()
    try self.init(
      times: times,
      states: (0..<shape[0]).map {
        (
          Array(numbers.real[($0 * count)..<(($0 + 1) * count)]),
          Array(numbers.imaginary[($0 * count)..<(($0 + 1) * count)])
        )
      },
      isDensity: shape.count == 3, dimension: shape[1], factors: factors?.integers())
  }

  // MARK: - JSON lines

  private init(lines text: String) throws(BadInput) {
    var times: [Constant] = []
    var states: [(real: [Double], imaginary: [Double])] = []
    var first: (isDensity: Bool, dimension: Int)?
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
    where !line.allSatisfy(\.isWhitespace) {
      do throws(BadInput) {
        let json: JSONValue
        do { json = try JSONValue(parsing: line) } catch { throw BadInput("not JSON: \(error)") }
        let accepted = #"accepted: {"t": "0.1", "re": [...], "im": [...]}, matrices by rows"#
        guard case .object(let members) = json, members.count == Set(members.map(\.key)).count,
          members.allSatisfy({ ["t", "re", "im"].contains($0.key) }), let real = json["re"]
        else { throw BadInput("no state at a time; \(accepted)") }
        times.append(try Self.time(json["t"], accepted))
        let re = try Self.numbers(real, accepted)
        let im = try json["im"].map { value throws(BadInput) in try Self.numbers(value, accepted) }
        if let im, im.dimension != re.dimension || im.isDensity != re.isDensity {
          throw BadInput("re and im differ in rows or columns; \(accepted)")
        }
        states.append((re.values, im?.values ?? Array(repeating: 0, count: re.values.count)))
        let shape = (re.isDensity, re.dimension)
        if let first, first != shape {
          throw BadInput("the state has another size than that of the first line; accepted: one size")
        }
        first = first ?? shape
      } catch {
        throw BadInput("line \(index + 1): \(error.message)")
      }
    }
    guard let first else { throw BadInput("it has no line; accepted: a state at a time in each") }
    try self.init(times: times, states: states, isDensity: first.isDensity, dimension: first.dimension)
  }

  private static func time(_ json: JSONValue?, _ accepted: String) throws(BadInput) -> Constant {
    switch json {
    case .number(let text)? where Int(text) == nil:
      throw BadInput(#"'t': \#(text) is no exact number in readers of JSON; accepted: "\#(text)", in a string"#)
    case .string(let text)?, .number(let text)?:
      do { return try Constant(parsing: text) } catch {
        throw BadInput("'t': '\(text.abridged)' is no time (\(error.message)); accepted: exact numbers in a string")
      }
    default: throw BadInput("'t' is missing; \(accepted)")
    }
  }

  /// The doubles of an array, or of an array of rows.
  private static func numbers(
    _ json: JSONValue, _ accepted: String
  ) throws(BadInput) -> (values: [Double], isDensity: Bool, dimension: Int) {
    guard case .array(let items) = json, let first = items.first else { throw BadInput("no numbers; \(accepted)") }
    guard case .array = first else {
      return (try doubles(items, accepted), false, items.count)
    }
    var values: [Double] = []
    for item in items {
      guard case .array(let row) = item, row.count == items.count else {
        throw BadInput("a matrix whose rows differ from its columns; \(accepted)")
      }
      values += try doubles(row, accepted)
    }
    return (values, true, items.count)
  }

  private static func doubles(_ items: [JSONValue], _ accepted: String) throws(BadInput) -> [Double] {
    var values: [Double] = []
    for item in items {
      guard case .number(let text) = item, let value = Double(text), value.isFinite else {
        throw BadInput("an element is no finite number; \(accepted)")
      }
      values.append(value)
    }
    return values
  }

  // MARK: - Matrix Market

  private init(columns path: String) throws(BadInput) {
    let data = try BoundedFile.data(
      path + ".times", noun: "trajectory's times", accepted: "a time in each line", greatestSize: 1 << 22)
    let name = BoundedFile.name(path + ".times")
    var times: [Constant] = []
    let lines = String(decoding: data, as: UTF8.self)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      let text = line.trimmingCharacters(in: .whitespaces)
      if text.isEmpty { continue }
      do { times.append(try Constant(parsing: text)) } catch {
        throw BadInput("\(name): line \(index + 1): '\(text.abridged)' is no time; accepted: exact numbers")
      }
    }
    let entries: MatrixEntries
    do {
      entries = try MatrixEntries(path: path, .columns, numbers: .binary64)
    } catch let refusal as BadInput {
      throw refusal
    } catch {
      throw BadInput("\(BoundedFile.name(path)): \(error)")
    }
    guard entries.columns == times.count else {
      throw BadInput("\(name): \(times.count) times for \(entries.columns) columns; accepted: one for each")
    }
    var states = Array(
      repeating: (
        real: [Double](repeating: 0, count: entries.rows), imaginary: [Double](repeating: 0, count: entries.rows)
      ),
      count: entries.columns)
    for element in entries.elements {
      guard let (real, imaginary) = element.value.rational else { continue }
      states[element.column].real[element.row] = Self.double(real)
      states[element.column].imaginary[element.row] = Self.double(imaginary)
    }
    try self.init(times: times, states: states, isDensity: false, dimension: entries.rows)
  }

  /// The double that a rational is.
  private static func double(_ value: Rational) -> Double {
    BigFloat(value, precision: 53, rounding: .nearest).double(rounding: .nearest)
  }
}
