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

/// What was found, so that it can be repeated.
public struct Evidence: Sendable, Hashable {
  /// One sentence.
  public let summary: String
  /// Named details, in order.
  public let details: [Detail]

  /// A named detail.
  public struct Detail: Sendable, Hashable {
    /// The name.
    public let name: String
    /// The text.
    public let text: String
  }

  /// A sentence, with named details.
  public init(_ summary: String, _ details: KeyValuePairs<String, String> = [:]) {
    self.summary = summary
    self.details = details.map { Detail(name: $0.key, text: $0.value) }
  }

  private init(_ summary: String, _ details: [Detail]) { (self.summary, self.details) = (summary, details) }

  /// The same without those details of some names that have no text.
  func withoutEmpty(_ names: Set<String>) -> Evidence {
    Evidence(summary, details.filter { !names.contains($0.name) || !$0.text.isEmpty })
  }
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
