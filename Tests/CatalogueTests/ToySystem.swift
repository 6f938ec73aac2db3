import ArbitraryPrecision
import Catalogue
import Expressions
import FastKernels

/// A system of another package: a mass on a spring, in one file with its parameters, quantity, routes and kernel.
enum ToySystem {
  static let system = BatterySystem("spring", quantities: [energy])

  private static let energy = Quantity(
    "spring.energy", [Parameter(.stiffness, .positive), Parameter(.stretch)], continuous: [.stiffness, .stretch],
    unit: "J", scale: "k*x^2", meaning: "energy of a spring of stiffness k that is stretched by x",
    source: Source(Source.Reference("Hooke, De Potentia Restitutiva (1678)")),
    routes: [
      Route("formula", method: "k x^2/2") { arguments, precision, _ in
        (arguments.enclosure(.stiffness, precision) * arguments.enclosure(.stretch, precision).squared)
          .scaled(byPowerOfTwo: -1)
      },
      Route("cut", method: "twice a quarter", limits: [Limit.real(.stiffness, to: "10", because: "it breaks")]) {
        arguments, precision, _ in
        let quarter = arguments.enclosure(.stiffness, precision).scaled(byPowerOfTwo: -2)
        return 2 * (quarter * arguments.enclosure(.stretch, precision).squared)
      },
    ],
    isZero: { $0[.stretch].isZero },
    kernel: Kernel(
      bound: "3u of the value, u = 2^-53", domain: "magnitudes 2^-100 to 2^100",
      auditInputs: { _ in [KernelInput(.set(.stiffness, to: 3), .set(.stretch, to: 0.1))] }
    ) { p throws(KernelRefusal) in
      let value = p[.stiffness] * p[.stretch] * p[.stretch] / 2
      return KernelValue(value: value, errorBound: 3 * 0x1p-53 * abs(value))
    })
}

extension ParameterKey where Value == Constant {
  fileprivate static var stiffness: Self { Self("k") }
  fileprivate static var stretch: Self { Self("x") }
}
