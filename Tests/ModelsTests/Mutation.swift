import RandomInputs

/// One small slip in the text of a file.
struct Mutation {
  let text: String
  /// What was done, for messages.
  let what: String

  /// A random slip.
  init(_ text: String, _ random: inout SplitMix64) {
    func pick<T>(_ list: [T]) -> T? { list.isEmpty ? nil : list[Int(random.next() % UInt64(list.count))] }
    func one(_ list: [String]) -> String { list[Int(random.next() % UInt64(list.count))] }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    let line = Int(random.next() % UInt64(lines.count))
    let old = lines[line]
    var tokens = Self.tokens(old)
    switch random.next() % 12 {
    case 0:
      lines.remove(at: line)
      what = "without line \(line + 1)"
    case 1:
      lines.insert(old, at: line)
      what = "line \(line + 1) twice"
    case 2:
      lines.swapAt(line, Int(random.next() % UInt64(lines.count)))
      what = "line \(line + 1) at another place"
    case 3:
      // A character left out, put in, or exchanged with its neighbour.
      var characters = Array(old)
      let place = Int(random.next() % UInt64(characters.count + 1))
      switch random.next() % 3 {
      case 0 where place < characters.count: characters.remove(at: place)
      case 1 where place + 1 < characters.count: characters.swapAt(place, place + 1)
      default: characters.insert(contentsOf: one("()[]{},:'\"+-*/^ \t#&!%@|>0a1Nt_.=~\\".map(String.init)), at: place)
      }
      lines[line] = String(characters)
      what = "characters of line \(line + 1)"
    case 4:
      if let place = pick(tokens.indices.filter { "()[]{}\"',:".contains(tokens[$0]) }) { tokens.remove(at: place) }
      lines[line] = tokens.joined()
      what = "line \(line + 1) without a bracket, quote or comma"
    case 5:
      let words = Array(Set(lines.flatMap(Self.tokens).filter { $0.first?.isLetter ?? false })).sorted()
      if let place = pick(tokens.indices.filter { tokens[$0].first?.isLetter ?? false }), let word = pick(words) {
        tokens[place] = word
      }
      lines[line] = tokens.joined()
      what = "another name in line \(line + 1)"
    case 6:
      if let place = pick(tokens.indices.filter { tokens[$0].first?.isNumber ?? false }) {
        tokens[place] = one(
          ["0", "1", "2", "-1", "1/2", "3", "1e3", "0.5", "x", "", "pi", "1/0", "99999999999999999999"])
      }
      lines[line] = tokens.joined()
      what = "another number in line \(line + 1)"
    case 7:
      if let place = pick(tokens.indices.filter { "+-*/^'".contains(tokens[$0]) }) {
        tokens[place] = one(["+", "-", "*", "/", "^", "'", "**", " ", ""])
      }
      lines[line] = tokens.joined()
      what = "another operator in line \(line + 1)"
    case 8:
      if let place = pick(Array(tokens.indices)) { tokens.remove(at: place) }
      lines[line] = tokens.joined()
      what = "line \(line + 1) without a word"
    case 9:
      if let place = pick(Array(tokens.indices)) { tokens.insert(tokens[place], at: place) }
      lines[line] = tokens.joined()
      what = "a word of line \(line + 1) twice"
    case 10:
      if tokens.count > 1, let a = pick(Array(tokens.indices)), let b = pick(Array(tokens.indices)) {
        tokens.swapAt(a, b)
      }
      lines[line] = tokens.joined()
      what = "two words of line \(line + 1) exchanged"
    default:
      let words = [
        "boson", "qubit", "fermion", "spin 1", "levels 3", "up", "down", "plus", "fock(1)", "level(0)", "real",
      ]
      if let place = pick(tokens.indices.filter { tokens[$0].first?.isLetter ?? false }) { tokens[place] = one(words) }
      lines[line] = tokens.joined()
      what = "a word of the format in line \(line + 1)"
    }
    self.text = lines.joined(separator: "\n") + "\n"
  }

  /// Words, numbers, and single characters.
  private static func tokens(_ line: String) -> [String] {
    var tokens: [String] = []
    for character in line {
      let isWord = character.isLetter || character.isNumber || character == "_"
      if isWord, let last = tokens.last?.last, last.isLetter || last.isNumber || last == "_" {
        tokens[tokens.count - 1].append(character)
      } else {
        tokens.append(String(character))
      }
    }
    return tokens
  }
}
