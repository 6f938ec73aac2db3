import Synchronization

/// What was found before, by what it was found for: the latest ones, up to a number of words.
final class BoundedMemory<Key: Equatable & Sendable, Value: Sendable>: Sendable {
  private let known = Mutex<[(key: Key, value: Value, words: Int)]>([])
  private let capacity: Int

  /// A memory of so many words; the last one is kept whatever its size.
  init(words: Int) { capacity = words }

  /// What was found for a key, or else what is found now.
  ///
  /// - Parameter words: about how much memory a value takes.
  func value(for key: Key, words: (Value) -> Int, find: () throws(Unanswered) -> Value) throws(Unanswered) -> Value {
    let before = known.withLock { known -> Value? in
      guard let place = known.firstIndex(where: { $0.key == key }) else { return nil }
      let found = known.remove(at: place)
      known.append(found)
      return found.value
    }
    if let before { return before }
    let value = try find()
    known.withLock { known in
      known.append((key, value, words(value)))
      var sum = known.reduce(0) { $0 + $1.words }
      while sum > capacity, known.count > 1 { sum -= known.removeFirst().words }
    }
    return value
  }
}
