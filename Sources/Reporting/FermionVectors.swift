import ArbitraryPrecision
import Catalogue
import Systems
import JSON
import RigorousNumerics

/// The certified vectors of fermion modes with random k-body couplings, `fixtures/quasi-fermions.json`: the couplings
/// of a seed, tau, and the atoms of p_0 and p_1/2 (`docs/fermions.md`).
///
/// Scalars are tagged strings: `{"double": "0x1.8p+0"}` is a double, exactly; `{"lower": ..., "upper": ...}` are
/// decimals with the value between them.
public enum FermionVectors {
  /// One instance.
  public struct Case: Sendable, Hashable {
    /// N.
    public let modes: Int
    /// k.
    public let order: Int
    /// The seed of the generator.
    public let seed: UInt64

    /// An instance.
    public init(modes: Int, order: Int, seed: UInt64) { (self.modes, self.order, self.seed) = (modes, order, seed) }
  }

  /// The instances of the file: N = 4 ... 10, k = 2 and 4, seeds 1, 2 and 3.
  public static let cases: [Case] = [2, 4].flatMap { k in
    (4...10).flatMap { n in (1...3).map { Case(modes: n, order: k, seed: $0) } }
  }

  /// The decimals after the point.
  static let digits = 24

  /// The document of some instances, one a line.
  ///
  /// - Throws: ``BadInput``, or `Undecided` when a value was not certified within the budget.
  public static func document(_ cases: [Case], within budget: Budget) throws -> String {
    let notes = [
      """
      H0 = sum n_i, H1 = sum over i1 < ... < ik of (J c_i1 ... c_ik + h.c.), J = (x + i y)/sqrt 2, start: the vacuum; \
      hbar = 1
      """,
      """
      couplings in lexicographic order of their modes, counted from 0; x, y by Box and Muller from SplitMix64 started \
      with the seed, rounded to nearest
      """,
      "tau: first maximum of the energy over t > 0; work from tau/2 to tau, in units of eps",
      "atoms: work as a rational, probability; bounds differ by at most 1e-\(digits)",
    ]
    let head: [JSONValue.Member] = [
      .init("system", .string("quasi.fermions")), .init("notes", .array(notes.map { .string($0) })),
    ]
    let lines = try cases.map { "  \(try record($0, within: budget))" }
    return "{\n" + head.map { "\(JSONValue.string($0.key)): \($0.value),\n" }.joined()
      + "\"vectors\": [\n" + lines.joined(separator: ",\n") + "\n]\n}\n"
  }

  /// The couplings of an instance as stored.
  public static func couplings(_ instance: Case) -> JSONValue {
    let couplings = FermionCouplings(modes: instance.modes, order: instance.order, seed: instance.seed).couplings
    return .array(
      couplings.map { coupling in
        let modes = (0..<instance.modes).filter { coupling.modes >> $0 & 1 == 1 }
        return .members([
          "modes": .array(modes.map { .integer($0) }), "x": double(coupling.x), "y": double(coupling.y),
        ])
      })
  }

  /// The object of an instance.
  static func record(_ instance: Case, within budget: Budget) throws -> JSONValue {
    let couplings = FermionCouplings(modes: instance.modes, order: instance.order, seed: instance.seed)
    let given = [
      (name: "N", text: "\(instance.modes)"), (name: "k", text: "\(instance.order)"),
      (name: "seed", text: "\(instance.seed)"),
    ]
    func atoms(_ q: String, _ value: Rational) throws -> JSONValue {
      .array(
        try couplings.works(q: value).map { work in
          .members([
            "w": .string("\(work)"),
            "p": try bounds(
              "quasi.fermion-atom", given + [(name: "q", text: q), (name: "w", text: "\(work)")], budget),
          ])
        })
    }
    return .members([
      "N": .integer(instance.modes), "k": .integer(instance.order), "seed": .string("\(instance.seed)"),
      "couplings": self.couplings(instance), "tau": try bounds("quasi.fermion-time", given, budget),
      "p_0": try atoms("0", 0), "p_1/2": try atoms("1/2", Rational(1, 2)),
    ])
  }

  private static func bounds(_ name: String, _ given: [(name: String, text: String)], _ budget: Budget) throws
    -> JSONValue
  {
    let quantity = try Catalogue.builtIn.quantity(named: name)
    let value = try quantity.certified(
      Arguments(given, for: quantity), to: .absolute(digits: digits), within: budget)
    guard value.undecided == nil, let lower = value.lower, let upper = value.upper else {
      throw Undecided("\(name): \(value.undecided ?? "no bounds")")
    }
    return .members(["lower": .string("\(lower)"), "upper": .string("\(upper)")])
  }

  /// A finite double with all its bits.
  static func double(_ value: Double) -> JSONValue {
    guard value != 0 else { return .members(["double": .string("0x0p+0")]) }
    // Subnormal numbers are written like others, with their own exponent.
    let significand = value.significand
    let bits = String(significand.significandBitPattern, radix: 16)
    var fraction = String(repeating: "0", count: 13 - bits.count) + bits
    while fraction.hasSuffix("0") { fraction.removeLast() }
    let exponent = Int(value.exponent)
    let text =
      "\(value < 0 ? "-" : "")0x1\(fraction.isEmpty ? "" : "." + fraction)p\(exponent < 0 ? "" : "+")\(exponent)"
    return .members(["double": .string(text)])
  }
}
