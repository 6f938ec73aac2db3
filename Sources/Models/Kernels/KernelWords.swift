import ArbitraryPrecision
import FastKernels
import Operators

/// An operator as words with coefficients in doubles, and its matrix elements with bounds of what they are off.
struct KernelWords {
  private let words: [(word: [Letter], real: Double, imaginary: Double, radius: Double)]
  private let basis: ProductBasis

  /// What an operator makes of a basis state.
  struct Image {
    let state: BasisState
    var real: Double
    var imaginary: Double
    /// At least the distance from the true element.
    var radius: Double
    /// The sum of magnitudes of what was added up.
    fileprivate var size: Double
  }

  /// The words of an operator; those that are exactly zero are left out.
  init(_ polynomial: ModelPoint.Operator, _ point: ModelPoint) throws {
    basis = point.basis
    words = try polynomial.sorted.compactMap { word, coefficient in
      guard try point.scalars.decision(isZero: coefficient) != .certainlyTrue else { return nil }
      let value = try point.scalars.enclosure(coefficient)
      let (x, y) = (try value.real.nearDouble(), try value.imaginary.nearDouble())
      return (word, x.value, y.value, x.radius + y.radius)
    }
  }

  /// Unit of the roundings of binary64.
  private static let unit = 0x1p-53

  /// The column at a basis state.
  ///
  /// An element of a word is its coefficient times a rational f, a root of an integer, and a complex rational of files.
  /// Roundings of f, the integer, the root, both parts of the rational and six products and sums are less than 12u of
  /// the sum of magnitudes; a sum over words adds u for each.
  func column(_ state: BasisState) throws -> [Image] {
    var found: [Image] = []
    for (word, x, y, radius) in words {
      for image in try basis.images(of: word, at: state) {
        var factor = image.root.factor.nearDouble
        if image.root.radicand != 1 {
          factor *= BigFloat(image.root.radicand, precision: 53, rounding: .nearest).double(rounding: .nearest)
            .squareRoot()
        }
        let (p, q) =
          image.number == GaussianRational(1)
          ? (factor, 0) : (factor * image.number.real.nearDouble, factor * image.number.imaginary.nearDouble)
        let own = Image(
          state: image.state, real: x * p - y * q, imaginary: x * q + y * p,
          radius: radius * (abs(p) + abs(q)) * (1 + 0x1p-40) + 0x1p-1000, size: (abs(x) + abs(y)) * (abs(p) + abs(q)))
        guard own.size.isFinite, own.radius.isFinite else {
          throw KernelRefusal("an element of an operator is beyond the range of doubles")
        }
        if let place = found.firstIndex(where: { $0.state == image.state }) {
          found[place].real += own.real
          found[place].imaginary += own.imaginary
          found[place].radius += own.radius
          found[place].size += own.size
        } else {
          found.append(own)
        }
      }
    }
    for place in found.indices {
      found[place].radius =
        (found[place].radius + Self.unit * Double(12 + words.count) * found[place].size) * (1 + 0x1p-20)
    }
    return found
  }
}

extension Interval {
  /// A double within, or nearest to, an enclosure, and at least its distance from all of it.
  ///
  /// - Throws: ``NotToldYet`` of unbounded ones, `KernelRefusal` beyond the range of doubles.
  func nearDouble() throws -> (value: Double, radius: Double) {
    guard isBounded, !isEmpty, let middle = midpoint else { throw NotToldYet(what: "a number") }
    let value = middle.double(rounding: .nearest)
    guard let exact = Interval(exactly: value, precision: 64) else {
      throw KernelRefusal("a number of the model is beyond the range of doubles")
    }
    let radius = (self - exact).magnitude.double(rounding: .up)
    guard radius.isFinite else { throw KernelRefusal("a number of the model is beyond the range of doubles") }
    return (value, radius)
  }
}

extension Rational {
  /// The double nearest to it.
  fileprivate var nearDouble: Double { BigFloat(self, precision: 53, rounding: .nearest).double(rounding: .nearest) }
}
