/// Systems of the papers as model files, as they were when the program was built: one text for what is
/// proved of a Hamiltonian and what is evaluated.
public enum SeedModels {
  /// Name and text of each file.
  public static let all: [(name: String, text: String)] = [
    ("harmonic-sector.yaml", String(decoding: PackageResources.harmonic_sector_yaml, as: UTF8.self)),
    ("harmonic-coherent.yaml", String(decoding: PackageResources.harmonic_coherent_yaml, as: UTF8.self)),
    ("harmonic-modes.yaml", String(decoding: PackageResources.harmonic_modes_yaml, as: UTF8.self)),
    ("harmonic-parallel.yaml", String(decoding: PackageResources.harmonic_parallel_yaml, as: UTF8.self)),
    ("spin-pair.yaml", String(decoding: PackageResources.spin_pair_yaml, as: UTF8.self)),
    ("spin-cells.yaml", String(decoding: PackageResources.spin_cells_yaml, as: UTF8.self)),
    ("spin-parallel.yaml", String(decoding: PackageResources.spin_parallel_yaml, as: UTF8.self)),
    ("dicke-mode.yaml", String(decoding: PackageResources.dicke_mode_yaml, as: UTF8.self)),
    ("dicke-strong.yaml", String(decoding: PackageResources.dicke_strong_yaml, as: UTF8.self)),
    ("dicke-parallel.yaml", String(decoding: PackageResources.dicke_parallel_yaml, as: UTF8.self)),
    ("dicke-coherent-mode.yaml", String(decoding: PackageResources.dicke_coherent_mode_yaml, as: UTF8.self)),
    ("capacity-cells.yaml", String(decoding: PackageResources.capacity_cells_yaml, as: UTF8.self)),
    ("capacity-noise.yaml", String(decoding: PackageResources.capacity_noise_yaml, as: UTF8.self)),
    ("tavis-cummings-spin.yaml", String(decoding: PackageResources.tavis_cummings_spin_yaml, as: UTF8.self)),
    ("tavis-cummings-cells.yaml", String(decoding: PackageResources.tavis_cummings_cells_yaml, as: UTF8.self)),
    ("cells-apart.yaml", String(decoding: PackageResources.cells_apart_yaml, as: UTF8.self)),
    ("vacuum-flip.yaml", String(decoding: PackageResources.vacuum_flip_yaml, as: UTF8.self)),
    ("quasi-blocks.yaml", String(decoding: PackageResources.quasi_blocks_yaml, as: UTF8.self)),
    ("fermion-pairs.yaml", String(decoding: PackageResources.fermion_pairs_yaml, as: UTF8.self)),
    ("fermion-quartets.yaml", String(decoding: PackageResources.fermion_quartets_yaml, as: UTF8.self)),
    ("dephased-star.yaml", String(decoding: PackageResources.dephased_star_yaml, as: UTF8.self)),
  ]
}
