import ArbitraryPrecision

/// The product basis of a space: factors in order, the first one slowest, and cell 0 of a family before cell 1.
///
/// Of a boson the numbers of a site are its quanta 0, 1, 2, ..., of a qubit `down` = 0 and `up` = 1, of a spin the
/// steps m + J above `down`, of levels and fermions the level. Matrices are those of this order: a_z is
/// diag(-1, 1), and a_y is [[0, i], [-i, 0]], the reverse of the textbook's.
public struct ProductBasis: Sendable, Hashable {
  /// The factors.
  public let factors: Factors
  let sites: [Site]
  private let starts: [Int]
  private let words: Int

  /// One cell of a factor.
  struct Site: Sendable, Hashable {
    let factor: FactorID
    /// The number of its basis states; nil without end.
    let dimension: Int?
    let field: BasisState.Field
  }

  /// The most quanta that a boson may have: 2^32 - 1.
  public static let greatestQuanta = (1 << bosonBits) - 1
  private static let bosonBits = 32

  /// The most sites.
  public static let greatestCount = 4096

  /// The basis of a space.
  ///
  /// - Throws: ``OutsideFragment`` for names that are none or not told apart, and for factors without a basis: a spin
  ///   without its length or observables, and for
  ///   families whose size is a symbol.
  public init(_ factors: Factors) throws(OutsideFragment) {
    if let fault = factors.fault() { throw fault }
    self.factors = factors
    var dimensions: [(FactorID, Int?)] = []
    var starts: [Int] = []
    for (position, factor) in factors.all.enumerated() {
      starts.append(dimensions.count)
      let own = try ProductBasis.dimensions(factor)
      var count = 1
      switch factor.cells {
      case .number(let cells):
        guard cells >= 0 else { throw OutsideFragment("'\(factor.name)' has \(cells) cells; accepted: 0 or more") }
        guard own.count == 1 else { throw OutsideFragment("'\(factor.name)' is a family and has places of its own") }
        count = cells
      case .symbol(let name): throw OutsideFragment("the number \(name) of cells of '\(factor.name)' is no number")
      case nil: break
      }
      guard dimensions.count + count * own.count <= ProductBasis.greatestCount else {
        throw OutsideFragment("more than \(ProductBasis.greatestCount) factors and cells")
      }
      for _ in 0..<count { dimensions += own.map { (FactorID(position), $0) } }
    }
    let layout = BasisState.layout(
      dimensions.map { $0.1.map { Int.bitWidth - ($0 - 1).leadingZeroBitCount } ?? ProductBasis.bosonBits })
    (self.starts, words) = (starts, layout.words)
    sites = zip(dimensions, layout.fields).map { Site(factor: $0.0, dimension: $0.1, field: $1) }
  }

  /// The numbers of basis states of the places of one cell, mostly one; nil without end.
  private static func dimensions(_ factor: Factor) throws(OutsideFragment) -> [Int?] {
    switch factor.kind {
    case .boson: return [nil]
    case .fermion, .qubit: return [2]
    case .spin(let twice):
      guard let twice else { throw OutsideFragment("the spin '\(factor.name)' has no length here") }
      guard (0...greatestQuanta - 1).contains(twice) else {
        throw OutsideFragment("2J = \(twice) of the spin '\(factor.name)'; accepted: 0 to \(greatestQuanta - 1)")
      }
      return [twice + 1]
    case .levels(let count):
      guard (1...greatestQuanta).contains(count) else {
        throw OutsideFragment("'\(factor.name)' has \(count) levels; accepted: 1 to \(greatestQuanta)")
      }
      return [count]
    case .matrix(let space):
      for dimension in space.dimensions where !(1...greatestQuanta).contains(dimension) {
        throw OutsideFragment("'\(factor.name)' has a place of \(dimension) states; accepted: 1 to \(greatestQuanta)")
      }
      return space.dimensions
    case .observable: throw OutsideFragment("the observable '\(factor.name)' has no matrix")
    }
  }

  /// The number of sites: single factors, and cells of families.
  public var count: Int { sites.count }

  /// The factor of a site.
  public func factor(ofSite site: Int) -> FactorID { sites[site].factor }

  /// The number of basis states of a site; nil without end.
  public func dimension(ofSite site: Int) -> Int? { sites[site].dimension }

  /// The sites of a factor: one, or one for each cell of a family or place of a factor of matrices.
  public func sites(of factor: FactorID) -> Range<Int> {
    guard factors.all.indices.contains(factor.position) else { return 0..<0 }
    let next = factor.position + 1
    return starts[factor.position]..<(next < starts.count ? starts[next] : sites.count)
  }

  /// The site of a factor that has one, or of a cell or a place by its number; nil where there is none.
  public func site(of factor: FactorID, _ cell: Letter.Cell) -> Int? {
    let own = sites(of: factor)
    return switch cell {
    case .only: own.count == 1 && factors[factor].cells == nil ? own.lowerBound : nil
    case .number(let index): hasNumbers(factor) && (0..<own.count).contains(index) ? own.lowerBound + index : nil
    case .label: nil
    }
  }

  /// Whether the sites of a factor are told apart by numbers.
  public func hasNumbers(_ factor: FactorID) -> Bool { factors[factor].cells != nil || sites(of: factor).count > 1 }

  /// The sites on which a letter acts: one, or all places of a factor of matrices.
  public func sites(of letter: Letter) -> Range<Int> {
    if let site = site(of: letter.factor, letter.cell) { return site..<site + 1 }
    return letter.matrix != nil && letter.cell == .only ? sites(of: letter.factor) : 0..<0
  }

  /// The sites on which a letter acts otherwise than as 1.
  public func support(of letter: Letter) -> [Int] {
    let own = sites(of: letter)
    guard let matrix = letter.matrix else { return Array(own) }
    let dimensions = own.compactMap { sites[$0].dimension }
    return own.filter { !matrix.isOne(at: $0 - own.lowerBound, of: dimensions) }
  }

  /// The number of basis states; nil without end.
  public var dimension: Integer? {
    var result = Integer(1)
    for site in sites {
      guard let dimension = site.dimension else { return nil }
      result *= dimension
    }
    return result
  }

  /// The state with these numbers, one for each site; nil where one is out of range.
  public func state(_ numbers: [Int]) -> BasisState? {
    guard numbers.count == sites.count else { return nil }
    var result = BasisState(words: words)
    for (site, number) in zip(sites, numbers) {
      guard (0..<(site.dimension ?? ProductBasis.greatestQuanta + 1)).contains(number) else { return nil }
      result[site.field] = number
    }
    return result
  }

  /// The numbers of a state, one for each site.
  public func numbers(of state: BasisState) -> [Int] { sites.map { state[$0.field] } }

  /// The number of a site in a state.
  public func number(of site: Int, in state: BasisState) -> Int { state[sites[site].field] }

  /// The place of a state in the order of a basis that is finite and has a place for each in a word; nil else.
  public func index(of state: BasisState) -> Int? {
    var result = 0
    for site in sites {
      guard let dimension = site.dimension else { return nil }
      let (product, isTooLarge) = result.multipliedReportingOverflow(by: dimension)
      let (sum, overflow) = product.addingReportingOverflow(state[site.field])
      if isTooLarge || overflow { return nil }
      result = sum
    }
    return result
  }

  /// The state at a place of a finite basis; nil where there is none.
  public func state(at index: Int) -> BasisState? {
    guard index >= 0 else { return nil }
    var left = index
    var result = BasisState(words: words)
    for site in sites.reversed() {
      guard let dimension = site.dimension else { return nil }
      result[site.field] = left % dimension
      left /= dimension
    }
    return left == 0 ? result : nil
  }
}
