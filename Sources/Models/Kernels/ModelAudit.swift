import Catalogue
import RandomInputs

/// Inputs for the audit of a model's kernels, biased to corners: defaults, small integers, mantissas of all ones and
/// few bits, numbers from 2^-30 to 16, times from zero and 2^-30 to some turns.
struct ModelAudit: Sendable {
  private let seed: UInt64
  private let parameters: [ModelParameter]

  /// The inputs of a quantity, which are the same for the same name.
  init(_ name: String, _ parameters: [ModelParameter]) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    (seed, self.parameters) = (hash, parameters)
  }

  /// The inputs, more of them for a full audit.
  @Sendable func inputs(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: seed)
    return (0..<(full ? 200 : 24)).map { number in
      var input = KernelInput()
      for parameter in parameters { input = input.adding(entry(parameter, number, &random)) }
      return input.adding(.set(.time, to: time(number, &random)))
    }
  }

  private func time(_ number: Int, _ random: inout SplitMix64) -> Double {
    switch number % 8 {
    case 0: number == 0 ? 0 : random.positiveDouble(exponents: -30 ... -5)
    case 1: random.positiveDouble(exponents: 2...3)
    default: random.positiveDouble(exponents: -4...1)
    }
  }

  private func entry(_ parameter: ModelParameter, _ number: Int, _ random: inout SplitMix64) -> KernelInput.Entry {
    let key = RealKey(parameter.name)
    let drawn = random.next()
    if parameter.isInteger {
      let least = parameter.least ?? 1
      let spread: UInt64 = number % 8 == 7 ? 6 : 3
      return .set(IntegerKey(parameter.name), to: Double(least) + Double(drawn % spread))
    }
    if drawn % 3 == 0, let text = parameter.parameter.defaultText, let value = Double(text) {
      return .set(key, to: value)
    }
    let size = random.positiveDouble(exponents: number % 6 == 5 ? -30...3 : -3...0)
    switch (parameter.parameter.domain, drawn / 3 % 4) {
    case (.nonNegative, 0): return .set(key, to: 0)
    case (.all, 0), (.all, 1): return .set(key, to: -size)
    case (.all, 2): return .set(key, to: drawn / 12 % 3 == 0 ? 0 : size)
    default: return .set(key, to: size)
    }
  }
}
