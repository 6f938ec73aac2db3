internal import CLimbs

/// The vectors of a run of a chain in C, held in planes of digits: a register has a digit of several neighbours.
///
/// A row adds its products exactly and cuts the sum once, toward minus infinity: the limbs are those of ``FlowKernel``.
struct ChainPlanes: ~Copyable {
  /// The products that a processor may have, the faster one last.
  enum Form: CaseIterable {
    /// Of doubles, four at a time (AVX2 with fused multiply-add).
    case doubles
    /// Of integers of 52 bits, eight at a time (AVX-512 IFMA).
    case integers

    fileprivate var code: qbo_limb_form { self == .doubles ? qbo_form_fma : qbo_form_ifma }

    /// Whether this processor has them, and `QBO_LIMB_FORM` allows them.
    var isAvailable: Bool { code.rawValue <= qbo_limb_best_form().rawValue }
  }

  /// The vectors in C; nil where they are not served.
  private let chain: OpaquePointer?

  /// Vectors of zeros for S with a_k = fractions[k - 1] 2^-64 between the elements k - 1 and k.
  ///
  /// - Parameter bits: what the elements of `width` limbs stay within, the sign included.
  init(
    dimension: Int, width: Int, bits: Int, fractions: [UInt],
    form: Form? = Form.allCases.last(where: \.isAvailable)
  ) {
    guard let form, fractions.count >= dimension - 1 else {
      chain = nil
      return
    }
    chain = fractions.withUnsafeBytes { bytes in
      qbo_chain_make(dimension, width, bits, bytes.assumingMemoryBound(to: UInt64.self).baseAddress, form.code)
    }
  }

  deinit { qbo_chain_free(chain) }

  /// Whether there are such vectors: not on every processor, nor for numbers of every width.
  var isServed: Bool { chain != nil }

  /// A vector, of the numbers 0 ..< 3, from limbs.
  func load(_ limbs: UnsafePointer<UInt>, to vector: Int32) { qbo_chain_load(chain, vector, Self.words(limbs)) }

  /// A vector to limbs.
  func store(_ vector: Int32, to limbs: UnsafeMutablePointer<UInt>) {
    let words = UnsafeMutableRawPointer(limbs).assumingMemoryBound(to: UInt64.self)
    qbo_chain_store(chain, vector, words)
  }

  /// Adds S times a vector to another one, in the rows of a range; S current is zero in all others.
  func add(_ current: Int32, to older: Int32, rows: Range<Int>) {
    qbo_chain_step(chain, current, older, rows.lowerBound, rows.upperBound)
  }

  /// Adds a number to one element.
  func add(_ value: UnsafePointer<UInt>, to element: Int, of vector: Int32) {
    qbo_chain_add_element(chain, vector, element, Self.words(value))
  }

  /// Adds a fraction in two's complement times a vector to another one, each product cut; for elements of all bits of
  /// their limbs.
  func add(_ fraction: UnsafePointer<UInt>, times source: Int32, to target: Int32) {
    qbo_chain_add_multiple(chain, Self.words(fraction), source, target)
  }

  /// As ``FixedPoint/hasFreeBits(_:_:count:width:)`` of a vector, below the highest bit that digits and limbs hold.
  func hasFreeBits(_ free: Int, _ vector: Int32) -> Bool { qbo_chain_has_free_bits(chain, vector, free) != 0 }

  private static func words(_ place: UnsafePointer<UInt>) -> UnsafePointer<UInt64> {
    UnsafeRawPointer(place).assumingMemoryBound(to: UInt64.self)
  }
}
