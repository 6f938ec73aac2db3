import Foundation

/// Files of numbers that stand beside other input.
public enum BoundedFile {
  /// The bytes of a file of limited size.
  ///
  /// - Parameters:
  ///   - noun: what it holds, for messages.
  ///   - accepted: the formats that are read.
  public static func data(
    _ path: String, noun: String, accepted: String, greatestSize: Int
  ) throws(BadInput) -> Data {
    let name = name(path)
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw BadInput("\(name) cannot be read; accepted: a file of a \(noun)")
    }
    defer { try? handle.close() }
    // Devices and pipes have no size beforehand: one byte more than is accepted tells.
    guard let data = try? handle.read(upToCount: greatestSize + 1), !data.isEmpty else {
      throw BadInput("\(name) is empty or cannot be read; accepted: \(accepted)")
    }
    guard data.count <= greatestSize else {
      throw BadInput("\(name) has more than \(greatestSize) bytes; accepted: shorter files")
    }
    return data
  }

  /// How messages name a file.
  public static func name(_ path: String) -> String { "file '\(path.abridged)'" }
}
