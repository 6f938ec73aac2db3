import Catalogue

/// A way of stating something and of checking it; `docs/claims.md` says what each one shows.
///
/// A kind is a type in a file of its own, and an entry in a list of kinds such as ``ClaimKinds/builtIn``; nothing else
/// knows it.
public protocol ClaimKind: Sendable {
  /// The name in claim files.
  static var name: String { get }

  /// The keys that it takes beside those of every claim: `statement` and its own.
  static var keys: [String] { get }

  /// The verdicts that a claim of this kind may expect.
  static var verdicts: [Verdict] { get }

  /// Reads what the kind says of the keys of a claim.
  ///
  /// - Throws: `BadInput` with the line of what is refused.
  init(reading claim: inout ClaimReader) throws(BadInput)

  /// The statement as listings show it.
  var statementText: String { get }

  /// Checks the claim.
  ///
  /// - Throws: `BadInput` when the claim cannot be evaluated at all; `Undecided` for a question that stays open.
  func check(in context: CheckContext) throws -> Finding

  /// A proof for Coq; nil where there is none.
  func coqProof(of claim: Claim) -> CoqProof?
}

extension ClaimKind {
  /// None.
  public func coqProof(of claim: Claim) -> CoqProof? { nil }
}

/// The kinds that claim files may name.
public struct ClaimKinds: Sendable {
  /// The kinds, in the order of listings.
  public let all: [any ClaimKind.Type]

  /// A list of kinds, each with a name of its own.
  public init(_ all: [any ClaimKind.Type]) {
    precondition(Set(all.map { $0.name }).count == all.count, "ClaimKinds: two kinds of one name")
    self.all = all
  }

  /// The kinds of the suite.
  public static let builtIn = ClaimKinds([
    IdentityClaim.self, EquationOfMotionClaim.self, ConservedClaim.self, SolutionClaim.self, MisprintClaim.self,
    ValueClaim.self, BoundClaim.self, ConstantClaim.self, ExponentClaim.self, ThresholdClaim.self,
  ])

  /// These kinds and another one.
  public func adding(_ kind: any ClaimKind.Type) -> ClaimKinds { ClaimKinds(all + [kind]) }

  /// The names, in order.
  public var names: [String] { all.map { $0.name } }

  /// The kind of a name; nil when there is none.
  public func kind(named name: String) -> (any ClaimKind.Type)? { all.first { $0.name == name } }
}

/// The keys of one claim, and what they may name.
public struct ClaimReader {
  /// The keys.
  public var keys: YAMLMapping
  /// The models of the file.
  let models: ClaimModels

  /// The quantities that a claim may name.
  public var catalogue: Catalogue { models.catalogue }
}
