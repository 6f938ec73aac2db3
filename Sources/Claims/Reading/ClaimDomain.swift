import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import YAMLText

/// The parameters for which a claim is made: what its grids must lie in.
struct ClaimDomain: Sendable {
  /// The values of one parameter.
  enum Extent: Sendable {
    case all
    case list(ListedValues)
    case integers(ClosedRange<Int>)
    case box(Constant, Constant)
  }

  private var extents: [String: Extent] = [:]

  init(_ keys: inout YAMLMapping, of quantity: Quantity) throws(BadInput) {
    guard let entry = keys.entry("for") else { return }
    if case .text("all") = entry.content { return }
    guard var mapping = try keys.mapping("for") else { return }
    for name in mapping.keys {
      guard let parameter = quantity.parameters.first(where: { $0.name == name }) else {
        let known = quantity.parameters.map(\.name).joined(separator: ", ")
        throw mapping.fault(name, "\(quantity.name) has no such parameter; accepted: \(known)")
      }
      extents[name] = try ClaimDomain.extent(&mapping, parameter)
    }
  }

  private static func extent(_ keys: inout YAMLMapping, _ parameter: Parameter) throws(BadInput) -> Extent {
    let name = parameter.name
    guard case .text(let text)? = keys.entry(name)?.content else {
      return .list(try ListedValues(keys.items(name) ?? [], of: parameter, keys))
    }
    if text == "all" { return .all }
    if let range = Grid.range(text) {
      try keys.requireEnds(range, of: parameter)
      return .integers(range)
    }
    let accepted = "accepted: all, a list, 'a ... b', 'between a and b', with a <= b"
    let ends = text.hasPrefix("between ") ? text.dropFirst(8).components(separatedBy: " and ") : []
    guard ends.count == 2 else { throw keys.fault(name, "'\(text)' is refused; \(accepted)") }
    for end in ends { try keys.requireValue(end, of: parameter) }
    let low = try keys.parsed(name, ends[0]) { text throws(ExpressionError) in try Constant(parsing: text) }
    let high = try keys.parsed(name, ends[1]) { text throws(ExpressionError) in try Constant(parsing: text) }
    guard let sign = ClaimDomain.sign(high, minus: low) else {
      throw keys.fault(name, "undecided which end of '\(text)' is the greater one; \(accepted)")
    }
    guard sign >= 0 else { throw keys.fault(name, "'\(text)' is refused; \(accepted)") }
    return .box(low, high)
  }

  private static func sign(_ a: Constant, minus b: Constant) -> Int? {
    (try? Constant(a.expression - b.expression))?.sign
  }

  /// Whether a value given as text lies in the extent of a parameter; nil when undecided.
  func contains(_ text: String, of parameter: Parameter) -> Bool? {
    guard let extent = extents[parameter.name] else { return true }
    if case .all = extent { return true }
    if case .list(let list) = extent, list.texts.contains(text) { return true }
    guard let value = try? Constant(parsing: text) else { return false }
    switch extent {
    case .all: return true
    case .list(let list):
      if let rational = value.rational { return list.rationals.contains(rational) }
      return list.others.contains { ClaimDomain.sign($0, minus: value) == 0 }
    case .integers(let range):
      guard case .integer(let integer) = value.integrality, let word = Int(exactly: integer) else { return false }
      return range.contains(word)
    case .box(let low, let high):
      guard let below = ClaimDomain.sign(value, minus: low), let above = ClaimDomain.sign(high, minus: value) else {
        return nil
      }
      return below >= 0 && above >= 0
    }
  }

  /// The first integer of a range that is not known to lie in the extent of a parameter.
  func firstOutside(_ range: ClosedRange<Int>, of parameter: Parameter) -> String? {
    switch extents[parameter.name] {
    case nil, .all: return nil
    // A list holds as many values as it has at most, so this ends soon.
    case .list: return range.lazy.map { "\($0)" }.first { contains($0, of: parameter) != true }
    // What holds at both ends holds between.
    case .integers, .box:
      return [range.lowerBound, range.upperBound].map { "\($0)" }.first { contains($0, of: parameter) != true }
    }
  }

  static func outside(_ text: String) -> String {
    "the value \(text) is outside what 'for' states, or undecided; accepted: values inside"
  }
}

/// The values of a list, each read and accepted by its parameter, and each listed once.
struct ListedValues: Sendable {
  private(set) var texts: Set<String> = []
  private(set) var rationals: Set<Rational> = []
  /// Those that are not visibly rational, by rising enclosures.
  private(set) var others: [Constant] = []

  init(_ items: [YAMLMapping.Item], of parameter: Parameter, _ keys: YAMLMapping) throws(BadInput) {
    guard !items.isEmpty else {
      throw keys.fault(parameter.name, "the list is empty; accepted: at least one value")
    }
    var irrational: [(value: Constant, item: YAMLMapping.Item, enclosure: Interval)] = []
    for item in items {
      try keys.requireValue(item.text, of: parameter, line: item.line)
      guard texts.insert(item.text).inserted else { throw ListedValues.twice(item, parameter, keys) }
      guard parameter.isNumber, let value = try? Constant(parsing: item.text) else { continue }
      if let rational = value.rational {
        guard rationals.insert(rational).inserted else { throw ListedValues.twice(item, parameter, keys) }
      } else {
        irrational.append((value, item, value.enclosure(precision: 128)))
      }
    }
    irrational.sort { $0.enclosure.lower < $1.enclosure.lower }
    // Equal numbers have enclosures that meet; distinct ones hardly ever do.
    for (a, b) in zip(irrational, irrational.dropFirst()) where !a.enclosure.isDisjoint(from: b.enclosure) {
      guard (try? Constant(b.value.expression - a.value.expression))?.isZero != .certainlyTrue else {
        throw ListedValues.twice(a.item.line > b.item.line ? a.item : b.item, parameter, keys)
      }
    }
    others = irrational.map(\.value)
  }

  static func twice(_ item: YAMLMapping.Item, _ parameter: Parameter, _ keys: YAMLMapping) -> BadInput {
    keys.fault(parameter.name, "the value \(item.text) is listed twice; accepted: each value once", line: item.line)
  }
}

extension YAMLMapping {
  /// Refuses a value that a parameter does not accept, or of which that is undecided.
  func requireValue(
    _ text: String, of parameter: Parameter, under key: String? = nil, line: Int? = nil
  ) throws(BadInput) {
    do { try parameter.check(text) } catch { throw fault(key ?? parameter.name, "\(error)", line: line) }
  }

  /// Refuses a range of integers with an end that a parameter does not accept; what a parameter accepts by itself has
  /// no gaps.
  func requireEnds(_ range: ClosedRange<Int>, of parameter: Parameter) throws(BadInput) {
    for end in [range.lowerBound, range.upperBound] { try requireValue("\(end)", of: parameter) }
  }
}
