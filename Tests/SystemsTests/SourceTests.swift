import ArbitraryPrecision
import Foundation
import TestSupport
import Testing

@testable import Catalogue
@testable import Systems

/// Where quantities come from, and how large they are.
@Suite struct SourceTests {
  @Test func `every page has the heading that a source names`() throws {
    for quantity in Catalogue.builtIn.quantities {
      guard let page = quantity.source.derivation else { continue }
      let text = try String(contentsOf: Repository.top.appending(path: page.file), encoding: .utf8)
      let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") || $0.hasPrefix("### ") }
        .map { $0.drop { $0 == "#" }.dropFirst() }
      #expect(headings.contains { $0 == page.heading }, "\(quantity.name): \(page.place)")
    }
  }

  /// The paper with numbered equations has 26 of them; what is at hand of the others prints none, so their quantities are derived on a page.
  @Test func `places are in papers that have them`() {
    for quantity in Catalogue.builtIn.quantities {
      for reference in quantity.source.references {
        let isNumbered = reference.paper.contains("arXiv:1812.04669")
        let numbers = reference.equations.flatMap { $0.split(separator: "-") }.map { Int($0) }
        #expect(numbers.allSatisfy { $0.map((1...26).contains) == true }, "\(quantity.name)")
        #expect(isNumbered || reference.place.isEmpty, "\(quantity.name)")
        #expect(reference.sections.allSatisfy { ["II", "III", "IV", "V", "VI"].contains($0) }, "\(quantity.name)")
      }
      #expect(!quantity.source.place.isEmpty, "\(quantity.name)")
    }
  }

  /// Read in the paper: the sentence on coherent states stands below Eq. (11), Pmax and Y between Eq. (10) and (11), the optimal time in Sec. III; a range is one place.
  @Test(arguments: [
    ("harmonic.coherent-purity", "text below Eq. (11)"), ("harmonic.power-constant", "text below Eq. (10)"),
    ("harmonic.start-stored-energy", "text above Eq. (9)"), ("harmonic.optimal-time", "Sec. III"),
    ("harmonic.ratio", "Eq. (5), text below Eq. (15)"), ("spin.max-power", "Sec. III, V, Eq. (16)"),
    ("spin.classical-stored-energy", "Eq. (18)-(20)"), ("dicke.ratio", "Eq. (5), (21), (23)"),
    ("star.detuned-energy", "docs/star.md, Detuning"), ("quasi.fermion-time", "docs/fermions.md, First maximum"),
  ])
  func `places are written as papers are cited`(_ name: String, _ place: String) throws {
    #expect(try Catalogue.builtIn.quantity(named: name).source.place == place)
  }

  @Test func `the text has the paper and the page`() throws {
    #expect(
      try Catalogue.builtIn.quantity(named: "harmonic.stored-energy").source.text
        == "Andolina et al., Phys. Rev. B 99, 205437 (2019), arXiv:1812.04669, Eq. (10)")
    #expect(
      try Catalogue.builtIn.quantity(named: "star.energy").source.text
        == "Purkait, Venkatesh, Watanabe, arXiv:2508.13497; derived in docs/star.md, Invariant pairs")
    #expect(
      try Catalogue.builtIn.quantity(named: "spin.semiclassical-gap").source.text
        == "derived in docs/spin.md, Many cells")
  }

  /// N w0 for an energy, its rate for a power, one for what has no unit.
  @Test(arguments: [
    ("harmonic.stored-energy", "N=3 w0=2 g=5 tau=1", 6), ("dicke.max-power", "N=3 w0=2 g=5", 30),
    ("capacity.total", "wb=1 wc=2 J1=9 J2=9 t=1", 6), ("quasi.atom", "family=flip N=9 k=1 q=0 a=1 b=1 w=1", 1),
  ])
  func `the natural size is that of the parameters`(_ name: String, _ given: String, _ size: Int) throws {
    let parameters = given.split(separator: " ").map { $0.split(separator: "=").map(String.init) }
      .map { (name: $0[0], text: $0[1]) }
    #expect(try Catalogue.builtIn.quantity(named: name).scale(parameters) == Rational(Integer(size)))
  }
}
