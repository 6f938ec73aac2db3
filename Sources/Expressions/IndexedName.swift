/// A name that may carry an index, such as `b[j]` or `b[3]`.
public struct IndexedName: Sendable, Hashable {
  /// The name without its index.
  public let base: String
  /// What stands between the brackets; nil without an index.
  public let index: String?

  /// The parts of a name.
  public init(_ name: String) {
    if name.hasSuffix("]"), let open = name.firstIndex(of: "[") {
      base = String(name[..<open])
      index = String(name[name.index(after: open)...].dropLast())
    } else {
      base = name
      index = nil
    }
  }

  /// The number that the index is, too large a one for any number of cells where it does not fit a word; nil for other
  /// indices.
  public var number: Int? {
    guard let index, index.first?.isNumber ?? false else { return nil }
    return Int(index) ?? .max
  }
}
