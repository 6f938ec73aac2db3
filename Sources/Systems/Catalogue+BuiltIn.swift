import Catalogue

extension Catalogue {
  /// The systems that come with the suite: a line enters one.
  public static let builtIn: Catalogue = {
    do throws(BadInput) {
      return try Catalogue([
        HarmonicQuantities.system, SpinQuantities.system, DickeQuantities.system, CapacityQuantities.system,
        StarQuantities.system, FreedomQuantities.system, QuasiQuantities.system, FermionQuantities.system,
        StateSubjects.system,
      ])
    } catch {
      fatalError("Systems: \(error.message)")
    }
  }()
}
