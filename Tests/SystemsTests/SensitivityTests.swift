import ArbitraryPrecision
import FastKernels
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

/// What kernels say of rounding their parameters, against certified values at both: the doubles are moved by up to
/// 2^-41 of a parameter, where the effect is far above the width of an enclosure.
@Suite struct SensitivityTests {
  static let names = Catalogue.builtIn.quantities.filter { $0.kernel?.sensitivity != nil }.map(\.name)

  @Test func `the kernels that know their sensitivity`() {
    #expect(
      Self.names == [
        "harmonic.stored-energy", "harmonic.max-power", "harmonic.optimal-time", "harmonic.advantage",
        "harmonic.ratio", "spin.stored-energy", "spin.max-power", "spin.optimal-time",
        "spin.classical-stored-energy", "dicke.stored-energy", "dicke.max-power", "dicke.advantage",
        "dicke.classical-stored-energy", "dicke.classical-max-power", "dicke.classical-advantage", "dicke.ratio",
      ])
  }

  /// A decimal of one or two digits, which is no double, or a whole number.
  private static func text(_ random: inout SplitMix64) -> String {
    let digits = random.next() % 40 + 1
    return random.next() % 4 == 0 ? "\(digits % 3 + 1)" : "\(digits)/\(random.next() % 2 == 0 ? 10 : 7)"
  }

  @Test(arguments: names)
  func `a quantity moves by no more than its kernel says`(_ name: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let isDicke = name.hasPrefix("dicke")
    var (widest, count) = (0.0, 0)
    try RandomCases.run(isDicke ? 12 : 25) { random, label in
      let given = quantity.parameters.map { parameter in
        let text: String
        switch parameter.name {
        case "N": text = "\([1, 2, 3, 8][Int(random.next() % 4)])"
        case "tau": text = random.next() % 8 == 0 ? "0" : "\(random.next() % 30 + 1)/17"
        default: text = Self.text(&random)
        }
        return (name: parameter.name, text: text)
      }
      let exact = try Arguments(given, for: quantity)
      let nearest = try exact.roundedToDoubles(of: quantity).doubles
      let doubles = KernelInput(
        entries: nearest.entries.map { name, value in
          guard case .number(let number) = value, name != "N" else { return (name, value) }
          return (name, .number(number * (1 + Double(random.next() % 9) * 0x1p-44 - 0x1p-42)))
        })
      let answer: KernelValue
      do {
        answer = try #require(quantity.kernel).evaluate(doubles)
      } catch is KernelRefusal {
        return
      }
      guard case .shift(let find) = quantity.kernel?.sensitivity,
        let moved = MovedInput(exact, near: doubles, of: quantity), let shift = try find(moved, answer)
      else { return }
      func value(_ arguments: Arguments) throws -> Interval {
        try #require(
          try quantity.certified(arguments, to: .absolute(digits: 22), within: Budget(seconds: 60)).interval(
            precision: 128))
      }
      let motion = try value(exact) - (try value(Arguments(exactly: doubles, for: quantity)))
      #expect(motion.mignitude.double(rounding: .down) <= shift, "\(label): \(given), \(doubles.texts)")
      count += 1
      if shift > 0 { widest = max(widest, motion.magnitude.double(rounding: .up) / shift) }
    }
    // Refusals are few.
    #expect(count >= (isDicke ? 6 : 12))
    // A bound that says nothing would hold as well. No tolerance: somewhere the motion is more than a thousandth of it,
    // and short times have a law of their own below.
    if !["harmonic.advantage", "harmonic.ratio"].contains(name) { #expect(widest > 1e-3, "\(widest)") }
  }

  /// Where the energy grows as a power of the time it moves by some times as much of itself as the parameters do, also
  /// when it is next to nothing; and nothing stays nothing.
  @Test(arguments: names.filter { $0.hasSuffix("stored-energy") && $0 != "spin.classical-stored-energy" })
  func `at short times the shift is a share of the energy`(_ name: String) throws {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    for (tau, cells) in [("1/10000000000", "3"), ("1/1000000", "50"), ("1/1000", "1"), ("0", "4")] {
      let given = [("N", cells), ("w0", "3/10"), ("g", "1/10"), ("tau", tau)].map { (name: $0.0, text: $0.1) }
      let exact = try Arguments(given, for: quantity)
      let nearest = try exact.roundedToDoubles(of: quantity).doubles
      let answer = try #require(quantity.kernel).evaluate(nearest)
      let found = try #require(try quantity.distance(exact, nearest, answer))
      // Each parameter is off by 2^-53 of itself at most, and counts some times; the bound of Dicke's energy is 2N = 100
      // times too wide here.
      #expect(found <= answer.errorBound + abs(answer.value) * 0x1p-42, "\(given): \(found), \(answer)")
      if tau == "0" { #expect(found == answer.errorBound) }
    }
  }

  @Test func `parameters that doubles do not hold ask certified values`() throws {
    let quantity = try Catalogue.builtIn.quantity(named: "harmonic.max-power")
    let given = [("N", "9007199254740993"), ("w0", "1"), ("g", "1")].map { (name: $0.0, text: $0.1) }
    let exact = try Arguments(given, for: quantity)
    #expect(MovedInput(exact, near: try exact.roundedToDoubles(of: quantity).doubles, of: quantity) == nil)
    #expect(MovedInput.raised(.nan).isNaN)
    #expect(MovedInput.raised(0) == 0)
  }

  @Test func `the effect of rounded parameters takes no certified value`() throws {
    // No certified value is found within no time.
    let quantity = try Catalogue.builtIn.quantity(named: "dicke.stored-energy")
    let given = [("N", "5"), ("w0", "0.3"), ("g", "0.7"), ("tau", "1.1")].map { (name: $0.0, text: $0.1) }
    let answer = try quantity.kernelAnswer(Arguments(given, for: quantity), within: Budget(seconds: 0))
    #expect(answer.errorBound > answer.kernelErrorBound)
    #expect(answer.errorBound < 2 * answer.kernelErrorBound)
  }
}
