import Catalogue
import Foundation
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Model files with one slip each: a file is refused in one line, or its values are those of the reader in
/// `fixtures/checkers/model_reader.py`, which shares nothing with the program.
///
/// Without Python, NumPy and PyYAML only that no slip ends otherwise than in one line or in a value is held.
@Suite struct MutatedModelTests {
  struct File {
    let name: String
    let folder: String
    let text: String
  }

  static let files: [File] = [
    "docs/models", "proofs/models", "proofs/papers/models", "Tests/ModelsTests/Papers",
  ].flatMap { folder in
    let place = Repository.top.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name in
      (try? String(contentsOf: place.appending(path: name), encoding: .utf8)).map {
        File(name: name, folder: place.path, text: $0)
      }
    }
  }

  static let time = "3/5"

  struct Reading: Decodable {
    /// A number, or why there is none.
    enum Value: Decodable {
      case number(Double), refused(String), open

      init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
          self = .open
        } else if let number = try? value.decode(Double.self) {
          self = .number(number)
        } else {
          self = .refused(try value.decode(String.self))
        }
      }
    }

    var refused: String?
    var beyond: String?
    var parameters: [String: String]?
    var values: [String: Value]?
  }

  /// What the other reader says of texts; nil where it does not run.
  static func readings(of texts: [(folder: String, text: String)]) throws -> [Reading]? {
    var result: [Reading]?
    let requests = try texts.map { folder, text in
      let request: [String: String] = ["text": text, "t": "0.6", "folder": folder]
      return String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    }
    try withFiles(["requests": requests.joined(separator: "\n") + "\n"]) { folder in
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      let script = Repository.top.appending(path: "fixtures/checkers/model_reader.py").path
      process.arguments = ["-c", "exec python3 '\(script)' < '\(folder)/requests' > '\(folder)/answers'"]
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { return }
      result = try String(contentsOfFile: "\(folder)/answers", encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(Reading.self, from: Data($0.utf8))
      }
    }
    return result
  }

  enum Outcome: Equatable {
    case value(Double)
    case refused(String)
    /// Undecided, or beyond a limit.
    case open(String)
  }

  /// What the program says of a quantity of a model.
  static func outcome(_ model: Model, _ name: String, _ parameters: [String: String]) -> Outcome {
    do {
      let quantity = try model.quantity(name)
      let given = quantity.parameters.map { ($0.name, $0.name == "t" ? time : parameters[$0.name] ?? "2") }
      let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
      let value = try quantity.certified(arguments, to: .absolute(digits: 10), within: Budget(bits: 1024, seconds: 15))
      guard value.undecided == nil, let middle = value.interval(precision: 64)?.midpoint else {
        return .open(value.undecided.map { "\($0)" } ?? "no bounds")
      }
      return .value(middle.double(rounding: .nearest))
    } catch let error as BadInput {
      return .refused(error.message)
    } catch {
      return .open("\(error)")
    }
  }

  static func isOneLine(_ message: String) -> Bool {
    !message.contains(where: \.isNewline) && message.count < 2000
      && (message.contains("/m.yaml line ") || message.contains("/m.yaml: ") || message.hasPrefix("parameter "))
  }

  @Test func `a slip is refused, or changes values as another reader says`() throws {
    var cases: [(label: String, file: File, mutation: Mutation)] = []
    try #require(Self.files.count > 20)
    RandomCases.run(25) { random, label in
      let file = Self.files[Int(random.next() % UInt64(Self.files.count))]
      cases.append((label, file, Mutation(file.text, &random)))
    }
    let readings = try Self.readings(of: cases.map { ($0.file.folder, $0.mutation.text) })
    var counts: [String: Int] = [:]
    for (number, (label, file, mutation)) in cases.enumerated() {
      let reading = readings?[number]
      let begin = ContinuousClock.now
      let place = "\(label): \(file.name) \(mutation.what)"
      let model: Model
      do throws(BadInput) { model = try Model(parsing: mutation.text, name: "\(file.folder)/m.yaml") } catch {
        #expect(Self.isOneLine(error.message), "\(place): \(error.message)")
        counts["refused as a file", default: 0] += 1
        Self.log(place, error.message, reading)
        continue
      }
      let catalogue: Catalogue
      do throws(BadInput) { catalogue = try model.entered(in: Catalogue([])) } catch {
        #expect(Self.isOneLine(error.message), "\(place): \(error.message)")
        counts["refused as a file", default: 0] += 1
        continue
      }
      var kinds: Set<String> = []
      for quantity in catalogue.quantities {
        let name = String(quantity.name.split(separator: ".", maxSplits: 1)[1])
        let found = Self.outcome(model, name, reading?.parameters ?? [:])
        switch (found, reading?.values?[name]) {
        case (.refused(let message), let other):
          #expect(Self.isOneLine(message), "\(place): \(message)")
          kinds.insert("refused at parameters")
          if case .number? = other { Self.log("\(place): \(name)", message, reading) }
        case (.value(let value), .number(let other)?):
          #expect(abs(value - other) <= 1e-7 * (1 + abs(value)), "\(place): \(name): \(value), other reader \(other)")
          kinds.insert("a value, as the other reader says")
        case (.value(let value), .refused(let reason)?):
          Issue.record("\(place): \(name) is \(value), and refused by the other reader: \(reason)")
        case (.value(let value), nil):
          if let reason = reading?.refused { Issue.record("\(place): \(name) is \(value), other reader: \(reason)") }
          kinds.insert("a value, not judged by the other reader")
        case (.value, .open?): kinds.insert("a value, not judged by the other reader")
        case (.open, _): kinds.insert("undecided or beyond a limit")
        }
      }
      for kind in kinds { counts[kind, default: 0] += 1 }
      #expect(ContinuousClock.now - begin < .seconds(120), "\(place) took long")
    }
    if RandomCases.scale > 1 { print("mutated files: \(cases.count)", counts.sorted { $0.key < $1.key }) }
  }

  /// Prints what the other reader accepts and the program refuses, for whoever looks at many cases.
  private static func log(_ place: String, _ message: String, _ reading: Reading?) {
    guard RandomCases.scale > 1, reading?.refused == nil, reading != nil else { return }
    print("refused here alone: \(place): \(message)")
  }

  /// Files without a slip agree, so that agreement means something.
  @Test func `the files themselves have the values of the other reader`() throws {
    guard let readings = try Self.readings(of: Self.files.map { ($0.folder, $0.text) }) else { return }
    var judged = 0
    for (file, reading) in zip(Self.files, readings) {
      #expect(reading.refused == nil, "\(file.name): \(reading.refused ?? "")")
      guard let model = try? Model(parsing: file.text, name: "\(file.folder)/m.yaml") else { continue }
      for (name, other) in reading.values ?? [:] {
        guard case .number(let number) = other,
          case .value(let value) = Self.outcome(model, name, reading.parameters ?? [:])
        else { continue }
        judged += 1
        #expect(abs(value - number) <= 1e-7 * (1 + abs(value)), "\(file.name) \(name): \(value), \(number)")
      }
    }
    #expect(judged >= 20)
  }
}
