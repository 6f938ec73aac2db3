/// The claim files of this folder, as they were when the program was built.
public enum ProofFiles {
  /// Name and text of each file.
  public static let all: [(name: String, text: String)] = [
    ("harmonic.yaml", String(decoding: PackageResources.harmonic_yaml, as: UTF8.self)),
    ("spin.yaml", String(decoding: PackageResources.spin_yaml, as: UTF8.self)),
    ("dicke.yaml", String(decoding: PackageResources.dicke_yaml, as: UTF8.self)),
    ("capacity.yaml", String(decoding: PackageResources.capacity_yaml, as: UTF8.self)),
    ("freedom.yaml", String(decoding: PackageResources.freedom_yaml, as: UTF8.self)),
    ("star.yaml", String(decoding: PackageResources.star_yaml, as: UTF8.self)),
    ("quasi.yaml", String(decoding: PackageResources.quasi_yaml, as: UTF8.self)),
    ("fermions.yaml", String(decoding: PackageResources.fermions_yaml, as: UTF8.self)),
    ("misprints.yaml", String(decoding: PackageResources.misprints_yaml, as: UTF8.self)),
  ]

  /// The statements of the papers with the claims that decide them.
  public static let coverage = String(decoding: PackageResources.coverage_yaml, as: UTF8.self)
}
