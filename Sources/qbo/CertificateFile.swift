import Catalogue
import Foundation

/// A certificate as a file of lines.
struct CertificateFile {
  private let lines: [String]

  init(_ lines: [String]) { self.lines = lines }

  /// Writes the file beside its place and moves it there.
  ///
  /// - Parameter option: what named the file, for the message.
  /// - Throws: ``BadInput`` where that fails.
  func write(to path: String, option: String) throws(BadInput) {
    do {
      try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw BadInput("\(option): '\(path.abridged)' cannot be written; accepted: a place in a folder that exists")
    }
  }
}
