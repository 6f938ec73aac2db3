import ArbitraryPrecision
import Catalogue
import FastKernels
import Operators
import RigorousNumerics

extension Model {
  /// The kernel of a quantity.
  ///
  /// - Parameter quantity: the quantity without a kernel.
  func kernel(_ figure: FigureDeclaration, _ own: [ModelParameter], of quantity: Quantity) -> Kernel {
    let audit = ModelAudit(quantity.name, own)
    var fit: Kernel.Fit?
    if let schedule {
      fit = { exact, nearest in try self.fitted(nearest, to: exact, schedule, of: quantity) }
    }
    return Kernel(
      bound: "found beside the value",
      domain: isClosed
        ? "\(Sector.limit.condition), times up to 2^20 over the norm of the Hamiltonian" : MasterKernel.domain,
      isHeldAbsolutely: true,
      auditInputs: audit.inputs, fit: fit,
      sensitivity: .distance { moved, answer in
        guard let near = Interval(exactly: answer.value, precision: 64) else { return nil }
        let time = KernelState.Time(double: moved.doubles[.time], missed: moved.distance(.time))
        // What doubles do not tell, certified values may.
        guard let value = try? self.kernelEnclosure(figure, moved.exact, time) else { return nil }
        return (value - near).magnitude.double(rounding: .up)
      }
    ) { input in
      let arguments = try Arguments(exactly: input, for: quantity)
      return try Self.kernelValue(self.kernelEnclosure(figure, arguments, .init(double: input[.time])))
    }
  }

  /// The value by states in doubles at a time near a double.
  private func kernelEnclosure(
    _ figure: FigureDeclaration, _ arguments: Arguments, _ time: KernelState.Time
  ) throws -> Interval {
    do {
      return try FigureEvaluation.value(
        figure, of: self, arguments, precision: Self.kernelBits, within: Budget(), kernelTime: time)
    } catch let unanswered as Unanswered {
      throw KernelRefusal(unanswered.reason)
    } catch let outside as OutsideFragment {
      throw KernelRefusal(outside.description)
    }
  }

  /// Bits of the formulas around figures in doubles, and of the coefficients that are rounded to doubles.
  private static let kernelBits = 64

  /// The double nearest to the middle of an enclosure, and at least its distance from all of it.
  private static func kernelValue(_ enclosure: Interval) throws -> KernelValue {
    guard enclosure.isBounded, !enclosure.isEmpty, let middle = enclosure.midpoint,
      let value = Interval(exactly: middle.double(rounding: .nearest), precision: 64)
    else { throw KernelRefusal("no bound is found in doubles") }
    let bound = (enclosure - value).magnitude.double(rounding: .up)
    guard bound.isFinite else { throw KernelRefusal("no bound is found in doubles") }
    return KernelValue(value: middle.double(rounding: .nearest), errorBound: bound)
  }

  /// Whether a Hamiltonian without the time moves the state alone, at all parameters.
  private var isClosed: Bool {
    schedule == nil && jumps.isEmpty && hamiltonian?.expression.variables.contains("t") != true
  }
}

extension FigureFormula {
  /// Whether it is of the state at one time by figures that kernels know.
  var isServedInDoubles: Bool {
    calls.values.allSatisfy { call in
      switch call {
      case .mean, .variance, .covariance, .weight, .energetic, .copies, .ofState, .fisher, .concurrence, .distance: true
      case .initial(let inner), .sum(_, _, _, let inner): inner.isServedInDoubles
      case .rate, .extremum, .firstMaximum, .firstTime, .average, .at, .steady, .relaxationTime, .gap: false
      }
    }
  }
}
