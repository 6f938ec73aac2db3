import ArbitraryPrecision

/// What became of the cases of one subject.
package struct SubjectTally: Sendable {
  /// The greatest of a figure of errors, with the id of its case.
  package typealias Worst = (value: Rational, id: String)

  /// The subject.
  package let subject: String
  /// Its cases in order.
  package let cases: [Validation.Case]

  /// Its valid cases alone.
  package var valid: SubjectTally {
    SubjectTally(subject: subject, cases: cases.filter { if case .valid = $0.question { true } else { false } })
  }

  /// How many cases have one of some verdicts.
  package func count(_ verdicts: AnswerVerdict...) -> Int { cases.count { verdicts.contains($0.judgement.verdict) } }

  /// How many cases fail.
  package var failed: Int { cases.count { $0.judgement.verdict.isFailure } }

  /// How many are abstentions.
  package var abstained: Int { cases.count(where: \.isAbstention) }

  /// The greatest error in ulps among the answers to valid questions.
  package var worstUlps: Worst? { worst(\.ulps) }

  /// The greatest error in units of the claim.
  package var worstUnits: Worst? { worst(\.units) }

  private func worst(_ figure: (Judgement.Errors) -> Rational?) -> Worst? {
    cases.compactMap { item in
      item.judgement.errors.flatMap(figure).map { ($0, item.question.id) }
    }.reduce(nil) { worst, item in worst.map { $0.value >= item.0 } == true ? worst : item }
  }
}

extension Validation {
  /// The cases subject by subject.
  package var tallies: [SubjectTally] {
    var result: [(subject: String, cases: [Case])] = []
    for item in cases {
      if result.last?.subject != item.question.subject { result.append((item.question.subject, [])) }
      result[result.count - 1].cases.append(item)
    }
    return result.map { SubjectTally(subject: $0.subject, cases: $0.cases) }
  }

  /// How many cases have a verdict.
  package func count(_ verdict: AnswerVerdict) -> Int { cases.count { $0.judgement.verdict == verdict } }

  /// How many cases are abstentions.
  package var abstentions: Int { cases.count(where: \.isAbstention) }

  /// The cases that failed, then those of which no digit was given though they are not small; without those that were
  /// not asked.
  package var remarkable: [Case] {
    cases.filter { $0.judgement.verdict.isFailure && $0.judgement.mark != .notAsked } + cases.filter(\.isAbstention)
  }
}
