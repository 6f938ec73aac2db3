import ArbitraryPrecision
import BatteryModels
import JSON

/// What became of a case.
public enum Verdict: String, Sendable, CaseIterable {
  /// The error is certainly at most four ulps of binary64 of the truth, and no claim is broken.
  case agrees
  /// The error is certainly within the claimed tolerance.
  case agreesWithinClaim = "agrees-within-claim"
  /// The error is certainly beyond both, or beyond the claim.
  case disagrees
  /// A value was given for an input that must be refused.
  case acceptedInvalid = "accepted-invalid"
  /// An input that must be refused was refused.
  case refused
  /// No answer was attempted, or one that says nothing.
  case skipped
  /// No answer was had.
  case errored
  /// The certified digits do not tell.
  case undecided

  /// Whether a run with this verdict fails, unless the case is a known failure.
  public var isFailure: Bool { [.disagrees, .acceptedInvalid, .errored, .undecided].contains(self) }
}

/// The verdict on one case, with its error.
struct Judgement: Sendable {
  /// What else is to be said of a verdict.
  enum Mark: String, Sendable {
    /// The claim holds and says nothing: it is as large as the true value.
    case vacuous
    /// The claimed tolerance is smaller than the error.
    case brokenClaim = "broken-claim"
    /// A valid input was refused.
    case refusedValid = "refused-valid"
    /// The run had been given up before the question.
    case notAsked = "not-asked"
  }

  /// Upper bounds of the error: absolute, in ulps of the truth, and in units of the claimed tolerance.
  struct Errors: Sendable {
    let absolute: Rational
    let ulps: Rational?
    let units: Rational?
  }

  let verdict: Verdict
  var mark: Mark?
  var errors: Errors?
  var note = ""
  var value: String?
  var tolerance: String?

  /// The most ulps with which a value agrees without a claim.
  static let ulps = Rational(4)

  /// The verdict on an answer to a question.
  init(_ answer: Answer, to question: VectorStore.Question) {
    switch (answer, question) {
    case (.errored(let message), _): self.init(verdict: .errored, note: message)
    case (.skipped(let reason), _): self.init(verdict: .skipped, note: reason)
    case (.refused(let reason), .invalid): self.init(verdict: .refused, note: reason)
    case (.refused(let reason), .valid): self.init(verdict: .skipped, mark: .refusedValid, note: reason)
    case (.value(_, _, let text, let claim), .invalid(let fault)):
      self.init(verdict: .acceptedInvalid, note: fault.fault, value: text, tolerance: claim)
    case (.value(.notFinite, _, let text, let claim), .valid):
      self.init(verdict: .disagrees, note: "the value is \(text)", value: text, tolerance: claim)
    case (.value(.finite(let value), let tolerance, let text, let claim), .valid(let truth)):
      self.init(value: value, tolerance: tolerance, lower: truth.lower, upper: truth.upper)
      (self.value, self.tolerance) = (text, claim)
    }
  }

  init(
    verdict: Verdict, mark: Mark? = nil, errors: Errors? = nil, note: String = "", value: String? = nil,
    tolerance: String? = nil
  ) {
    (self.verdict, self.mark, self.errors, self.note) = (verdict, mark, errors, note)
    (self.value, self.tolerance) = (value, tolerance)
  }

  /// The verdict on a value with the truth between two bounds of equal sign; all comparisons are exact.
  init(value: Rational, tolerance: Rational?, lower: Rational, upper: Rational) {
    let greatest = max((value - lower).magnitude, (value - upper).magnitude)
    let least = value < lower ? lower - value : value > upper ? value - upper : 0
    let isZero = lower.signum == 0 && upper.signum == 0
    let (small, large) = (min(lower.magnitude, upper.magnitude), max(lower.magnitude, upper.magnitude))
    // Without an ulp, of a truth of zero, the value must be zero.
    let allowed = isZero ? (0, 0) : (Judgement.ulps * Judgement.ulp(small), Judgement.ulps * Judgement.ulp(large))
    if let tolerance, least > tolerance {
      self.init(verdict: .disagrees, mark: .brokenClaim)
    } else if greatest <= allowed.0 {
      // Here a claim below the width of the bounds is one that they do not contradict: of an exact answer, for one.
      self.init(verdict: .agrees)
    } else if let tolerance {
      if greatest > tolerance {
        self.init(verdict: .undecided, note: "the certified digits do not tell")
      } else if tolerance >= small {
        self.init(verdict: .skipped, mark: .vacuous, note: "the claim is as large as the true value")
      } else {
        self.init(verdict: .agreesWithinClaim)
      }
    } else if least <= allowed.1 {
      self.init(verdict: .undecided, note: "the certified digits do not tell")
    } else {
      self.init(verdict: .disagrees)
    }
    let ulps = isZero ? (greatest.signum == 0 ? Rational(0) : nil) : greatest / Judgement.ulp(small)
    let units = tolerance.flatMap { $0.signum > 0 ? greatest / $0 : greatest.signum == 0 ? Rational(0) : nil }
    errors = Errors(absolute: greatest, ulps: ulps, units: units)
  }

  /// The answer that was judged, as the protocol writes it.
  var answer: [JSONValue.Member] {
    if let value {
      return [.init("value", .string(value))] + (tolerance.map { [.init("tolerance", .string($0))] } ?? [])
    }
    if mark == .notAsked { return [] }
    let kind = verdict == .refused || mark == .refusedValid ? "refused" : verdict == .skipped ? "skipped" : "errored"
    return [.init(kind, .string(note))]
  }

  /// 2^(e-53) for 2^(e-1) <= x < 2^e, as in the audits, also below the range of doubles.
  static func ulp(_ x: Rational) -> Rational {
    // Rounding down does not change the exponent.
    Rational(2).power((BigFloat(x, precision: 64, rounding: .down).binaryExponent ?? 0) - 53)
  }
}

extension Rational {
  /// A decimal of three digits that is at least this number, which is not negative.
  var boundText: String {
    BigFloat(self, precision: 64, rounding: .up).decimal(digits: 3, rounding: .up)?.text(plainExponents: -3...5) ?? "0"
  }
}
