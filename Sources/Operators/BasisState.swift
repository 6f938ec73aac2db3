/// A state of a product basis: one number for each site, packed so that the order of states is that of the basis.
///
/// The first 128 bits need no memory of their own, which is enough for a mode and dozens of qubits.
public struct BasisState: Sendable, Hashable, Comparable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0
  private var more: [UInt64] = []

  /// Where the number of a site stands.
  struct Field: Sendable, Hashable {
    let word: Int
    let shift: Int
    let width: Int

    var greatest: Int { width >= 63 ? .max : (1 << width) - 1 }
  }

  init(words: Int) {
    if words > 2 { more = Array(repeating: 0, count: words - 2) }
  }

  subscript(field: Field) -> Int {
    get { Int(truncatingIfNeeded: word(field.word) >> field.shift) & field.greatest }
    set {
      let mask = UInt64(field.greatest) << field.shift
      let bits = UInt64(newValue) << field.shift
      switch field.word {
      case 0: high = high & ~mask | bits
      case 1: low = low & ~mask | bits
      default: more[field.word - 2] = more[field.word - 2] & ~mask | bits
      }
    }
  }

  private func word(_ index: Int) -> UInt64 { index == 0 ? high : index == 1 ? low : more[index - 2] }

  /// The order of the basis: the number of the first site counts most.
  public static func < (a: BasisState, b: BasisState) -> Bool {
    if a.high != b.high { return a.high < b.high }
    if a.low != b.low { return a.low < b.low }
    return a.more.lexicographicallyPrecedes(b.more)
  }

  /// Fields for sites of so many bits, none across two words, the first site in the highest bits.
  static func layout(_ widths: [Int]) -> (fields: [Field], words: Int) {
    var (word, free) = (0, 64)
    let fields = widths.map { width -> Field in
      if width > free { (word, free) = (word + 1, 64) }
      free -= width
      return Field(word: word, shift: free, width: width)
    }
    return (fields, word + 1)
  }
}
