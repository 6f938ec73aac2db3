import ArbitraryPrecision
import Operators
import RigorousNumerics

/// The density matrix of a master equation along its flow, for means at all times.
struct OpenPath {
  private let path: ContractivePath
  private let block: DensityBlock
  private let point: ModelPoint
  /// What stands for elements without an end, where they have none.
  private let cut: TruncatedBlock?

  init(_ path: ContractivePath, _ block: DensityBlock, _ point: ModelPoint) {
    (self.path, self.block, self.point, cut) = (path, block, point, nil)
  }

  /// The path of a finite block that stands for more.
  init(_ cut: TruncatedBlock, _ point: ModelPoint) {
    (self.cut, block, self.point) = (cut, cut.block, point)
    path = ContractivePath(
      cut.block.flow, from: cut.start, size: cut.size, until: cut.end, bits: point.precision + 32)
  }

  /// The time up to which means are known, and at least the trace norm of what the state is off the elements until
  /// then; nil where elements have an end.
  var truncation: (end: Interval, distance: Interval)? { cut.map { ($0.end, $0.distance) } }

  /// Whether the master equation depends on the time.
  var isDriven: Bool { path.isDriven }

  /// The basis states on which elements stand.
  var states: [BasisState] { block.states }

  /// A time in which the state changes little; nil where it stands still.
  func step(within budget: Budget) throws -> Interval? {
    path.isConstant ? nil : try path.step(degree: 16, accuracy: 48, within: budget)
  }

  /// An operator by its columns on basis states.
  typealias Columns = (BasisState) throws -> [BasisState: ComplexInterval]

  /// Whether no element of an operator meets the state.
  func isZero(_ columns: Columns) throws -> Bool { try cut == nil && sum(columns).real.isEmpty }

  /// The mean of a Hermitian operator at all times.
  ///
  /// - Parameters:
  ///   - polynomial: the operator, if it is one of letters, which may hold the time; nil for one without the time that
  ///     has the range `range`, given by its columns.
  ///   - start: its value at t = 0, if it is known to more than the enclosures of the elements tell.
  func mean(
    of polynomial: ModelPoint.Operator?, range: Interval, start: Interval?, accuracy: Int, within budget: Budget,
    columns: Columns
  ) throws -> TimeFunction {
    var form = ContractiveMean.Form(constant: [:])
    var values: Interval?
    if let polynomial {
      let parts = try point.timeParts(polynomial)
      let constant = try parts.first { $0.function == nil }.map { try sum(point.columns(of: $0.polynomial)).real }
      var driven: [[Int: Interval]] = []
      var functions: [ScalarPolynomial] = []
      for (function, own) in parts {
        guard let function else { continue }
        functions.append(function)
        // The real part of f S is Re f Re S - Im f Im S.
        let (real, imaginary) = try sum(point.columns(of: own))
        driven.append(real)
        if !function.isVisiblyReal { driven.append(imaginary.mapValues { -$0 }) }
      }
      let drive = functions.isEmpty ? nil : try point.drive(functions)
      form = ContractiveMean.Form(constant: constant ?? [:], driven: driven, drive: drive)
      if drive == nil, cut == nil { values = try self.range(point.columns(of: polynomial)) }
    } else {
      form = ContractiveMean.Form(constant: try sum(columns).real)
      // Elements that stand for more need not have the trace 1.
      values = cut == nil ? range : nil
    }
    let mean = ContractiveMean(of: form, along: path, range: values, accuracy: accuracy)
    let bits = point.precision
    if let cut {
      return try truncated(
        mean, within: try cut.error(of: polynomial), until: cut.end,
        range: polynomial.map { ModelPoint.holdsTime($0) ? nil : try point.range(of: $0) } ?? range, start, budget)
    }
    return TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in try mean.series(t, order: order, within: budget) },
      start: { (order) throws(Unanswered) in
        var found = try mean.startCoefficients(order: order, bits: bits, within: budget)
        if let start, !found[0].isExactZero { found[0] = start }
        return found
      }, step: try mean.step(within: budget))
  }

  /// The mean in elements that stand for more, within a distance up to an end; after it no more is known than its range.
  private func truncated(
    _ mean: ContractiveMean, within distance: Interval, until end: Interval, range: Interval?, _ start: Interval?,
    _ budget: Budget
  ) throws -> TimeFunction {
    TimeFunction(
      series: { (t, order, budget) throws(Unanswered) in
        guard t.upper <= end.upper else {
          return TaylorSeries(rough: range ?? .entire(precision: t.precision), order: order)
        }
        let own = try mean.series(t, order: order, within: budget)
        return TaylorSeries(
          own.coefficients, distance: (Interval(own.distance) + distance).upper, isSmooth: own.isSmooth,
          isDefined: own.isDefined)
      },
      start: { order in
        let unknown = Interval.entire(precision: start?.precision ?? 64)
        return [start ?? unknown] + Array(repeating: unknown, count: order)
      }, step: try mean.step(within: budget), end: end)
  }

  /// Tr(Y rho), as real numbers that multiply the elements: what <l|Y|k> <k|rho|l> adds, each element once and its
  /// mirror image as the conjugate.
  private func sum(_ columns: Columns) throws -> (real: [Int: Interval], imaginary: [Int: Interval]) {
    var (real, imaginary) = ([Int: Interval](), [Int: Interval]())
    func add(_ value: Interval, _ place: Int, to sums: inout [Int: Interval]) {
      guard !value.isExactZero else { return }
      sums[place] = sums[place].map { $0 + value } ?? value
    }
    for state in block.states {
      for (image, element) in try columns(state) {
        let isBelow = state >= image
        let place = DensityBlock.Place(row: isBelow ? state : image, column: isBelow ? image : state)
        guard let coordinate = block.coordinates[place] else { continue }
        guard element.isBounded else { throw NotToldYet(what: "an element of an operator") }
        // (a + ib)(x + iy), or with the conjugate x - iy.
        let (a, b) = (element.real, element.imaginary)
        add(a, coordinate, to: &real)
        add(b, coordinate, to: &imaginary)
        guard !place.isDiagonal else { continue }
        add(isBelow ? -b : b, coordinate + 1, to: &real)
        add(isBelow ? a : -a, coordinate + 1, to: &imaginary)
      }
    }
    return (real, imaginary)
  }

  /// The values that the mean can have: the spectrum of the operator on the basis states of the block, by Gershgorin's
  /// discs.
  private func range(_ columns: Columns) throws -> Interval? {
    let own = Set(block.states)
    var hull = DiscHull()
    for state in block.states {
      var (center, radius) = (Interval(0, precision: 64), Interval(0, precision: 64))
      for (image, element) in try columns(state) where own.contains(image) {
        if image == state { center = element.real } else { radius += element.magnitude.rounded(to: 64) }
      }
      hull.add(center: center, radius: radius.upper)
    }
    return hull.range
  }
}

extension ModelPoint {
  /// What an operator without the time makes of basis states.
  func columns(of polynomial: Operator) -> OpenPath.Columns {
    { state in
      do {
        return try basis.column(of: polynomial, at: state, in: scalars).mapValues { try scalars.enclosure($0) }
      } catch let fault as OutsideFragment {
        throw Unanswered(beyond: fault.description)
      }
    }
  }
}
