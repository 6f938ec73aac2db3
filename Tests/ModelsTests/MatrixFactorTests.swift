import ArbitraryPrecision
import Catalogue
import Models
import RandomInputs
import RigorousNumerics
import TestSupport
import Testing

/// Factors of matrices against levels, qubits and products of the same numbers, and every refusal with its line.
@Suite struct MatrixFactorTests {
  /// A matrix as SciPy's `mmwrite` writes it.
  static func market(_ rows: [[(Int, Int)]], _ symmetry: String = "general") -> String {
    var lines: [String] = []
    for (i, row) in rows.enumerated() {
      for (j, (re, im)) in row.enumerated() where (re, im) != (0, 0) && (symmetry == "general" || i >= j) {
        lines.append("\(i + 1) \(j + 1) \(re)e-1 \(im).0e-01")
      }
    }
    return "%%MatrixMarket matrix coordinate complex \(symmetry)\n%\n\(rows.count) \(rows.count) \(lines.count)\n"
      + lines.joined(separator: "\n")
  }

  static func random(_ size: Int, _ random: inout SplitMix64) -> [[(Int, Int)]] {
    var rows = [[(Int, Int)]](repeating: Array(repeating: (0, 0), count: size), count: size)
    for i in 0..<size {
      for j in 0...i where random.next() % 3 > 0 {
        let (re, im) = (Int(random.next() % 15) - 7, i == j ? 0 : Int(random.next() % 15) - 7)
        (rows[i][j], rows[j][i]) = ((re, im), (re, -im))
      }
    }
    return rows
  }

  /// The matrix in letters of `levels`.
  static func letters(_ rows: [[(Int, Int)]], _ name: String) -> String {
    var terms = ["0"]
    for (i, row) in rows.enumerated() {
      for (j, (re, im)) in row.enumerated() where (re, im) != (0, 0) {
        terms.append("(\(re) + i*(\(im)))/10*\(name)(\(i),\(j))")
      }
    }
    return "(\(terms.joined(separator: " + ")))"
  }

  @Test func `a matrix is the sum of its elements' letters`() throws {
    try RandomCases.run(3) { random, label in
      let (n, k) = (Self.random(3, &random), Self.random(3, &random))
      let files = ["n.mtx": Self.market(n, "hermitian"), "k.mtx": Self.market(k)]
      try withFiles(files) { folder in
        let formulas = ["n + k*n*k", "i*[n, k]", "(n*k)' + n*k", "n*a + n*a'"]
        let quantities =
          formulas.enumerated().map { "  q\($0): {value: \"mean(\($1))\"}" } + ["  v: {value: variance(n)}"]
        func text(_ factor: String, _ extra: String, _ replace: (String) -> String) -> String {
          """
          model: m
          space: {a: boson, m: \(factor)}
          \(extra)
          hamiltonian: "\(replace("n + a'*a"))"
          start: {superposition: [[3/5, {a: fock(1), m: level(1)}], [4/5, {a: fock(0), m: level(2)}]]}
          quantities:
          \(quantities.map(replace).joined(separator: "\n"))
          """
        }
        let read = try Model(
          parsing: text(
            "{kind: matrix, size: 3}", "operators: {n: {matrix: n.mtx}, k: {matrix: k.mtx}}", { $0 }),
          name: "\(folder)/m.yaml")
        let direct = try Model(
          parsing: text("levels 3", "let: {n: \"\(Self.letters(n, "m"))\", k: \"\(Self.letters(k, "m"))\"}", { $0 }),
          name: "d.yaml")
        for name in ["q0", "q1", "q2", "q3", "v"] {
          let (x, y) = (
            try read.value(name, [("t", "3/5")], digits: 18), try direct.value(name, [("t", "3/5")], digits: 18)
          )
          #expect(meet(x, y), "\(label): \(name)")
        }
      }
    }
  }

  /// In a tensor product of 2 and 3 a matrix of 2 rows acts on the first place, one of 3 rows on the second.
  @Test func `matrices act on places`() throws {
    let files = [
      "x.mtx": "%%MatrixMarket matrix array real symmetric\n2 2\n0\n1\n0\n",
      "y.mtx": "%%MatrixMarket matrix array real general\n3 3\n0\n1\n0\n1\n0\n2\n0\n2\n0.5\n",
      // 1 x diag(0, 1, 2), on the whole.
      "d.mtx": "%%MatrixMarket matrix coordinate integer general\n6 6 4\n2 2 1\n3 3 2\n5 5 1\n6 6 2\n",
    ]
    try withFiles(files) { folder in
      let read = try Model(
        parsing: """
          model: m
          space: {m: {kind: matrix, size: 6, dims: [2, 3]}}
          operators: {x: {matrix: x.mtx}, y: {matrix: y.mtx, of: "m[1]"}, d: {matrix: d.mtx}}
          hamiltonian: x*y + x + d
          start: {m: level(5)}
          parts: {b: {of: ["m[1]"], hamiltonian: d + y}}
          quantities: {b: {value: mean(b)}, w: {value: "weight(m[1] = level(1))"}, u: {value: "weight(m = level(4))"}}
          """, name: "\(folder)/m.yaml")
      let direct = try Model(
        parsing: """
          model: m
          space: {q: levels 2, l: levels 3}
          let:
            x: "q(0,1) + q(1,0)"
            y: "l(0,1) + l(1,0) + 2*(l(1,2) + l(2,1)) + l(2,2)/2"
            d: "l(1,1) + 2*l(2,2)"
          hamiltonian: x*y + x + d
          start: {q: level(1), l: level(2)}
          parts: {b: {of: [l], hamiltonian: d + y}}
          quantities: {b: {value: mean(b)}, w: {value: "weight(l = level(1))"}, u: {value: "weight(q = level(1), l = level(1))"}}
          """, name: "d.yaml")
      for name in ["b", "w", "u"] {
        let (x, y) = (
          try read.value(name, [("t", "2/3")], digits: 18), try direct.value(name, [("t", "2/3")], digits: 18)
        )
        #expect(meet(x, y), "\(name)")
      }
    }
  }

  @Test func `cells of a family of matrices are qubits`() throws {
    func text(_ space: String, _ p: String) -> String {
      """
      model: m
      space: {q: \(space)}
      \(p.isEmpty ? "operators: {p: {matrix: [[0, 0], [1, 0]]}}" : "")
      hamiltonian: "chain(j, P[j]*P[j + 1]' + P[j]'*P[j + 1]) + sum(j, j*P[j]*P[j]')"
      start: {q: [level(1), level(0), level(1)]}
      quantities: {z: {value: "mean(P[1]*P[1]')"}}
      """.replacing("P[", with: p.isEmpty ? "p[" : p + "[")
    }
    let read = try Model(parsing: text("{kind: matrix, size: 2, cells: 3}", ""), name: "m.yaml")
    let direct = try Model(parsing: text("{kind: qubit, cells: 3}", "q_p"), name: "d.yaml")
    let (x, y) = (try read.value("z", [("t", "1")], digits: 18), try direct.value("z", [("t", "1")], digits: 18))
    #expect(meet(x, y))
  }

  @Test func `decimals are exact, or the nearest doubles`() throws {
    try withFiles(["n.mtx": "%%MatrixMarket matrix array real general\n1 1\n0.1\n"]) { folder in
      for (numbers, expected) in [("", Rational(1, 10)), (", numbers: binary64", Rational(exactly: 0.1))] {
        let model = try Model(
          parsing: """
            model: m
            space: {m: {kind: matrix, size: 1}}
            operators: {n: {matrix: n.mtx\(numbers)}}
            start: {m: level(0)}
            quantities: {n: {value: initial(mean(n))}}
            """, name: "\(folder)/m.yaml")
        let value = try #require(try model.value("n", [], digits: 60).interval(precision: 256))
        #expect(value.contains(try #require(expected)))
        #expect(value.width.double(rounding: .up) < 1e-50, "\(numbers)")
      }
    }
  }

  static let readings: [(String, String)] = [
    (
      "space: {q: qubit}\noperators: {n: {matrix: n.mtx}}",
      "line 3: operators.n: the space has no factor of matrices; accepted: one of {kind: matrix, size: D}"
    ),
    (
      "space: {m: {kind: matrix}}",
      "line 2: space.m: the key 'size' is missing; accepted: {kind: matrix, size: 6, dims: [2, 3]}"
    ),
    (
      "space: {m: {kind: matrix, size: 4, dims: [2, 2], cells: 2}}",
      "line 2: space.m.dims: 'dims' of a family; accepted: 'dims' or 'cells'"
    ),
    ("space: {m: {kind: matrix, dims: []}}", "line 2: space.m.dims: the list is empty; accepted: dims: [2, 3]"),
    (
      "space: {m: {kind: matrix, size: 2}}\noperators: {n: {file: n.mtx}}",
      "line 3: operators.n: unknown key 'file'; accepted here: matrix, numbers, of"
    ),
    (
      "space: {m: {kind: matrix, size: 2}}\noperators: {n: {numbers: binary64}}",
      "line 3: operators.n: the key 'matrix' is missing; accepted: {matrix: FILE, numbers: binary64, of: m}"
    ),
    (
      "space: {m: {kind: matrix, size: 2}}\noperators: {n: {matrix: n.mtx, numbers: double}}",
      "line 3: operators.n.numbers: 'double' is refused; accepted: exact, binary64"
    ),
    (
      "space: {m: {kind: matrix, size: 2}}\noperators: {n: {matrix: [[0, 1], [1]]}}",
      "line 3: operators.n.matrix: row 1 has 1 elements of 2 rows; accepted: as many columns as rows"
    ),
    (
      "space: {m: {kind: matrix, size: 2}}\noperators: {n: {matrix: [[0, sqrt(2)], [1, 0]]}}",
      "line 3: operators.n.matrix: element (0, 1) is no complex rational; accepted: decimals, rationals and i"
    ),
    (
      "space: {q: qubit, m: {kind: matrix, size: 2}}\noperators: {n: {matrix: [[0]], of: q}}",
      "line 3: operators.n.of: 'q' is no factor of matrices; accepted: one of these"
    ),
    (
      "space: {m: {kind: matrix, size: 2}}\noperators: {m: {matrix: [[0]]}}",
      "line 3: operators.m: the name 'm' stands for something else on line 2; accepted: one thing of a name"
    ),
  ]

  @Test(arguments: readings) func `matrices are refused with the line`(_ lines: String, _ message: String) {
    #expect(refusal(of: "model: m\n\(lines)\nstart: {m: level(0)}\nquantities: {n: {value: t}}") == "m.yaml \(message)")
  }

  static let files: [(String, String)] = [
    ("%%MatrixMarket matrix array real general\n2 2\n1\n0\n0\n", "the file has 3 elements, its size says 4"),
    (
      "%%MatrixMarket matrix array real general\n2 3\n1\n0\n0\n1\n1\n1\n", "line 2: the matrix has 2 rows and 3 columns"
    ),
    (
      "%%MatrixMarket matrix array real general\n20000 20000\n",
      "line 2: the matrix has 20000 rows; accepted: 1 to 10000"
    ),
    ("%%MatrixMarket matrix array real general\n1 1\n1e999999\n", "line 3: '1e999999' is no number"),
    ("%%MatrixMarket matrix array pattern general\n1 1\n1\n", "line 1: '%%matrixmarket matrix array pattern general'"),
    ("hello", "it begins as no matrix does; accepted: Matrix Market, .npy or JSON"),
  ]

  @Test(arguments: files) func `files are refused with both lines`(_ file: String, _ message: String) throws {
    try withFiles(["n.mtx": file]) { folder in
      let text = """
        model: m
        space: {m: {kind: matrix, size: 2}}
        operators: {n: {matrix: n.mtx}}
        start: {m: level(0)}
        quantities: {n: {value: mean(n)}}
        """
      let found = refusal(of: text, name: "\(folder)/m.yaml") ?? "nothing"
      #expect(found.hasPrefix("\(folder)/m.yaml line 3: operators.n.matrix: file '"), "\(found)")
      #expect(found.contains(message), "\(found)")
    }
  }

  /// What is refused at parameters: the space, the matrix n, the start, and the message.
  static let evaluations: [(String, String, String, String)] = [
    (
      "{kind: matrix, size: 3}", "{matrix: [[0, 1], [1, 0]]}", "level(0)",
      "line 3: operators.n: the matrix has 2 rows, m has 3; accepted: as many rows as a factor of matrices, or one of its 'dims', has states"
    ),
    (
      "{kind: matrix, dims: [2, 2]}", "{matrix: [[0, 1], [1, 0]]}", "level(0)",
      "line 3: operators.n: the matrix fits m[0] and m[1]; accepted: of: \"m[0]\" beside 'matrix'"
    ),
    (
      "{kind: matrix, dims: [2, 2]}", "{matrix: [[0, 1], [1, 0]], of: \"m[2]\"}", "level(0)",
      "line 3: operators.n.of: there is no place 2; accepted: places of 'dims', from 0"
    ),
    (
      "{kind: matrix, dims: [2, 3]}", "{matrix: [[0, 1], [1, 0]], of: \"m[1]\"}", "level(0)",
      "line 3: operators.n.of: the matrix has 2 rows, m[1] has 3 states; accepted: equal ones"
    ),
    (
      "{kind: matrix, size: 5, dims: [2, 2]}", "{matrix: [[0, 1], [1, 0]]}", "level(0)",
      "line 2: space.m.size: the size is 5, and 'dims' are 2 x 2 = 4; accepted: equal ones"
    ),
    (
      "{kind: matrix, size: 20000}", "{matrix: [[0, 1], [1, 0]]}", "level(0)",
      "line 2: space.m.size: 20000 states; accepted: 1 to 10000"
    ),
    (
      "{kind: matrix, dims: [200, 200]}", "{matrix: [[0, 1], [1, 0]]}", "level(0)",
      "line 2: space.m.dims: more than 10000 states; accepted: at most so many"
    ),
    (
      "{kind: matrix, size: 2}", "{matrix: [[0, 1], [0, 0]]}", "level(0)",
      "line 6: quantities.n.value: is not Hermitian: <1|X|0> = 0, and <0|X|1> = 1; accepted: operators with conjugate elements there"
    ),
    (
      "{kind: matrix, dims: [2, 2]}", "{matrix: [[0, 1], [1, 0]], of: \"m[0]\"}", "level(4)",
      "line 4: start.m: '4' is 4; accepted: 0 to 3"
    ),
    (
      "{kind: matrix, dims: [2, 2]}", "{matrix: [[0, 1], [1, 0]], of: \"m[0]\"}", "[level(0)]",
      "line 4: start.m: 1 states of 2 cells; accepted: one state, or one for each cell"
    ),
  ]

  @Test(arguments: evaluations) func `sizes are refused with the line`(
    _ space: String, _ matrix: String, _ start: String, _ message: String
  ) throws {
    let model = try Model(
      parsing: """
        model: m
        space: {m: \(space)}
        operators: {n: \(matrix)}
        start: {m: \(start)}
        hamiltonian: n
        quantities: {n: {value: mean(n)}}
        """, name: "m.yaml")
    #expect(throws: BadInput("m.yaml \(message)")) { try model.value("n", [("t", "1")], digits: 10) }
  }

  @Test func `a part lies where its matrix acts`() throws {
    let model = try Model(
      parsing: """
        model: m
        space: {m: {kind: matrix, dims: [2, 2]}}
        operators: {n: {matrix: [[0, 1], [1, 0]], of: "m[0]"}}
        start: {m: level(0)}
        parts: {b: {of: ["m[1]"], hamiltonian: n}}
        quantities: {n: {value: mean(b)}}
        """, name: "m.yaml")
    #expect(
      throws: BadInput(
        "m.yaml line 5: parts.b.hamiltonian: the Hamiltonian of the part acts on 'm' outside of it; accepted: "
          + "operators of what 'of' lists")
    ) { try model.value("n", [("t", "1")], digits: 10) }
  }
}
