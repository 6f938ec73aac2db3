import ArbitraryPrecision
import Catalogue
import JSON

/// What became of a case.
public enum AnswerVerdict: String, Sendable, CaseIterable {
  /// The error is certainly at most four ulps of binary64 of the truth, and no claim is broken.
  case agrees
  /// The error is certainly within the claimed tolerance, which leaves a digit.
  case agreesWithinClaim = "agrees-within-claim"
  /// The error is certainly beyond both, or beyond the claim; or the answer is zero, or zero within its claim, and the
  /// truth is not.
  case disagrees
  /// A value was given for an input that must be refused.
  case acceptedInvalid = "accepted-invalid"
  /// An input that must be refused was refused.
  case refused
  /// A valid input was refused.
  case refusedValid = "refused-valid"
  /// No answer was attempted, or one that says nothing.
  case skipped
  /// No answer was had.
  case errored
  /// The certified digits do not tell.
  case undecided

  /// Whether a run with this verdict fails, unless the case is a known failure.
  public var isFailure: Bool { AnswerVerdict.failures.contains(self) }

  private static let failures: Set<AnswerVerdict> = [.disagrees, .acceptedInvalid, .refusedValid, .errored, .undecided]
}

/// The verdict on one case, with its error.
package struct Judgement: Sendable {
  /// What else is to be said of a verdict.
  package enum Mark: String, Sendable {
    /// The claim holds and leaves no digit: it is above a tenth of the true value.
    case vacuous
    /// The answer is zero, or zero within its claim, and the truth is not.
    case wrongZero = "wrong-zero"
    /// The claimed tolerance is smaller than the error.
    case brokenClaim = "broken-claim"
    /// The run had been given up before the question.
    case notAsked = "not-asked"
  }

  /// Upper bounds of the error: absolute, in ulps of the truth, and in units of the claimed tolerance.
  package struct Errors: Sendable {
    package let absolute: Rational
    package let ulps: Rational?
    package let units: Rational?
  }

  package let verdict: AnswerVerdict
  package var mark: Mark?
  package var errors: Errors?
  package var note = ""
  /// What was answered; nil where there was none, or none that could be read.
  package var given: Answer?

  /// The most ulps with which a value agrees without a claim.
  static let ulps = Rational(4)
  /// The greatest part of the true value that a claim may be: with more it leaves no decimal digit.
  static let greatestClaim = Rational(1, 10)

  /// The verdict on an answer to a question.
  init(_ answer: Answer, to question: VectorStore.Question) {
    switch (answer, question) {
    case (.errored(let message), _): self.init(verdict: .errored, note: message)
    case (.skipped(let reason, below: let bound?, _), .valid(let truth)):
      self.init(nothingAbove: bound, note: reason, lower: truth.lower, upper: truth.upper)
    case (.skipped(let reason, _, _), _): self.init(verdict: .skipped, note: reason)
    case (.refused(let reason), .invalid): self.init(verdict: .refused, note: reason)
    case (.refused(let reason), .valid): self.init(verdict: .refusedValid, note: reason)
    case (.value, .invalid(let fault)): self.init(verdict: .acceptedInvalid, note: fault.fault)
    case (.value(.notFinite, _, let text, _), .valid):
      self.init(verdict: .disagrees, note: "the value is \(text)")
    case (.value(.finite(let value), let tolerance, _, _), .valid(let truth)):
      self.init(value: value, tolerance: tolerance, lower: truth.lower, upper: truth.upper)
    }
    given = answer
  }

  init(verdict: AnswerVerdict, mark: Mark? = nil, errors: Errors? = nil, note: String = "") {
    (self.verdict, self.mark, self.errors, self.note) = (verdict, mark, errors, note)
  }

  /// The verdict on an abstention that says how far from zero the value is at most: one that the truth is certainly
  /// beyond was no abstention but a wrong zero.
  private init(nothingAbove bound: Rational, note: String, lower: Rational, upper: Rational) {
    let isBroken = min(lower.magnitude, upper.magnitude) > bound
    let zero = isBroken ? Judgement(value: 0, tolerance: bound, lower: lower, upper: upper) : nil
    self.init(
      verdict: isBroken ? .disagrees : .skipped, mark: isBroken ? .brokenClaim : nil, errors: zero?.errors, note: note)
  }

  /// The verdict on a value with the truth between two bounds of equal sign; all comparisons are exact.
  init(value: Rational, tolerance: Rational?, lower: Rational, upper: Rational) {
    let greatest = max((value - lower).magnitude, (value - upper).magnitude)
    let least = value < lower ? lower - value : value > upper ? value - upper : 0
    let isZero = lower.signum == 0 && upper.signum == 0
    let (small, large) = (min(lower.magnitude, upper.magnitude), max(lower.magnitude, upper.magnitude))
    // Without an ulp, of a truth of zero, the value must be zero.
    let allowed = isZero ? (0, 0) : (Judgement.ulps * Judgement.ulp(small), Judgement.ulps * Judgement.ulp(large))
    let isZeroWithin = !isZero && tolerance.map { value.magnitude <= $0 } ?? false
    if let tolerance, least > tolerance {
      self.init(verdict: .disagrees, mark: .brokenClaim)
    } else if isZeroWithin, greatest <= allowed.0 {
      self.init(verdict: .disagrees, mark: .wrongZero, note: "zero within its claim; the truth is not zero")
    } else if greatest <= allowed.0 {
      // Here a claim below the width of the bounds is one that they do not contradict: of an exact answer, for one.
      self.init(verdict: .agrees)
    } else if let tolerance {
      if greatest > tolerance || isZeroWithin && least <= allowed.1 {
        self.init(verdict: .undecided, note: "the certified digits do not tell")
      } else if isZeroWithin {
        // However true the claim is: an implementation that cannot tell the value from zero skips.
        self.init(verdict: .disagrees, mark: .wrongZero, note: "zero within its claim; the truth is not zero")
      } else if tolerance > Judgement.greatestClaim * small {
        self.init(verdict: .skipped, mark: .vacuous, note: "the claim is above a tenth of the true value")
      } else {
        self.init(verdict: .agreesWithinClaim)
      }
    } else if least <= allowed.1 {
      self.init(verdict: .undecided, note: "the certified digits do not tell")
    } else {
      self.init(verdict: .disagrees, mark: value.signum == 0 ? .wrongZero : nil)
    }
    let ulps = isZero ? (greatest.signum == 0 ? Rational(0) : nil) : greatest / Judgement.ulp(small)
    let units = tolerance.flatMap { $0.signum > 0 ? greatest / $0 : greatest.signum == 0 ? Rational(0) : nil }
    errors = Errors(absolute: greatest, ulps: ulps, units: units)
  }

  /// Whether a case is skipped by a claim that leaves no digit of a value of natural size: of a truth near zero it says
  /// nothing either.
  func isBeyond(scale: Rational) -> Bool {
    guard verdict == .skipped, mark == .vacuous, case .value(_, let tolerance?, _, _) = given else { return false }
    return tolerance > Judgement.greatestClaim * scale
  }

  /// The answer that was judged, as the protocol writes it.
  var answer: [JSONValue.Member] {
    func claimed(_ kind: String, _ text: String, _ claim: String?) -> [JSONValue.Member] {
      [.init(kind, .string(text))] + (claim.map { [.init("tolerance", .string($0))] } ?? [])
    }
    switch given {
    case .value(_, _, let text, let claim): return claimed("value", text, claim)
    case .skipped(let reason, _, let claim): return claimed("skipped", reason, claim)
    case .refused(let reason): return claimed("refused", reason, nil)
    case .errored(let message): return claimed("errored", message, nil)
    case nil: return mark == .notAsked ? [] : claimed("errored", note, nil)
    }
  }

  /// The value that was answered, as written.
  package var value: String? { if case .value(_, _, let text, _) = given { text } else { nil } }

  /// The tolerance that was claimed, as written.
  package var tolerance: String? {
    switch given {
    case .value(_, _, _, let claim), .skipped(_, _, let claim): claim
    default: nil
    }
  }

  /// 2^(e-53) for 2^(e-1) <= x < 2^e, as in the audits, also below the range of doubles.
  static func ulp(_ x: Rational) -> Rational {
    // Rounding down does not change the exponent.
    Rational(2).power((BigFloat(x, precision: 64, rounding: .down).binaryExponent ?? 0) - 53)
  }
}
