import Foundation
import Synchronization

extension Budget {
  /// Work that is answered for when the time is over, even inside one long call of a library that looks at no clock.
  ///
  /// The work runs on a thread of its own. Its own checks of the budget end it soon after the deadline, as a rule; this
  /// waits for them for a little while, a twentieth of the cap and at least 0.05 s, and then leaves the thread to its
  /// next check.
  ///
  /// - Returns: the result, or nil when it was not there in time.
  public func result<Value: Sendable>(of work: @escaping @Sendable () throws -> Value) throws -> Value? {
    let box = ResultBox<Value>()
    WorkThread.start {
      let result = Result { try work() }
      box.result.withLock { $0 = result }
    } then: {
      box.done.signal()
    }
    let patience = secondsLeft + max(0.05, min(seconds, 3.2e9) / 20)
    guard box.done.wait(timeout: .now() + min(patience, 3e9)) == .success else { return nil }
    return try box.result.withLock { $0 }?.get()
  }
}

private final class ResultBox<Value: Sendable>: Sendable {
  let result = Mutex<Result<Value, any Error>?>(nil)
  let done = DispatchSemaphore(value: 0)
}
