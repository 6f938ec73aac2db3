import Foundation
import JSON
import Testing

@Suite struct JSONWritingTests {
  @Test(arguments: [
    (JSONValue.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.integer(-12), "-12"),
    (.string("a"), "\"a\""), (.array([]), "[]"), (.object([]), "{}"), (.array([.null, .integer(1)]), "[null, 1]"),
    (.members(["b": .string("x"), "a": .array([])]), "{\"b\": \"x\", \"a\": []}"), (.double(0.1), "0.1"),
    (.double(1), "1.0"), (.double(-2.5e-300), "-2.5e-300"), (.double(.infinity), "null"), (.double(.nan), "null"),
  ])
  func `values are written on one line`(_ value: JSONValue, _ text: String) {
    #expect(value.description == text)
  }

  @Test(arguments: [
    ("\" \\ \n \r \t", #""\" \\ \n \r \t""#), ("\u{0}\u{1}\u{1f}", #""\u0000\u0001\u001f""#),
    ("\u{7f}é€\u{1f600}/", "\"\\u007fé€\u{1f600}/\""), ("\u{202e}\u{9b}\u{e0001}", #""\u202e\u009b\udb40\udc01""#),
    ("\r\n", #""\r\n""#),
  ])
  func `strings are escaped`(_ text: String, _ expected: String) {
    #expect(JSONValue.string(text).description == expected)
    #expect(JSONValue.members([text: .null]).description == "{\(expected): null}")
  }

  @Test func `what is written reads back`() throws {
    let scalars = (0..<0x500).compactMap { Unicode.Scalar($0) } + ["\u{2028}", "\u{1f600}", "\u{10ffff}"]
    var every = ""
    every.unicodeScalars.append(contentsOf: scalars)
    let value = JSONValue.array([
      .string(every), .number("1.10"), .null, .bool(true),
      .members(["": .integer(0), every: .array([.object([])]), "k": .members(["k": .number("-0")])]),
    ])
    #expect(!value.description.contains { $0.isNewline && $0.isASCII })
    #expect(try JSONValue(parsing: value.description) == value)
  }

  @Test func `another reader reads what is written`() throws {
    let text = "tab\t quote\" backslash\\ \u{1} é \u{1f600} \r\n"
    let data = Data(JSONValue.members([text: .array([.string(text), .double(1e300), .null])]).description.utf8)
    let read = try #require(try JSONSerialization.jsonObject(with: data) as? [String: [Any]])
    #expect(read[text]?.first as? String == text)
    #expect(read[text]?[1] as? Double == 1e300)
  }

  @Test(arguments: [1.0 / 3, Double.leastNonzeroMagnitude, 1.7976931348623157e308, -0.0, 1e22, 123_456_789.123])
  func `doubles read back to the same double`(_ value: Double) {
    let text = JSONValue.double(value).description
    #expect(Double(text)?.bitPattern == value.bitPattern)
    #expect(throws: Never.self) { try JSONValue(parsing: text) }
  }

  @Test func `a key gives its value`() {
    let value = JSONValue.members(["a": .integer(1), "b": .null])
    #expect(value["a"] == .integer(1))
    #expect(value["b"] == .null)
    #expect(value["c"] == nil)
    #expect(JSONValue.array([])["a"] == nil)
  }
}
