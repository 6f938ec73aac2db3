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
    ("papers/pairs.yaml", String(decoding: PackageResources.pairs_yaml, as: UTF8.self)),
    ("papers/tavis.yaml", String(decoding: PackageResources.tavis_yaml, as: UTF8.self)),
    ("papers/central.yaml", String(decoding: PackageResources.central_yaml, as: UTF8.self)),
    ("papers/supercharging.yaml", String(decoding: PackageResources.supercharging_yaml, as: UTF8.self)),
    ("papers/locked.yaml", String(decoding: PackageResources.locked_yaml, as: UTF8.self)),
    ("papers/twophoton.yaml", String(decoding: PackageResources.twophoton_yaml, as: UTF8.self)),
    ("papers/sums.yaml", String(decoding: PackageResources.sums_yaml, as: UTF8.self)),
    ("papers/laws.yaml", String(decoding: PackageResources.laws_yaml, as: UTF8.self)),
    ("papers/copies.yaml", String(decoding: PackageResources.copies_yaml, as: UTF8.self)),
    ("papers/speed.yaml", String(decoding: PackageResources.speed_yaml, as: UTF8.self)),
    ("papers/farina.yaml", String(decoding: PackageResources.farina_yaml, as: UTF8.self)),
    ("papers/bath.yaml", String(decoding: PackageResources.bath_yaml, as: UTF8.self)),
    ("papers/pulses.yaml", String(decoding: PackageResources.pulses_yaml, as: UTF8.self)),
    ("papers/seah.yaml", String(decoding: PackageResources.seah_yaml, as: UTF8.self)),
    ("papers/driven.yaml", String(decoding: PackageResources.driven_yaml, as: UTF8.self)),
    ("papers/star-model.yaml", String(decoding: PackageResources.star_model_yaml, as: UTF8.self)),
  ]

  /// The models of further papers: name and text of each file.
  public static let models: [(name: String, text: String)] = [
    ("papers/models/pair-jc.yaml", String(decoding: PackageResources.pair_jc_yaml, as: UTF8.self)),
    ("papers/models/pair-oscillators.yaml", String(decoding: PackageResources.pair_oscillators_yaml, as: UTF8.self)),
    ("papers/models/pair-qubits.yaml", String(decoding: PackageResources.pair_qubits_yaml, as: UTF8.self)),
    ("papers/models/tavis-fock.yaml", String(decoding: PackageResources.tavis_fock_yaml, as: UTF8.self)),
    ("papers/models/tavis-coherent.yaml", String(decoding: PackageResources.tavis_coherent_yaml, as: UTF8.self)),
    ("papers/models/tavis-squeezed.yaml", String(decoding: PackageResources.tavis_squeezed_yaml, as: UTF8.self)),
    ("papers/models/tavis-law.yaml", String(decoding: PackageResources.tavis_law_yaml, as: UTF8.self)),
    ("papers/models/central-spin.yaml", String(decoding: PackageResources.central_spin_yaml, as: UTF8.self)),
    ("papers/models/central-qubit.yaml", String(decoding: PackageResources.central_qubit_yaml, as: UTF8.self)),
    ("papers/models/ferraro.yaml", String(decoding: PackageResources.ferraro_yaml, as: UTF8.self)),
    ("papers/models/two-photon-dicke.yaml", String(decoding: PackageResources.two_photon_dicke_yaml, as: UTF8.self)),
    (
      "papers/models/two-photon-exchange.yaml",
      String(decoding: PackageResources.two_photon_exchange_yaml, as: UTF8.self)
    ),
    ("papers/models/capacity-pair.yaml", String(decoding: PackageResources.capacity_pair_yaml, as: UTF8.self)),
    ("papers/models/capacity-closed.yaml", String(decoding: PackageResources.capacity_closed_yaml, as: UTF8.self)),
    ("papers/models/alicki-fannes.yaml", String(decoding: PackageResources.alicki_fannes_yaml, as: UTF8.self)),
    ("papers/models/dicke-coherent.yaml", String(decoding: PackageResources.dicke_coherent_yaml, as: UTF8.self)),
    ("papers/models/capacity-mixed.yaml", String(decoding: PackageResources.capacity_mixed_yaml, as: UTF8.self)),
    ("papers/models/dicke-rotating.yaml", String(decoding: PackageResources.dicke_rotating_yaml, as: UTF8.self)),
    ("papers/models/dicke-symmetric.yaml", String(decoding: PackageResources.dicke_symmetric_yaml, as: UTF8.self)),
    ("papers/models/pair-coherent.yaml", String(decoding: PackageResources.pair_coherent_yaml, as: UTF8.self)),
    ("papers/models/tavis-locked.yaml", String(decoding: PackageResources.tavis_locked_yaml, as: UTF8.self)),
    (
      "papers/models/farina-oscillators.yaml",
      String(decoding: PackageResources.farina_oscillators_yaml, as: UTF8.self)
    ),
    ("papers/models/farina-qubits.yaml", String(decoding: PackageResources.farina_qubits_yaml, as: UTF8.self)),
    ("papers/models/cakmak.yaml", String(decoding: PackageResources.cakmak_yaml, as: UTF8.self)),
    ("papers/models/pulsed-squeezed.yaml", String(decoding: PackageResources.pulsed_squeezed_yaml, as: UTF8.self)),
    ("papers/models/pulse-area.yaml", String(decoding: PackageResources.pulse_area_yaml, as: UTF8.self)),
    ("papers/models/driven-qubit.yaml", String(decoding: PackageResources.driven_qubit_yaml, as: UTF8.self)),
    ("papers/models/driven-cells.yaml", String(decoding: PackageResources.driven_cells_yaml, as: UTF8.self)),
    ("papers/models/collisions.yaml", String(decoding: PackageResources.collisions_yaml, as: UTF8.self)),
    ("papers/models/gaussian-pulse.yaml", String(decoding: PackageResources.gaussian_pulse_yaml, as: UTF8.self)),
  ]

  /// The statements of the papers with the claims that decide them.
  public static let coverage = String(decoding: PackageResources.coverage_yaml, as: UTF8.self)
}
