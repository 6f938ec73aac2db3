/// What a check of a claim found.
public enum Verdict: String, Sendable, Hashable, CaseIterable {
  /// Holds for all parameters in a stated domain, by the symbolic engine or by Coq.
  case proved
  /// Holds by enclosures on a stated grid or box.
  case certified
  /// A certified counterexample was found, or the contrary was proved.
  case refuted
  /// Refuted as printed, proved as corrected.
  case misprinted
  /// Neither, for a stated reason.
  case undecided
}

/// What a verdict rests on.
public enum Ground: String, Sendable, Hashable, CaseIterable {
  /// Exact equality of normal forms.
  case normalForm = "normal-form"
  /// A proof that Coq accepted.
  case coq
  /// Enclosures.
  case enclosure
  /// A human argument, written out in the guide, that supplies a lemma.
  case argument
}

/// The outcome of checking one claim.
public struct Outcome: Sendable {
  /// The claim.
  public let claim: Claim
  /// What was found.
  public let verdict: Verdict
  /// What it rests on.
  public let by: [Ground]
  /// What was shown.
  public let evidence: Evidence
  /// How a double-precision kernel broke its promise at a point of the grid; nil when none did.
  public let kernelFailure: String?
  /// The time taken.
  public let seconds: Double

  /// Whether the verdict is not the expected one, or a kernel failed.
  public var isSurprise: Bool { verdict != claim.expected || kernelFailure != nil }
}
