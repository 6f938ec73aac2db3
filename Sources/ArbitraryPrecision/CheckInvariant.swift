/// Whether this build checks invariants: `QBO_CHECK_INVARIANTS=1 swift build` defines `CHECK_INVARIANTS`.
package var checksInvariants: Bool {
  #if CHECK_INVARIANTS
    true
  #else
    false
  #endif
}

/// Stops the program where an invariant of a data structure or of a loop is broken, in a build that checks them.
///
/// Such a break is a fault of this package, and what it certifies would rest on nothing. In other builds neither the
/// condition nor the message is evaluated, and nothing is left of the call.
@inlinable
@inline(__always)
package func checkInvariant(
  _ holds: @autoclosure () -> Bool, _ message: @autoclosure () -> String, file: StaticString = #file,
  line: UInt = #line
) {
  #if CHECK_INVARIANTS
    if !holds() { fatalError("broken invariant: \(message())", file: file, line: line) }
  #endif
}
