import Catalogue
import Foundation
import Systems
import TestSupport
import Testing
import Yams

/// The models that claims of rates are made of. The rate of one observable does not depend on all of a Hamiltonian, nor on what an abbreviation stands
/// for when both sides use it: a slip there leaves a true statement, of another model.
@Suite struct StatedModelTests {
  /// Hamiltonians that no model file has, each as the paper has it, with its equation; an abbreviation H of the same text
  /// counts as one.
  private static let hamiltonians = [
    // Phys. Rev. B 99, 205437: (2), (13), (18), (21), and (23) with m and with cos(theta).
    "HA + HB + lambda*HI",
    "w0/2*(p^2 + q^2) + w0/2*sum(j, x[j]^2 + y[j]^2) + g*sum(k, q*x[k] + p*y[k])",
    "w0/2*(p^2 + q^2) + w0/2*(P^2 + Q^2) + gN*(q*Q + p*P)",
    "N*w0*(ca + 1)/2 + N*w0*(cb + 1)/2 + g*N^2*sa*sb*cos(phia - phib)",
    "w0/2*(p^2 + q^2) + w0*(m + N/2) + g*sqrt(2)*N*q*s*cos(phi)",
    "w0/2*(p^2 + q^2) + N*w0*(c + 1)/2 + g*sqrt(2)*N*q*s*cos(phi)",
    // Sec. II, (1): any quadratic function.
    "A*p^2/2 + B*q^2/2 + C*q*p",
  ]

  /// The Hamiltonians of the model files, by the names of the models.
  private static let models = [
    // Phys. Rev. B 99, 205437: (7) twice, (6), (6) of its parallel scheme, (16) twice and in parallel, (21) from two
    // starts and in parallel, and its coupling alone.
    "harmonic-sector": "w0*a'*a + w0*B'*B + g*sqrt(N)*(a*B' + a'*B)",
    "harmonic-coherent": "w0*a'*a + w0*B'*B + g*sqrt(N)*(a*B' + a'*B)",
    "harmonic-modes": "w0*a'*a + w0*sum(j, b[j]'*b[j]) + g*sum(l, a*b[l]' + a'*b[l])",
    "harmonic-parallel":
      "w0*sum(j, a[j]'*a[j]) + w0*sum(k, b[k]'*b[k]) + g*sum(l, a[l]*b[l]' + a[l]'*b[l])",
    "spin-pair": "w0*(Ja_z + Jb_z + N) + 4*g*(Ja_x*Jb_x + Ja_y*Jb_y)",
    "spin-parallel":
      "w0/2*sum(j, a_z[j] + 1) + w0/2*sum(k, b_z[k] + 1) + g*sum(l, a_x[l]*b_x[l] + a_y[l]*b_y[l])",
    "spin-cells": "w0/2*sum(j, a_z[j] + 1) + w0/2*sum(k, b_z[k] + 1) + 4*g*(Ax*Bx + Ay*By)",
    "dicke-mode": "w0*a'*a + w0*(J_z + N/2) + 2*g*(a' + a)*J_x",
    "dicke-coherent-mode": "w0*a'*a + w0*(J_z + N/2) + 2*g*(a' + a)*J_x",
    "dicke-parallel":
      "w0*sum(j, a[j]'*a[j]) + w0/2*sum(k, s_z[k] + 1) + g*sum(l, (a[l]' + a[l])*s_x[l])",
    "dicke-strong": "2*(a' + a)*J_x/sqrt(N)",
    // arXiv:2508.13497, with the detunings of docs/star.md.
    "dephased-star": "F*(s_p + s_m) + g*(s_p*J_m + s_m*J_p) + delta*(J_z + N/2) + kappa*s_z/2",
    // docs/freedom.md: cells that do not couple, for contrast.
    "cells-apart": "sum(j, (q_z[j] + 1)/2)",
    // arXiv:2605.11399 twice; docs/freedom.md, docs/quasi.md, docs/fermions.md.
    "capacity-cells": "-wb*b_z - wc*c_z + J1*(b_p*c_m + b_m*c_p) + J2*b_z*c_z",
    "capacity-noise": "-wb*b_z - wc*c_z + J1*(b_p*c_m + b_m*c_p) + J2*b_z*c_z",
    "tavis-cummings-spin": "g*(a*J_p + a'*J_m)",
    "tavis-cummings-cells": "g*sum(j, a*s_p[j] + a'*s_m[j])",
    "quasi-blocks": "g*sum(j, b(1,0)[j] + b(0,1)[j])",
    "fermion-pairs": "pairs(j, k, J[j,k]*c[j]*c[k] + J[j,k]'*c[k]'*c[j]')/sqrt(2)",
    "fermion-quartets": """
    sum(j from 0 to N-4, sum(k from j+1 to N-3, sum(l from k+1 to N-2, sum(m from l+1 to N-1, \
    J[j,k,l,m]*c[j]*c[k]*c[l]*c[m] + J[j,k,l,m]'*c[m]'*c[l]'*c[k]'*c[j]'))))/sqrt(2)
    """,
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

  @Test func `the model files have the Hamiltonians of the papers`() throws {
    let folder = Repository.top.appending(path: "proofs/models")
    var found: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "yaml" {
      let model = try #require(try Yams.compose(yaml: String(contentsOf: file, encoding: .utf8)))
      let name = try #require(model["model"]?.string)
      #expect(file.lastPathComponent == "\(name).yaml")
      found[name] = model["hamiltonian"]?.string
    }
    #expect(found == Self.models)
  }

  /// Claims that derive from a Hamiltonian name a model whose file a route of certified values evaluates, and every file
  /// is evaluated: there is no other text of a Hamiltonian of operators.
  @Test func `what is proved of a Hamiltonian and what is evaluated are one file`() throws {
    let claimed = Set(try Self.texts("model"))
    let methods = Catalogue.builtIn.quantities.flatMap(\.routes).map(\.method)
    let evaluated = Set(
      Self.models.keys.filter { name in
        methods.contains { $0.hasPrefix("the model of proofs/models/\(name).yaml") || $0.contains("by \(name).yaml") }
      } + ["vacuum-flip"])
    // Files that claims load have quantities of their own.
    let loaded = try Self.nodes("models").compactMap(\.sequence).joined().compactMap { $0.scalar?.string }
    let own = Self.models.keys.filter { loaded.contains("models/\($0).yaml") }
    #expect(evaluated.union(own) == Set(Self.models.keys).union(["vacuum-flip"]))
    #expect(claimed.isSuperset(of: ["harmonic-sector", "harmonic-modes", "spin-pair", "dicke-mode", "capacity-cells"]))
  }

  /// Files that differ in their starts alone.
  @Test func `starts of one system share its Hamiltonian`() {
    #expect(Self.models["harmonic-coherent"] == Self.models["harmonic-sector"])
    #expect(Self.models["capacity-noise"] == Self.models["capacity-cells"])
    #expect(Self.models["dicke-coherent-mode"] == Self.models["dicke-mode"])
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
    #expect(formulas.contains("gN: g*sqrt(N)"))
    #expect(formulas.contains("HB: \(energy)"))
    #expect(formulas.contains("X: exp(2*i*gN*t)/2*\(bracket)"))
    #expect(formulas.contains("X: \(bracket)/2"))
    #expect(try Self.texts("statement").contains("\(energy) = w0*B'*B"))
  }
}
