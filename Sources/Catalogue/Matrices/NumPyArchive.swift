internal import CZlib

/// The arrays of `numpy.savez` and `numpy.savez_compressed`: files of the format of `numpy.save` in an archive of ZIP
/// (APPNOTE 6.3), each stored as it is or deflated.
package struct NumPyArchive {
  /// The bytes of each array by its name.
  private let members: [String: [UInt8]]

  static let magic: [UInt8] = [0x50, 0x4B]
  /// The most bytes that the arrays have all together.
  private static let greatestSize = 1 << 28
  private static let greatestCount = 64

  /// The names of the arrays.
  package var names: [String] { members.keys.sorted() }

  private static let accepted = "accepted: whole files of numpy.savez or numpy.savez_compressed"

  package init(_ bytes: [UInt8]) throws(BadInput) {
    func fault(_ what: String) -> BadInput { BadInput("\(what); \(Self.accepted)") }
    func number(_ place: Int, _ length: Int) -> Int {
      (0..<length).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    // The end record has 22 bytes and a comment of at most 65535.
    let signature: [UInt8] = [0x50, 0x4B, 5, 6]
    let last = bytes.count - 22
    guard last >= 0,
      let end = (max(0, last - 65535)...last).last(where: { bytes[$0..<($0 + 4)].elementsEqual(signature) })
    else { throw fault("the archive is truncated: it has no end record") }
    let count = number(end + 10, 2)
    guard count <= Self.greatestCount else { throw fault("the archive has \(count) members") }
    var place = number(end + 16, 4)
    var left = Self.greatestSize
    var members: [String: [UInt8]] = [:]
    for _ in 0..<count {
      guard place + 46 <= bytes.count, number(place, 4) == 0x0201_4B50 else {
        throw fault("the archive's directory is broken")
      }
      let (method, check) = (number(place + 10, 2), number(place + 16, 4))
      let (packed, size) = (number(place + 20, 4), number(place + 24, 4))
      let nameLength = number(place + 28, 2)
      let header = number(place + 42, 4)
      guard place + 46 + nameLength <= bytes.count, header + 30 <= bytes.count, number(header, 4) == 0x0403_4B50 else {
        throw fault("the archive's directory is broken")
      }
      let name = String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self)
      place += 46 + nameLength + number(place + 30, 2) + number(place + 32, 2)
      let start = header + 30 + number(header + 26, 2) + number(header + 28, 2)
      guard start + packed <= bytes.count else { throw fault("'\(name.abridged)' in the archive is truncated") }
      left -= size
      guard left >= 0 else {
        throw BadInput("the archive has more than \(Self.greatestSize) bytes of arrays; accepted: smaller ones")
      }
      let content: [UInt8]
      switch method {
      case 0 where packed == size: content = Array(bytes[start..<(start + packed)])
      case 8:
        guard let inflated = Self.inflated(bytes[start..<(start + packed)], size: size) else {
          throw fault("'\(name.abridged)' in the archive cannot be unpacked")
        }
        content = inflated
      default: throw fault("'\(name.abridged)' in the archive is packed by the method \(method)")
      }
      guard content.withUnsafeBufferPointer({ qbo_crc32($0.baseAddress, $0.count) }) == UInt(check) else {
        throw fault("'\(name.abridged)' in the archive has another check sum")
      }
      let key = name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
      guard members.updateValue(content, forKey: key) == nil else {
        throw fault("'\(key.abridged)' is in the archive twice")
      }
    }
    self.members = members
  }

  private static func inflated(_ packed: ArraySlice<UInt8>, size: Int) -> [UInt8]? {
    var isWhole = false
    let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      isWhole = packed.withUnsafeBufferPointer { source in
        qbo_inflate(source.baseAddress, source.count, buffer.baseAddress, size) == 1
      }
      // What was not written is not read: the result is dropped then.
      if !isWhole { buffer.initialize(repeating: 0) }
      count = isWhole ? size : buffer.count
    }
    return isWhole ? result : nil
  }

  /// An array by its name; nil where there is none.
  package func array(
    _ name: String, kinds: [String] = ["<f8", ">f8", "<c16", ">c16"], accepted: String = "float64 and complex128"
  ) throws(BadInput) -> NumPyArray? {
    guard let bytes = members[name] else { return nil }
    do throws(BadInput) {
      let array = try NumPyArray(bytes, kinds: kinds, accepted: accepted)
      try array.requireWhole()
      return array
    } catch {
      throw BadInput("'\(name)': \(error.message)")
    }
  }
}
