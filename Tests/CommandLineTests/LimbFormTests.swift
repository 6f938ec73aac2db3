import Foundation
import TestSupport
import Testing

/// `QBO_LIMB_FORM`: what is computed does not depend on it.
@Suite struct LimbFormTests {
  /// Chains of integers at one time and at all times, and real couplings.
  private static let questions = [
    ["spin.stored-energy", "N=40", "tau=1/3", "--digits", "60"],
    ["spin.stored-energy", "N=300", "tau=1/100", "--digits", "20"],
    ["spin.max-power", "N=12", "--digits", "40"],
    ["harmonic.stored-energy", "N=9", "tau=2/3", "--digits", "50"],
    ["dicke.stored-energy", "N=3", "g=1/2", "tau=1/2", "--digits", "30"],
  ]

  @Test(arguments: questions) func `all forms print the same bounds`(_ question: [String]) throws {
    let answers = try ["limbs", "doubles", "integers"].map { form in
      let run = try Program.run(
        ["evaluate"] + question + ["--format", "json"], environment: ["QBO_LIMB_FORM": form])
      #expect(run.status == 0, "\(run.error)")
      // What comes before the seconds.
      return run.output.components(separatedBy: "\"seconds\"")[0]
    }
    #expect(answers[0] == answers[1] && answers[1] == answers[2], "\(answers)")
    #expect(answers[0].contains("\"upper\""))
  }

  @Test func `another word is refused`() throws {
    let run = try Program.run(["quantities"], environment: ["QBO_LIMB_FORM": "double"])
    #expect(run.status == 2)
    #expect(run.error == "qbo: QBO_LIMB_FORM: 'double' is refused; accepted: limbs, doubles, integers\n")
  }
}
