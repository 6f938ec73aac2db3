import ArbitraryPrecision
import Foundation

/// Everything that allocates, many times over: for a memory checker to watch (`scripts/check-leaks`).
enum LeakExercise {
  static func run() {
    let group = DispatchGroup()
    for index in 0..<8 {
      group.enter()
      Thread.detachNewThread {
        exercise(precision: [53, 128, 257, 1000][index % 4])
        ThreadCaches.release()
        group.leave()
      }
    }
    group.wait()
    exercise(precision: 300)
    ThreadCaches.release()
  }

  private static func exercise(precision p: Int) {
    var x = Interval(from: Rational(1, 3), to: Rational(2, 5), precision: p)
    for step in 0..<20 {
      let y = Interval(Rational(Integer(step + 2), 7), precision: p)
      var sum = x + y * x - x / y
      sum += y
      sum *= x
      sum -= .pi(precision: p)
      sum /= y
      x = sum.sine.squared + y.exponential.logarithm.squareRoot + y.power(Rational(-2, 3)) + x.power(y).arctangent2(y)
      x = x.hyperbolicTangent.hull(y.cosine).intersection(.entire(precision: p)).absoluteValue
      let z = ComplexInterval(x, y) * ComplexInterval(y, x) / ComplexInterval(y, x + 1)
      x = (z.exponential.real + z.squareRoot.imaginary + z.magnitude).rounded(to: p)
      precondition((try? Interval(text: x.exactText, precision: p))?.isSameSet(as: x) ?? false)
      precondition((try? Interval(text: "[1, 0]", precision: p)) == nil)
      precondition(!x.text(digits: 30).isEmpty)
    }
  }
}
