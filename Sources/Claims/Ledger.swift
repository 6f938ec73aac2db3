import Catalogue
import Models
import Proofs
import SeedModels

/// The claims of the suite and how they are run.
public enum Ledger {
  /// The built-in claims: those of the files in `proofs`, as they were when the program was built.
  ///
  /// - Parameter catalogue: the quantities that they name.
  public static func builtIn(_ catalogue: Catalogue) throws(BadInput) -> [Claim] {
    try files(catalogue).flatMap(\.claims)
  }

  /// The slips in words that the built-in files list.
  ///
  /// - Parameter catalogue: the quantities that their claims name.
  public static func remarks(_ catalogue: Catalogue) throws(BadInput) -> [ClaimFile.Remark] {
    try files(catalogue).flatMap(\.remarks)
  }

  private static func files(_ catalogue: Catalogue) throws(BadInput) -> [ClaimFile] {
    var files: [ClaimFile] = []
    for file in ProofFiles.all {
      files.append(
        try ClaimFile(parsing: file.text, name: "proofs/\(file.name)", catalogue: catalogue, models: model))
    }
    return files
  }

  /// A model file that comes with the claims, by its path.
  private static func model(_ path: String) throws(BadInput) -> Model {
    let files =
      SeedModels.all.map { ("proofs/models/\($0.name)", $0.text) }
      + ProofFiles.models.map { ("proofs/\($0.name)", $0.text) }
    // A folder and the way back out of it are none.
    let path = path.split(separator: "/").reduce(into: [Substring]()) { parts, part in
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }.joined(separator: "/")
    guard let text = files.first(where: { $0.0 == path })?.1 else {
      throw BadInput(
        "\(path): there is no such model in the program; accepted: \(files.map(\.0).joined(separator: ", "))")
    }
    return try Model(parsing: text, name: path)
  }

  /// The claims whose ids start with one of the prefixes; all without a prefix.
  ///
  /// - Throws: `BadInput` for a prefix that matches nothing.
  public static func select(_ claims: [Claim], prefixes: [String]) throws(BadInput) -> [Claim] {
    for prefix in prefixes where !claims.contains(where: { $0.id.hasPrefix(prefix) }) {
      // Of the same system, or only the systems: all ids would fill the screen.
      func system(_ id: String) -> Substring { id.prefix(while: { $0 != "." }) }
      let near = claims.map(\.id).filter { system($0) == system(prefix) }
      let systems = claims.map { "\(system($0.id))." }.reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      let known = (near.isEmpty ? systems : near).joined(separator: ", ")
      let file = prefix.contains("/") || prefix.hasSuffix(".yaml") ? "; a file is named by --claims" : ""
      throw BadInput("no claim has an id that starts with '\(prefix)'; accepted: prefixes of \(known)\(file)")
    }
    return prefixes.isEmpty
      ? claims : claims.filter { claim in prefixes.contains { claim.id.hasPrefix($0) } }
  }
}
