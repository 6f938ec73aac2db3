import Catalogue
import Reporting
import Testing

@Suite struct TableTests {
  @Test func `columns line up two spaces apart`() {
    var table = Table(["name", "n", "meaning"])
    table.add(["a", "1000", "x"])
    table.add(["long-name", "7", "yy"])
    #expect(
      table.text == """
        name       n     meaning
        a          1000  x
        long-name  7     yy

        """)
  }

  @Test func `no line ends in spaces`() {
    var table = Table(["a", "b", "c"])
    table.add(["wide text", "", ""])
    table.add(["", "middle", ""])
    #expect(table.text == "a          b       c\nwide text\n           middle\n")
  }

  @Test func `a heading alone is one line`() {
    #expect(Table(["a", "b"]).text == "a  b\n")
  }

  @Test func `letters beyond ASCII count once`() {
    var table = Table(["é", "b"])
    table.add(["ab", "c"])
    #expect(table.text == "é   b\nab  c\n")
  }

  @Test func `long texts are broken at spaces into lines of at most 72 characters`() throws {
    let words = (1...40).map { String(repeating: "w", count: $0 % 9 + 1) }
    var table = Table(["id", "text", "end"])
    table.add(["x", words.joined(separator: " "), "0.5"])
    table.add(["y", "short", "1"])
    let lines = table.text(wrapping: 1).split(separator: "\n")
    let body = lines.dropFirst().dropLast()
    #expect(body.count == 4)
    #expect(lines.last?.hasPrefix("y   short ") == true)
    // The row's other texts stand on its first line.
    #expect(body.first?.hasPrefix("x   ") == true)
    #expect(body.first?.hasSuffix("  0.5") == true)
    #expect(body.dropFirst().allSatisfy { $0.hasPrefix("    w") })
    let pieces = body.enumerated().map { index, line in
      line.dropFirst(4).split(separator: " ").filter { index > 0 || $0 != "0.5" }.map(String.init)
    }
    #expect(pieces.flatMap { $0 } == words)
    #expect(pieces.allSatisfy { $0.joined(separator: " ").count <= 72 })
    for (piece, next) in zip(pieces, pieces.dropFirst()) {
      #expect((piece + [try #require(next.first)]).joined(separator: " ").count > 72)
    }
  }

  @Test func `exactly 72 characters stay on one line`() {
    let text = String(repeating: "a", count: 35) + " " + String(repeating: "b", count: 36)
    for (cell, count) in [(text, 2), (text + "b", 3)] {
      var table = Table(["text"])
      table.add([cell])
      #expect(table.text(wrapping: 0).split(separator: "\n").count == count)
    }
  }

  @Test func `a word that is too long stays whole`() {
    let word = String(repeating: "x", count: 100)
    var table = Table(["text"])
    table.add(["a \(word) b"])
    #expect(table.text(wrapping: 0) == "text\na\n\(word)\nb\n")
  }

  @Test func `in Markdown bars are escaped and texts stay whole`() {
    let table = Table(["a", "b"], [["|x|", "1\u{7}"], ["", "a b"]])
    #expect(table.markdown == "| a | b |\n| --- | --- |\n| \\|x\\| | 1\u{7} |\n|  | a b |\n")
    // In plain text what is hidden is shown.
    #expect(table.text == "a    b\n|x|  1\\u{7}\n     a b\n")
  }
}
