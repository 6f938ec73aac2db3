/// The claim files of this folder, as they were when the program was built.
public enum ProofFiles {
  /// Name and text of each file.
  public static let all: [(name: String, text: String)] = [
    ("harmonic.yaml", String(decoding: PackageResources.harmonic_yaml, as: UTF8.self)),
    ("spin.yaml", String(decoding: PackageResources.spin_yaml, as: UTF8.self)),
  ]
}
