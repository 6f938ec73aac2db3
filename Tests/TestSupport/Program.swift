import Foundation

/// The built `qbo`, run as a user runs it.
public enum Program {
  /// What a run gave.
  public struct Run: Sendable {
    /// The exit status.
    public let status: Int32
    /// Standard output.
    public let output: String
    /// Standard error.
    public let error: String
  }

  /// The folder of the built products, beside the test bundle.
  public static var products: URL {
    #if os(macOS)
      for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
        return bundle.bundleURL.deletingLastPathComponent()
      }
    #endif
    return Bundle.main.bundleURL
  }

  /// Runs `qbo`, or another program of the package, with arguments and standard input, to its end.
  public static func run(
    _ arguments: [String], input: String = "", program: String = "qbo", in place: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Run {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, not pipes: no output is too long for them.
    let (outputURL, errorURL, inputURL) = (
      folder.appending(path: "output"), folder.appending(path: "error"), folder.appending(path: "input")
    )
    try Data(input.utf8).write(to: inputURL)
    for url in [outputURL, errorURL] { try Data().write(to: url) }
    let process = Process()
    process.executableURL = products.appending(path: program)
    if let place { process.currentDirectoryURL = place }
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: inputURL)
    process.standardOutput = try FileHandle(forWritingTo: outputURL)
    process.standardError = try FileHandle(forWritingTo: errorURL)
    try process.run()
    process.waitUntilExit()
    return Run(
      status: process.terminationStatus, output: try String(contentsOf: outputURL, encoding: .utf8),
      error: try String(contentsOf: errorURL, encoding: .utf8))
  }
}
