import Testing
import Yams

/// The models that claims of rates are made of. The rate of one observable does not depend on all of a Hamiltonian, nor on what an abbreviation stands
/// for when both sides use it: a slip there leaves a true statement, of another model.
@Suite struct StatedModelTests {
  /// Each Hamiltonian as the papers have it, with its equation; an abbreviation H of the same text counts as one.
  private static let hamiltonians = [
    // Phys. Rev. B 99, 205437: (2), (7) with g_N and with its parts, (6) and its parallel scheme, (12), (13), (16), (18), (21),
    // and (23) with m and with cos(theta).
    "HA + HB + lambda*HI",
    "w0*sum(j, a[j]'*a[j]) + w0*sum(k, b[k]'*b[k]) + g*sum(l, a[l]*b[l]' + a[l]'*b[l])",
    "w0*a'*a + w0*(J_z + N/2) + 2*g*(a' + a)*J_x",
    "w0*a'*a + w0*B'*B + gN*(a*B' + a'*B)",
    "w0*a'*a + w0*B'*B + g*sqrt(N)*(a*B' + a'*B)",
    "w0*a'*a + w0*sum(j, b[j]'*b[j]) + g*sum(l, a*b[l]' + a'*b[l])",
    "w0/2*(p^2 + q^2) + w0/2*sum(j, x[j]^2 + y[j]^2) + g*sum(k, q*x[k] + p*y[k])",
    "w0/2*(p^2 + q^2) + w0/2*(P^2 + Q^2) + gN*(q*Q + p*P)",
    "w0*(Ja_z + Jb_z + N) + 4*g*(Ja_x*Jb_x + Ja_y*Jb_y)",
    "N*w0*(ca + 1)/2 + N*w0*(cb + 1)/2 + g*N^2*sa*sb*cos(phia - phib)",
    "w0/2*(p^2 + q^2) + w0*(m + N/2) + g*sqrt(2)*N*q*s*cos(phi)",
    "w0/2*(p^2 + q^2) + N*w0*(c + 1)/2 + g*sqrt(2)*N*q*s*cos(phi)",
    // arXiv:2605.11399, with frequencies and with a detuning.
    "-wb*b_z - wc*c_z + J1*(b_p*c_m + b_m*c_p) + J2*b_z*c_z",
    "-(w + delta)*b_z - w*c_z + J1*(b_p*c_m + b_m*c_p) + J2*b_z*c_z",
  ]

  /// The cosine and the sine of a classical spin of length N/2 from its momentum.
  private static let sphere = [
    "c: 2*m/N", "s: sqrt(1 - 4*m^2/N^2)", "ca: 2*ma/N", "sa: sqrt(1 - 4*ma^2/N^2)", "cb: 2*mb/N",
    "sb: sqrt(1 - 4*mb^2/N^2)",
  ]

  /// The values of a key of plain texts in all claim files, at any depth.
  private static func texts(_ key: String) throws -> [String] {
    try nodes(key).compactMap { $0.scalar?.string }
  }

  /// The entries of a key of names with formulas in all claim files.
  private static func formulas(_ key: String) throws -> [(name: String, formula: String)] {
    try nodes(key).compactMap(\.mapping).flatMap { mapping in
      mapping.compactMap { name, value in
        if let name = name.string, let formula = value.scalar?.string { (name, formula) } else { nil }
      }
    }
  }

  private static func nodes(_ key: String) throws -> [Node] {
    func found(_ node: Node) -> [Node] {
      switch node {
      case .mapping(let mapping):
        mapping.flatMap { name, value in (name.string == key ? [value] : []) + found(value) }
      case .sequence(let items): items.flatMap(found)
      default: []
      }
    }
    return try ProofLines.files().compactMap { try Yams.compose(yaml: $0.text) }.flatMap(found)
  }

  @Test func `every Hamiltonian is one of the papers`() throws {
    let abbreviations = try Self.formulas("let").filter { $0.name == "H" }.map(\.formula)
    let found = try Self.texts("hamiltonian").filter { $0 != "H" } + abbreviations
    #expect(Set(found) == Set(Self.hamiltonians))
  }

  @Test func `every spin lies on its sphere`() throws {
    let names: Set = ["c", "s", "ca", "sa", "cb", "sb"]
    let found = try Self.formulas("let").filter { names.contains($0.name) }.map { "\($0.name): \($0.formula)" }
    #expect(Set(found) == Set(Self.sphere))
  }

  /// Heisenberg's equation is homogeneous, and a claim of its own takes the start: both must speak of one operator.
  @Test func `the stored operator and its start are one`() throws {
    let energy = "w0/2*(a'*a + B'*B - (X + X'))"
    let bracket = "(a'*a - B'*B + B'*a - a'*B)"
    let formulas = try Self.formulas("let").map { "\($0.name): \($0.formula)" }
    #expect(formulas.contains("HB: \(energy)"))
    #expect(formulas.contains("X: exp(2*i*gN*t)/2*\(bracket)"))
    #expect(formulas.contains("X: \(bracket)/2"))
    #expect(try Self.texts("statement").contains("\(energy) = w0*B'*B"))
  }
}
