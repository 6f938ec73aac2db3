import Catalogue
import FastKernels
import Operators
import RigorousNumerics

/// Basis states that grow in number, with the columns of a Hamiltonian in doubles at each of them, images outside
/// included.
struct KernelSector {
  /// The states in the order in which they were added.
  private(set) var states: [BasisState] = []
  private(set) var places: [BasisState: Int] = [:]
  private var columns: [[KernelWords.Image]] = []
  private var count = 0
  private let words: KernelWords

  /// The most elements of all columns.
  private static let greatestCount = 1 << 22

  /// No states yet.
  init(_ words: KernelWords) { self.words = words }

  /// Adds states and what is reached from them in some applications of the Hamiltonian.
  ///
  /// - Throws: ``TooManyStates`` beyond a size, before they are stored.
  mutating func add(
    _ new: some Sequence<BasisState>, depth: Int, atMost greatest: Int = Sector.greatestSize, within budget: Budget
  ) throws {
    var front = Set(new)
    for step in 0...depth {
      let first = states.count
      for state in front.sorted() where places[state] == nil {
        if states.count % 256 == 255 { try budget.check() }
        guard states.count < greatest else { throw TooManyStates() }
        let column = try words.column(state)
        count += column.count
        guard count <= Self.greatestCount else { throw TooManyStates() }
        places[state] = states.count
        states.append(state)
        columns.append(column)
      }
      guard step < depth else { return }
      front = []
      for column in columns[first...] {
        for image in column where places[image.state] == nil { front.insert(image.state) }
      }
      if front.isEmpty { return }
    }
  }

  /// The Hamiltonian on these states.
  var hermitian: HermitianElements {
    var result = HermitianElements()
    result.diagonal = [(Double, Double)](repeating: (0, 0), count: states.count)
    result.elements.reserveCapacity(count / 2)
    for (column, images) in columns.enumerated() {
      for image in images {
        guard let row = places[image.state] else { continue }
        if row == column {
          // The imaginary part is zero.
          result.diagonal[column] = (image.real, image.radius)
        } else if row < column {
          result.elements.append(
            .init(row: row, column: column, real: image.real, imaginary: image.imaginary, radius: image.radius))
        }
      }
    }
    return result
  }

  /// The elements that lead out of these states, in magnitude.
  var boundary: KernelBoundary {
    var result = KernelBoundary()
    for (place, column) in columns.enumerated() {
      for image in column where places[image.state] == nil { result.add(image, from: place) }
    }
    return result
  }
}

/// The elements of a Hamiltonian from some states to states outside of them, in magnitude.
struct KernelBoundary {
  /// The states outside.
  private(set) var outside: [BasisState] = []
  private var targets: [BasisState: Int] = [:]
  private var elements: [(from: Int, to: Int, size: Double)] = []

  fileprivate mutating func add(_ image: KernelWords.Image, from place: Int) {
    let target = targets[image.state] ?? outside.count
    if target == outside.count {
      targets[image.state] = target
      outside.append(image.state)
    }
    let size = (image.real * image.real + image.imaginary * image.imaginary).squareRoot()
    elements.append((place, target, (size + image.radius) * (1 + 0x1p-40)))
  }

  /// Bounds of the image outside, one for each state there, of a vector whose magnitudes are bounded.
  func image(_ bounds: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: outside.count)
    for (from, to, size) in elements { result[to] += size * bounds[from] }
    // Each is a sum of fewer than 2^22 products of numbers that are not negative.
    return result.map { $0 * (1 + 0x1p-20) }
  }
}
