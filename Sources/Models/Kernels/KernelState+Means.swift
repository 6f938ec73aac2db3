import ArbitraryPrecision
import Catalogue
import FastKernels
import Operators
import RigorousNumerics

/// Means in doubles, with bounds of the roundings and of what the state is off.
extension KernelState {
  /// States outside of those that are kept, with their places after these.
  private struct Outside {
    var places: [BasisState: Int] = [:]
  }

  /// An operator on these states.
  ///
  /// - Parameter outside: where images outside stand; nil where they are left out.
  private func form(_ polynomial: ModelPoint.Operator, _ outside: inout Outside?) throws -> SparseForm {
    let words = try KernelWords(polynomial, point)
    var elements: [SparseForm.Element] = []
    for (column, state) in states.enumerated() {
      for image in try words.column(state) {
        var row = places[image.state]
        if row == nil, let known = outside?.places {
          row = known[image.state] ?? states.count + known.count
          outside?.places[image.state] = row
        }
        guard let row else { continue }
        elements.append(
          .init(row: row, column: column, real: image.real, imaginary: image.imaginary, radius: image.radius))
      }
    }
    return SparseForm(elements, rows: states.count + (outside?.places.count ?? 0), columns: states.count)
  }

  private static func result(_ value: Double, _ error: Double) throws -> KernelValue {
    guard value.isFinite, error.isFinite else {
      throw KernelRefusal("a value or its bound is beyond the range of doubles")
    }
    return KernelValue(value: value, errorBound: error)
  }

  /// The sum over C of terms with errors: three products and a sum round in each.
  private func sum(
    _ term: (Coefficient) throws -> (real: Double, imaginary: Double, error: Double)
  ) rethrows -> (value: Double, error: Double) {
    var (value, size, error) = (0.0, 0.0, 0.0)
    for coefficient in coefficients {
      let own = try term(coefficient)
      value += coefficient.real * own.real - coefficient.imaginary * own.imaginary
      let magnitude = abs(own.real) + abs(own.imaginary)
      size += (abs(coefficient.real) + abs(coefficient.imaginary)) * magnitude
      error += coefficient.size * own.error + coefficient.radius * magnitude
    }
    error += 0x1p-53 * Double(coefficients.count + 4) * size
    return (value, error * (1 + 0x1p-20) + 0x1p-900)
  }

  /// The mean of a Hermitian operator.
  ///
  /// With e the distance of a vector, <psi_k|X|psi_j> is off by |X phi_k| e_j + |X phi_j| e_k + |<e_k|X|e_j>|: in a
  /// closed sector by its norm there, where modes are cut off by K of ``WeightGrowth`` times weighted distances.
  func mean(_ polynomial: ModelPoint.Operator) throws -> KernelValue {
    var outside: Outside? = weight == nil ? nil : Outside()
    let form = try form(polynomial, &outside)
    let images = vectors.map { form.image(of: $0.numbers) }
    var (constant, far) = (form.norm, vectors.map(\.distance))
    if let weight {
      let terms = try ModeTerm.terms(of: polynomial, modes: weight.modes, point)
      let order = weight.order(terms)
      constant = WeightGrowth(weight: weight).form(terms, power: order).upper.double(rounding: .up)
      far = try vectors.map { try weightedDistance($0, power: order) }
    }
    let lengths = images.map(\.length)
    let found = sum { coefficient in
      let (j, k) = (coefficient.row, coefficient.column)
      let own = SparseForm.product(vectors[k].numbers, images[j])
      let off =
        lengths[k] * vectors[j].distance + lengths[j] * vectors[k].distance + constant * far[j] * far[k]
      return (own.real, own.imaginary, own.error + off * (1 + 0x1p-40))
    }
    return try Self.result(found.value, found.error)
  }

  /// <XY + YX>/2 - <X><Y>.
  ///
  /// In a closed sector, with means x and y as computed, it is the product of (X - x) psi and (Y - y) psi less the
  /// product of what these means are off. Where modes are cut off the products are an observable of their own.
  func covariance(_ x: ModelPoint.Operator, _ y: ModelPoint.Operator) throws -> KernelValue {
    let (left, right) = (try mean(x), try mean(y))
    if weight != nil {
      var arithmetic = OperatorArithmetic(factors: point.basis.factors, ring: point.scalars)
      let product = try arithmetic.sum(try arithmetic.product(x, y), try arithmetic.product(y, x))
      let both = try mean(product)
      let value = both.value / 2 - left.value * right.value
      let error =
        both.errorBound / 2 + abs(left.value) * right.errorBound + abs(right.value) * left.errorBound
        + left.errorBound * right.errorBound + 0x1p-52 * (abs(both.value) + abs(left.value * right.value))
      return try Self.result(value, error * (1 + 0x1p-20) + 0x1p-900)
    }
    var outside: Outside? = Outside()
    // Both have the same states outside.
    _ = try form(x, &outside)
    let (b, a) = (try form(y, &outside), try form(x, &outside))
    let images = vectors.map {
      (a: a.image(of: $0.numbers, minus: left.value), b: b.image(of: $0.numbers, minus: right.value))
    }
    let (p, q) = (a.norm + abs(left.value), b.norm + abs(right.value))
    let found = sum { coefficient in
      let (j, k) = (coefficient.row, coefficient.column)
      let own = SparseForm.product(images[k].a.values, images[j].b)
      let rounding = images[k].a.error * images[j].b.length
      let (d, e) = (vectors[j].distance, vectors[k].distance)
      let off = images[k].a.length * q * d + images[j].b.length * p * e + p * q * d * e
      return (own.real, own.imaginary, own.error + (rounding + off) * (1 + 0x1p-20))
    }
    return try Self.result(found.value, found.error + left.errorBound * right.errorBound * (1 + 0x1p-40))
  }

  /// The probability of a product state of some sites: the form of the vectors' projections on what the other sites
  /// are.
  func weight(_ sites: [(site: Int, state: SiteState)]) throws -> Interval {
    let product = try ProductProjection(sites, on: states, point)
    var rests: [BasisState: Int] = [:]
    var elements: [SparseForm.Element] = []
    for (column, rest, amplitude) in product.factors {
      let (x, y) = (try amplitude.real.nearDouble(), try amplitude.imaginary.nearDouble())
      let row = rests[rest] ?? rests.count
      rests[rest] = row
      elements.append(.init(row: row, column: column, real: x.value, imaginary: y.value, radius: x.radius + y.radius))
    }
    let form = SparseForm(elements, rows: rests.count, columns: states.count)
    let images = vectors.map { form.image(of: $0.numbers) }
    let found = sum { coefficient in
      let (j, k) = (coefficient.row, coefficient.column)
      let own = SparseForm.product(images[k].values, images[j])
      let (d, e) = (vectors[j].distance, vectors[k].distance)
      let off = images[k].error * images[j].length + images[k].length * d + images[j].length * e + d * e
      return (own.real, own.imaginary, own.error + off * (1 + 0x1p-20))
    }
    return (try Self.result(found.value, found.error).interval + .ball(product.error))
      .intersection(Interval(from: 0, to: 1, precision: point.precision))
  }
}

extension KernelValue {
  /// The enclosure that value and bound make.
  var interval: Interval {
    guard let centre = Interval(exactly: value, precision: 128) else { return .entire(precision: 128) }
    return centre + .ball(BigFloat(errorBound, precision: 64, rounding: .up))
  }
}
