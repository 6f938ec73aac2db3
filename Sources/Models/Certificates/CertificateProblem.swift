import ArbitraryPrecision
import Catalogue
import Expressions
import Foundation
import JSON
import Operators
import RigorousNumerics

/// The model of a question as exact numbers: what stands in the first line of a certificate.
struct CertificateProblem {
  let point: ModelPoint
  let hamiltonian: ModelPoint.Operator
  let jumps: [Dissipator]
  /// The vectors of the start, not normalised, with their probabilities; of a start without a last level of a mode the
  /// levels that the path begins with.
  let kets: [(probability: ScalarPolynomial, vector: StartState.Vector)]
  /// The start where it has no last level.
  private let open: OpenVector?

  /// Whether the listed vectors are all of the start.
  var isListed: Bool { open == nil }

  /// Whether the path is one of vectors.
  var isVector: Bool { jumps.isEmpty && kets.count == 1 }

  /// - Parameter tail: about what may be left out of a start without a last level, in the 2-norm.
  init(_ point: ModelPoint, tail: Double, within budget: Budget) throws {
    guard point.model.schedule == nil else { throw CertificateText.uncovered("a schedule") }
    self.point = point
    hamiltonian = try point.openHamiltonian()
    jumps = try point.dissipators()
    for jump in jumps {
      guard jump.left == jump.right else { throw CertificateText.uncovered("correlated jumps") }
      guard !ModelPoint.holdsTime(jump.left) else { throw CertificateText.uncovered("jumps that hold the time") }
    }
    let start = try StartState(point, within: budget)
    guard start.dropped.isEmpty else { throw CertificateText.uncovered("a mixed start without a last level of a mode") }
    if let vector = start.open[0], start.coefficients.count == 1 {
      open = vector
      kets = [(point.scalars.one, try Self.cut(vector, point, tail: tail, within: budget))]
      return
    }
    guard start.open.isEmpty else { throw CertificateText.uncovered("a mixed start without a last level of a mode") }
    open = nil
    kets = try start.coefficients.map { coefficient in
      guard coefficient.row == coefficient.column, let exact = coefficient.number.exact else {
        throw CertificateText.uncovered("a start that is no list of vectors with probabilities")
      }
      return (exact, start.vectors[coefficient.row])
    }
  }

  /// Whether the motion is one that the checkers know to exist where a mode has no last level (S6): words of the
  /// Hamiltonian have at most two letters of modes or keep the quanta of each, jumps at most one or keep them.
  func isBounded() throws -> Bool {
    func quanta(_ word: [Letter]) -> (count: Int, isKept: Bool) {
      var (count, net) = (0, [Int: Int]())
      for letter in word {
        guard case .boson(let ladder) = letter.kind, let site = point.basis.sites(of: letter).first else { continue }
        count += 1
        net[site, default: 0] += ladder == .creation ? 1 : -1
      }
      return (count, net.values.allSatisfy { $0 == 0 })
    }
    let words = hamiltonian.terms.keys.map(quanta)
    let inner = jumps.map { $0.left.terms.keys.map(quanta) }
    return words.allSatisfy { $0.count <= 2 || $0.isKept }
      && inner.allSatisfy { jump in jump.allSatisfy { $0.count <= 1 } || jump.allSatisfy(\.isKept) }
  }

  private static let closedSize = 3000

  /// The generator on all that the start reaches; nil where that has no end, or is not met soon.
  func closedMatrix(scale: Int, within budget: Budget) throws -> CertificateMatrix? {
    let hasModes = !point.modes.isEmpty
    do {
      return try CertificateMatrix(
        self, scale: scale, reach: .all, limit: hasModes ? Self.closedSize : CertificateMatrix.greatestSize,
        within: budget)
    } catch let refusal as Unanswered {
      guard hasModes else { throw refusal }
      return nil
    }
  }

  /// The first line.
  ///
  /// - Parameters:
  ///   - bits: those of the numbers of the path.
  ///   - weight: the power of the weight, where there is one.
  func header(
    bits: Int, _ states: [BasisState], _ places: [CertificatePlace], weight: Int? = nil, quantity: String,
    _ arguments: Arguments
  ) throws -> JSONValue {
    let basis = point.basis
    let sites = (0..<basis.count).map { site -> JSONValue in
      let kind = basis.factors[basis.factor(ofSite: site)].kind
      guard let dimension = basis.dimension(ofSite: site) else { return .array([.string("boson")]) }
      return .array([.string(kind == .fermion ? "fermion" : "finite"), .integer(dimension)])
    }
    let motion = try jumps.map { jump in
      JSONValue.members([
        "rate": try CertificateText.json(jump.rate.formula.substituting(point.scalars.values)),
        "operator": try CertificateText.terms(jump.left, point),
      ])
    }
    var members: [JSONValue.Member] = [
      .init("format", .string("qbo-certificate")), .init("version", .integer(1)),
      .init("quantity", .string(quantity)),
      .init(
        "parameters",
        .object(arguments.numbers.map { .init($0.name, .string("\($0.value.expression)")) })),
      .init("bits", .integer(bits)), .init("form", .string(isVector ? "vector" : "density")),
      .init("sites", .array(sites)),
      .init("hamiltonian", try CertificateText.terms(hamiltonian, times: Rational(1, 2), point)),
      .init("jumps", .array(motion)), .init("start", try start()),
      .init("states", .array(states.map(numbers))),
    ]
    if !isVector {
      let elements = places.map { JSONValue.array([.integer($0.row), .integer($0.column)]) }
      members.append(.init("elements", .array(elements)))
    }
    if let weight { members.append(.init("weight", .integer(weight))) }
    return .object(members)
  }

  /// The start, which is divided by its norm by whoever reads it.
  private func start() throws -> JSONValue {
    guard let open else {
      return .array(
        try kets.map { ket in
          let vector = ket.vector.sorted { $0.key < $1.key }
          return .array([
            try number(ket.probability), .array(try vector.map { .array([numbers($0.key), try number($0.value)]) }),
          ])
        })
    }
    let terms = try open.terms.map { coefficient, sites -> JSONValue in
      let product = try sites.map { site -> JSONValue in
        if let word = site.gaussian { return .array([.string("coherent"), try number(word.alpha)]) }
        let levels = site.amplitudes.sorted { $0.key < $1.key }
        return .array([.string("ket"), .array(try levels.map { .array([.integer($0.key), try number($0.value)]) })])
      }
      return .array([try number(coefficient), .array(product)])
    }
    return .members(["terms": .array(terms)])
  }

  /// The levels of a start without a last one that hold all of it but about a tail.
  private static func cut(
    _ vector: OpenVector, _ point: ModelPoint, tail: Double, within budget: Budget
  ) throws -> StartState.Vector {
    let ring = point.scalars
    var result = StartState.Vector()
    for (coefficient, sites) in vector.terms {
      var partial: [(numbers: [Int], amplitude: ScalarPolynomial)] = [([], coefficient)]
      for site in sites {
        let levels = try site.gaussian.map { try Self.levels($0, point, tail: tail) } ?? site.amplitudes
        guard site.turned == nil, partial.count * levels.count <= closedSize else {
          throw CertificateText.uncovered("a start of too many levels")
        }
        try budget.check()
        partial = try partial.flatMap { numbers, amplitude in
          try levels.map { (numbers + [$0.key], try ring.product(amplitude, $0.value)) }
        }
      }
      for (numbers, amplitude) in partial {
        guard let state = point.basis.state(numbers) else { continue }
        result[state] = result[state].map { ring.sum($0, amplitude) } ?? amplitude
      }
    }
    return result.filter { !ring.isZero($0.value) }
  }

  /// exp(-|alpha|^2/2) alpha^n/sqrt(n!) up to where the rest is below a tail.
  private static func levels(
    _ word: GaussianWord, _ point: ModelPoint, tail: Double
  ) throws -> [Int: ScalarPolynomial] {
    let ring = point.scalars
    guard ring.isZero(word.squeezing) else { throw CertificateText.uncovered("a squeezed start") }
    let square = try ring.product(word.alpha, ring.conjugate(word.alpha))
    let mean = try ring.enclosure(square).real.magnitudeBound
    let vacuum = Expression(.call(.exp, .number(Rational(-1, 2)) * square.formula))
    var amplitude = try ring.scalar(vacuum)
    var result = [0: amplitude]
    var (weight, n) = (exp(-mean), 0)
    while Double(n) < 2 * mean + 2 || 2 * weight > tail * tail {
      n += 1
      guard n < 1024 else { throw CertificateText.uncovered("a coherent start of more than 1024 levels") }
      let root = try ring.scalar(Expression.number(Rational(1, Integer(n))).squareRoot)
      amplitude = try ring.product(amplitude, try ring.product(word.alpha, root))
      result[n] = amplitude
      weight *= mean / Double(n)
    }
    return result
  }

  private func numbers(_ state: BasisState) -> JSONValue {
    .array(point.basis.numbers(of: state).map { .integer($0) })
  }

  private func number(_ value: ScalarPolynomial) throws -> JSONValue {
    try CertificateText.json(value.formula.substituting(point.scalars.values))
  }
}
