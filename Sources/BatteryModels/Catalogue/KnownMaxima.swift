import Synchronization

/// What was found before about maxima, by all that it depends on: a key that two different questions share would answer one with the other.
final class KnownMaxima<Key: Hashable & Sendable, Maximum: Sendable>: Sendable {
  private let maxima = Mutex<[Key: Maximum]>([:])

  /// The maximum for a key, found now when it is not known. Two threads may both find it.
  func value(for key: Key, _ find: () throws -> Maximum) throws -> Maximum {
    if let known = maxima.withLock({ $0[key] }) { return known }
    let found = try find()
    maxima.withLock { $0[key] = found }
    return found
  }
}
