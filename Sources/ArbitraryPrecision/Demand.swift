/// Stops the program where a caller has broken a rule of a public function, with the message in every build:
/// `precondition` drops it in optimised ones.
@inlinable
package func demand(
  _ condition: Bool, _ message: @autoclosure () -> String, file: StaticString = #file, line: UInt = #line
) {
  if !condition { fatalError(message(), file: file, line: line) }
}
