/// The subjects of vectors with their cases.
public struct SubjectList: Sendable {
  /// The subjects in the order of their files.
  public let all: [Subject]
  /// The lists of cases, one a subject.
  public let cases: [CaseList]
  private let byName: [String: Subject]

  /// Subjects and lists of cases; of a name that is given twice the first counts.
  public init(_ subjects: [Subject], _ cases: [CaseList]) {
    (all, self.cases) = (subjects, cases)
    byName = Dictionary(subjects.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The subject of a name.
  public subscript(name: String) -> Subject? { byName[name] }

  /// The cases of a subject; nil where it has no list.
  public func cases(of subject: Subject) -> CaseList? { cases.first { $0.subject == subject.name } }
}
