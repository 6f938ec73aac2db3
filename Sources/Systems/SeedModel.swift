import ArbitraryPrecision
import Catalogue
import Models
import RigorousNumerics
import SeedModels

/// The model files of `proofs/models` and their quantities, each file read when it is first asked for.
enum SeedModel {
  private static let known = KnownMaxima<String, (model: Model, catalogue: Catalogue)>()

  /// The model of a file.
  static func model(_ name: String) -> Model { read(name).model }

  /// The quantity of a name, `model.quantity`.
  static func quantity(_ name: String) -> Quantity {
    do throws(BadInput) {
      return try read(String(name.prefix { $0 != "." })).catalogue.quantity(named: name)
    } catch {
      fatalError("Systems: \(error.message)")
    }
  }

  private static func read(_ name: String) -> (model: Model, catalogue: Catalogue) {
    do {
      return try known.value(for: name) {
        let model = try Model(parsing: text(name), name: "proofs/models/\(name).yaml")
        return (model, try model.entered(in: Catalogue([])))
      }
    } catch {
      fatalError("Systems: \(error)")
    }
  }

  /// The text of a file.
  static func text(_ name: String) -> String {
    guard let file = SeedModels.all.first(where: { $0.name == "\(name).yaml" }) else {
      fatalError("Systems: there is no proofs/models/\(name).yaml")
    }
    return file.text
  }

  /// The value of a quantity of a model.
  ///
  /// - Parameters:
  ///   - arguments: those of a quantity of the catalogue.
  ///   - names: parameters of the model that have other names in the catalogue.
  ///   - settings: parameters of the model with values of their own.
  static func value(
    _ name: String, _ arguments: Arguments, calling names: [String: String] = [:],
    setting settings: [String: String] = [:], _ precision: Int, within budget: Budget
  ) throws -> Interval {
    let quantity = quantity(name)
    return try quantity.route.evaluate(
      Arguments(given(quantity, arguments, calling: names, setting: settings), for: quantity), precision, budget)
  }

  /// The values of a model's parameters.
  static func given(
    _ quantity: Quantity, _ arguments: Arguments, calling names: [String: String], setting settings: [String: String]
  ) -> [(name: String, text: String)] {
    quantity.parameters.compactMap { parameter in
      if let text = settings[parameter.name] { return (parameter.name, text) }
      let own = names[parameter.name] ?? parameter.name
      return arguments.texts.first { $0.name == own }.map { (parameter.name, $0.text) }
    }
  }
}

extension Route {
  /// What the methods of routes by model files begin with; the name of the model follows.
  static let modelPrefix = "the model of proofs/models/"

  /// The quantity of a model file of `proofs/models`, at a time or over times, as a way to compute one of the
  /// catalogue.
  ///
  /// - Parameters:
  ///   - quantity: its name, `model.quantity`.
  ///   - lemmas: those that lead from the paper's system to the model's, headings of the guide page.
  ///   - names: parameters of the model that have other names in the catalogue.
  static func model(
    _ quantity: String, as name: String = "model", lemmas: [String] = [], limits: [Limit] = [Model.limit],
    calling names: [String: String] = ["t": "tau"]
  ) -> Route {
    .model(of: quantity, as: name, "", lemmas: lemmas, limits: limits) {
      try SeedModel.value(quantity, $0, calling: names, $1, within: $2)
    }
  }

  /// The collective advantage P(N)/(N P(1)) by the power of a model file.
  ///
  /// - Parameters:
  ///   - power: the name of the greatest power, `model.quantity`.
  ///   - rest: what the advantage is divided by, for ratios of advantages, with its method.
  static func advantage(
    _ power: String, lemmas: [String] = [], limits: [Limit] = [Model.limit],
    over rest: (method: String, value: Evaluate)? = nil
  ) -> Route {
    .model(
      of: power, as: "model", "; P(N)/(N P(1))\(rest.map { "; \($0.method)" } ?? "")", lemmas: lemmas, limits: limits
    ) { arguments, precision, budget in
      let value = try SeedModel.advantage(power, arguments, precision + 8, within: budget)
      guard let rest else { return value.rounded(to: precision) }
      return (value / (try rest.value(arguments, precision + 8, budget))).rounded(to: precision)
    }
  }

  /// A route that evaluates quantities of a model file.
  static func model(
    of quantity: String, as name: String, _ method: String, lemmas: [String] = [], limits: [Limit] = [Model.limit],
    _ evaluate: @escaping Evaluate
  ) -> Route {
    Route(
      name, method: "\(modelPrefix)\(quantity.prefix { $0 != "." }).yaml: \(Model.method)\(method)", lemmas: lemmas,
      limits: limits
    ) { arguments, precision, budget in
      do {
        return try evaluate(arguments, precision, budget)
      } catch is NotToldYet {
        return .entire(precision: precision)
      }
    }
  }
}

extension SeedModel {
  /// P(N)/(N P(1)) of the greatest power of a model.
  static func advantage(
    _ power: String, _ arguments: Arguments, _ precision: Int, within budget: Budget
  ) throws -> Interval {
    // Of one cell it is the quotient of a number by itself.
    if arguments[.cells] == 1 { return Interval(1, precision: precision) }
    let one = try value(power, arguments, setting: ["N": "1"], precision, within: budget)
    return try value(power, arguments, precision, within: budget) / (arguments.enclosure(.cells, precision) * one)
  }
}
