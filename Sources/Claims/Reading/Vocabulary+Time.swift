import Catalogue

extension Vocabulary {
  /// Declares the time: under the name that is given, or as `t` where that stands for nothing else.
  mutating func declareTime(_ variable: String?, _ keys: YAMLMapping) throws(BadInput) {
    if let variable {
      try declare([variable], as: .time, keys, "variable")
    } else if !isDeclared("t"), try !keys.hasEntry("t", in: "let") {
      // A name around the claim does not silently make a constant of the time: a formula that asks for it is refused.
      isTimeHidden = isShared("t")
      if !isTimeHidden { try declare(["t"], as: .time, keys, "variable") }
    }
  }

  /// The name of the time.
  var time: String? { meanings.first { if case .time = $0.value { true } else { false } }?.key }
}
