import Catalogue
import Foundation

/// Lines of a file or a pipe, each as soon as it is complete.
struct LineReader {
  /// The most bytes of a line.
  static let greatestLength = 1 << 20

  private let descriptor: Int32
  private let name: String
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// - Parameter name: what a message calls the file.
  init(_ descriptor: Int32, name: String) {
    self.descriptor = descriptor
    self.name = name
  }

  /// The next line without its end, or what is wrong with it; nil after the last.
  ///
  /// - Throws: `BadInput` when the file cannot be read.
  mutating func next() throws(BadInput) -> Result<String, BadInput>? {
    var searched = 0
    var isTooLong = false
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0a) {
        defer { buffer.removeFirst(end + 1) }
        isTooLong = isTooLong || end > LineReader.greatestLength
        return isTooLong ? .failure(LineReader.tooLong) : LineReader.text(buffer[..<end])
      }
      if buffer.count > LineReader.greatestLength {
        isTooLong = true
        buffer.removeAll(keepingCapacity: true)
      }
      if isAtEnd {
        guard isTooLong || !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return isTooLong ? .failure(LineReader.tooLong) : LineReader.text(buffer[...])
      }
      searched = buffer.count
      try fill()
    }
  }

  private static let tooLong = BadInput("the line is too long; accepted: at most \(greatestLength) bytes")

  private static func text(_ bytes: ArraySlice<UInt8>) -> Result<String, BadInput> {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .failure(BadInput("the line is not UTF-8; accepted: JSON in UTF-8"))
    }
    return .success(text)
  }

  /// Waits for more bytes.
  private mutating func fill() throws(BadInput) {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    repeat { count = read(descriptor, &chunk, chunk.count) } while count < 0 && errno == EINTR
    guard count >= 0 else {
      throw BadInput(
        "--batch: cannot read \(name): \(String(cString: strerror(errno))); accepted: a file of JSON lines")
    }
    isAtEnd = count == 0
    buffer += chunk[..<count]
  }
}
