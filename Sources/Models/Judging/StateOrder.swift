import Catalogue
import Operators

/// Which basis state of a model each place of someone's vector is: the order of the factors, slowest first, and
/// whether each one's states run backwards.
struct StateOrder {
  /// The sites in the order of the path, slowest first.
  let sites: [(site: Int, isReversed: Bool)]
  /// The number of states of each of them.
  let sizes: [Int]

  /// An order as it is given: `model`, `qutip` (qubits and spins up first), or a list of factors and cells with commas,
  /// each with `-` where its states run backwards.
  ///
  /// - Throws: ``BadInput`` for names that are none and sizes that do not fit.
  init(_ text: String, of trajectory: Trajectory, _ point: ModelPoint) throws(BadInput) {
    let sites = try Self.sites(text, point)
    let fermions = sites.map(\.site).filter {
      point.basis.factors[point.basis.factor(ofSite: $0)].kind == .fermion
    }
    guard fermions == fermions.sorted() else {
      let names = fermions.sorted().map { Self.name($0, point) }.joined(separator: ", ")
      throw BadInput(
        "--order \(text.abridged): another order of fermions changes signs; accepted: \(names) in this order")
    }
    do {
      try self.init(sites, of: trajectory, point)
    } catch {
      throw BadInput("--order \(text.abridged): \(error.message)")
    }
  }

  init(
    _ sites: [(site: Int, isReversed: Bool)], of trajectory: Trajectory, _ point: ModelPoint
  ) throws(BadInput) {
    self.sites = sites
    let own = sites.map { point.basis.dimension(ofSite: $0.site) }
    func name(_ place: Int) -> String { Self.name(sites[place].site, point) }
    if let factors = trajectory.factors {
      guard factors.count == sites.count else {
        throw BadInput("dims of the path has \(factors.count) factors; accepted: \(sites.count), those of the model")
      }
      for (place, size) in own.enumerated() where size != nil && size != factors[place] {
        throw BadInput(
          "dims of the path has \(factors[place]) states in the place of '\(name(place))'; accepted: \(size ?? 0)")
      }
      sizes = factors
    } else {
      guard let finite = Trajectory.product(own.map { $0 ?? 1 }) else {
        throw BadInput("the model has over 2^63 basis states; accepted: models with as many as a path has")
      }
      let open = own.indices.filter { own[$0] == nil }
      guard open.count <= 1 else {
        let given = "accepted: files .npz with an array 'dims'"
        throw BadInput("where each of \(open.count) modes is cut off is not told; \(given)")
      }
      guard finite > 0, trajectory.dimension % finite == 0, open.count == 1 || trajectory.dimension == finite else {
        let accepted = open.isEmpty ? "\(finite)" : "multiples of \(finite)"
        throw BadInput("the path has \(trajectory.dimension) basis states; accepted: \(accepted)")
      }
      sizes = own.map { $0 ?? trajectory.dimension / finite }
    }
    for (place, size) in sizes.enumerated() where own[place] == nil && size > ProductBasis.greatestQuanta {
      throw BadInput(
        "'\(name(place))' has \(size) levels in the path; accepted: at most \(ProductBasis.greatestQuanta)")
    }
  }

  private static func sites(_ text: String, _ point: ModelPoint) throws(BadInput) -> [(site: Int, isReversed: Bool)] {
    let all = Array(0..<point.basis.count)
    switch text {
    case "model": return all.map { ($0, false) }
    case "qutip":
      return all.map { site in
        switch point.basis.factors[point.basis.factor(ofSite: site)].kind {
        case .qubit, .spin: (site, true)
        default: (site, false)
        }
      }
    default: break
    }
    var result: [(site: Int, isReversed: Bool)] = []
    let known = all.map { name($0, point) }
    let accepted =
      "accepted: model, qutip, or a list of \(known.joined(separator: ", ").abridged), each with - when reversed"
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      var name = word.filter { !$0.isWhitespace }
      let isReversed = name.hasSuffix("-") || name.hasPrefix("-")
      if name.hasPrefix("-") { name.removeFirst() } else if isReversed { name.removeLast() }
      let own =
        known.firstIndex(of: name).map { [$0] }
        ?? all.filter { point.basis.factors[point.basis.factor(ofSite: $0)].name == name }
      guard !own.isEmpty else { throw BadInput("--order: '\(String(word).abridged)' is no factor; \(accepted)") }
      for site in own {
        guard !result.contains(where: { $0.site == site }) else {
          throw BadInput("--order: '\(name.abridged)' stands twice; accepted: each factor once")
        }
        result.append((site, isReversed))
      }
    }
    if let missing = all.first(where: { site in !result.contains { $0.site == site } }) {
      throw BadInput("--order: '\(known[missing])' is missing; accepted: all factors, each once")
    }
    return result
  }

  /// How a factor or cell is written.
  static func name(_ site: Int, _ point: ModelPoint) -> String {
    let factor = point.basis.factor(ofSite: site)
    let own = point.basis.sites(of: factor)
    let name = point.basis.factors[factor].name
    return point.basis.hasNumbers(factor) ? "\(name)[\(site - own.lowerBound)]" : name
  }

  /// How it is written for `--order`.
  func written(_ point: ModelPoint) -> String {
    sites.map { Self.name($0.site, point) + ($0.isReversed ? "-" : "") }.joined(separator: ",")
  }

  /// The basis state of each place.
  func states(_ point: ModelPoint) -> [BasisState?] {
    let count = sizes.reduce(1, *)
    var numbers = Array(repeating: 0, count: sites.count)
    return (0..<count).map { index in
      var rest = index
      for place in sites.indices.reversed() {
        let digit = rest % sizes[place]
        rest /= sizes[place]
        numbers[sites[place].site] = sites[place].isReversed ? sizes[place] - 1 - digit : digit
      }
      return point.basis.state(numbers)
    }
  }

  /// All orders of at most four factors, each of them forwards or backwards, that a path of these sizes may have.
  func others(_ trajectory: Trajectory, _ point: ModelPoint) -> [StateOrder] {
    guard sites.count <= 4 else { return [] }
    func orders(_ rest: [Int]) -> [[Int]] {
      rest.isEmpty ? [[]] : rest.flatMap { first in orders(rest.filter { $0 != first }).map { [first] + $0 } }
    }
    return orders(Array(0..<point.basis.count)).flatMap { order in
      (0..<(1 << order.count)).compactMap { mask in
        try? StateOrder(
          order.enumerated().map { ($0.element, mask >> $0.offset & 1 == 1) }, of: trajectory, point)
      }
    }
  }
}
