import RigorousNumerics
import Synchronization

/// Maxima that were found before, by all that they depend on: a key that two different questions share would answer one with the other.
final class KnownMaxima<Key: Hashable & Sendable>: Sendable {
  private let maxima = Mutex<[Key: PowerMaximum]>([:])

  /// The maximum for a key, found now when it is not known. Two threads may both find it.
  func value(for key: Key, _ find: () throws -> PowerMaximum) throws -> PowerMaximum {
    if let known = maxima.withLock({ $0[key] }) { return known }
    let found = try find()
    maxima.withLock { $0[key] = found }
    return found
  }
}
