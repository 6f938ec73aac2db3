import Catalogue
import FastKernels
import Foundation
import JSON
import RigorousNumerics

/// The suite's own double-precision kernels as a harness, answering lines of the protocol.
public struct KernelHarness {
  private let quantities: [Quantity]

  /// The kernels of some quantities.
  public init(quantities: [Quantity]) { self.quantities = quantities }

  /// The answer to a line; nil after `stop`.
  ///
  /// - Throws: `BadInput` for a line that is not of the protocol.
  public func answer(_ line: String) throws(BadInput) -> String? {
    let request: JSONValue
    do { request = try JSONValue(parsing: line) } catch {
      throw BadInput("not JSON: \(error); accepted: lines of the protocol")
    }
    switch request["command"] {
    case .string("start"):
      return "\(HarnessIdentity(name: "qbo kernels", version: Suite.version, language: "swift").json)"
    case .string("dialect"):
      let isSpoken = request["dialect"] == .string(HarnessSession.dialect)
      return isSpoken
        ? #"{"dialect": true}"# : #"{"dialect": false, "reason": "the kernels speak \#(HarnessSession.dialect)"}"#
    case .string("run"):
      let (key, members) = run(request)
      let answer = [
        JSONValue.Member("seq", request["seq"] ?? .null), JSONValue.Member(key, members.first?.value ?? .null),
      ]
      return "\(JSONValue.object(answer + members.dropFirst()))"
    case .string("stop"): return nil
    default: throw BadInput("unknown command in \(line.abridged); accepted: start, dialect, run, stop")
    }
  }

  /// The kind of the answer, and its members.
  private func run(_ request: JSONValue) -> (kind: String, members: [JSONValue.Member]) {
    func text(_ kind: String, _ reason: String) -> (String, [JSONValue.Member]) {
      (kind, [.init(kind, .string(reason))])
    }
    // Matrices of a question are those of a subject, not of a quantity, and no kernel takes them.
    guard let name = request["quantity"]?.text, let quantity = quantities.first(where: { $0.name == name }),
      Subject(quantity) != nil
    else {
      return text("skipped", "no quantity of this name")
    }
    do {
      let given = try VectorCase.parameters(request, request["id"]?.text ?? "").map {
        (name: $0.name, text: try $0.value.catalogueText($0.name))
      }
      let arguments = try Arguments(given, for: quantity)
      guard quantity.kernel != nil else { return text("skipped", "no kernel") }
      let answer = try quantity.kernelAnswer(arguments, within: Budget(seconds: 10))
      // A bound as large as the value leaves no digit of it: the kernel does not know it, and says so.
      guard answer.kernelErrorBound < abs(answer.value) || answer.kernelErrorBound == 0 else {
        let (kind, members) = text("skipped", "the bound \(answer.kernelErrorBound) leaves no digit of the value")
        // Up to it the true value may be away from zero.
        let most = (abs(answer.value) + answer.kernelErrorBound).nextUp
        return (kind, members + [.init("tolerance", .string(HexadecimalDouble.text(most)))])
      }
      return (
        "value",
        [
          .init("value", .string(HexadecimalDouble.text(answer.value))),
          .init("tolerance", .string(HexadecimalDouble.text(answer.kernelErrorBound))),
        ]
      )
    } catch let bad as BadInput {
      return text("refused", bad.message)
    } catch let refusal as KernelRefusal {
      // Outside of the kernel's domain, which is no fault of the input.
      return text("skipped", refusal.reason)
    } catch let question as Undecided {
      return text("skipped", "undecided: \(question.reason)")
    } catch let exhausted as Unanswered {
      return text("skipped", "\(CertifiedValue.Outcome(exhausted.cause).rawValue): \(exhausted.reason)")
    } catch {
      return text("errored", "\(error)")
    }
  }
}
