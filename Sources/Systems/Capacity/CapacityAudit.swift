import Catalogue
import RandomInputs

/// Inputs for the audit of the two-qubit kernels, biased to their corners.
enum CapacityAudit {
  /// Inputs of wb, wc, J1, J2, t: everyday values; detunings of a few last places and none; weak and strong exchange;
  /// phases Om t next to multiples of pi/4, short, and up to the end of the domain; p next to 1/2, where the capacity
  /// vanishes; the ends of the parameters' domains.
  @Sendable static func inputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_511)
    var inputs = [
      input(1, 1, 1, 0, 0), input(1, 2, 0, 1, 3), input(1, 1, 1, 0, 1), input(1, 1, 1, 0, .pi / 4),
      input(1, 1, 1, 0, .pi / 2),
      input(2, 1, 1, 0, .pi / 8 * 2.squareRoot() * 2),
      input(0x1p200, 0x1p-200, 0x1p-200, 0x1p300, 0x1p-170), input(0x1p-200, 0x1p-200, 0x1p-200, 0, 0x1p-200),
      input(0x1p200, 0x1p200, -0x1p200, -1, 0x1p-156), input(3, 1, -0x1p-200, 5, 0x1p43),
    ]
    for _ in 0..<(full ? 3000 : 80) {
      let isExtreme = random.next() % 8 == 0
      let charger = random.positiveDouble(exponents: isExtreme ? -150...149 : -4...4)
      var battery = charger
      switch random.next() % 4 {
      case 0: break
      case 1:
        // A detuning of a few last places.
        for _ in 0..<1 + random.next() % 4 { battery = battery.nextUp }
      default: battery = charger * random.positiveDouble(exponents: -2...2)
      }
      let detuning = battery - charger
      let scale = random.next() % 2 == 0 && detuning != 0 ? detuning.magnitude : charger
      var exchange = scale * random.positiveDouble(exponents: random.next() % 3 == 0 ? -40...(-1) : -2...6)
      if random.next() % 6 == 0, detuning != 0 { exchange = detuning.magnitude }
      if random.next() % 2 == 0 { exchange = -exchange }
      let rate = (detuning * detuning + exchange * exchange).squareRoot()
      let phase: Double
      switch random.next() % 6 {
      case 0: phase = random.positiveDouble(exponents: -40...3)
      case 1: phase = random.positiveDouble(exponents: 3...43)
      case 2 where detuning.magnitude < exchange.magnitude:
        // cos 2x = -(delta/J1)^2.
        let sine = rate / (exchange.magnitude * 2.squareRoot())
        phase = arcsine(sine) + (random.positiveDouble(exponents: 0...20)).rounded(.down) * .pi
      default:
        let eighth = (random.positiveDouble(exponents: 0...(random.next() % 2 == 0 ? 4 : 40))).rounded(.down)
        phase = eighth * (.pi / 4)
      }
      let phases = random.positiveDouble(exponents: -4...4)
      inputs.append(input(battery, charger, exchange, phases, phase / rate))
    }
    return inputs
  }

  private static func input(
    _ battery: Double, _ charger: Double, _ exchange: Double, _ phases: Double, _ time: Double
  ) -> KernelInput {
    KernelInput(
      .set(.batteryFrequency, to: battery), .set(.chargerFrequency, to: charger), .set(.exchange, to: exchange),
      .set(.phaseExchange, to: phases), .set(.time, to: time))
  }

  /// arcsin x for x in 0 ... 1 to about a double's accuracy, by bisection on Taylor's series: a place to look, nothing
  /// is proved by it.
  private static func arcsine(_ x: Double) -> Double {
    var (low, high) = (0.0, Double.pi / 2)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      var (term, sum) = (middle, middle)
      for k in 1...12 {
        term *= -middle * middle / Double(2 * k * (2 * k + 1))
        sum += term
      }
      if sum < x { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
