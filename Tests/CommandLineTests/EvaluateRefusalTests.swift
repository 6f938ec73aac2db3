import TestSupport
import Testing

/// Arguments that must be refused, and the line that must say why.
struct RefusedInput: Sendable, CustomTestStringConvertible {
  let arguments: [String]
  let message: String

  var testDescription: String { String(arguments.joined(separator: " ").prefix(80)) }

  init(_ arguments: [String], _ message: String) {
    self.arguments = arguments
    self.message = message
  }
}

@Suite struct EvaluateRefusalTests {
  private static let names = """
    harmonic.stored-energy, harmonic.classical-stored-energy, harmonic.start-stored-energy, \
    harmonic.coherent-purity, harmonic.max-power, harmonic.optimal-time, harmonic.advantage, harmonic.ratio, \
    harmonic.power-constant
    """

  private static let requests = [
    RefusedInput(["harmonic.foo"], "unknown quantity 'harmonic.foo'; accepted: \(names)"),
    RefusedInput(
      ["harmonic.maxpower"],
      "unknown quantity 'harmonic.maxpower'; accepted: \(names); did you mean harmonic.max-power?"),
    RefusedInput(["harmonic.foo\nbar"], "unknown quantity 'harmonic.foo bar'; accepted: \(names)"),
    RefusedInput([], "the quantity is missing; accepted: a name that 'qbo quantities' lists"),
    RefusedInput(
      ["harmonic.power-constant", "N=1"], "unknown parameter 'N' of harmonic.power-constant; accepted: no parameters"),
    RefusedInput(
      ["harmonic.power-constant", "--double"],
      "harmonic.power-constant has no double-precision kernel; accepted with --double: harmonic.stored-energy, harmonic.max-power, harmonic.optimal-time, harmonic.advantage, harmonic.ratio, spin.stored-energy, spin.max-power, spin.optimal-time, spin.advantage, spin.classical-stored-energy, spin.classical-max-power, spin.classical-advantage, spin.ratio, dicke.stored-energy, dicke.max-power, dicke.optimal-time, dicke.advantage, dicke.classical-stored-energy, dicke.classical-max-power, dicke.classical-advantage, dicke.ratio, capacity.battery, capacity.charger, capacity.total, capacity.residual, capacity.concurrence, capacity.negativity, capacity.steering, capacity.bell, capacity.coherence, capacity.imaginarity, capacity.texture, star.energy, star.ergotropy, star.ratio, star.steady-energy, star.steady-largest-eigenvalue, star.steady-ratio, star.smallest-coupling, freedom.lower-bound, freedom.upper-bound, freedom.energy-bound, freedom.tavis-cummings-deficit, freedom.vacuum-flip-deficit, quasi.atom, quasi.negativity, quasi.smoothed-negativity"
    ),
    RefusedInput(
      ["harmonic.start-stored-energy", "N=1", "tau=1", "start=warm"],
      "parameter start: unknown choice 'warm'; accepted: fock, coherent, thermal"),
    RefusedInput(
      ["harmonic.start-stored-energy", "N=1", "tau=1"],
      "parameter start of harmonic.start-stored-energy is missing; accepted: fock, coherent, thermal"),
  ]

  @Test(arguments: requests)
  func `requests that name nothing to evaluate are refused`(_ input: RefusedInput) throws {
    try expectRefused(["evaluate"] + input.arguments, input.message)
  }

  private static let freedom = [
    RefusedInput(
      ["freedom.foo"],
      "unknown quantity 'freedom.foo'; accepted: freedom.lower-bound, freedom.upper-bound, freedom.energy-bound, freedom.energy-bound-sharp, freedom.tavis-cummings-deficit, freedom.tavis-cummings-energy, freedom.vacuum-flip-deficit, freedom.spectrum-deficit, freedom.qudit-deficit"
    ),
    RefusedInput(
      ["freedom.lower-bound", "N=3", "e=3.5", "P=1"],
      "parameter e: 3.5 is outside the domain; accepted: real numbers, 0 < e <= N"),
    RefusedInput(
      ["freedom.upper-bound", "N=3", "e=1", "P=1/5"],
      "parameter P: 1/5 is outside the domain; accepted: real numbers, 1/(N+1) <= P <= 1"),
  ]

  @Test(arguments: freedom)
  func `energies and purities that no state has are refused`(_ input: RefusedInput) throws {
    try expectRefused(["evaluate"] + input.arguments, input.message)
  }

  private static let parameters = [
    RefusedInput(["N=1"], "parameter tau of harmonic.stored-energy is missing; accepted: real numbers, tau >= 0"),
    RefusedInput(["tau=1"], "parameter N of harmonic.stored-energy is missing; accepted: integers N >= 1"),
    RefusedInput(["N=0", "tau=1"], "parameter N: 0 is outside the domain; accepted: integers N >= 1"),
    RefusedInput(["N=-1", "tau=1"], "parameter N: -1 is outside the domain; accepted: integers N >= 1"),
    RefusedInput(["N=2.5", "tau=1"], "parameter N: 2.5 is not an integer; accepted: integers N >= 1"),
    RefusedInput(["N=sqrt(2)", "tau=1"], "parameter N: sqrt(2) is not an integer; accepted: integers N >= 1"),
    RefusedInput(["N=pi", "tau=1"], "parameter N: pi is not an integer; accepted: integers N >= 1"),
    RefusedInput(["N=1", "g=0", "tau=1"], "parameter g: 0 is outside the domain; accepted: real numbers, g > 0"),
    RefusedInput(["N=1", "g=-1", "tau=1"], "parameter g: -1 is outside the domain; accepted: real numbers, g > 0"),
    RefusedInput(
      ["N=1", "g=sqrt(2)-sqrt(2)", "tau=1"],
      "parameter g: sqrt(2)-sqrt(2) is outside the domain; accepted: real numbers, g > 0"),
    RefusedInput(["N=1", "w0=0", "tau=1"], "parameter w0: 0 is outside the domain; accepted: real numbers, w0 > 0"),
    RefusedInput(
      ["N=1", "tau=3-pi"], "parameter tau: 3-pi is outside the domain; accepted: real numbers, tau >= 0"),
    RefusedInput(
      ["N=1", "tau=1", "theta=3"], "unknown parameter 'theta' of harmonic.stored-energy; accepted: N, w0, g, tau"),
    RefusedInput(["N=1", "=1"], "unknown parameter '' of harmonic.stored-energy; accepted: N, w0, g, tau"),
    RefusedInput(
      ["N=1", "tau=1", "tau=2"], "parameter tau is given twice; accepted: each of N, w0, g, tau once"),
    RefusedInput(["N=1", "tau"], "'tau' is no parameter; accepted: name=value"),
  ]

  @Test(arguments: parameters)
  func `parameters outside the domain are refused`(_ input: RefusedInput) throws {
    try expectRefused(["evaluate", "harmonic.stored-energy"] + input.arguments, input.message)
  }

  private static let options = [
    RefusedInput(["--digits", "0"], "--digits: '0' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits", "-5"], "--digits: '-5' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits=-5"], "--digits: '-5' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits", "10001"], "--digits: '10001' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits", "10^9"], "--digits: '10^9' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits", "1000000000"], "--digits: '1000000000' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(
      ["--digits", "99999999999999999999"],
      "--digits: '99999999999999999999' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits", "abc"], "--digits: 'abc' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--digits", ""], "--digits: '' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--absolute", "-5"], "--absolute: '-5' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(["--absolute", "0"], "--absolute: '0' is refused; accepted: integers from 1 to 10000"),
    RefusedInput(
      ["--digits", "5", "--absolute", "5"], "--digits and --absolute are both given; accepted: one of them"),
    RefusedInput(["--max-bits", "-64"], "--max-bits: '-64' is refused; accepted: integers from 64 to 16777216"),
    RefusedInput(["--max-bits", "1"], "--max-bits: '1' is refused; accepted: integers from 64 to 16777216"),
    RefusedInput(["--max-bits", "1e3"], "--max-bits: '1e3' is refused; accepted: integers from 64 to 16777216"),
    RefusedInput(["--max-seconds", "-1"], "--max-seconds: '-1' is refused; accepted: positive numbers"),
    RefusedInput(["--max-seconds", "0"], "--max-seconds: '0' is refused; accepted: positive numbers"),
    RefusedInput(["--max-seconds", "nan"], "--max-seconds: 'nan' is refused; accepted: positive numbers"),
    RefusedInput(["--max-seconds", "inf"], "--max-seconds: 'inf' is refused; accepted: positive numbers"),
    RefusedInput(["--max-seconds", "soon"], "--max-seconds: 'soon' is refused; accepted: positive numbers"),
    RefusedInput(["--format", "xml"], "--format: unknown format 'xml'; accepted: text, json"),
  ]

  @Test(arguments: options)
  func `options outside their range are refused`(_ input: RefusedInput) throws {
    try expectRefused(["evaluate", "harmonic.stored-energy", "N=1", "tau=1"] + input.arguments, input.message)
  }
}
