internal import CMPFR

/// The memory that a thread keeps for the next call: the constants pi, log 2 and Euler's, and a pool of integers.
///
/// Exponent range, flags and caches of MPFR belong to a thread; nothing in this module changes the first two. A thread
/// that ends leaves its caches behind, so a program that starts and ends many threads of its own releases them at the
/// end of each one. Threads of a shared pool, as Swift's tasks use, live on and need nothing.
public enum ThreadCaches {
  /// Releases the caches of the calling thread; the next call fills them again.
  public static func release() {
    mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE)
    mpfr_mp_memory_cleanup()
  }
}
