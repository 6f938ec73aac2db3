import ArbitraryPrecision
import Catalogue
import JSON
import RandomInputs
import TestSupport
import Testing

@testable import Conformance

/// Numbers as files and implementations write them.
@Suite struct NumberTests {
  @Test(arguments: [
    (1.0, "0x1p+0"), (-0.1, "-0x1.999999999999ap-4"), (0, "0x0p+0"), (-0.0, "-0x0p+0"), (.infinity, "inf"),
    (-.infinity, "-inf"), (.nan, "nan"), (.leastNonzeroMagnitude, "0x1p-1074"), (0x1.8p-1070, "0x1.8p-1070"),
    (Double.greatestFiniteMagnitude, "0x1.fffffffffffffp+1023"),
  ])
  func `doubles have one hexadecimal text`(_ value: Double, _ text: String) throws {
    #expect(HexadecimalDouble.text(value) == text)
    let read = try #require(HexadecimalDouble.value(text))
    #expect(value.isNaN ? read.isNaN : read.bitPattern == value.bitPattern)
  }

  @Test func `every double reads back`() {
    RandomCases.run(2000) { random, label in
      let value = Double(bitPattern: random.next())
      guard !value.isNaN else { return }
      #expect(HexadecimalDouble.value(HexadecimalDouble.text(value))?.bitPattern == value.bitPattern, "\(label)")
    }
  }

  @Test(arguments: [
    "", "1", "0x", "0x1", "0x1.00000000000001p+0", "0x1p+1024", "0x1p-1075", "0x1p+0 ", "1e3", "nan(1)",
  ])
  func `what is not exactly a double is no double`(_ text: String) {
    // Without an exponent the text is a number for an answer, and a double all the same.
    #expect((HexadecimalDouble.value(text) == nil) == (text != "0x1"))
  }

  @Test(arguments: [
    ("1", "1"), ("-1.50", "-3/2"), ("1e3", "1000"), ("1E-2", "1/100"), ("+.5", "1/2"), ("5.", "5"), ("0x1.8p-1", "3/4"),
    ("-0x.8P+1", "-1"), ("0xff", "255"), ("0e999999", "0"),
  ])
  func `claimed numbers are exact`(_ text: String, _ value: String) throws {
    guard case .finite(let number) = ClaimedNumber(text) else {
      Issue.record("'\(text)' is not read")
      return
    }
    #expect("\(number)" == value)
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e1000000", "1e99999999999999999999", "0x", "0xg", "1_000", "1,5", "--1", "1 2", "1e+-2",
    "٣",
  ])
  func `what is no number is not read`(_ text: String) {
    #expect(ClaimedNumber(text) == nil)
  }

  @Test(arguments: ["nan", "NaN", "inf", "-Infinity"])
  func `what is not finite is known as such`(_ text: String) {
    guard case .notFinite = ClaimedNumber(text) else {
      Issue.record("'\(text)' is finite or not read")
      return
    }
  }

  @Test func `tagged values read back`() throws {
    let values: [TaggedValue] = [
      .integer("200"), .double(0.1), .double(.nan), .rational("-1/3"), .choice("flip"), .vector([0, 1.5.bitPattern]),
      .matrix([[[0, 1], [2, 3]], [[4, 5], [6, 7]]]),
    ]
    for value in values { #expect(TaggedValue(try JSONValue(parsing: "\(value.json)")) == value) }
  }

  @Test(arguments: [
    "1", "{}", #"{"integer": 1}"#, #"{"binary64": "0.1"}"#, #"{"float": "1"}"#,
    #"{"integer": "1", "binary64": "0x1p+0"}"#,
    #"{"vector": ["1"]}"#, #"{"matrix": [["0x1p+0"]]}"#, #"{"matrix": [[["0x1p+0"]]]}"#, #"{"matrix": 1}"#,
  ])
  func `other values are not read`(_ text: String) throws {
    #expect(TaggedValue(try JSONValue(parsing: text)) == nil)
  }
}
