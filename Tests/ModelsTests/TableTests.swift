import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Couplings from tables against the same numbers written into the formulas, and every refusal with its line.
@Suite struct TableTests {
  static let quantities =
    "quantities: {a: {value: \"mean(s_z[0])\"}, b: {value: \"mean(s_x[0]*s_x[1])\"}, c: {value: \"variance(H)\"}}"

  static func model(_ hamiltonian: String, tables: String = "", cells: String = "4") -> String {
    """
    model: m
    \(tables)
    space: {s: {kind: qubit, cells: \(cells)}}
    hamiltonian: "\(hamiltonian)"
    start: {s: [up, plus, down, plus]}
    \(quantities)
    """
  }

  @Test func `entries stand for the numbers of the file`() throws {
    try RandomCases.run(4) { random, label in
      func decimal() -> String { "\(Int(random.next() % 41) - 20)e-1" }
      var (file, written) = ("# couplings\n", [String]())
      for j in 0..<4 {
        for k in (j + 1)..<4 {
          let (re, im) = (decimal(), decimal())
          file +=
            [
              "\(j) \(k) \(re) \(im)", "\(j), \(k), \(re), \(im) # comma", "\(j)\t\(k)\t(\(re), \(im))",
              "\(j).0e+00 \(k).0e+00 \(re) \(im)",
            ][Int(random.next() % 4)]
          file += "\r\n"
          written.append(
            "(\(re) + i*\(im))*s_p[\(j)]*s_m[\(k)] + (\(re) - i*\(im))*s_m[\(j)]*s_p[\(k)]")
        }
      }
      let fields = (0..<4).map { _ in decimal() }
      let field = fields.enumerated().map { "\($0) \($1)" }.joined(separator: "\n")
      for (j, value) in fields.enumerated() { written.append("(\(value))*s_z[\(j)]") }
      try withFiles(["J.txt": file, "h.txt": field]) { folder in
        let read = try Model(
          parsing: Self.model(
            "pairs(j, k, J[j, k]*s_p[j]*s_m[k] + J[j, k]'*s_m[j]*s_p[k]) + sum(j, h[j]*s_z[j])",
            tables: "tables: {J: J.txt, h: h.txt}"), name: "\(folder)/m.yaml")
        let direct = try Model(parsing: Self.model(written.joined(separator: " + ")), name: "d.yaml")
        for name in ["a", "b", "c"] {
          let given = [("t", "7/10")]
          let (x, y) = (try read.value(name, given, digits: 20), try direct.value(name, given, digits: 20))
          #expect(meet(x, y), "\(label): \(name) of \(file)")
        }
      }
    }
  }

  /// Around a ring of three, neighbours by a table: J[2, 0] is asked for, not J[2, 3].
  @Test func `indices of tables go around rings`() throws {
    try withFiles(["J.txt": "0 1 1\n1 2 2\n2 0 3\n", "p.txt": "0 2\n1 0\n2 1\n"]) { folder in
      func value(_ hamiltonian: String, _ tables: String) throws -> CertifiedValue {
        let text = """
          model: m
          \(tables)
          space: {s: {kind: qubit, cells: 3}}
          hamiltonian: "\(hamiltonian)"
          start: {s: [up, down, down]}
          quantities: {z: {value: "mean(s_z[1])"}}
          """
        return try Model(parsing: text, name: "\(folder)/m.yaml").value("z", [("t", "1/3")], digits: 20)
      }
      let hop = "(s_p[A]*s_m[B] + s_m[A]*s_p[B])"
      func pair(_ a: Int, _ b: Int) -> String { hop.replacing("A", with: "\(a)").replacing("B", with: "\(b)") }
      let direct = try value("\(pair(0, 1)) + 2*\(pair(1, 2)) + 3*\(pair(2, 0))", "")
      let ring = "ring(j, J[j, j + 1]*\(hop.replacing("A", with: "j").replacing("B", with: "j + 1")))"
      #expect(meet(try value(ring, "tables: {J: J.txt}"), direct))
      // An entry as the index of a letter: p goes one step back.
      let permuted = "sum(j, J[p[j], j]*(s_p[p[j]]*s_m[j] + s_m[p[j]]*s_p[j]))"
      #expect(meet(try value(permuted, "tables: {J: J.txt, p: p.txt}"), direct))
    }
  }

  @Test func `entries stand wherever numbers do`() throws {
    try withFiles(["n.txt": "0 2\n1 3\n", "c.txt": "0 0.6\n1 0 0.8\n", "x.txt": "-1 0x1.8p-1\n"]) { folder in
      let text = """
        model: m
        parameters: {k: integer}
        tables: {n: n.txt, c: c.txt, x: x.txt}
        let: {two: "n[0]"}
        space: {s: {kind: qubit, cells: two}, d: "levels n[1]"}
        start: {superposition: [["c[0]", {s: up, d: level(0)}], ["c[1]'", {s: down, d: "level(n[0])"}]]}
        parts: {p: {of: ["s[n[1] - 2]"], hamiltonian: "s_z[1]"}}
        quantities:
          a: {value: "n[k]*mean(p)"}
          b: {value: "sum(j from 0 to 1, n[j]) + x[-1]"}
          c: {value: "weight(d = level(n[0]))"}
          y: {value: "mean(i*(c[1] - c[1]')*d(0,0))"}
        """
      let model = try Model(parsing: text, name: "\(folder)/m.yaml")
      for (name, given, expected) in [
        ("a", [("k", "1")], 3 * (0.36 - 0.64)), ("b", [], 5.75), ("c", [], 0.64), ("y", [], -1.6 * 0.36),
      ] as [(String, [(String, String)], Double)] {
        let time = name == "b" ? [] : [("t", "1")]
        let value = try model.value(name, given + time, digits: 12)
        let middle = try #require(value.interval(precision: 64)?.midpoint).double(rounding: .nearest)
        #expect(abs(middle - expected) < 1e-11, "\(name)")
      }
    }
  }

  static let refusals: [(String, String, String)] = [
    ("0 1", "J.txt' line 1: 2 numbers; accepted: 2 indices and a decimal, or its real and imaginary part", "J[0, 1]"),
    (
      "0 1 2 3 4", "J.txt' line 1: 5 numbers; accepted: 2 indices and a decimal, or its real and imaginary part",
      "J[0, 1]"
    ),
    (
      "# c\n0 1 x",
      "J.txt' line 2: 'x' is no number; accepted: 2 indices and a decimal, or its real and imaginary part",
      "J[0, 1]"
    ),
    (
      "0 1 nan", "J.txt' line 1: 'nan' is no number; accepted: 2 indices and a decimal, or its real and imaginary part",
      "J[0, 1]"
    ),
    ("0.5 1 1", "J.txt' line 1: '0.5' is no index; accepted: 2 indices", "J[0, 1]"),
    ("0,,1 1", "J.txt' line 1: '0,,1 1' is no entry; accepted: 2 indices", "J[0, 1]"),
    ("0 1 1\n\n0 1 1", "J.txt' line 3: J[0, 1] is given twice, first on line 1; accepted: each entry once", "J[0, 1]"),
    ("# nothing", "J.txt' has no entry; accepted: 2 indices", "J[0, 1]"),
    ("", "J.txt' is empty or cannot be read; accepted: lines of indices and a number", "J[0, 1]"),
    (
      "0 1", "line 4: hamiltonian: column 18: the table 'J' has 2 indices elsewhere; accepted: J[j, k]",
      "J[0, 1] + J[0]"
    ),
    ("0 1", "line 4: hamiltonian: column 8: the table 'J' is no function; accepted: J[j, k]", "J(0, 1)"),
    ("0 1", "line 4: hamiltonian: column 8: the table 'J' stands without indices; accepted: J[j, k]", "J"),
    ("0 1", "line 2: tables.J: the table stands nowhere else in the file; accepted: tables that are used", "1"),
    ("0 1", "line 4: hamiltonian: column 10: the operator 's_z' where a number must stand", "J[s_z[0]]"),
  ]

  @Test(arguments: refusals) func `tables are refused with file and line`(
    _ file: String, _ message: String, _ use: String
  ) throws {
    try withFiles(["J.txt": file]) { folder in
      let text = Self.model("s_z[0]*\(use)", tables: "tables: {J: J.txt}")
      let found = refusal(of: text, name: "\(folder)/m.yaml") ?? "nothing"
      #expect(found.contains(message), "\(found)")
      #expect(found.hasPrefix("\(folder)/m.yaml line "))
    }
  }

  @Test func `an entry that is missing is refused where it is used`() throws {
    try withFiles(["J.txt": "0 1 1\n"]) { folder in
      let text = Self.model("chain(j, J[j, j + 1]*s_z[j]*s_z[j + 1])", tables: "tables: {J: J.txt}")
      let model = try Model(parsing: text, name: "\(folder)/m.yaml")
      do {
        _ = try model.value("a", [("t", "1")], digits: 10)
        Issue.record("accepted")
      } catch let error as BadInput {
        let file = "file '\("\(folder)/J.txt".abridged)'"
        #expect(
          error.message
            == "\(folder)/m.yaml line 4: hamiltonian: column 10: the table has no entry J[1, 2]; accepted: the 1 entries of \(file)"
        )
      }
    }
  }
}
