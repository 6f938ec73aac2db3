internal import CGMP
internal import CMPFR

/// The versions of the C libraries that this program runs with.
public enum LibraryVersions {
  /// The version of GMP.
  public static var gmp: String { String(cString: __gmp_version) }

  /// The version of MPFR.
  public static var mpfr: String { String(cString: mpfr_get_version()) }
}
