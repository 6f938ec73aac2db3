import ArbitraryPrecision
import Foundation

/// Threads for work whose recursions may be deep.
public enum WorkThread {
  /// Starts work on a thread of its own, with a stack of 64 MB.
  ///
  /// - Parameter end: what is done after the work, when the thread's caches of the libraries are released.
  public static func start(
    _ work: @escaping @Sendable () -> Void, then end: @escaping @Sendable () -> Void = {}
  ) {
    let thread = Thread {
      work()
      ThreadCaches.release()
      end()
    }
    thread.stackSize = 1 << 26
    thread.start()
  }
}
