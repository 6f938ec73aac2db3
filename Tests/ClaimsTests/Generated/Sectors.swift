import RandomInputs

/// Solutions of equations that hold in a sector alone: where conserved quantities have given values.
///
/// Without the sector such a claim is left open; with a wrong value, a quantity that is not conserved, or a start outside of it, it is false.
struct Sectors: ClaimSource {
  let name = "sectors"

  private struct Case: Sendable {
    let quantity, value, wrongValue: Formula
    /// What is not conserved.
    let loose: Formula
    let system: Solutions.System

    init(quantity: String, value: String, wrongValue: String, loose: String, system: Solutions.System) {
      (self.quantity, self.value) = (FormulaReader.formula(quantity), FormulaReader.formula(value))
      (self.wrongValue, self.loose) = (FormulaReader.formula(wrongValue), FormulaReader.formula(loose))
      self.system = system
    }
  }

  private static let cases = [
    // One oscillator and one qubit share n quanta, the qubit up at first: y' = 2 g [s_p a, s_m a'] = 2 g (s_p s_m a a' - s_m s_p a' a), which is
    // 2 g n s_z where a' a + s_z/2 = n - 1/2: a a' = n with the qubit up, a' a = n with the qubit down.
    Case(
      quantity: "a'*a + s_z/2", value: "n - 1/2", wrongValue: "n + 1/2", loose: "a'*a",
      system: Solutions.System(
        under: "w*a'*a + w*s_z/2 + g*(s_p*a + s_m*a')",
        [
          "sz: -2*g*y; 1; cos(2*g*sqrt(n)*t); s_z", "y: 2*g*n*sz; 0; sqrt(n)*sin(2*g*sqrt(n)*t); i*(s_p*a - s_m*a')",
          "na: g*y; n - 1; n - 1 + sin(g*sqrt(n)*t)^2; a'*a",
        ],
        [
          "n*sz^2 + y^2 = n", "(1 - sz)/2 = sin(g*sqrt(n)*t)^2", "diff(t, sz) = -2*g*y", "na + sz/2 = n - 1/2",
          "na = n - 1 + (1 - sz)/2",
        ])),
    // A frequency that hangs on the quanta of another oscillator, on a qubit, on a fermion: [c'c a'a, a] = -c'c a, and so on.
    Case(
      quantity: "c'*c", value: "n", wrongValue: "n + 1", loose: "c + c'",
      system: Solutions.System(
        under: "w*a'*a + g*a'*a*c'*c", ["al: -i*(w + g*n)*al; x0; x0*exp(-i*(w + g*n)*t); a"],
        ["al = x0*exp(-i*w*t)*exp(-i*g*n*t)", "diff(t, al) = -i*(w + g*n)*al"])),
    Case(
      quantity: "s_z", value: "-1", wrongValue: "1", loose: "s_x",
      system: Solutions.System(
        under: "w*a'*a + g*s_z*a'*a", ["al: -i*(w - g)*al; x0; x0*exp(-i*(w - g)*t); a"],
        ["al*exp(i*(w - g)*t) = x0", "al = x0*exp(i*(g - w)*t)"])),
    Case(
      quantity: "h'*h", value: "1", wrongValue: "0", loose: "h + h'",
      system: Solutions.System(
        under: "w*f'*f + g*f'*f*h'*h", ["al: -i*(w + g)*al; x0; x0*exp(-i*(w + g)*t); f"],
        ["al = x0*exp(-i*(w + g)*t)", "al^2 = x0^2*exp(-2*i*(w + g)*t)"])),
  ]

  func claim(_ random: inout SplitMix64) -> GeneratedClaim {
    let choice = random.pick(Sectors.cases)
    var claim = Solutions.claim(choice.system, &random)
    claim.rule = "sector"
    switch random.below(6) {
    case 0:
      claim.sector = [(choice.quantity, choice.wrongValue)]
      claim.truth = .fails
      claim.rule = "sector of another value"
    case 1:
      claim.sector = [(choice.loose, choice.value)]
      claim.truth = .fails
      claim.mayBeRefused = true
      claim.rule = "sector of what is not conserved"
    case 2 where claim.unknowns.contains("na"):
      // n quanta beside a qubit that is up are one too many for the sector: no state starts so.
      let grown =
        Formula.name("n") + (.call("sin", [FormulaReader.formula("g*sqrt(n)*t").renaming(["t": claim.time])]) ^ 2)
      claim.sector = [(choice.quantity, choice.value)]
      claim.parts["na.initial"] = .name("n")
      claim.parts["na.solution"] = grown
      claim.parts["left"] = .name("na")
      claim.parts["right"] = grown
      claim.truth = .fails
      claim.mayBeRefused = true
      claim.rule = "sector without the start"
    case 2, 3:
      claim.truth = .open
      claim.rule = "sector not given"
    default: claim.sector = [(choice.quantity, choice.value)]
    }
    return claim
  }
}
