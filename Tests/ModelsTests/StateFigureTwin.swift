import ArbitraryPrecision
import RandomInputs
import RigorousNumerics

@testable import States

/// A random model with a part, a mixed start and figures of the part, as text; and the same from dense matrices: the
/// evolution by the dense exponential, the reduced state by the means of products of letters, the figures by those of
/// whole density matrices, without blocks, levels with counts, or the other side of a pure state.
struct StateFigureTwin {
  typealias Vector = (real: [Interval], imaginary: [Interval])

  private let model: RandomModel
  /// The places of the sites of the part.
  private let part: [Int]
  private let energy: (text: String, matrix: DenseMatrix)
  /// Basis states and the model's own start, with weights.
  private let shares: [(weight: Rational, levels: [Int]?)]

  private static let precision = RandomModel.precision

  var time: String { model.time }
  var holdsFermions: Bool { part.contains { model.sites[$0].isFermion } }

  init?(_ random: inout SplitMix64) {
    let model = RandomModel(&random)
    let finite = model.sites.indices.filter { model.sites[$0].space != "boson" }
    let chosen = finite.filter { _ in random.next() % 2 == 0 }
    let part = chosen.isEmpty ? Array(finite.prefix(1)) : chosen
    if part.isEmpty { return nil }
    (self.model, self.part) = (model, part)
    energy = StateFigureTwin.energy(model, part, &random)
    // A mode keeps its quanta in the twin: its start is not touched.
    let isMixed = random.next() % 2 == 0 && finite.count == model.sites.count
    guard isMixed else {
      shares = [(1, nil)]
      return
    }
    let levels = (0..<2).map { _ in model.sites.map { Int(random.next() % UInt64($0.dimension)) } }
    shares = [(Rational(1, 2), nil), (Rational(1, 3), levels[0]), (Rational(1, 6), levels[1])]
  }

  private static func energy(
    _ model: RandomModel, _ part: [Int], _ random: inout SplitMix64
  ) -> (text: String, matrix: DenseMatrix) {
    let dimension = part.reduce(1) { $0 * model.sites[$1].dimension }
    var (texts, sum) = ([String](), DenseMatrix(zero: dimension, precision))
    let isDiagonal = random.next() % 2 == 0
    for _ in 0...Int(random.next() % 3) {
      let word = (0...Int(random.next() % 2)).map { _ in
        (Int(random.next() % UInt64(part.count)), isDiagonal ? 2 : Int(random.next() % 3))
      }
      let (coefficient, x, y) = RandomModel.coefficient(&random)
      let product = word.map { model.sites[part[$0.0]].letters[$0.1].text }.joined(separator: "*")
      texts.append("(\(coefficient))*(\(product)) + ((\(coefficient))*(\(product)))'")
      let matrices = word.map { local(model, part, $0.0, $0.1) }
      let matrix = matrices.dropFirst().reduce(matrices[0], *).scaled(x, y)
      sum = sum + matrix + matrix.adjoint
    }
    return (texts.joined(separator: " + "), sum)
  }

  /// A letter on the part alone, its fermions in the order of the part.
  private static func local(_ model: RandomModel, _ part: [Int], _ position: Int, _ letter: Int) -> DenseMatrix {
    let chosen = model.sites[part[position]].letters[letter]
    return part.enumerated().reduce(DenseMatrix(identity: 1, precision)) { result, item in
      let site = model.sites[item.element]
      let isSigned =
        item.offset < position && site.isFermion && model.sites[part[position]].isFermion && chosen.raises != 0
      let factor: DenseMatrix =
        item.offset == position
        ? chosen.matrix
        : isSigned
          ? RandomModel.matrix(2) { RandomModel.number($0 != $1 ? 0 : $0 == 0 ? 1 : -1) }
          : DenseMatrix(identity: site.dimension, precision)
      return .kron(result, factor)
    }
  }

  // MARK: - The file

  private func start(_ levels: [Int]?) -> String {
    model.sites.enumerated().map { place, site in
      "\(site.name): \(levels.map { "level(\($0[place]))" } ?? site.start)"
    }.joined(separator: ", ")
  }

  /// The names of the figures.
  static let names = [
    "ergotropy", "passive", "capacity", "incoherent_ergotropy", "coherent_ergotropy", "energy_coherence", "purity",
    "entropy", "coherence", "largest_eigenvalue",
  ]

  var text: String {
    let space = model.sites.map { "  \($0.name): \($0.space)" }.joined(separator: "\n")
    let list = shares.map { "[\($0.weight), {\(start($0.levels))}]" }.joined(separator: ", ")
    let of = part.map { model.sites[$0].name }.joined(separator: ", ")
    let figures = StateFigureTwin.names.map { "  \($0.replacing("_", with: "-")): {value: \($0)(part)}" }
      .joined(separator: "\n")
    return """
      model: random
      space:
      \(space)
      hamiltonian: "\(model.hamiltonian.text)"
      start: \(shares.count == 1 ? "{\(start(nil))}" : "{mixture: [\(list)]}")
      parts: {part: {of: [\(of)], hamiltonian: "\(energy.text)"}}
      quantities:
      \(figures)
        two-copies: {value: "copies(part, 2)"}
        back: {value: "fidelity(part, start)"}
        away: {value: "trace_distance(part, start)"}
      """
  }

  // MARK: - The twin

  /// The vectors of the start with their weights.
  private func vectors() -> [(weight: Interval, vector: Vector)] {
    shares.map { weight, levels in
      let number = Interval(weight, precision: StateFigureTwin.precision)
      guard let levels else { return (number, model.vector) }
      let place = zip(model.sites, levels).reduce(0) { $0 * $1.0.dimension + $1.1 }
      let real = model.vector.real.indices.map { RandomModel.number($0 == place ? 1 : 0) }
      return (number, (real, real.map { _ in RandomModel.number(0) }))
    }
  }

  /// The reduced state of vectors: <n|r|m> = <w_m|w_n> with w_n = V A_n' psi, A_n the product in the order of the part of
  /// what raises its sites from 0 to n, V the projector on all of them at 0.
  private func reduced(_ vectors: [(weight: Interval, vector: Vector)]) -> HermitianMatrix {
    let dimensions = part.map { model.sites[$0].dimension }
    let dimension = dimensions.reduce(1, *)
    let zero = RandomModel.number(0)
    var images: [[(weight: Interval, vector: Vector)]] = []
    for index in 0..<dimension {
      var (left, numbers) = (index, [Int]())
      for size in dimensions.reversed() {
        numbers.insert(left % size, at: 0)
        left /= size
      }
      var lowered = vectors
      // A_n' lowers the first site first.
      for (site, number) in zip(part, numbers) {
        let operation = lowering(site, from: number)
        lowered = lowered.map { ($0.weight, operation.applied($0.vector)) }
      }
      let projector = part.reduce(DenseMatrix(identity: model.vector.real.count, StateFigureTwin.precision)) {
        $0 * plain($1, RandomModel.matrix(model.sites[$1].dimension) { RandomModel.number($0 == 0 && $1 == 0 ? 1 : 0) })
      }
      images.append(lowered.map { ($0.weight, projector.applied($0.vector)) })
    }
    return HermitianMatrix(dimension, precision: 256) { n, m in
      zip(images[n], images[m]).reduce(ComplexInterval(zero, zero)) { sum, pair in
        let (a, b) = (pair.0.vector, pair.1.vector)
        var (x, y) = (zero, zero)
        for k in a.real.indices {
          x += a.real[k] * b.real[k] + a.imaginary[k] * b.imaginary[k]
          y += a.imaginary[k] * b.real[k] - a.real[k] * b.imaginary[k]
        }
        return sum + ComplexInterval(pair.0.weight * x, pair.0.weight * y)
      }
    }
  }

  private func lowering(_ site: Int, from number: Int) -> DenseMatrix {
    if model.sites[site].isFermion {
      return number == 0
        ? DenseMatrix(identity: model.vector.real.count, StateFigureTwin.precision) : model.embedded(site, 1)
    }
    return plain(
      site, RandomModel.matrix(model.sites[site].dimension) { RandomModel.number($0 == 0 && $1 == number ? 1 : 0) })
  }

  /// A matrix of a site on the whole space, without signs.
  private func plain(_ site: Int, _ matrix: DenseMatrix) -> DenseMatrix {
    model.sites.enumerated().reduce(DenseMatrix(identity: 1, StateFigureTwin.precision)) { result, item in
      .kron(
        result, item.offset == site ? matrix : DenseMatrix(identity: item.element.dimension, StateFigureTwin.precision))
    }
  }

  /// The values of the figures.
  func values() throws -> [(name: String, value: Interval)] {
    let starts = vectors()
    let time = Interval(model.timeValue, precision: StateFigureTwin.precision)
    let ends = try starts.map { ($0.weight, try model.hamiltonian.matrix.evolved($0.vector, time)) }
    let (before, rho) = (try DensityMatrix(reduced(starts)), try DensityMatrix(reduced(ends)))
    let h = hermitian(energy.matrix)
    let energies = try Ergotropy(of: rho, in: h)
    let dephased = try DensityMatrix(Self.dephased(rho.matrix, h))
    let incoherent = try Ergotropy(of: dephased, in: h)
    let zero = Interval(0, precision: 256)
    return [
      ("ergotropy", energies.value), ("passive", energies.passiveEnergy), ("capacity", energies.capacity),
      ("incoherent-ergotropy", incoherent.value),
      ("coherent-ergotropy", (energies.value - incoherent.value).maximum(zero)),
      ("energy-coherence", (dephased.entropy - rho.entropy).maximum(zero)), ("purity", rho.purity),
      ("entropy", rho.entropy), ("coherence", rho.coherence), ("largest-eigenvalue", rho.populations[0]),
      ("two-copies", try StateCopies.ergotropy(of: rho, in: h, copies: 2, within: Budget())),
      ("back", try Fidelity.enclosure(rho, before, within: Budget())), ("away", try rho.traceDistance(to: before)),
    ]
  }

  private func hermitian(_ matrix: DenseMatrix) -> HermitianMatrix {
    HermitianMatrix(matrix.dimension, precision: 256) { ComplexInterval(matrix.real[$0, $1], matrix.imaginary[$0, $1]) }
  }

  /// The sum of P r P over the levels, as enclosures tell them apart.
  private static func dephased(_ rho: HermitianMatrix, _ h: HermitianMatrix) throws -> HermitianMatrix {
    let n = rho.dimension
    let spectrum = try HermitianSpectrum(h, bits: 256)
    let zero = ComplexInterval.zero(precision: 256)
    let projectors = spectrum.clusters.map { spectrum.projector(onto: $0) }
    return HermitianMatrix(n, precision: 256) { i, j in
      projectors.reduce(zero) { sum, p in
        (0..<n).reduce(sum) { sum, k in (0..<n).reduce(sum) { $0 + p[i, k] * rho[k, $1] * p[$1, j] } }
      }
    }
  }
}
