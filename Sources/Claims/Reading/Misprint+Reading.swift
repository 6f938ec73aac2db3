import Catalogue
import Systems
import Expressions

extension MisprintClaim {
  /// The keys of the kind `misprint`.
  static func read(_ keys: inout YAMLMapping) throws(BadInput) -> (SymbolicSetting, MisprintClaim) {
    var vocabulary = try Vocabulary(&keys)
    let claim = MisprintClaim(
      printed: try vocabulary.equality(&keys, "printed", .physical),
      derived: try vocabulary.equality(&keys, "derived", .physical),
      asPrinted: try keys.requiredText("as-printed"), asDerived: try keys.requiredText("as-derived"),
      depends: try keys.requiredText("depends"))
    try vocabulary.requireConsistency(keys)
    return (SymbolicSetting(vocabulary), claim)
  }
}
