import Catalogue
import Claims
import Foundation
import JSON
import RigorousNumerics

/// The folder of `qbo verify --certificates`: `ID.jsonl` for each claim that has a certificate, and `index.jsonl` with
/// a line a claim, its file or the reason why there is none.
struct CertificateFolder {
  private let folder: URL
  private let path: String

  /// - Throws: ``BadInput`` where there is no folder and none can be made.
  init(_ path: String) throws(BadInput) {
    (folder, self.path) = (URL(fileURLWithPath: path), path)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw BadInput("--certificates: '\(path.abridged)' cannot be written; accepted: a folder")
    }
  }

  /// Writes the certificates of claims.
  func write(_ claims: [Claim], jobs: Int) throws {
    let index = SoFar<JSONValue>()
    let folder = folder
    try Jobs.run(
      claims, jobs: jobs, started: { Output.progress("certificate of \(claims[$0].id)") },
      { claim -> JSONValue in
        do {
          let budget = Budget()
          guard let lines = try budget.result(of: { try claim.certificate(within: budget) }) else {
            throw budget.timeIsOver
          }
          let name = "\(claim.id).jsonl"
          try CertificateFile(lines).write(to: folder.appending(path: name).path, option: "--certificates")
          return .members(["id": .string(claim.id), "file": .string(name)])
        } catch let refusal as Unanswered {
          return .members(["id": .string(claim.id), "none": .string(refusal.reason)])
        } catch let question as Undecided {
          return .members(["id": .string(claim.id), "none": .string(question.reason)])
        }
      }, each: index.add)
    Output.progress("")
    try CertificateFile(index.all.map(\.description)).write(
      to: folder.appending(path: "index.jsonl").path, option: "--certificates")
  }
}
