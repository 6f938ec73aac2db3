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
    var widest = 0.0
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
      if shift > 0 { widest = max(widest, motion.magnitude.double(rounding: .up) / shift) }
    }
    // A bound that says nothing would hold as well.
    if !["harmonic.advantage", "harmonic.ratio"].contains(name) { #expect(widest > 1e-3, "\(widest)") }
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
