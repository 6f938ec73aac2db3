import Catalogue

/// An input that an implementation must refuse, with one fault in an otherwise good case.
package struct InvalidCase: Sendable {
  let id: String
  let subject: String
  let parameters: Subject.Given
  /// What is wrong.
  let fault: String

  /// The faults of a subject: of each number of cells and the like, of each number that must be positive, of one real
  /// number, and those of its list.
  static func all(of subject: Subject, _ list: CaseList, from good: [TaggedValue]) -> [InvalidCase] {
    var result: [InvalidCase] = []
    func add(_ slug: String, _ fault: String, _ changes: [String: TaggedValue]) {
      let parameters = zip(subject.parameters, good).map { ($0.name, changes[$0.name] ?? $1) }
      result.append(
        InvalidCase(id: "\(subject.name).invalid.\(slug)", subject: subject.name, parameters: parameters, fault: fault))
    }
    for (parameter, value) in zip(subject.parameters, good) {
      let name = parameter.name
      switch (parameter.kind, parameter.domain) {
      case (.integer, .atLeastOne):
        add("\(name)-zero", "\(name) = 0", [name: .integer("0")].merging(list.besideZero) { $1 })
        // Half above a good number, so that what depends on it stays good.
        if name == "N", case .integer(let text) = value, let count = Double(text) {
          add("\(name)-half-integer", "\(name) = \(2 * Int(count) + 1)/2", [name: .double(count + 0.5)])
        }
      case (.binary64, .positive):
        add("\(name)-negative", "\(name) = -1", [name: .double(-1)])
        add("\(name)-zero", "\(name) = 0", [name: .double(0)])
      case (.binary64, .nonNegative): add("\(name)-negative", "\(name) = -1", [name: .double(-1)])
      case (.choice, _): add("\(name)-unknown", "\(name) is no known word", [name: .choice("none-of-these")])
      default: break
      }
      if parameter.kind == .binary64 {
        add("\(name)-nan", "\(name) is not a number", [name: .double(.nan)])
        add("\(name)-infinite", "\(name) is infinite", [name: .double(.infinity)])
      }
    }
    for fault in list.faults { add(fault.slug, fault.fault, fault.changes) }
    return result
  }
}
