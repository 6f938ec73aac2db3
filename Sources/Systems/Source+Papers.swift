import Catalogue

/// The papers.
extension Source.Reference {
  /// Andolina and others, with numbered equations.
  static func andolina(sections: [String] = [], equations: [String] = [], text: String? = nil) -> Self {
    Self(
      "Andolina et al., Phys. Rev. B 99, 205437 (2019), arXiv:1812.04669", sections: sections, equations: equations,
      text: text)
  }

  /// The dephased star; what is at hand prints no equation.
  static let purkait = Self("Purkait, Venkatesh, Watanabe, arXiv:2508.13497")
  /// Capacity of two qubits; what is at hand prints definitions without numbers.
  static let wang = Self("Wang, Huang, Zhang, arXiv:2605.11399")
  /// Asymptotic freedom; what is at hand prints no equation.
  static let watanabe = Self("Watanabe, Chen, Venkatesh, arXiv:2606.10054")
  /// Work quasiprobabilities and advantage; what is at hand prints no equation.
  static let francica = Self("Francica, arXiv:2503.18115")
  /// The definition of the quasiprobabilities.
  static let definition = Self("arXiv:2110.00977")
}
