import ArbitraryPrecision
import Catalogue
import Models
import Operators
import RigorousNumerics

/// The charge of fermion modes by the model files `fermion-pairs` and `fermion-quartets`, k = 2 and k = 4, with the
/// couplings in their table.
///
/// Signs and sectors are those of the operators in the file.
struct FermionModel {
  private let model: Model
  private let catalogue: Catalogue
  private let modes: Int

  /// What has a file.
  static let limit = Limit([.of(.bodies)], "k = 2 or k = 4", because: "each k has a model file of its own") {
    Decision($0[.bodies] == 2 || $0[.bodies] == 4)
  }

  private static let known = KnownMaxima<FermionCouplings, FermionModel>(capacity: 16)

  /// A route by the files.
  static func route(_ method: String, _ evaluate: @escaping Route.Evaluate) -> Route {
    .model(
      of: "fermion-pairs", as: "model", "\(method); k = 4 by fermion-quartets.yaml", lemmas: ["First maximum"],
      limits: [Model.limit, limit], evaluate)
  }

  /// The model of some couplings.
  init(_ couplings: FermionCouplings) throws {
    guard couplings.order == 2 || couplings.order == 4 else { throw Self.limit.exceeded }
    self = try Self.known.value(for: couplings) { try FermionModel(reading: couplings) }
  }

  private init(reading couplings: FermionCouplings) throws {
    let name = couplings.order == 2 ? "fermion-pairs" : "fermion-quartets"
    let entries = try couplings.couplings.map { coupling in
      guard let x = Rational(exactly: coupling.x), let y = Rational(exactly: coupling.y) else {
        throw Unanswered(undecided: "a coupling is no number")
      }
      return ((0..<couplings.modes).filter { coupling.modes >> $0 & 1 == 1 }, GaussianRational(x, y))
    }
    let tables = ["J": Dictionary(uniqueKeysWithValues: entries)]
    model = try Model(parsing: SeedModel.text(name), name: "proofs/models/\(name).yaml", tables: tables)
    catalogue = try model.entered(in: Catalogue([]))
    modes = couplings.modes
  }

  /// tau, the time of the first maximum of the energy.
  func time(_ precision: Int, within budget: Budget) throws -> Interval {
    let quantity = try catalogue.quantity(named: "\(model.name).time")
    return try quantity.route.evaluate(Arguments([("N", "\(modes)")], for: quantity), precision, budget)
  }

  /// The weights r_abk of the second half of the charge.
  func transitions(_ precision: Int, within budget: Budget) throws -> WorkTransitions {
    let bits = precision + 32
    let half = try time(bits, within: budget).scaled(byPowerOfTwo: -1)
    let motion = try ModelMotion(
      model, Arguments([("N", "\(modes)")], for: catalogue.quantity(named: "\(model.name).time")),
      precision: bits + 32, within: budget)
    return try WorkTransitions(motion, before: half, during: half, bits: bits, within: budget)
  }
}
