import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics

/// The work quasiprobability of flip, parallel and blocks from all 2^M states of the blocks, by the certified evolution
/// of the model file `quasi-blocks`, one route of its quantities.
///
/// Nothing is used of the independence of blocks. The routes share the definition alone.
extension BlockBattery {
  /// The limit on the states.
  static let statesLimit = Limit(
    [.of(.cells), .of(.cellsPerBlock)], "8 blocks", because: "there are 2^M states of M blocks"
  ) { Decision((8 - shape($0).blocks).signum >= 0) }

  /// The probabilities by rising work in units of eps, for every work that the levels give.
  static func atomsByModel(
    _ arguments: Arguments, _ precision: Int, within budget: Budget
  ) throws -> [WorkQuasiprobability.Atom] {
    let shape = shape(arguments)
    guard let blocks = Int(exactly: shape.blocks), blocks <= 8 else { throw statesLimit.exceeded }
    let bits = precision + 2 * blocks + 8
    // The angles are times at g = 1, and the motion is asked for at times of its own.
    let motion = try ModelMotion(
      SeedModel.model("quasi-blocks"),
      Arguments(
        [("M", "\(blocks)"), ("k", "\(shape.cells)"), ("g", "1"), ("t", "0")],
        for: SeedModel.quantity("quasi-blocks.energy")),
      precision: bits, within: budget)
    let transitions = try WorkTransitions(
      motion, before: arguments.enclosure(.angleBefore, bits + 64),
      during: arguments.enclosure(.angleDuring, bits + 64), bits: bits, within: budget)
    return transitions.atoms(q: arguments[.ordering])
  }
}
