import ArbitraryPrecision
import Catalogue
import Models
import SeedModels

extension Route {
  /// The quantity of a model file of `proofs/models`, at a time or over times, as a way to compute one of the
  /// catalogue.
  ///
  /// The file is read when the route is first asked for.
  ///
  /// - Parameters:
  ///   - quantity: its name, `model.quantity`.
  ///   - lemmas: those that lead from the paper's system to the model's, headings of the guide page.
  ///   - names: parameters of the model that have other names in the catalogue.
  static func model(
    _ quantity: String, as name: String = "model", lemmas: [String] = [], calling names: [String: String] = ["t": "tau"]
  ) -> Route {
    let file = quantity.prefix { $0 != "." }
    return Route(
      name, method: "the model of proofs/models/\(file).yaml: \(Model.method)", lemmas: lemmas, limits: [Model.limit]
    ) { arguments, precision, budget in
      let model = SeedModel.quantity(quantity)
      var given: [(name: String, text: String)] = []
      for parameter in model.parameters {
        let own = names[parameter.name] ?? parameter.name
        guard let text = arguments.texts.first(where: { $0.name == own })?.text else { continue }
        given.append((parameter.name, text))
      }
      return try model.route.evaluate(Arguments(given, for: model), precision, budget)
    }
  }
}

/// The quantities of the model files that come with the suite.
enum SeedModel {
  /// All of them.
  static let catalogue: Catalogue = {
    do throws(BadInput) {
      var catalogue = try Catalogue([])
      for file in SeedModels.all {
        let model = try Model(parsing: file.text, name: "proofs/models/\(file.name)")
        catalogue = try model.entered(in: catalogue)
      }
      return catalogue
    } catch {
      fatalError("Systems: \(error.message)")
    }
  }()

  /// The quantity of a name.
  static func quantity(_ name: String) -> Quantity {
    do throws(BadInput) { return try catalogue.quantity(named: name) } catch { fatalError("Systems: \(error.message)") }
  }
}
