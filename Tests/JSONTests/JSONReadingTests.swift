import JSON
import Testing

@Suite struct JSONReadingTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" \t\r\ntrue\n", .bool(true)), ("false", .bool(false)), ("\"\"", .string("")),
    ("[]", .array([])), ("{}", .object([])), ("[ ]", .array([])), ("{ }", .object([])),
    ("[1, [null], {\"a\": \"b\"}]", .array([.integer(1), .array([.null]), .members(["a": .string("b")])])),
    ("{\"b\": 1, \"a\": 2}", .members(["b": .integer(1), "a": .integer(2)])),
  ])
  func `values are read`(_ text: String, _ value: JSONValue) throws {
    #expect(try JSONValue(parsing: text) == value)
  }

  @Test(arguments: [
    "0", "-0", "1.10", "0.1", "-1", "1e400", "1E+5", "2e-07", "123456789012345678901234567890", "0.000", "-0.0e-0",
  ])
  func `numbers are kept verbatim`(_ text: String) throws {
    let value = try JSONValue(parsing: text)
    #expect(value == .number(text))
    #expect(value.description == text)
  }

  @Test(arguments: [
    (#""\" \\ \/ \n \t \r \b \f""#, "\" \\ / \n \t \r \u{8} \u{c}"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
    (#""\ud83d\ude00""#, "\u{1f600}"), (#""\uDBFF\uDFFF""#, "\u{10ffff}"), (#""\ud800\udc00""#, "\u{10000}"),
    ("\"\u{7f}é€\u{1f600}\"", "\u{7f}é€\u{1f600}"), (#""e\u0301""#, "e\u{301}"), (#""\u0000""#, "\0"),
  ])
  func `escapes stand for their characters`(_ text: String, _ value: String) throws {
    let read = try JSONValue(parsing: text)
    guard case .string(let string) = read else {
      Issue.record("no string: \(read)")
      return
    }
    #expect(Array(string.unicodeScalars) == Array(value.unicodeScalars))
  }

  private static let faults = [
    ("", 1, "the text ends where a JSON value is expected"), ("  ", 3, "the text ends where a JSON value is expected"),
    ("[1,", 4, "the text ends where a JSON value is expected"), ("nul", 1, "a JSON value is expected here"),
    ("True", 1, "a JSON value is expected here"), ("[1,]", 4, "a JSON value is expected here"),
    ("'a'", 1, "a JSON value is expected here"), ("+1", 1, "a JSON value is expected here"),
    (".5", 1, "a JSON value is expected here"), ("NaN", 1, "a JSON value is expected here"),
    ("\u{feff}1", 1, "a JSON value is expected here"), ("1 2", 3, "unexpected text after the JSON value"),
    ("01", 2, "unexpected text after the JSON value"), ("1x", 2, "unexpected text after the JSON value"),
    ("{}}", 3, "unexpected text after the JSON value"), ("truefalse", 5, "unexpected text after the JSON value"),
    ("-", 2, "a digit is expected"), ("-a", 2, "a digit is expected"), ("1.", 3, "a digit is expected"),
    ("1.e5", 3, "a digit is expected"), ("1e", 3, "a digit is expected"), ("1e+", 4, "a digit is expected"),
    ("1e+-5", 4, "a digit is expected"), ("[1 2]", 4, "',' or ']' is expected"), ("[1", 3, "',' or ']' is expected"),
    ("[1}", 3, "',' or ']' is expected"), (#"{"a": 1 "b"}"#, 9, "',' or '}' is expected"),
    (#"{"a": 1"#, 8, "',' or '}' is expected"), (#"{"a" 1}"#, 6, "':' is expected after a key"),
    (#"{"a"}"#, 5, "':' is expected after a key"), ("{a: 1}", 2, "a key in quotation marks is expected"),
    (#"{"a": 1,}"#, 9, "a key in quotation marks is expected"), ("{", 2, "a key in quotation marks is expected"),
    ("{1: 2}", 2, "a key in quotation marks is expected"), (#""abc"#, 5, "a string has no end"),
    (#""abc\"#, 6, "a string has no end"), ("\"a\nb\"", 3, "a control character in a string must be escaped"),
    ("\"\u{1}\"", 2, "a control character in a string must be escaped"),
  ]

  @Test(arguments: faults)
  func `a fault is told with its column`(_ text: String, _ column: Int, _ message: String) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.column == column)
    #expect(error.message == message)
    #expect(error.description == "column \(column): \(message)")
  }

  @Test(arguments: [
    (#""\x""#, "unknown escape in a string"), (#""\u12""#, "four hexadecimal digits are expected"),
    (#""\u12g4""#, "four hexadecimal digits are expected"), (#""\u+123""#, "four hexadecimal digits are expected"),
    (#""\u"#, "four hexadecimal digits are expected"), (#""\ud800""#, "half of a surrogate pair in a string"),
    (#""\udc00""#, "half of a surrogate pair in a string"), (#""\ud800\n""#, "half of a surrogate pair in a string"),
    (#""\ud800\ud800""#, "half of a surrogate pair in a string"),
    (#""\ud800\u0041""#, "half of a surrogate pair in a string"),
  ])
  func `a wrong escape is refused`(_ text: String, _ message: String) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.message == message)
    #expect((1...text.utf8.count + 1).contains(error.column))
  }

  @Test(arguments: [
    (#"{"a": 1, "a": 2}"#, 10, "a"), (#"{"x": {"b": 1, "c": 2, "b": 1}}"#, 24, "b"),
    (#"{"a": 1, "\u0061": 2}"#, 10, "a"),
  ])
  func `a repeated key is refused where it is repeated`(_ text: String, _ column: Int, _ key: String) throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text) }
    #expect(error.column == column)
    #expect(error.message == "the key \"\(key)\" is given twice")
  }

  @Test func `columns count bytes`() throws {
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: "\"é\" x") }
    #expect(error.column == 6)
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `sixty-four levels are read and more are refused`(_ opening: String) throws {
    let closing = opening == "[" ? "]" : "}"
    func text(_ depth: Int, _ inner: String) -> String {
      String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)
    }
    #expect(throws: Never.self) { try JSONValue(parsing: text(63, "1")) }
    let error = try #require(throws: JSONError.self) { try JSONValue(parsing: text(100_000, "1")) }
    #expect(error.message == "nested too deeply; accepted: 64 levels")
    #expect(error.column == 64 * opening.utf8.count + 1)
  }
}
