import Catalogue
import Systems
import FastKernels
import RigorousNumerics
import TestSupport
import Testing

@testable import struct Catalogue.Kernel

@Suite struct KernelAuditTests {
  /// Without optimisation, the certified maxima of the Dicke battery and of classical spins take minutes: `qbo audit`
  /// holds their kernels.
  static let tested: [String] = {
    let names = Catalogue.builtIn.quantities.filter { $0.kernel != nil }.map(\.name)
    #if DEBUG
      return names.filter {
        $0 != "spin.classical-max-power" && (!$0.hasPrefix("dicke.") || $0.hasSuffix("stored-energy"))
      }
    #else
      return names
    #endif
  }()

  @Test(arguments: tested)
  func `every kernel keeps its promise`(_ name: String) throws {
    let audit = try #require(
      try Catalogue.builtIn.quantity(named: name).audit(full: RandomCases.full, within: Budget(seconds: 600)))
    #expect(audit.held)
    #expect(audit.points >= 14)
    #expect(audit.worstShareOfBound <= 1)
    #expect(audit.worstUlps <= audit.promisedUlps)
  }

  @Test func `the bound against the exact parameters covers their rounding`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.stored-energy")
    let given = [("N", "1000003"), ("w0", "0.017"), ("g", "5"), ("tau", "123456.789")].map { (name: $0.0, text: $0.1) }
    let answer = try quantity.kernelAnswer(try Arguments(given, for: quantity), within: Budget())
    #expect(answer.kernelErrorBound <= 1e-14 * 17000.051)
    // mpmath 1.3.0, mp.dps = 80, at the exact decimals: 8.65702310101990989581726...
    #expect((answer.value - 8.657023101019910).magnitude <= answer.errorBound)
    #expect(answer.errorBound < 1e-4)
  }
}
