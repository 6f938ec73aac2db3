import Catalogue
import Foundation
import Models
import Testing

/// Trajectories in files: each format holds the same states, and what is broken is refused with its place.
@Suite struct TrajectoryFileTests {
  private static func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "trajectory-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  private static func python(_ program: String, in folder: URL) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    process.currentDirectoryURL = folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  private static let model = """
    model: m
    space: {a: {kind: matrix, size: 3}}
    start: {a: level(0)}
    quantities: {p: {value: purity(all)*t}}
    """

  /// NumPy writes the same vectors in eight ways; each is read as the same path.
  @Test func `all formats hold the same path`() throws {
    try Self.withFolder { folder in
      try Self.python(
        """
        import json, numpy as np
        rng = np.random.default_rng(5)
        t = np.array([0, 0.25, 1, 3.5])
        x = rng.normal(size=(4, 3)) + 1j*rng.normal(size=(4, 3))
        np.savez('stored.npz', times=t, states=x)
        np.savez_compressed('packed.npz', times=t, states=x, dims=np.array([3]))
        np.savez('fortran.npz', times=t, states=np.asfortranarray(x), dims=np.array([3], dtype='i4'))
        np.savez('big.npz', times=t.astype('>f8'), states=x.astype('>c16'))
        with open('lines.jsonl', 'w') as f:
          for time, row in zip(t, x):
            print(json.dumps({'t': repr(float(time)), 're': list(row.real), 'im': list(row.imag)}), file=f)
        with open('columns.mtx', 'w') as f:
          print('%%MatrixMarket matrix array complex general', file=f)
          print(3, 4, file=f)
          for row in x:
            for z in row: print(repr(float(z.real)), repr(float(z.imag)), file=f)
        with open('columns.mtx.times', 'w') as f:
          for time in t: print(repr(float(time)), file=f)
        """, in: folder)
      let model = try Model(parsing: Self.model, name: "m.yaml")
      var first: [Double]?
      for name in ["stored.npz", "packed.npz", "fortran.npz", "big.npz", "lines.jsonl", "columns.mtx"] {
        let path = try Trajectory(path: folder.appending(path: name).path)
        #expect(path.times.count == 4 && path.dimension == 3 && !path.isDensity, "\(name)")
        let found = try PathJudgement(path, of: model, [], within: .init(bits: 4096, seconds: 60))
        let distances = found.distances.flatMap { [$0.lower, $0.upper] }
        first = first ?? distances
        #expect(distances == first, "\(name)")
        #expect(found.times == [0, 0.25, 1, 3.5])
      }
    }
  }

  @Test func `broken files are refused with their place`() throws {
    try Self.withFolder { folder in
      try Self.python(
        """
        import numpy as np
        t, x = np.arange(2), np.ones((2, 3), complex)
        np.savez('good.npz', times=t, states=x)
        np.savez('other.npz', times=t, states=x, more=t)
        np.savez('lonely.npz', times=t)
        np.savez('untimed.npz', states=x)
        np.savez('flat.npz', times=t, states=np.ones(2, complex))
        np.savez('text.npz', times=np.array(['a', 'b']), states=x)
        np.savez('falling.npz', times=t[::-1], states=x)
        np.savez('dims.npz', times=t, states=x, dims=np.array([2, 2]))
        np.savez('infinite.npz', times=t, states=x*np.inf)
        # 65536 times 2^48 k + 1.
        np.savez('wrapped.npz', times=t, states=np.ones((2, 65536)), dims=np.array([65536, 3295814625, 3128254497]))
        open('b.mtx', 'w').write('%%MatrixMarket matrix array real general\\n1 2\\n1\\n1\\n')
        open('c.mtx', 'w').write('%%MatrixMarket matrix array real general\\n1 2\\n1\\n1\\n')
        open('b.mtx.times', 'w').write('0\\n1 2\\n')
        open('c.mtx.times', 'w').write('0\\n\\n1/x\\n')
        data = open('good.npz', 'rb').read()
        open('short.npz', 'wb').write(data[:-40])
        open('flipped.npz', 'wb').write(data[:150] + bytes([data[150] ^ 1]) + data[151:])
        np.savez_compressed('packed.npz', times=t, states=np.random.default_rng(1).normal(size=(2, 3))*1j)
        data = bytearray(open('packed.npz', 'rb').read())
        place = data.find(b'states.npy') + 60
        data[place] ^= 8
        open('inflate.npz', 'wb').write(bytes(data))
        open('a.mtx', 'w').write('%%MatrixMarket matrix array real general\\n2 1\\n1\\n0\\n')
        """, in: folder)
      func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      let line = #"{"t": "0", "re": [1, 0]}"#
      for (name, text) in [
        ("number.jsonl", #"{"t": 0.1, "re": [1, 0]}"#), ("key.jsonl", #"{"t": "0", "re": [1, 0], "x": 1}"#),
        ("size.jsonl", line + "\n" + #"{"t": "1", "re": [1, 0, 0]}"#),
        ("parts.jsonl", #"{"t": "0", "re": [1], "im": []}"#),
        ("text.jsonl", #"{"t": "0", "re": ["1", 0]}"#), ("time.jsonl", #"{"t": "soon", "re": [1, 0]}"#),
        ("rows.jsonl", #"{"t": "0", "re": [[1, 0], [0]]}"#), ("half.jsonl", line + "\n{"), ("plain.txt", "0 1 2"),
        ("empty.jsonl", ""), ("nothing.jsonl", " \n"),
      ] { try write(text, name) }
      func reason(_ name: String) -> String {
        do {
          _ = try Trajectory(path: folder.appending(path: name).path)
          return "accepted"
        } catch { return error.message }
      }
      #expect(reason("good.npz") == "accepted")
      for (name, expected) in [
        ("none.npz", "cannot be read; accepted: a file of a trajectory"),
        ("other.npz", "unknown array 'more'; accepted: times, states, dims"),
        ("lonely.npz", "the array 'states' is missing; accepted: times, states and, if wanted, dims"),
        ("untimed.npz", "the array 'times' is missing; accepted: times, states and, if wanted, dims"),
        ("flat.npz", "'states' has the shape (2); accepted: (T, d) for vectors, (T, d, d) for density matrices"),
        ("text.npz", "'times': the elements are '<U1'; accepted: float64 or integers"),
        ("falling.npz", "time 1 is not after the one before; accepted: rising times from 0 on"),
        ("dims.npz", "dims are 2, 2 of 3 basis states; accepted: factors of the product 3"),
        ("wrapped.npz", "dims are 65536, 3295814625, 3128254497 of 65536 basis states; accepted: factors of the"),
        ("b.mtx", "line 2: '1 2' is no time; accepted: exact numbers"),
        ("c.mtx", "line 3: '1/x' is no time; accepted: exact numbers"),
        ("infinite.npz", "state 0 has an element that is infinite or no number; accepted: finite numbers"),
        ("short.npz", "the archive is truncated: it has no end record"),
        ("flipped.npz", "in the archive has another check sum"),
        ("inflate.npz", "in the archive"),
        ("a.mtx", "cannot be read; accepted: a file of a trajectory's times"),
        ("number.jsonl", #"line 1: 't': 0.1 is no exact number in readers of JSON; accepted: "0.1", in a string"#),
        ("key.jsonl", #"line 1: no state at a time; accepted: {"t": "0.1", "re": [...], "im": [...]}"#),
        ("size.jsonl", "line 2: the state has another size than that of the first line; accepted: one size"),
        ("parts.jsonl", "line 1: no numbers; accepted"),
        ("text.jsonl", "line 1: an element is no finite number; accepted"),
        ("time.jsonl", "line 1: 't': 'soon' is no time"),
        ("rows.jsonl", "line 1: a matrix whose rows differ from its columns; accepted"),
        ("half.jsonl", "line 2: not JSON"),
        ("plain.txt", "it begins as no trajectory does; accepted: .npz, JSON lines"),
        ("empty.jsonl", "is empty or cannot be read"),
        ("nothing.jsonl", "it begins as no trajectory does"),
      ] {
        #expect(reason(name).contains(expected), "\(name): \(reason(name))")
        #expect(!reason(name).contains("\n"))
      }
    }
  }
}
