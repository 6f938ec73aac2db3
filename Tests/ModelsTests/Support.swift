import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import Models
import RigorousNumerics
import Testing

extension Model {
  /// A quantity of the model.
  func quantity(_ name: String) throws -> Quantity {
    try entered(in: Catalogue([])).quantity(named: "\(self.name).\(name)")
  }

  /// The certified bounds of a quantity to an absolute accuracy.
  func value(
    _ name: String, _ given: [(String, String)], digits: Int, isRelative: Bool = false,
    budget: Budget = Budget(bits: 4096, seconds: 120)
  ) throws -> CertifiedValue {
    let quantity = try quantity(name)
    let arguments = try Arguments(given.map { (name: $0.0, text: $0.1) }, for: quantity)
    let goal: Goal = isRelative ? .relative(digits: digits) : .absolute(digits: digits)
    return try quantity.certified(arguments, to: goal, within: budget)
  }

  /// Expects a quantity without parameters to be known to digits, and to meet a closed form.
  func expect(
    _ name: String, _ expected: String, digits: Int, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try value(name, [], digits: digits)
    let value = try #require(
      found.interval(precision: 512), "\(name): \(found.undecided ?? "")", sourceLocation: sourceLocation)
    #expect(found.undecided == nil, "\(name)", sourceLocation: sourceLocation)
    #expect(
      !value.isDisjoint(from: try interval(expected)), "\(name): \(value) for \(expected)",
      sourceLocation: sourceLocation)
  }

  /// Why a quantity without parameters has no value; nil where it has one.
  func reason(_ name: String) throws -> String? {
    do {
      return try value(name, [], digits: 10).undecided
    } catch let error as Undecided {
      return error.description
    } catch let error as BadInput {
      return error.message
    }
  }
}

/// What a model file that is refused says.
func refusal(of text: String, name: String = "m.yaml") -> String? {
  do {
    _ = try Model(parsing: text, name: name)
    return nil
  } catch { return error.message }
}

/// The enclosure of a number.
func interval(_ text: String) throws -> Interval {
  try Expression(parsing: text).evaluate(in: IntervalContext(precision: 256))
}

/// Runs with a folder in which files stand.
func withFiles(_ files: [String: String], _ body: (_ folder: String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "models-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
  try body(folder.path)
}

/// Whether two enclosures, each narrower than 10^-15, meet: those of numbers that differ by more do not.
func meet(_ x: CertifiedValue, _ y: CertifiedValue) -> Bool {
  guard let a = x.interval(precision: 256), let b = y.interval(precision: 256) else { return false }
  return !a.isDisjoint(from: b) && [a, b].allSatisfy { $0.width.double(rounding: .up) < 1e-15 }
}
