import Testing

@testable import Reporting

@Suite struct FixedTests {
  @Test(arguments: [
    (-56.23, "-56.23"), (-0.5, "-0.50"), (-0.001, "0.00"), (0, "0.00"), (1.005, "1.00"), (12.3, "12.30"),
    (-7.04, "-7.04"),
  ]) func `numbers have two decimals and their sign`(number: Double, text: String) {
    #expect(fixed(number) == text)
  }
}
