import Catalogue
import RandomInputs

/// Inputs for the audit of the kernels of work quasiprobabilities, biased to their corners.
///
/// Angles at which the law turns: a or b next to 0 and pi/2, a + b next to pi/2 (the threshold at q = 0), 2a + b next
/// to pi/2 (the variance vanishes), a next to b (that at q = -1); orders at which atoms meet, and others; few blocks
/// and many; works at both ends, in the middle and off the lattice.
enum QuasiAudit {
  /// Inputs of family, N, k, q, a, b.
  @Sendable static func slices(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_615)
    return (0..<(full ? 1200 : 60)).map { input(charge(&random, $0, greatest: full ? 1024 : 64)) }
  }

  /// Inputs of family, N, k, q, a, b, w.
  @Sendable static func atoms(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_616)
    return (0..<(full ? 1500 : 90)).map { index in
      let charge = charge(&random, index, greatest: full ? 1024 : 64)
      return input(charge).adding(.set(.work, to: work(&random, charge)))
    }
  }

  /// Inputs of family, N, k, q, a, b, sigma: from less than the distance of two works, where all atoms are seen, to
  /// where the density has no zero left.
  @Sendable static func smoothings(full: Bool) -> [KernelInput] {
    var random = SplitMix64(seed: 20_260_617)
    return (0..<(full ? 120 : 30)).map { index in
      let charge = charge(&random, index, greatest: full ? 16 : 8)
      let places = (full ? 0x1p-3 : 0x1p-1) / Double(charge.blocks)
      let smoothing = index % 5 == 0 ? 0.05 : places * random.positiveDouble(exponents: -1...4)
      return input(charge).adding(.set(.smoothing, to: smoothing))
    }
  }

  private struct Charge {
    let family: BlockBattery.Family
    let blocks: Int
    let cellsPerBlock: Int
    let order: Double
    let before: Double
    let during: Double
  }

  private static func input(_ c: Charge) -> KernelInput {
    // A flip has no use for k, which need not divide N.
    KernelInput(
      .set(.family, to: c.family), .set(.cells, to: Double(c.blocks * c.cellsPerBlock)),
      .set(.cellsPerBlock, to: Double(c.family == .flip ? 2 : c.cellsPerBlock)), .set(.ordering, to: c.order),
      .set(.angleBefore, to: c.before), .set(.angleDuring, to: c.during))
  }

  private static func charge(_ random: inout SplitMix64, _ index: Int, greatest: Int) -> Charge {
    let family = BlockBattery.Family.allCases[index % 3]
    // The numbers of blocks are log-uniform, with the greatest one now and then; fine lattices have few.
    var blocks = Int(random.positiveDouble(exponents: 0...(greatest.trailingZeroBitCount - 1)))
    if index % 20 == 7 { blocks = greatest }
    let meeting = [0, 0.5, 1, -1, 2, 0.5]
    let other = [0.25, 3, -0.5, 0.75, -4, 1.5, 0x1p-6, 37 * 0x1p-6]
    let isMeeting = index % 4 != 3
    let choices = isMeeting ? meeting : other
    let order = choices[Int(random.next() % UInt64(choices.count))]
    if !isMeeting { blocks = min(blocks, 40) }
    let k = 1 << Int(random.next() % 4)
    let (a, b) = angles(&random)
    return Charge(
      family: family, blocks: family == .flip ? 1 : blocks,
      cellsPerBlock: family == .parallel ? 1 : family == .flip ? 5 : k,
      order: order, before: a, during: b)
  }

  private static func angles(_ random: inout SplitMix64) -> (before: Double, during: Double) {
    let quarter = 0x1.921fb54442d18p0
    var (a, b) = (random.positiveDouble(exponents: -4...(-1)), random.positiveDouble(exponents: -4...(-1)))
    // Without a nudge a + b is next to pi/2 by what rounding leaves of it.
    let nudges = [1.0, -1.0, 0.0]
    let nudge = random.positiveDouble(exponents: -50...(-4)) * nudges[Int(random.next() % 3)]
    switch random.next() % 9 {
    case 0: a = random.next() % 3 == 0 ? 0 : random.positiveDouble(exponents: -120...(-20))
    case 1: b = random.next() % 3 == 0 ? 0 : random.positiveDouble(exponents: -60...(-20))
    case 2: a = quarter + nudge
    case 3: b = quarter + nudge
    case 4: b = quarter - a + nudge
    case 5: b = quarter - 2 * a + nudge
    case 6: b = a + nudge
    case 7: (a, b) = (quarter / 2, quarter / 2)
    default: if random.next() % 3 == 0 { (a, b) = (-a, 100 * b) }
    }
    return (a, b)
  }

  private static func work(_ random: inout SplitMix64, _ c: Charge) -> Double {
    let (m, k) = (Double(c.blocks), Double(c.cellsPerBlock))
    // Works of one block: 1, 0, -1, q, 1 - q and the negative ones of these; sums of them are reached.
    let places = [1, 0, -1, c.order, 1 - c.order, -c.order, c.order - 1]
    switch random.next() % 8 {
    case 0: return m * k
    case 1: return -m * k
    case 2: return k * (m + 1) * places[Int(random.next() % 7)]
    case 3: return k / 128
    default:
      let (i, j) = (Int(random.next() % 7), Int(random.next() % 7))
      let share = (random.positiveDouble(exponents: -5...(-1)) * m).rounded()
      return k * (share * places[i] + (m - share) * places[j])
    }
  }
}
