import ArgumentParser
import Catalogue
import Models
import Systems

/// Model files whose quantities stand beside the built-in ones.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("model"), parsing: .unconditionalSingleValue,
    help: "A model file, whose quantities can be asked for as well; may be given several times.")
  var files: [String] = []

  /// The models of the files.
  func read() throws(BadInput) -> [Model] {
    var models: [Model] = []
    var owners: [String: String] = [:]
    for file in files {
      let model = try Model(path: file)
      if let first = owners[model.name] {
        throw BadInput(
          "--model: \(file) and \(first) have one name, '\(model.name)'; accepted: each file once, and one model of a "
            + "name")
      }
      owners[model.name] = file
      models.append(model)
    }
    return models
  }

  /// The built-in systems with those of the files.
  func catalogue() throws(BadInput) -> Catalogue { try catalogue(try read()) }

  /// The built-in systems with some models.
  func catalogue(_ models: [Model]) throws(BadInput) -> Catalogue {
    var catalogue = Catalogue.builtIn
    for model in models { catalogue = try model.entered(in: catalogue) }
    return catalogue
  }
}
