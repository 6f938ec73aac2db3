/// Eight doubles that are worked on at once.
enum Lanes {
  /// The eight doubles from an address on, which need not be aligned.
  @inline(__always)
  static func load(_ address: UnsafePointer<Double>) -> SIMD8<Double> {
    UnsafeRawPointer(address).loadUnaligned(as: SIMD8<Double>.self)
  }
}
