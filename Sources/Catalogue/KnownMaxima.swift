import Synchronization

/// What was found before, by all that it depends on: a key that two different questions share would answer one with the
/// other.
///
/// The oldest is forgotten where there are too many.
public final class KnownMaxima<Key: Hashable & Sendable, Maximum: Sendable>: Sendable {
  private struct Known {
    var maxima: [Key: Maximum] = [:]
    var order: [Key] = []
  }

  private let known = Mutex(Known())
  private let capacity: Int

  /// Nothing is known yet.
  public init(capacity: Int = 256) { self.capacity = capacity }

  /// The maximum for a key, found now when it is not known. Two threads may both find it.
  public func value(for key: Key, _ find: () throws -> Maximum) throws -> Maximum {
    if let known = known.withLock({ $0.maxima[key] }) { return known }
    let found = try find()
    known.withLock {
      if $0.maxima.updateValue(found, forKey: key) == nil { $0.order.append(key) }
      if $0.order.count > capacity { $0.maxima[$0.order.removeFirst()] = nil }
    }
    return found
  }
}
